import java.nio.file.Path;
import java.util.regex.Pattern;

/// What a server's heap holds that is needed. Its resident memory says more about how the JVM grows
/// the heap than about what is in it.
final class Heap {

    /// A line for each part of the heap, whichever collector has made them.
    private static final Pattern USED = Pattern.compile("\\btotal\\b.*\\bused (\\d+)K");

    private Heap() {}

    static double usedMegabytes(long pid) throws Exception {
        jcmd(pid, "GC.run");
        var parts = USED.matcher(jcmd(pid, "GC.heap_info")).results().toList();
        long used = parts.stream().mapToLong(part -> Long.parseLong(part.group(1))).sum();
        return parts.isEmpty() ? Double.NaN : used * 1024 / 1e6;
    }

    private static String jcmd(long pid, String command) throws Exception {
        var program = Path.of(System.getProperty("java.home"), "bin/jcmd").toString();
        var process =
                new ProcessBuilder(program, String.valueOf(pid), command)
                        .redirectErrorStream(true)
                        .start();
        var said = new String(process.getInputStream().readAllBytes());
        process.waitFor();
        return said;
    }
}
