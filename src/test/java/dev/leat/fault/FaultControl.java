package dev.leat.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;

/// Arms the failpoints of one server, before it starts or while it runs, and says what came of it.
final class FaultControl {

    private final Path folder;
    private long armings;

    FaultControl(Path folder) {
        this.folder = folder;
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        disarm();
    }

    /// What the server's JVM is to be started with.
    String jvmOption() {
        return "-Dleat.failpoints=" + folder;
    }

    void arm(Failpoint point, String fault) {
        arm(Map.of(point, fault));
    }

    /// Replaces all that was armed. Counting begins anew.
    void arm(Map<Failpoint, String> faults) {
        try {
            var next = folder.resolve("armed.next");
            Files.write(
                    next,
                    faults.entrySet().stream()
                            .map(fault -> fault.getKey() + "=" + fault.getValue())
                            .toList());
            // Servers tell armings apart by this time.
            Files.setLastModifiedTime(next, FileTime.fromMillis(++armings * 1_000));
            Files.move(next, folder.resolve("armed"), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void disarm() {
        arm(Map.of());
    }

    /// Lines such as `COMMITTED halt`, over all the server's lives.
    List<String> fired() {
        return lines("fired");
    }

    /// The points that were passed, over all the server's lives.
    List<String> reached() {
        return lines("reached").stream().distinct().toList();
    }

    private List<String> lines(String file) {
        try {
            var path = folder.resolve(file);
            return Files.exists(path) ? Files.readAllLines(path) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
