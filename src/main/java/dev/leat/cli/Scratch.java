package dev.leat.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/// A directory that lives as long as the process.
final class Scratch {

    private Scratch() {}

    static void deleteAtExit(Path directory) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(directory), "scratch"));
    }

    private static void delete(Path directory) {
        try (var found = Files.walk(directory)) {
            for (var path : found.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException _) {
            // The system clears its temporary directory too.
        }
    }
}
