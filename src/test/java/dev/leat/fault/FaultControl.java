package dev.leat.fault;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/// Arms the failpoints of one server, before it starts or while it runs, and says what came of it.
final class FaultControl {

    private static final String AGENT = "dev.leat.fault.agent.FaultAgent";

    private final Path folder;
    private long armings;

    FaultControl(Path folder) {
        this.folder = folder;
        try {
            Files.createDirectories(folder);
            Files.write(
                    folder.resolve("points"),
                    Arrays.stream(Failpoint.values()).map(Failpoint::line).toList());
            writeAgent(folder.resolve("agent.jar"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        disarm();
    }

    /// What the server's JVM is to be started with.
    String jvmOption() {
        return "-javaagent:%s=%s".formatted(folder.resolve("agent.jar"), folder);
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

    /// The points that the agent has found methods for, over all the server's lives.
    List<String> woven() {
        return lines("woven").stream().distinct().toList();
    }

    private List<String> lines(String file) {
        try {
            var path = folder.resolve(file);
            return Files.exists(path) ? Files.readAllLines(path) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The agent is loaded by the JVM's first class loader, so that every other one sees it.
    private static void writeAgent(Path jar) throws IOException {
        var manifest = new Manifest();
        var attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.putValue("Premain-Class", AGENT);
        attributes.putValue("Boot-Class-Path", jar.getFileName().toString());
        var classes = Path.of("target/test-classes/dev/leat/fault/agent");
        try (var out = new JarOutputStream(new FileOutputStream(jar.toFile()), manifest);
                var files = Files.list(classes)) {
            for (var file : files.sorted().toList()) {
                out.putNextEntry(new JarEntry("dev/leat/fault/agent/" + file.getFileName()));
                out.write(Files.readAllBytes(file));
                out.closeEntry();
            }
        }
    }
}
