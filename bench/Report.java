import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;

/// What a benchmark found, as a table for people and a line of JSON for machines.
final class Report {

    private static final ObjectMapper JSON = new ObjectMapper();

    /// Cases side by side.
    private static final int COLUMNS = 6;

    private final ObjectNode head = JSON.createObjectNode();
    private final List<Row> rows = new ArrayList<>();
    private final List<Target> targets = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    Report(String name, String title, Storage storage, boolean quick) throws Exception {
        head.put("benchmark", name);
        head.put("title", title);
        head.put("at", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        head.put("quick", quick);
        head.put("database", storage.version());
        storage.settings().forEach(head.putObject("settings")::put);
        head.put("durability", "power");
        head.put("java", Runtime.version().toString());
        head.put("cores", Runtime.getRuntime().availableProcessors());
        head.put("loadBefore", load());
    }

    Row row(String name) {
        System.err.println("  " + name);
        var row = new Row(name);
        rows.add(row);
        return row;
    }

    /// What is worth knowing about how it was done this time.
    void note(String text) {
        notes.add(text);
    }

    void atMost(String what, double target, double measured) {
        aim(new Target(what, "at most", target, measured, measured <= target));
    }

    void atLeast(String what, double target, double measured) {
        aim(new Target(what, "at least", target, measured, measured >= target));
    }

    /// A quick look is at other sizes, on a server that has just started.
    private void aim(Target target) {
        if (!head.path("quick").asBoolean()) {
            targets.add(target);
        }
    }

    /// Looks at the disk while it is still as it was.
    void finish(Path folder) throws IOException {
        var disk = Disk.measure(folder);
        head.put("fsyncP50Millis", disk.p50());
        head.put("fsyncP99Millis", disk.p99());
        head.put("fileSystem", Files.getFileStore(folder).type());
        head.put("loadAfter", load());
    }

    void print(boolean onlyJson) throws IOException {
        if (!onlyJson) {
            printTable();
        }
        var all = head.deepCopy();
        var listed = all.putArray("cases");
        rows.forEach(row -> listed.add(row.values));
        var aims = all.putArray("targets");
        targets.forEach(target -> aims.add(target.json()));
        notes.forEach(all.withArray("notes")::add);
        System.out.println(JSON.writeValueAsString(all));
    }

    /// A column for each case, as there are more figures than cases.
    private void printTable() {
        for (int from = 0; from < rows.size(); from += COLUMNS) {
            printTable(rows.subList(from, Math.min(from + COLUMNS, rows.size())));
        }
        printFoot();
    }

    private static void printTable(List<Row> rows) {
        var names = new LinkedHashSet<String>();
        rows.forEach(row -> row.values.fieldNames().forEachRemaining(names::add));
        System.out.println();
        for (var name : names) {
            var line = new StringBuilder("%-28s".formatted(name.equals("case") ? "" : name));
            for (var row : rows) {
                var value = row.values.path(name);
                var text = value.isNumber() ? value.decimalValue().toPlainString() : value.asText("");
                line.append("%18s".formatted(text));
            }
            System.out.println(line);
        }
    }

    private void printFoot() {
        System.out.printf(
                Locale.ROOT,
                "%n%s, durability: power (an fsync before every answer), fsync p50 %.3f ms p99 %.2f ms on %s, Java %s, %d cores, load %.1f before, %.1f after%n",
                head.path("database").asText(),
                head.path("fsyncP50Millis").asDouble(),
                head.path("fsyncP99Millis").asDouble(),
                head.path("fileSystem").asText(),
                head.path("java").asText(),
                head.path("cores").asInt(),
                head.path("loadBefore").asDouble(),
                head.path("loadAfter").asDouble());
        System.out.println("settings: " + head.path("settings"));
        targets.forEach(target -> System.out.println(target.sentence()));
        notes.forEach(note -> System.out.println("note: " + note));
        System.out.println();
    }

    private static double load() {
        return Math.round(10 * ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage())
                / 10.0;
    }

    private record Target(String what, String bound, double target, double measured, boolean met) {

        String sentence() {
            return String.format(
                    Locale.ROOT,
                    "target: %s %s %s: %.4g, %s",
                    what, bound, number(target), measured, met ? "met" : "MISSED");
        }

        ObjectNode json() {
            return JSON.createObjectNode()
                    .put("target", "%s %s %s".formatted(what, bound, number(target)))
                    .put("measured", Math.round(measured * 1_000) / 1e3)
                    .put("met", met);
        }

        private static String number(double value) {
            return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
        }
    }
}
