package dev.leat.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.store.RunStore.Filter;
import dev.leat.store.database.Databases;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// No question about runs reads or sorts a long history: an index leads to each answer.
class HistoryQuestionsTest {

    private static final Instant SOME_TIME = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir Path folder;
    private AskedQuestions asked;
    private RunStore runs;

    @BeforeEach
    void open() {
        var url = "jdbc:sqlite:" + folder.resolve("leat.db");
        Databases.migrated(url);
        asked = new AskedQuestions(url);
        runs = new RunStore(new Reads(asked.source()));
    }

    @Test
    void no_list_of_runs_scans_or_sorts_whatever_it_is_filtered_by() throws SQLException {
        for (var workflow : options("sales.report")) {
            for (var trigger : options("schedule")) {
                for (var since : options(SOME_TIME)) {
                    for (var until : options(SOME_TIME)) {
                        for (var state : states()) {
                            runs.latest(new Filter(workflow, state, trigger, since, until), 9, 50);
                        }
                    }
                }
            }
        }
        assertThat(asked.questions).hasSize(2 * 2 * 2 * 2 * (RunState.values().length + 1));
        assertNothingIsScanned();
    }

    @Test
    void nothing_else_that_is_asked_of_runs_scans_or_sorts() throws SQLException {
        runs.run(1);
        runs.state(1);
        runs.history(1);
        runs.latestOf("sales.report", 20);
        runs.withIdempotencyKey("sales.report", "key");
        runs.countsSince(SOME_TIME);
        runs.lately(SOME_TIME, 48);
        runs.inState(RunState.QUEUED, 1_000);
        runs.unfinished(1_000);
        runs.waiting(1_000);
        runs.inLine(10);
        runs.orphaned(10);
        runs.orphanedChildren(10);
        runs.active("sales.report", 10);
        runs.line("sales.report", 10);
        runs.toCancel(1);
        runs.tasks(1);
        runs.task(1, "a");
        runs.transitions(1, 0, 100);
        runs.transitions(1, "a");
        runs.output(1, "a");
        runs.outputs(1);
        runs.taskCounts(List.of(1L, 2L));
        assertNothingIsScanned();
    }

    @Test
    void nothing_that_pages_of_workflows_ask_scans_or_sorts() throws SQLException {
        var history =
                new WorkflowHistory(new Reads(asked.source()), InstantSource.fixed(SOME_TIME));
        history.latest(List.of("sales.report", "sales.orders"), 30);
        history.latestOfAll(30);
        history.lastChanges(List.of("sales.report", "sales.orders"));
        history.states(List.of(1L, 2L), List.of("a", "b"));
        history.states(List.of(1L, 2L));
        history.runStates(List.of(1L, 2L));
        history.days("sales.report", LocalDate.of(2025, 3, 3));
        runs.latest(new Filter("w", null, null, null, null).ofRevision(3), 9, 50);
        assertThat(asked.questions).hasSize(10);
        assertNothingIsScanned();
    }

    @Test
    void the_days_of_a_workflow_are_counted_from_an_index_alone() throws SQLException {
        var history =
                new WorkflowHistory(new Reads(asked.source()), InstantSource.fixed(SOME_TIME));
        history.days("sales.report", LocalDate.of(2025, 3, 3));
        assertThat(asked.plan(asked.questions.get(1)))
                .anyMatch(step -> step.contains("COVERING INDEX run_workflow"));
        assertThat(asked.plan(asked.questions.get(2)))
                .anyMatch(step -> step.contains("COVERING INDEX run_failure"));
    }

    @Test
    void the_rarer_of_two_conditions_leads() throws SQLException {
        assertLeads("run_failure", new Filter("w", RunState.FAILED, null, null, null));
        assertLeads("run_open", new Filter("w", RunState.RUNNING, null, null, null));
        assertLeads("run_workflow", new Filter("w", RunState.SUCCESS, null, null, null));
        assertLeads("run_workflow", new Filter("w", null, "api", null, null));
        assertLeads("run_failure_trigger", new Filter(null, RunState.FAILED, "api", null, null));
        assertLeads("run_trigger", new Filter(null, RunState.SUCCESS, "api", null, null));
        assertLeads("run_state", new Filter(null, RunState.RUNNING, "api", null, null));
    }

    @Test
    void a_run_with_all_that_happened_takes_three_questions() {
        runs.history(1);
        assertThat(asked.questions).as("of a run that isn't there").hasSize(1);
    }

    private void assertLeads(String index, Filter filter) throws SQLException {
        asked.questions.clear();
        runs.latest(filter, 9, 50);
        assertThat(asked.plan(asked.questions.getFirst()))
                .as(filter.toString())
                .singleElement()
                .asString()
                .contains("USING INDEX " + index + " ");
    }

    private void assertNothingIsScanned() throws SQLException {
        for (var question : asked.questions) {
            assertThat(asked.plan(question))
                    .as(question)
                    .noneMatch(step -> step.matches("SCAN (run|r|t|task_run|transition)( |$).*"))
                    .noneMatch(step -> step.contains("TEMP B-TREE FOR ORDER BY"));
        }
    }

    private static <T> List<@Nullable T> options(T given) {
        return Arrays.asList(null, given);
    }

    private static List<@Nullable RunState> states() {
        var states = new java.util.ArrayList<@Nullable RunState>(List.of(RunState.values()));
        states.add(null);
        return states;
    }
}
