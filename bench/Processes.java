import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.LongStream;

/// What processes use, as Linux tells it under `/proc`. Elsewhere everything is NaN.
final class Processes {

    /// Of `/proc/<pid>/stat`. It is 100 on all that Leat runs on.
    private static final double MILLIS_PER_TICK = 10;

    private Processes() {}

    /// Of the process, those under it, and those under them that have ended.
    static double cpuMillis(long pid) {
        var process = ProcessHandle.of(pid);
        if (process.isEmpty()) {
            return Double.NaN;
        }
        var all =
                LongStream.concat(
                        LongStream.of(pid),
                        process.get().descendants().mapToLong(ProcessHandle::pid));
        return all.mapToDouble(Processes::own).sum();
    }

    /// Of the process alone.
    static double own(long pid) {
        try {
            var stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            // After the name, which may have spaces: state is field 3.
            var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            long ticks = 0;
            for (int field = 14; field <= 17; field++) {
                ticks += Long.parseLong(fields[field - 3]);
            }
            return ticks * MILLIS_PER_TICK;
        } catch (IOException _) {
            // It has just ended; its parent has its time.
            return Files.exists(Path.of("/proc/self/stat")) ? 0 : Double.NaN;
        }
    }

    static double residentMegabytes(long pid) {
        return status(pid, "VmRSS") * 1024 / 1e6;
    }

    static double largestMegabytes(long pid) {
        return status(pid, "VmHWM") * 1024 / 1e6;
    }

    static double threads(long pid) {
        return status(pid, "Threads");
    }

    private static double status(long pid, String name) {
        try (var lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
            return lines.filter(line -> line.startsWith(name + ":"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")))
                    .findFirst()
                    .orElse(Double.NaN);
        } catch (IOException _) {
            return Double.NaN;
        }
    }
}
