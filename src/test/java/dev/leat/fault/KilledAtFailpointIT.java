package dev.leat.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.store.Json;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A server that is killed at every failpoint while a task of every kind is there, and started
/// again on the same data. The server that was started again is the one that the next test kills.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KilledAtFailpointIT {

    private static final Duration TO_DIE = Duration.ofSeconds(60);
    private static final List<Failpoint> ENGINE =
            List.of(
                    Failpoint.RUN_OPENED,
                    Failpoint.CARRYING_OUT,
                    Failpoint.ATTEMPT_BEGINNING,
                    Failpoint.ATTEMPT_ENDED,
                    Failpoint.REPORTING,
                    Failpoint.TIMER_DUE);
    private static final int KINDS = Kind.values().length;

    private Stand stand;
    private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();

    @BeforeAll
    void start(@TempDir Path folder) {
        // Runs that sleep are cancelled in another way, and would be missing at the failpoints.
        stand = Stand.onSqlite(folder, "-Dleat.engine.sleep-after=1h");
        stand.leat.serve();
        for (var kind : Kind.values()) {
            stand.driver.store(kind.id(), kind.definition(stand.ledger));
        }
        for (var kind : Kind.lasting()) {
            stand.driver.store(kind.lastingId(), kind.lastingDefinition(stand.ledger));
        }
        stand.storeShapes(Shape.FLAKY, Shape.NAP, Shape.CHAIN);
        // So that no first time is slower than others.
        each(Kind.values(), kind -> stand.driver.startForSure(kind.id(), 1))
                .forEach(CompletableFuture::join);
        stand.awaitEnds(Duration.ofSeconds(60));
    }

    /// A test that failed must not take the next one with it.
    @BeforeEach
    void serve() {
        stand.faults.disarm();
        if (!stand.leat.isAlive()) {
            stand.leat.serve();
        }
    }

    @AfterAll
    void stop() {
        clients.close();
        stand.close();
    }

    /// As many threads as there are kinds come to the failpoint, and wait for each other there;
    /// then the process ends.
    @ParameterizedTest
    @EnumSource(
            names = {
                "RUN_OPENING",
                "RUN_OPENED",
                "ATTEMPT_BEGINNING",
                "ATTEMPT_ENDED",
                "REPORTING",
                "LOG_CLOSED"
            })
    void while_every_kind_is_at(Failpoint point) {
        int before = stand.stored().runs().size();
        stand.faults.arm(point, "gather:" + KINDS);
        var starts = each(Kind.values(), kind -> stand.driver.startForSure(kind.id(), 2));
        assertKilledAt(point);
        assertThat(stand.faults.fired()).contains(point + " gathered " + KINDS);
        switch (point) {
            case RUN_OPENING -> assertThat(stand.stored().runs()).hasSize(before);
            // Some may have ended by then, and one starts another.
            case RUN_OPENED ->
                    assertThat(stand.stored().runs())
                            .hasSizeBetween(before + KINDS, before + KINDS + 1);
            default -> assertThat(states()).hasSize(KINDS).containsOnly("RUNNING");
        }
        assertRecovery(starts);
    }

    /// The journal is held up with one run until its next transaction has one of every kind.
    @ParameterizedTest
    @EnumSource(
            names = {
                "BATCH_TAKEN",
                "BATCH_APPLYING",
                "COMMITTING",
                "COMMITTED",
                "SETTLING",
                "CARRYING_OUT"
            })
    void while_every_kind_is_in_one_transaction_at(Failpoint point) {
        stand.faults.arm(Map.of(Failpoint.BATCH_TAKEN, "hold@1", Failpoint.WRITE_QUEUED, "note"));
        int before = stand.faults.fired().size();
        var first =
                CompletableFuture.supplyAsync(
                        () -> stand.driver.startForSure(Shape.NAP.id(), 1), clients);
        awaitFired("BATCH_TAKEN hold", before, 1);
        var starts =
                new ArrayList<>(
                        each(Kind.values(), kind -> stand.driver.startForSure(kind.id(), 2)));
        starts.add(first);
        awaitFired("WRITE_QUEUED note", before, 1 + KINDS);
        // The held one has passed that point of its own.
        stand.faults.arm(point, point == Failpoint.BATCH_TAKEN ? "halt@1" : "halt@2");
        assertKilledAt(point);
        switch (point) {
            case BATCH_TAKEN, BATCH_APPLYING, COMMITTING -> assertThat(states()).hasSize(1);
            default -> assertThat(states()).hasSize(1 + KINDS);
        }
        assertRecovery(starts);
    }

    @Test
    void after_processes_were_started() {
        stand.faults.arm(Failpoint.PROCESS_STARTED, "gather:2");
        var starts = each(Kind.values(), kind -> stand.driver.startForSure(kind.id(), 1));
        assertKilledAt(Failpoint.PROCESS_STARTED);
        assertRecovery(starts);
    }

    @ParameterizedTest
    @EnumSource(names = {"RETRY_SCHEDULED", "TIMER_DUE", "RUN_ENDED", "LOG_FLUSHING"})
    void when_one_comes_to(Failpoint point) {
        stand.faults.arm(point, point == Failpoint.LOG_FLUSHING ? "halt@1" : "halt@2");
        var starts =
                Stream.of(Shape.FLAKY, Shape.NAP, Shape.CHAIN, Shape.NAP)
                        .map(
                                shape ->
                                        CompletableFuture.supplyAsync(
                                                () -> stand.driver.startForSure(shape.id(), 1),
                                                clients))
                        .toList();
        assertKilledAt(point);
        assertRecovery(starts);
    }

    @ParameterizedTest
    @EnumSource(names = {"CANCELLING", "CANCELLED", "STOPPING"})
    void while_every_kind_that_lasts_is_cancelled_at(Failpoint point) {
        var starts = each(Kind.lasting(), kind -> stand.driver.startForSure(kind.lastingId(), 1));
        var runs = starts.stream().map(CompletableFuture::join).toList();
        int lasting = runs.size();
        var noting = Stream.of(Kind.lasting()).filter(Kind::notes).count();
        Stand.await("they run", TO_DIE, () -> haveBegun(runs) && noted(runs) == noting);
        stand.faults.arm(point, point == Failpoint.STOPPING ? "halt@2" : "gather:" + lasting);
        var cancels =
                runs.stream()
                        .map(
                                run ->
                                        CompletableFuture.supplyAsync(
                                                () -> {
                                                    stand.driver.cancel(run);
                                                    return run;
                                                },
                                                clients))
                        .toList();
        assertKilledAt(point);
        assertRecovery(cancels);
    }

    /// What was left unfinished is there still after a start that didn't come far.
    @ParameterizedTest
    @EnumSource(names = {"RUN_RESUMING", "RUN_RESTORED"})
    void while_runs_are_taken_up_at(Failpoint point) {
        stand.faults.arm(Failpoint.ATTEMPT_ENDED, "gather:" + KINDS);
        var starts = each(Kind.values(), kind -> stand.driver.startForSure(kind.id(), 1));
        assertKilledAt(Failpoint.ATTEMPT_ENDED);
        stand.faults.arm(point, "halt@3");
        stand.leat.launch();
        assertKilledAt(point);
        assertRecovery(starts);
    }

    /// A run that the engine itself stumbles over may fail, or wait for the next start. No other
    /// one notices.
    @Test
    void a_bug_in_the_engine_harms_one_run_at_most() {
        stand.driver.store("victim", Shape.NAP.definition("victim", stand.ledger));
        for (var point : ENGINE) {
            stand.faults.arm(point, "throw@1");
            var answer = stand.leat.post("/api/workflows/victim/runs", Map.of());
            if (answer.statusCode() == 202) {
                var run = String.valueOf(Json.readObject(answer.body()).get("id"));
                stand.answers.accepted("victim", run, "");
            } else {
                stand.answers.unanswered("victim");
            }
            Stand.await(
                    "it was thrown at " + point,
                    TO_DIE,
                    () -> stand.faults.fired().getLast().equals(point + " throw"));
            stand.faults.disarm();
            var others =
                    each(Kind.values(), kind -> stand.driver.startForSure(kind.id(), 1)).stream()
                            .map(CompletableFuture::join)
                            .toList();
            Stand.await("the others have ended after " + point, TO_DIE, () -> haveEnded(others));
        }
        stand.leat.kill();
        assertRecovery(List.of());
    }

    private void awaitFired(String what, int before, int times) {
        Stand.await(
                times + " times " + what,
                TO_DIE,
                () ->
                        stand.faults.fired().stream().skip(before).filter(what::equals).count()
                                >= times);
    }

    private boolean haveBegun(List<String> runs) {
        return stand.stored().runs().values().stream()
                .filter(run -> runs.contains(run.id()))
                .allMatch(
                        run ->
                                run.tasks().get("it") instanceof Stored.TaskRow it
                                        && List.of("RUNNING", "WAITING").contains(it.state()));
    }

    private boolean haveEnded(List<String> runs) {
        return stand.stored().runs().values().stream()
                .filter(run -> runs.contains(run.id()))
                .allMatch(Stored.RunRow::ended);
    }

    private void assertKilledAt(Failpoint point) {
        assertThat(stand.leat.ends(TO_DIE)).as("the server was killed at %s", point).isTrue();
        assertThat(stand.faults.fired().getLast()).isEqualTo(point + " halt");
    }

    private void assertRecovery(List<? extends CompletableFuture<?>> asked) {
        stand.faults.disarm();
        stand.leat.serve();
        asked.forEach(ask -> ask.orTimeout(60, TimeUnit.SECONDS).join());
        var ends = new HashMap<>(Kind.allEnds());
        ends.put("victim", Set.of("SUCCESS", "FAILED"));
        assertThat(stand.audit(ends)).isEmpty();
    }

    private <T> List<CompletableFuture<T>> each(
            Kind[] kinds, java.util.function.Function<Kind, @Nullable T> action) {
        return Arrays.stream(kinds)
                .map(kind -> CompletableFuture.supplyAsync(() -> action.apply(kind), clients))
                .toList();
    }

    /// Of the first tasks of all unfinished runs.
    private List<String> states() {
        return stand.stored().runs().values().stream()
                .filter(run -> !run.ended())
                .map(run -> run.tasks().values())
                .map(tasks -> tasks.isEmpty() ? "" : tasks.iterator().next().state())
                .toList();
    }

    /// Runs with a task that said that it begins; some go on saying that they live.
    private long noted(List<String> runs) {
        return stand.ledger.lines().stream()
                .map(Ledger.Line::run)
                .filter(runs::contains)
                .distinct()
                .count();
    }
}
