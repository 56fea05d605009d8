package dev.leat.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;

/// A folder for the files of one attempt, in a folder of its run that is there only as long as any
/// attempt has one.
final class AttemptFolder {

    private static final int TRIES = 1_000;

    private AttemptFolder() {}

    /// @param ofRun need not be there
    static Path make(Path ofRun, String prefix) throws IOException {
        for (int tried = 1; ; tried++) {
            try {
                return Files.createTempDirectory(Files.createDirectories(ofRun), prefix);
            } catch (NoSuchFileException | FileAlreadyExistsException deletedMeanwhile) {
                // The last of the run's other attempts has just ended.
                if (tried == TRIES) {
                    throw deletedMeanwhile;
                }
            }
        }
    }

    /// What can't be deleted is left to the housekeeping.
    static void delete(Path folder) {
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(AttemptFolder::deleteQuietly);
        } catch (IOException | UncheckedIOException gone) {
            // A child that still ran may have changed it meanwhile.
        }
        var ofRun = folder.getParent();
        if (ofRun != null) {
            deleteQuietly(ofRun);
        }
    }

    private static void deleteQuietly(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException notEmptyOrNotOurs) {
            // Another attempt of the run still has its folder there.
        }
    }
}
