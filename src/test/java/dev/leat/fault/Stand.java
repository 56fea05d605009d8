package dev.leat.fault;

import dev.leat.store.Json;
import dev.leat.testing.LeatProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A server to be mistreated, with all that is needed to judge it afterwards.
final class Stand implements AutoCloseable {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    final List<Node> nodes;

    /// The first node, where there is but one.
    final LeatProcess leat;

    final FaultControl faults;
    final Ledger ledger;
    final Answers answers = new Answers();
    final Driver driver;

    private final String url;
    private final String user;

    private Stand(Path folder, String url, String user, List<Node> nodes) {
        this.url = url;
        this.user = user;
        this.nodes = nodes;
        leat = nodes.getFirst().leat();
        faults = nodes.getFirst().faults();
        ledger = new Ledger(folder.resolve("ledger"));
        driver = new Driver(path -> any().address(path), answers);
    }

    static Stand onSqlite(Path folder, String... options) {
        var url = "jdbc:sqlite:" + folder.resolve("leat.db");
        return new Stand(folder, url, "", List.of(Node.in(folder, url, "", options)));
    }

    static Stand onPostgresql(Path folder, String url, String... options) {
        return new Stand(
                folder,
                url,
                Postgresql.USER,
                List.of(Node.in(folder, url, Postgresql.USER, options)));
    }

    /// @param urls as each node reaches the database
    static Stand ofNodes(Path folder, String url, List<String> urls, String... options) {
        var nodes =
                IntStream.range(0, urls.size())
                        .mapToObj(
                                number ->
                                        Node.in(
                                                folder.resolve("node" + number),
                                                urls.get(number),
                                                Postgresql.USER,
                                                options))
                        .toList();
        return new Stand(folder, url, Postgresql.USER, nodes);
    }

    /// One that lives, if one does.
    private LeatProcess any() {
        var living = nodes.stream().map(Node::leat).filter(LeatProcess::isAlive).toList();
        return living.isEmpty()
                ? leat
                : living.get(ThreadLocalRandom.current().nextInt(living.size()));
    }

    void storeShapes(Shape... shapes) {
        for (var shape : shapes) {
            driver.store(shape.id(), shape.definition(ledger));
        }
    }

    /// Starts a run on this node, as soon as it takes one: after it was held up it is no node for a
    /// moment.
    String startOn(Node node, String workflow) {
        var run = new ArrayList<String>();
        await(
                "a node starts " + workflow,
                Duration.ofSeconds(30),
                () -> startedOn(node, workflow, run));
        return run.getFirst();
    }

    /// @return false where the node can't just now
    boolean startedOn(Node node, String workflow, List<String> run) {
        var answer = node.leat().post("/api/workflows/" + workflow + "/runs", Map.of());
        if (answer.statusCode() == 503) {
            return false;
        }
        var id = String.valueOf(Json.readObject(answer.body()).get("id"));
        answers.accepted(workflow, id, "");
        run.add(id);
        return true;
    }

    /// Waits until nothing is unfinished.
    void awaitEnds(Duration atMost) {
        try {
            await("all runs have ended", atMost, () -> unfinished().isEmpty());
        } catch (AssertionError late) {
            throw new AssertionError(late.getMessage() + explained(unfinished()), late);
        }
    }

    /// What the server says of them, as they are gone with the folder of the test.
    private String explained(List<String> runs) {
        var told = new StringBuilder();
        for (var run : runs) {
            told.append('\n').append(get("/api/runs/" + run));
        }
        return told.toString();
    }

    /// Those in line first: they may be under way by the next question.
    List<String> unfinished() {
        var found = new ArrayList<String>();
        for (var state : List.of("queued", "running")) {
            var page = get("/api/runs?limit=5&state=" + state);
            ((List<?>) page.getOrDefault("runs", List.of()))
                    .forEach(run -> found.add(String.valueOf(((Map<?, ?>) run).get("id"))));
        }
        return found;
    }

    /// Tries again where the server can't answer at the moment.
    private Map<String, @Nullable Object> get(String path) {
        var answer = new AtomicReference<Map<String, @Nullable Object>>(Map.of());
        await(
                path + " is answered",
                Duration.ofSeconds(30),
                () -> {
                    answer.set(any().get(path));
                    return !Objects.equals(answer.get().get("status"), 503L);
                });
        return answer.get();
    }

    Stored stored() {
        return Stored.read(url, user);
    }

    /// Everything has ended, and a server answers.
    ///
    /// @param oneAttempt whether two attempts of a task never ran at once
    Evidence evidence(Map<String, Set<String>> ends, boolean oneAttempt) {
        var stored = stored();
        var shown = new LinkedHashMap<String, Evidence.Shown>();
        var logs = new LinkedHashMap<String, List<Evidence.LogLine>>();
        for (var run : stored.runs().keySet()) {
            shown.put(run, shown(get("/api/runs/" + run)));
            if (nodes.size() == 1) {
                // Lines are with the node that wrote them.
                logs.put(run, lines(get("/api/runs/" + run + "/logs?limit=5000")));
            }
        }
        return new Evidence(
                ends,
                answers.accepted(),
                answers.runsOfKeys(),
                answers.unanswered(),
                answers.cancelled(),
                answers.unexpected(),
                ledger.lines(),
                stored,
                shown,
                counted(get("/api/system")),
                logs,
                survivors(),
                oneAttempt);
    }

    /// Waits for the ends of all runs, and judges.
    List<Violation> audit(Map<String, Set<String>> ends) {
        awaitEnds(Duration.ofSeconds(60));
        return Auditor.audit(evidence(ends, true));
    }

    static void await(String what, Duration atMost, BooleanSupplier condition) {
        var deadline = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("waited in vain until " + what);
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    @Override
    public void close() {
        nodes.forEach(node -> node.leat().close());
        ledger.close();
        killSurvivors();
    }

    private static Map<String, Long> counted(Map<String, @Nullable Object> system) {
        var counted = new TreeMap<String, Long>();
        if (system.get("runsLately") instanceof Map<?, ?> counts) {
            counts.forEach(
                    (state, count) ->
                            counted.put(String.valueOf(state), ((Number) count).longValue()));
        }
        return counted;
    }

    private static Evidence.Shown shown(Map<String, @Nullable Object> run) {
        var tasks = new LinkedHashMap<String, String>();
        if (run.get("tasks") instanceof List<?> list) {
            for (var entry : list) {
                var task = (Map<?, ?>) entry;
                tasks.put(String.valueOf(task.get("id")), String.valueOf(task.get("state")));
            }
        }
        return new Evidence.Shown(String.valueOf(run.get("state")), tasks);
    }

    private static List<Evidence.LogLine> lines(Map<String, @Nullable Object> page) {
        var lines = new ArrayList<Evidence.LogLine>();
        if (page.get("lines") instanceof List<?> list) {
            for (var entry : list) {
                var line = (Map<?, ?>) entry;
                lines.add(
                        new Evidence.LogLine(
                                Long.parseLong(String.valueOf(line.get("number"))),
                                String.valueOf(line.get("task")),
                                Integer.parseInt(String.valueOf(line.get("attempt"))),
                                String.valueOf(line.get("text"))));
            }
        }
        return lines;
    }

    /// Processes that have this ledger in their environment.
    List<String> survivors() {
        return ProcessHandle.allProcesses()
                .filter(
                        process ->
                                environment(process.pid())
                                        .contains("LEDGER=" + ledger.file() + "\0"))
                .map(process -> process.pid() + " " + process.info().commandLine().orElse("?"))
                .toList();
    }

    private void killSurvivors() {
        survivors()
                .forEach(
                        process ->
                                ProcessHandle.of(Long.parseLong(process.split(" ")[0]))
                                        .ifPresent(ProcessHandle::destroyForcibly));
    }

    private static String environment(long pid) {
        try {
            return Files.readString(
                    Path.of("/proc/" + pid + "/environ"), StandardCharsets.ISO_8859_1);
        } catch (IOException gone) {
            return "";
        }
    }
}
