package dev.leat.cli;

import static java.util.Objects.requireNonNull;

import dev.leat.store.DataDirectory;
import dev.leat.store.database.Backup;
import dev.leat.task.Refusal;
import jakarta.enterprise.context.Dependent;

/// `leat backup`.
@Dependent
class BackupVerb {

    private final Backup backup;
    private final DataDirectory directory;

    BackupVerb(Backup backup, DataDirectory directory) {
        this.backup = backup;
        this.directory = directory;
    }

    int perform(BackupCommand command) {
        try {
            var made = backup.to(requireNonNull(command.to));
            System.out.printf(
                    "%s has %d runs, %d of them unfinished (%d bytes). Logs of tasks are files; copy %s, too.%n",
                    made.file(), made.runs(), made.unfinished(), made.bytes(), directory.logs());
            return Exit.SUCCESS;
        } catch (Refusal refusal) {
            return Remote.refused(refusal);
        }
    }
}
