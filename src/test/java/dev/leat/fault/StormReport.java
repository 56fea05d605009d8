package dev.leat.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What a storm came to, printed and kept in `target/storm`.
final class StormReport {

    private final String name;
    private final long seed;
    private final Instant began = Instant.now();

    StormReport(String name, long seed) {
        this.name = name;
        this.seed = seed;
    }

    void write(Storm storm, Stand stand, List<Violation> violations) throws IOException {
        var stored = stand.stored();
        var facts = new LinkedHashMap<String, Object>();
        facts.put("seed", seed);
        facts.put("began", began.truncatedTo(ChronoUnit.SECONDS));
        facts.put("took", Duration.between(began, Instant.now()).truncatedTo(ChronoUnit.SECONDS));
        facts.put("Java", Runtime.version());
        facts.put("processors", Runtime.getRuntime().availableProcessors());
        facts.put("kills", storm.kills() + ", of them at a failpoint " + storm.halts());
        facts.put("calms, in which all runs ended", storm.calms());
        facts.put("pauses of a node", storm.pauses());
        if (storm.disturbances() > 0) {
            facts.put("disturbances of the database", storm.disturbances());
        }
        facts.put("faults at failpoints", fired(stand));
        facts.put("failpoints passed", passed(stand) + " of " + Failpoint.values().length);
        facts.put("runs accepted", stand.answers.accepted().size());
        facts.put("runs stored", stored.runs().size());
        facts.put("their ends", ends(stored));
        facts.put("cancellations confirmed", stand.answers.cancelled().size());
        facts.put("attempts", stored.attempts());
        facts.put(
                "attempts lost",
                stored.runs().values().stream()
                        .flatMap(run -> run.tasks().values().stream())
                        .mapToInt(Stored.TaskRow::lost)
                        .sum());
        facts.put("attempts that wrote the ledger", Auditor.begun(stand.ledger.lines()));
        facts.put(
                "transitions",
                stored.runs().values().stream().mapToLong(run -> run.history().size()).sum());
        facts.put("violations", violations.size());
        var text = new StringBuilder("# Storm: " + name + "\n\n| | |\n|---|---|\n");
        facts.forEach((fact, value) -> text.append("| %s | %s |\n".formatted(fact, value)));
        text.append('\n');
        violations.forEach(violation -> text.append("- ").append(violation).append('\n'));
        var folder = Files.createDirectories(Path.of("target/storm"));
        Files.writeString(
                folder.resolve(name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-") + ".md"),
                text);
        System.out.println(text);
    }

    private static Map<String, Long> fired(Stand stand) {
        return stand.nodes.stream()
                .flatMap(node -> node.faults().fired().stream())
                .map(line -> line.substring(line.indexOf(' ') + 1))
                .collect(Collectors.groupingBy(line -> line, TreeMap::new, Collectors.counting()));
    }

    private static long passed(Stand stand) {
        return stand.nodes.stream()
                .flatMap(node -> node.faults().reached().stream())
                .distinct()
                .count();
    }

    private static Map<String, Long> ends(Stored stored) {
        return stored.runs().values().stream()
                .collect(
                        Collectors.groupingBy(
                                Stored.RunRow::state, TreeMap::new, Collectors.counting()));
    }
}
