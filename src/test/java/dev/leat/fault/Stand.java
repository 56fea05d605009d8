package dev.leat.fault;

import dev.leat.store.Json;
import dev.leat.testing.LeatProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
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
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// A server to be mistreated, with all that is needed to judge it afterwards.
final class Stand implements AutoCloseable {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    final LeatProcess leat;
    final FaultControl faults;
    final Ledger ledger;
    final Answers answers = new Answers();
    final Driver driver;

    private final String url;
    private final String user;

    private Stand(Path folder, String url, String user, String... options) {
        this.url = url;
        this.user = user;
        faults = new FaultControl(folder.resolve("faults"));
        ledger = new Ledger(folder.resolve("ledger"));
        leat = server(folder, faults, url, user).with(options);
        driver = new Driver(leat::address, answers);
    }

    static Stand onSqlite(Path folder, String... options) {
        return new Stand(folder, "jdbc:sqlite:" + folder.resolve("leat.db"), "", options);
    }

    /// @param user is its own password
    static Stand onPostgresql(Path folder, String url, String user, String... options) {
        return new Stand(folder, url, user, options);
    }

    /// @param folder for its data
    static LeatProcess server(Path folder, FaultControl faults, String url, String user) {
        try {
            Files.createDirectories(folder.resolve("workflows"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var leat =
                new LeatProcess(folder)
                        .with(
                                faults.jvmOption(),
                                "-Dleat.database.url=" + url,
                                "-Dleat.workflows.directory=" + folder.resolve("workflows"),
                                "-Dleat.plugins.directory=" + Shape.plugins(),
                                "-Dleat.process.grace=1s")
                        .withEnvironment("PATH", Python.folder() + ":" + System.getenv("PATH"));
        return user.isEmpty()
                ? leat
                : leat.with("-Dleat.database.username=" + user, "-Dleat.database.password=" + user);
    }

    void storeShapes(Shape... shapes) {
        for (var shape : shapes) {
            driver.store(shape.id(), shape.definition(ledger.file(), ledger.url()));
        }
    }

    /// Waits until nothing is unfinished.
    void awaitEnds(Duration atMost) {
        await("all runs have ended", atMost, () -> unfinished().isEmpty());
    }

    List<String> unfinished() {
        var found = new ArrayList<String>();
        for (var state : List.of("running", "queued")) {
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
                    answer.set(leat.get(path));
                    return !Objects.equals(answer.get().get("status"), 503L);
                });
        return answer.get();
    }

    Stored stored() {
        return Stored.read(url, user);
    }

    /// Everything has ended, and this server answers.
    Evidence evidence(Map<String, Set<String>> ends, boolean oneNode) {
        var stored = stored();
        var shown = new LinkedHashMap<String, Evidence.Shown>();
        var logs = new LinkedHashMap<String, List<Evidence.LogLine>>();
        for (var run : stored.runs().keySet()) {
            shown.put(run, shown(get("/api/runs/" + run)));
            logs.put(run, lines(get("/api/runs/" + run + "/logs?limit=5000")));
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
                logs,
                survivors(),
                oneNode);
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
        leat.close();
        ledger.close();
        killSurvivors();
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

    /// The run's answer as text, for messages.
    String describe(String run) {
        return Json.writePretty(leat.get("/api/runs/" + run));
    }
}
