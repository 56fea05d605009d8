import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What the command line asks for.
///
/// @param quick seconds instead of minutes: proves that the benchmark works, and measures little
/// @param onlyJson for machines
record Options(
        List<Benchmark> benchmarks, List<String> databases, boolean quick, boolean onlyJson) {

    private static final List<String> DATABASES = List.of("sqlite", "postgresql");

    static Options of(List<String> arguments, Map<String, Benchmark> known) {
        var wanted = new ArrayList<Benchmark>();
        var databases = DATABASES;
        var quick = false;
        var onlyJson = false;
        var left = new ArrayList<>(arguments);
        while (!left.isEmpty()) {
            var word = left.removeFirst();
            switch (word) {
                case "all" -> wanted.addAll(known.values());
                case "--quick" -> quick = true;
                case "--json" -> onlyJson = true;
                case "--paths" -> Pages.paths = Path.of(value(word, left));
                case "--database" -> databases = List.of(database(left));
                case String name when known.containsKey(name) -> wanted.add(known.get(name));
                default -> throw usage("There is no '%s'.".formatted(word), known);
            }
        }
        if (wanted.isEmpty()) {
            throw usage("Which benchmark?", known);
        }
        return new Options(List.copyOf(wanted), databases, quick, onlyJson);
    }

    private static String value(String option, List<String> left) {
        if (left.isEmpty()) {
            throw new IllegalArgumentException(option + " takes a file");
        }
        return left.removeFirst();
    }

    private static String database(List<String> left) {
        if (left.isEmpty() || !DATABASES.contains(left.getFirst())) {
            throw new IllegalArgumentException("--database takes " + String.join(" or ", DATABASES));
        }
        return left.removeFirst();
    }

    private static IllegalArgumentException usage(String first, Map<String, Benchmark> known) {
        var names =
                known.entrySet().stream()
                        .map(one -> "  %-5s %s".formatted(one.getKey(), one.getValue().title()))
                        .collect(Collectors.joining("\n"));
        return new IllegalArgumentException(
                first
                        + "\n\nbench/run NAME… [--database sqlite|postgresql] [--quick] [--json] [--paths FILE]\n\n"
                        + names
                        + "\n  all  all of them, on both databases unless one is named");
    }
}
