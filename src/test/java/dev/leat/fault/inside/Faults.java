package dev.leat.fault.inside;

import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// What woven methods call. What is to happen there is read from the file `armed` in the folder
/// that `-Dleat.failpoints` names, again whenever that file has another time, so a running server
/// can be given faults; what happened is in `fired`, and which points were passed at all in
/// `reached`.
public final class Faults {

    private static final Set<String> PASSED = ConcurrentHashMap.newKeySet();

    /// Null where the program is only looked at, to have the JDK learn it.
    private static final @Nullable Path FOLDER = folder();

    private static final @Nullable File ARMED =
            FOLDER == null ? null : FOLDER.resolve("armed").toFile();

    private static volatile long armedAt;
    private static volatile Map<String, List<Fault>> armed = Map.of();

    private Faults() {}

    private static @Nullable Path folder() {
        var named = System.getProperty("leat.failpoints");
        return named == null ? null : Path.of(named);
    }

    static void fired(String what) {
        append("fired", what);
    }

    /// Called by the program at a failpoint. Mostly returns at once.
    public static void reached(String point) {
        readAgain();
        if (PASSED.add(point)) {
            append("reached", point);
        }
        armed.getOrDefault(point, List.of()).forEach(Fault::hit);
    }

    /// Another one after each arming.
    static long armedAt() {
        readAgain();
        return armedAt;
    }

    private static void readAgain() {
        var file = ARMED;
        if (file == null) {
            return;
        }
        var time = file.lastModified();
        if (time != armedAt) {
            synchronized (PASSED) {
                if (time != armedAt) {
                    armed = read(file.toPath());
                    armedAt = time;
                }
            }
        }
    }

    private static Map<String, List<Fault>> read(Path file) {
        var read = new HashMap<String, List<Fault>>();
        try {
            for (var line : Files.readAllLines(file)) {
                var parts = line.split("=", 2);
                read.put(parts[0], Fault.all(parts[0], parts[1]));
            }
        } catch (IOException | RuntimeException failure) {
            fired("can't be armed: " + failure);
        }
        return read;
    }

    private static synchronized void append(String file, String line) {
        var to = FOLDER;
        if (to == null) {
            return;
        }
        try (var out = new FileOutputStream(to.resolve(file).toFile(), true)) {
            out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException failure) {
            System.err.println("A failpoint can't write: " + failure);
        }
    }
}
