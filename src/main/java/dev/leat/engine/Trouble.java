package dev.leat.engine;

import dev.leat.store.database.Failure;
import dev.leat.task.Refusal;
import jakarta.persistence.PersistenceException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// What kind of trouble it is to read a run.
final class Trouble {

    private Trouble() {}

    /// Whether it is the database's, and not of what was read: the same may succeed later.
    static boolean passes(Throwable failure) {
        for (@Nullable Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof SQLException
                    || at instanceof PersistenceException
                    || at instanceof Refusal.Unavailable) {
                return true;
            }
        }
        return Failure.behind(failure).isPresent();
    }
}
