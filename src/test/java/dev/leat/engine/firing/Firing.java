package dev.leat.engine.firing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.engine.MainOrchestrator;
import dev.leat.engine.MainOrchestrator.SaveWorkflow;
import dev.leat.engine.Request;
import dev.leat.store.Backfill;
import dev.leat.store.Change;
import dev.leat.store.Fire;
import dev.leat.store.Fire.State;
import dev.leat.store.Ids;
import dev.leat.store.Journal;
import dev.leat.store.Json;
import dev.leat.store.Run;
import dev.leat.store.RunState;
import dev.leat.store.RunStore;
import dev.leat.store.StoredDocument;
import dev.leat.store.TriggerState.Pause;
import dev.leat.store.TriggerStore;
import dev.leat.testing.MovableClock;
import dev.leat.workflow.DocumentText;
import dev.leat.workflow.WorkflowLoader.Format;
import dev.leat.workflow.WorkflowLoader.Source;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What becomes of fires, with a clock that the test moves.
abstract class Firing {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Instant NOON = Instant.parse("2031-03-05T12:00:10Z");

    @Inject MovableClock clock;
    @Inject MainOrchestrator orchestrator;
    @Inject Triggers triggers;
    @Inject ClockFires clockFires;
    @Inject OpenFires openFires;
    @Inject Fires fires;
    @Inject Backfills backfills;
    @Inject CalendarDocuments documents;
    @Inject Ownership ownership;
    @Inject TriggerStore store;
    @Inject RunStore runs;
    @Inject Journal journal;

    @BeforeEach
    void start() {
        clock.set(NOON);
        ownership.look();
    }

    @Test
    void a_fire_starts_a_run_that_knows_its_moment() {
        save(
                "moment",
                "'inputs': {'at': '${ string(trigger.scheduledAt) }'}",
                "'at': {'type': 'string'}");
        clock.move(Duration.ofHours(1));
        settle("moment");
        var fire = ledger("moment").getFirst();
        assertThat(fire.state()).isEqualTo(State.STARTED);
        assertThat(fire.nominal()).isEqualTo("2031-03-05T13:00:00Z");
        assertThat(fire.lateness()).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(40));
        var run = run(fire);
        assertThat(run.trigger).isEqualTo("cron");
        assertThat(Json.readObject(run.inputs)).containsEntry("at", "2031-03-05T13:00:00Z");
        assertThat(Json.readObject(run.labels)).containsEntry("by", "clock");
    }

    @Test
    void a_fire_happens_once_however_many_try() {
        save("once", "", "");
        clock.move(Duration.ofHours(1));
        var before = triggers.get("once", "t").state();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.range(0, 20)
                    .forEach(
                            _ ->
                                    threads.execute(
                                            () ->
                                                    clockFires.settle(
                                                            new Armed(
                                                                    "once",
                                                                    1,
                                                                    1,
                                                                    triggers.get("once", "t")
                                                                            .spec(),
                                                                    new Standing(before)))));
        }
        assertThat(ledger("once")).hasSize(1);
        assertThat(runs.latestOf("once", 10)).hasSize(1);
    }

    @Test
    void what_fires_while_triggers_are_read_anew_is_not_due_again() {
        save("anew", "", "");
        clock.move(Duration.ofHours(1));
        var firing = triggers.get("anew", "t");
        triggers.load();
        clockFires.settle(firing);
        assertThat(states("anew")).containsExactly("13:00 STARTED");
        assertThat(clockFires.next(triggers.get("anew", "t")))
                .contains(Instant.parse("2031-03-05T14:00:00Z"));
    }

    @Test
    void what_was_missed_is_in_the_ledger_with_its_reason_and_the_last_is_made_up_for() {
        save("away", "", "");
        clock.move(Duration.ofMinutes(3 * 60 + 30));
        triggers.load();
        settle("away");
        assertThat(states("away"))
                .containsExactly("13:00 MISSED", "14:00 MISSED", "15:00 CATCH_UP");
        assertThat(ledger("away").getLast().reason()).contains("only the last fire is made up for");
    }

    /// The tables hold microseconds; a definition may be finer than that.
    @Test
    void a_moment_between_two_microseconds_is_over_once_it_has_fired() {
        var once = "\"type\": \"once\", \"at\": \"2031-03-05T13:00:00.000000999Z\"";
        var text = workflow("fine", "", "");
        orchestrator.save(
                source(text.replace("\"type\": \"cron\", \"cron\": \"0 * * * *\"", once)));
        clock.move(Duration.ofHours(1));
        settle("fine");
        assertThat(states("fine")).containsExactly("13:00 STARTED");
        triggers.load();
        assertThat(clockFires.next(triggers.get("fine", "t"))).isEmpty();
    }

    @Test
    void without_catch_up_all_of_them_are_missed() {
        save("none", "'catchUp': 'none'", "");
        clock.move(Duration.ofMinutes(3 * 60 + 30));
        triggers.load();
        settle("none");
        assertThat(states("none")).containsExactly("13:00 MISSED", "14:00 MISSED", "15:00 MISSED");
        assertThat(runs.latestOf("none", 10)).isEmpty();
    }

    @Test
    void with_catch_up_of_all_each_has_its_run_in_order() {
        save("all", "'catchUp': 'all', 'catchUpMost': 2", "");
        clock.move(Duration.ofMinutes(3 * 60 + 30));
        triggers.load();
        settle("all");
        assertThat(states("all"))
                .containsExactly("13:00 MISSED", "14:00 CATCH_UP", "15:00 CATCH_UP");
        var facts = Json.readObject(run(ledger("all").getFirst()).triggerFacts);
        assertThat(facts).containsEntry("catchUp", true);
    }

    /// Windmill #10168.
    @Test
    void a_fire_that_fails_does_not_end_the_chain() {
        save(
                "fails",
                "'inputs': {'n': '${ 10 / (size(trigger.id) - 1) }'}",
                "'n': {'type': 'integer'}");
        clock.move(Duration.ofHours(1));
        settle("fails");
        clock.move(Duration.ofHours(1));
        settle("fails");
        assertThat(states("fails")).containsExactly("13:00 MISSED", "14:00 MISSED");
        assertThat(ledger("fails").getFirst().cause()).isEqualTo(Fire.Cause.REFUSED);
    }

    /// Windmill #2238.
    @Test
    void a_definition_that_was_changed_between_fires_is_used_by_the_next() {
        save("changed", "'inputs': {'n': 1}", "'n': {'type': 'integer'}");
        clock.move(Duration.ofHours(1));
        settle("changed");
        save("changed", "'inputs': {'n': 2}", "'n': {'type': 'integer'}");
        clock.move(Duration.ofHours(1));
        settle("changed");
        assertThat(ledger("changed"))
                .extracting(fire -> Json.readObject(run(fire).inputs).get("n"))
                .containsExactly(2L, 1L);
    }

    @Test
    void what_new_words_would_have_meant_in_the_past_is_not_made_up_for() {
        save("reworded", "", "");
        clock.move(Duration.ofMinutes(30));
        orchestrator.save(
                source(workflow("reworded", "", "").replace("0 * * * *", "*/10 * * * *")));
        settle("reworded");
        assertThat(ledger("reworded")).isEmpty();
        clock.move(Duration.ofMinutes(10));
        settle("reworded");
        assertThat(states("reworded")).containsExactly("12:40 STARTED");
    }

    @Test
    void a_disabled_trigger_and_one_outside_its_bounds_say_so() {
        save("disabled", "'enabled': false", "");
        save("bounds", "'startAt': '2031-03-05T13:30:00Z', 'endAt': '2031-03-05T15:00:00Z'", "");
        for (int hour = 0; hour < 4; hour++) {
            clock.move(Duration.ofHours(1));
            settle("disabled");
            if (clockFires.next(triggers.get("bounds", "t")).isPresent()) {
                settle("bounds");
            }
        }
        assertThat(ledger("disabled"))
                .hasSize(4)
                .allMatch(fire -> fire.cause() == Fire.Cause.DISABLED);
        assertThat(states("bounds"))
                .containsExactly("13:00 SKIPPED", "14:00 STARTED", "15:00 SKIPPED");
        assertThat(clockFires.next(triggers.get("bounds", "t"))).isEmpty();
    }

    @Test
    void a_fire_past_the_most_active_runs_is_skipped_and_names_them() {
        save(
                "busy",
                "'maxActive': 1",
                "",
                "{'id': 'a', 'type': 'wait', 'with': {'duration': '2d'}}");
        clock.move(Duration.ofHours(1));
        settle("busy");
        clock.move(Duration.ofHours(1));
        settle("busy");
        assertThat(states("busy")).containsExactly("13:00 STARTED", "14:00 SKIPPED");
        var skipped = ledger("busy").getFirst();
        assertThat(skipped.cause()).isEqualTo(Fire.Cause.OVERLAP);
        assertThat(skipped.reason())
                .contains(Ids.text(ledger("busy").getLast().run()))
                .contains("maxActive is 1");
    }

    @Test
    void a_workflow_that_skips_further_runs_has_skipped_fires() {
        orchestrator.save(
                source(
                        workflow(
                                        "limited",
                                        "",
                                        "",
                                        "{'id': 'a', 'type': 'wait', 'with': {'duration': '2d'}}")
                                .replace(
                                        "\"tasks\"",
                                        "\"concurrency\": {\"limit\": 1, \"onConflict\": \"skip\"}, \"tasks\"")));
        clock.move(Duration.ofHours(1));
        settle("limited");
        clock.move(Duration.ofHours(1));
        settle("limited");
        assertThat(states("limited")).containsExactly("13:00 STARTED", "14:00 SKIPPED");
        assertThat(ledger("limited").getFirst().reason()).contains("limit is 1");
    }

    @Test
    void a_paused_trigger_skips_with_who_and_why() {
        save("paused", "", "");
        var trigger = triggers.get("paused", "t");
        var state =
                trigger.state()
                        .paused(
                                new Pause(
                                        clock.instant(), "ada", "the database moves", null, null));
        journal.write(List.of(new Change.TriggerSaved(state))).join();
        triggers.refresh("paused");
        clock.move(Duration.ofHours(1));
        settle("paused");
        assertThat(ledger("paused").getFirst().cause()).isEqualTo(Fire.Cause.PAUSED);
        assertThat(ledger("paused").getFirst().reason())
                .contains("ada")
                .contains("the database moves");
    }

    @Test
    void a_trigger_whose_runs_fail_pauses_itself_tries_one_and_goes_on() {
        save(
                "fragile",
                "'pauseAfterFailures': 2",
                "'ok': {'type': 'boolean', 'default': false}",
                "{'id': 'a', 'type': 'fail', 'when': '${ !inputs.ok }', 'with': {'message': 'no'}}");
        fireAndEnd("fragile");
        fireAndEnd("fragile");
        clock.move(Duration.ofHours(1));
        settle("fragile");
        assertThat(ledger("fragile").getFirst().reason())
                .contains("paused itself", "2 runs in a row failed");
        fireAndEnd("fragile");
        assertThat(ledger("fragile").getFirst().state()).as("the trial").isEqualTo(State.STARTED);
        clock.move(Duration.ofMinutes(5));
        save(
                "fragile",
                "'pauseAfterFailures': 2",
                "'ok': {'type': 'boolean', 'default': true}",
                "{'id': 'a', 'type': 'noop'}");
        clock.move(Duration.ofMinutes(55));
        settle("fragile");
        assertThat(ledger("fragile").getFirst().reason()).contains("its trial run", "FAILED");
        fireAndEnd("fragile");
        fireAndEnd("fragile");
        assertThat(triggers.get("fragile", "t").paused()).isFalse();
        assertThat(states("fragile"))
                .containsExactly(
                        "13:00 STARTED",
                        "14:00 STARTED",
                        "15:00 SKIPPED",
                        "16:00 STARTED",
                        "17:00 SKIPPED",
                        "18:00 STARTED",
                        "19:00 STARTED");
    }

    @Test
    void a_run_that_ends_starts_those_that_wait_for_its_workflow_once() {
        orchestrator.save(
                source(
                        """
                        {'id': 'upstream', 'tasks': [{'id': 'a', 'type': 'noop'}], 'outputs': {'n': 7},
                         'triggers': [{'id': 't', 'type': 'cron', 'cron': '0 * * * *'}]}"""));
        orchestrator.save(
                source(
                        """
                        {'id': 'downstream', 'tasks': [{'id': 'a', 'type': 'noop'}],
                         'inputs': {'type': 'object', 'properties': {'n': {'type': 'integer'}}},
                         'triggers': [{'id': 't', 'type': 'workflow', 'workflow': 'upstream',
                                       'inputs': {'n': '${ trigger.run.outputs.n }'}}]}"""));
        clock.move(Duration.ofHours(1));
        settle("upstream");
        await(() -> !ledger("downstream").isEmpty());
        openFires.settle();
        openFires.settle();
        var fire = ledger("downstream").getFirst();
        assertThat(fire.state()).isEqualTo(State.STARTED);
        assertThat(Json.readObject(run(fire).inputs)).containsEntry("n", 7L);
        assertThat(runs.latestOf("downstream", 10)).hasSize(1);
        assertThat(fire.slot()).isEqualTo(Ids.text(ledger("upstream").getFirst().run()));
    }

    @Test
    void a_fire_that_a_blackout_holds_starts_when_the_blackout_is_over() {
        blackout(
                "{'id': 'freeze', 'action': 'hold', 'workflows': ['frozen'], 'windows': [{'from': '2031-03-05T12:30:00Z', 'until': '2031-03-05T13:30:00Z', 'name': 'stocktaking'}]}");
        save("frozen", "", "");
        clock.move(Duration.ofHours(1));
        settle("frozen");
        assertThat(states("frozen")).containsExactly("13:00 HELD");
        assertThat(ledger("frozen").getFirst().reason()).contains("stocktaking");
        openFires.settle();
        assertThat(states("frozen")).containsExactly("13:00 HELD");
        clock.move(Duration.ofMinutes(40));
        openFires.settle();
        openFires.settle();
        assertThat(states("frozen")).containsExactly("13:00 STARTED");
        assertThat(Json.readObject(run(ledger("frozen").getFirst()).triggerFacts))
                .containsEntry("scheduledAt", "2031-03-05T13:00:00Z");
        assertThat(runs.latestOf("frozen", 10)).hasSize(1);
    }

    @Test
    void a_fire_in_a_blackout_that_skips_is_skipped() {
        blackout(
                "{'id': 'closed', 'action': 'skip', 'workflows': ['shut'], 'windows': [{'from': '2031-03-05T12:30:00Z', 'until': '2031-03-05T13:30:00Z', 'name': 'closed'}]}");
        save("shut", "", "");
        clock.move(Duration.ofHours(1));
        settle("shut");
        clock.move(Duration.ofHours(1));
        settle("shut");
        assertThat(states("shut")).containsExactly("13:00 SKIPPED", "14:00 STARTED");
        assertThat(ledger("shut").getLast().cause()).isEqualTo(Fire.Cause.BLACKOUT);
    }

    @Test
    void a_fire_whose_calendar_is_not_there_is_missed() {
        save("lost", "'calendar': 'nowhere'", "");
        clock.move(Duration.ofHours(1));
        settle("lost");
        assertThat(ledger("lost").getFirst().state()).isEqualTo(State.MISSED);
        assertThat(ledger("lost").getFirst().reason()).contains("there is no calendar 'nowhere'");
    }

    @Test
    void a_backfill_starts_its_moments_in_order_and_can_be_cancelled() {
        save("past", "", "");
        var from = Instant.parse("2031-01-01T00:00:00Z");
        assertThat(backfills.preview("past", "t", from, from.plusSeconds(4 * 3600))).hasSize(4);
        var backfill =
                backfills.begin(
                        "past",
                        "t",
                        from,
                        from.plusSeconds(4 * 3600),
                        1,
                        new Request("api", "ada", "late data"));
        await(
                () -> {
                    backfills.drive();
                    return backfills.get(backfill.id()).state() == Backfill.State.DONE;
                });
        assertThat(states("past"))
                .containsExactly(
                        "00:00 STARTED", "01:00 STARTED", "02:00 STARTED", "03:00 STARTED");
        assertThat(ledger("past")).allMatch(fire -> fire.backfill() == backfill.id());

        var long_ =
                backfills.begin(
                        "past",
                        "t",
                        from,
                        from.plusSeconds(40 * 3600),
                        2,
                        new Request("api", null, null));
        backfills.drive();
        backfills.cancel(long_.id(), true, new Request("api", "ada", null));
        backfills.drive();
        assertThat(backfills.get(long_.id()).state()).isEqualTo(Backfill.State.CANCELLED);
        assertThat(backfills.get(long_.id()).started()).isLessThan(40);
    }

    private void blackout(String text) {
        documents.save(
                StoredDocument.Kind.BLACKOUT,
                new DocumentText(text.replace('\'', '"'), DocumentText.Format.JSON, "test", null),
                null,
                "api",
                null);
    }

    private void fireAndEnd(String workflow) {
        clock.move(Duration.ofHours(1));
        settle(workflow);
        var run = ledger(workflow).getFirst().run();
        if (run != null) {
            await(() -> runs.state(run).filter(RunState::terminal).isPresent());
        }
    }

    private void save(String id, String trigger, String inputs) {
        save(id, trigger, inputs, "{'id': 'a', 'type': 'noop'}");
    }

    private void save(String id, String trigger, String inputs, String task) {
        orchestrator.save(source(workflow(id, trigger, inputs, task)));
    }

    private static String workflow(String id, String trigger, String inputs) {
        return workflow(id, trigger, inputs, "{'id': 'a', 'type': 'noop'}");
    }

    private static String workflow(String id, String trigger, String inputs, String task) {
        return """
               {'id': '%s', 'inputs': {'type': 'object', 'properties': {%s}}, 'tasks': [%s],
                'triggers': [{'id': 't', 'type': 'cron', 'cron': '0 * * * *', 'labels': {'by': 'clock'}%s}]}"""
                .formatted(id, inputs, task, trigger.isEmpty() ? "" : ", " + trigger)
                .replace('\'', '"');
    }

    private static SaveWorkflow source(String text) {
        return new SaveWorkflow(
                new Source(text.replace('\'', '"'), Format.JSON, "test"), null, 0, "api", null);
    }

    private void settle(String workflow) {
        clockFires.settle(triggers.get(workflow, "t"));
    }

    /// Newest first.
    private List<Fire> ledger(String workflow) {
        return store.fires(
                new TriggerStore.Filter(workflow, null, null, null), Long.MAX_VALUE, 100);
    }

    private List<String> states(String workflow) {
        return ledger(workflow).reversed().stream()
                .map(fire -> fire.nominal().toString().substring(11, 16) + " " + fire.state())
                .toList();
    }

    private Run run(Fire fire) {
        return runs.run(Objects.requireNonNull(fire.run())).orElseThrow();
    }

    private static void await(BooleanSupplier condition) {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited in vain").isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }
}
