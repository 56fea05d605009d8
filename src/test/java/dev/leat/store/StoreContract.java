package dev.leat.store;

import static dev.leat.testing.Changes.AT;
import static dev.leat.testing.Changes.failed;
import static dev.leat.testing.Changes.opened;
import static dev.leat.testing.Changes.revision;
import static dev.leat.testing.Changes.succeeded;
import static dev.leat.testing.Changes.task;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.task.Refusal;
import dev.leat.task.TaskError;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/// What journal and stores promise on every database.
abstract class StoreContract {

    @Inject Journal journal;
    @Inject RunStore runs;
    @Inject WorkflowHistory history;
    @Inject WorkflowStore workflows;
    @Inject RunFeed feed;
    @Inject DocumentStore documents;
    @Inject Ids ids;
    @Inject Membership membership;

    /// A workflow of each test's own.
    private final String workflow = "sales.w" + Long.toHexString(System.nanoTime());

    @Test
    void a_revision_becomes_the_workflows_current_one() {
        var first = ids.next();
        var second = ids.next();
        write(revision(first, workflow, 1));
        write(revision(second, workflow, 2));

        var head = workflows.workflow(workflow).orElseThrow();
        assertThat(head.revision).isEqualTo(second);
        assertThat(head.revisionNumber).isEqualTo(2);
        assertThat(head.namespace).isEqualTo("sales");
        assertThat(head.deleted).isFalse();
        assertThat(workflows.versions(workflow, Integer.MAX_VALUE, 9))
                .extracting(version -> version.number())
                .containsExactly(2, 1);
        assertThat(workflows.revision(workflow, 1).orElseThrow().id).isEqualTo(first);
        assertThat(workflows.revisionWithHash(workflow, "hash-2").orElseThrow().id)
                .isEqualTo(second);
        assertThat(workflows.current()).extracting(w -> w.id).contains(workflow);
    }

    @Test
    void a_deleted_workflow_is_no_longer_listed_until_it_is_saved_again() {
        write(revision(ids.next(), workflow, 1));
        write(new Change.WorkflowDeleted(workflow, AT));
        assertThat(workflows.current()).extracting(w -> w.id).doesNotContain(workflow);
        assertThat(workflows.workflow(workflow).orElseThrow().deleted).isTrue();

        write(revision(ids.next(), workflow, 2));
        assertThat(workflows.current()).extracting(w -> w.id).contains(workflow);
    }

    @Test
    void of_a_calendar_or_a_blackout_the_last_text_is_kept_until_it_is_removed() {
        var id = workflow.substring("sales.".length());
        var first =
                new StoredDocument(
                        StoredDocument.Kind.CALENDAR, id, "{\"id\": 1}", "JSON", "api", null, AT);
        var second =
                new StoredDocument(
                        StoredDocument.Kind.CALENDAR,
                        id,
                        "id: 2",
                        "YAML",
                        "file:a.yaml",
                        "Ada",
                        AT.plusSeconds(1));
        var other =
                new StoredDocument(
                        StoredDocument.Kind.BLACKOUT, id, "{}", "JSON", "cli", "Bob", AT);

        write(new Change.DocumentSaved(first), new Change.DocumentSaved(other));
        assertThat(documents.all()).contains(first, other);

        write(new Change.DocumentSaved(second));
        assertThat(documents.all()).contains(second, other).doesNotContain(first);

        write(new Change.DocumentDeleted(StoredDocument.Kind.CALENDAR, id));
        assertThat(documents.all()).contains(other).doesNotContain(second);
        write(new Change.DocumentDeleted(StoredDocument.Kind.BLACKOUT, id));
        assertThat(documents.all()).doesNotContain(other);
    }

    @Test
    void a_view_is_kept_under_its_name_until_it_is_deleted() {
        var name = "Failed of " + workflow;
        var first = new SavedView(name, "/runs", "state=FAILED", AT);
        var second = new SavedView(name, "/ledger", "state=MISSED", AT.plusSeconds(1));

        write(new Change.ViewSaved(first));
        assertThat(documents.views()).contains(first);

        write(new Change.ViewSaved(second));
        assertThat(documents.views()).contains(second).doesNotContain(first);

        write(new Change.ViewDeleted(name));
        assertThat(documents.views()).doesNotContain(second);
    }

    @Test
    void a_run_is_stored_with_all_its_facts() {
        var run = openRun();
        write(task(run, 2, "a", TaskState.RUNNING));
        write(
                succeeded(run, 3, "a", Map.of("rows", 7L)),
                new Change.RunChanged(
                        run, 4, RunState.SUCCESS, null, AT, null, Map.of("x", 1L), null, AT));

        var stored = runs.run(run).orElseThrow();
        assertThat(stored.state).isEqualTo(RunState.SUCCESS);
        assertThat(stored.revisionNumber).isEqualTo(1);
        assertThat(Json.readObject(stored.inputs)).isEqualTo(Map.of("n", 1L));
        assertThat(stored.outputs).isEqualTo("{\"x\":1}");
        assertThat(stored.createdAt).isEqualTo(Micros.of(AT));
        assertThat(stored.finishedAt).isEqualTo(Micros.of(AT));
        assertThat(stored.lastSeq).isEqualTo(4);
        assertThat(runs.output(run, "a")).contains("{\"rows\":7}");
        assertThat(runs.outputs(run)).isEqualTo(Map.of("a", "{\"rows\":7}"));
        assertThat(runs.task(run, "a").orElseThrow().hasOutput).isTrue();
        assertThat(runs.tasks(run)).extracting(t -> t.task).containsExactly("a");
        assertThat(runs.taskCounts(run))
                .isEqualTo(Map.of(TaskState.SUCCESS, 1, TaskState.PENDING, 2));
    }

    @Test
    void an_error_is_read_back_as_it_was() {
        var run = openRun();
        var error =
                new TaskError(
                        "http.503",
                        "The server is busy.",
                        true,
                        Duration.ofSeconds(7),
                        Map.of("status", 503L),
                        List.of("IOException: closed"));
        write(failed(run, 2, "a", error));

        assertThat(ErrorJson.task(requireNonNull(runs.task(run, "a").orElseThrow().error)))
                .isEqualTo(error);
        assertThat(ErrorJson.task(requireNonNull(runs.transitions(run, "a").getFirst().error)))
                .isEqualTo(error);
    }

    @Test
    void an_idempotency_key_starts_one_run_only() {
        var revision = saveRevision();
        var first = ids.next();
        write(opened(first, workflow, revision, "key"));

        assertThatThrownBy(() -> write(opened(ids.next(), workflow, revision, "key")))
                .hasCauseInstanceOf(Refusal.Conflict.class)
                .hasMessageContaining(workflow)
                .hasMessageContaining("'key'");
        assertThat(runs.withIdempotencyKey(workflow, "key").orElseThrow().id).isEqualTo(first);
    }

    @Test
    void a_revision_number_is_given_once() {
        write(revision(ids.next(), workflow, 1));
        assertThatThrownBy(() -> write(revision(ids.next(), workflow, 1)))
                .hasCauseInstanceOf(Refusal.Conflict.class)
                .hasMessageContaining("revision 1 already");
    }

    @Test
    void a_transition_number_is_given_once() {
        var run = openRun();
        write(task(run, 2, "a", TaskState.READY));
        assertThatThrownBy(() -> write(task(run, 2, "b", TaskState.READY)))
                .hasCauseInstanceOf(Refusal.Conflict.class)
                .hasMessageContaining("Transition 2 of run " + Ids.text(run));
        assertThat(runs.task(run, "b")).isEmpty();
    }

    @Test
    void a_write_that_is_refused_harms_none_of_those_beside_it() {
        var revision = saveRevision();
        write(opened(ids.next(), workflow, revision, "taken"));
        var good = new ArrayList<CompletableFuture<Void>>();
        var bad = new ArrayList<CompletableFuture<Void>>();
        var kept = new ArrayList<Long>();
        for (int number = 0; number < 50; number++) {
            var run = ids.next();
            kept.add(run);
            good.add(journal.write(List.of(opened(run, workflow, revision))));
            bad.add(journal.write(List.of(opened(ids.next(), workflow, revision, "taken"))));
            bad.add(journal.write(List.of(opened(ids.next(), workflow, 1, null))));
            good.add(journal.write(List.of(task(run, 2, "a", TaskState.READY))));
        }
        good.forEach(CompletableFuture::join);
        assertThat(bad)
                .allSatisfy(
                        write ->
                                assertThatThrownBy(write::join)
                                        .isInstanceOf(CompletionException.class));
        assertThat(kept)
                .allSatisfy(
                        run -> {
                            assertThat(runs.run(run)).isPresent();
                            assertThat(runs.task(run, "a")).isPresent();
                        });
    }

    @Test
    void what_follows_from_a_write_that_is_refused_is_refused_with_it() {
        var revision = saveRevision();
        var run = ids.next();
        var other = ids.next();
        write(opened(run, workflow, revision), task(run, 2, "a", TaskState.READY));
        write(opened(other, workflow, revision));
        var sequence = new Sequence();
        var taken = write(sequence, task(run, 2, "a", TaskState.RUNNING));
        var next = write(sequence, task(run, 3, "b", TaskState.RUNNING));
        var beside = write(new Sequence(), task(other, 2, "b", TaskState.RUNNING));

        assertThatThrownBy(taken::join).hasCauseInstanceOf(Refusal.Conflict.class);
        assertThatThrownBy(next::join)
                .hasCauseInstanceOf(Refusal.Unavailable.class)
                .hasMessageContaining("follows from");
        beside.join();
        var later = write(sequence, task(run, 4, "c", TaskState.RUNNING));
        assertThatThrownBy(later::join).hasCauseInstanceOf(Refusal.Unavailable.class);
        assertThat(runs.tasks(run)).extracting(task -> task.state).containsExactly(TaskState.READY);
    }

    private CompletableFuture<Void> write(Sequence sequence, Change change) {
        return journal.write(List.of(change), membership.node(), sequence);
    }

    @Test
    void what_follows_from_a_revision_is_kept_while_that_is_the_current_one() {
        var first = saveRevision();
        var kept = ids.next();
        write(opened(kept, workflow, first), new Change.MustBeCurrent(workflow, first));
        var second = ids.next();
        write(revision(second, workflow, 2));
        var late = journal.write(openedOfCurrent(first));
        var beside = ids.next();
        write(opened(beside, workflow, second), new Change.MustBeCurrent(workflow, second));
        write(new Change.WorkflowDeleted(workflow, AT));
        var deleted = journal.write(openedOfCurrent(second));

        assertThatThrownBy(late::join).hasCauseInstanceOf(Refusal.Unavailable.class);
        assertThatThrownBy(deleted::join).hasCauseInstanceOf(Refusal.Unavailable.class);
        assertThat(runs.latestOf(workflow, 9))
                .extracting(run -> run.id)
                .containsExactlyInAnyOrder(kept, beside);
    }

    private List<Change> openedOfCurrent(long revision) {
        return List.of(
                opened(ids.next(), workflow, revision),
                new Change.MustBeCurrent(workflow, revision));
    }

    @Test
    void a_write_is_kept_whole_or_not_at_all() {
        var revision = saveRevision();
        var run = ids.next();
        assertThatThrownBy(
                        () ->
                                write(
                                        opened(run, workflow, revision),
                                        task(run, 2, "a", TaskState.READY),
                                        task(run, 2, "b", TaskState.READY)))
                .hasCauseInstanceOf(Refusal.Conflict.class);
        assertThat(runs.run(run)).isEmpty();
        assertThat(runs.tasks(run)).isEmpty();
    }

    @Test
    void transitions_are_heard_and_read_in_the_order_they_were_written() {
        var run = openRun();
        var heard = new CopyOnWriteArrayList<Long>();
        try (var _ = feed.follow(run, transition -> heard.add(transition.seq))) {
            var writes = new ArrayList<CompletableFuture<Void>>();
            for (long seq = 2; seq <= 500; seq++) {
                writes.add(journal.write(List.of(task(run, seq, "a", TaskState.RUNNING))));
            }
            writes.forEach(CompletableFuture::join);
        }
        assertThat(heard).hasSize(499).isSorted();
        assertThat(runs.transitions(run, 0, 1_000)).extracting(t -> t.seq).hasSize(500).isSorted();
        assertThat(runs.transitions(run, 498, 1)).extracting(t -> t.seq).containsExactly(499L);
    }

    @Test
    void text_that_no_database_likes_is_kept() {
        var run = openRun();
        write(
                new Change.TaskChanged(
                        run,
                        2,
                        "a",
                        TaskState.SUCCESS,
                        1,
                        0,
                        "zero \0 and 😀",
                        null,
                        null,
                        AT,
                        null,
                        true,
                        "a\0b\uD800",
                        AT));
        assertThat(runs.task(run, "a").orElseThrow().reason).isEqualTo("zero \uFFFD and 😀");
        assertThat(runs.output(run, "a")).isPresent();
    }

    @Test
    void runs_are_listed_newest_first_page_by_page() {
        var revision = saveRevision();
        for (int number = 0; number < 5; number++) {
            write(opened(ids.next(), workflow, revision));
        }
        var filter = new RunStore.Filter(workflow, RunState.QUEUED, "api", null, null);
        var page = runs.latest(filter, Long.MAX_VALUE, 2);
        var next = runs.latest(filter, page.getLast().id, 10);

        assertThat(page).hasSize(2);
        assertThat(next).hasSize(3);
        assertThat(page.getFirst().id).isGreaterThan(page.getLast().id);
        assertThat(page.getLast().id).isGreaterThan(next.getFirst().id);
        assertThat(runs.latestOf(workflow, 3)).hasSize(3);
        assertThat(runs.latest(between(Instant.MIN, AT), Long.MAX_VALUE, 10)).isEmpty();
        assertThat(runs.latest(between(Instant.MIN, Instant.MAX), Long.MAX_VALUE, 10)).hasSize(5);
        assertThat(runs.unfinished(1_000_000)).isPositive();
        assertThat(runs.unfinished(1)).isOne();
        assertThat(runs.countsSince(Instant.now().minusSeconds(60)).get(RunState.QUEUED))
                .isGreaterThanOrEqualTo(5);
    }

    @Test
    void half_hours_together_hold_what_was_opened_in_all_of_them() {
        var revision = saveRevision();
        for (int number = 0; number < 3; number++) {
            write(opened(ids.next(), workflow, revision));
        }
        var now = Instant.now();
        for (int time = 0; time < 2; time++) {
            var lately = runs.lately(now, 48);
            var since = runs.countsSince(lately.getFirst().begin());

            assertThat(lately).hasSize(48);
            assertThat(lately.getLast().begin()).isBeforeOrEqualTo(now);
            assertThat(lately.getLast().begin().plusSeconds(1_800)).isAfter(now);
            assertThat(
                            lately.stream()
                                    .mapToLong(
                                            half -> half.opened().getOrDefault(RunState.QUEUED, 0L))
                                    .sum())
                    .isEqualTo(since.get(RunState.QUEUED))
                    .isGreaterThanOrEqualTo(3);
        }
    }

    @Test
    void the_latest_runs_of_several_workflows_are_asked_for_at_once() {
        var revision = saveRevision();
        for (int number = 0; number < 5; number++) {
            write(opened(ids.next(), workflow, revision));
        }
        var newest = runs.latestOf(workflow, 3).stream().map(run -> run.id).toList();

        var latest = history.latest(List.of(workflow, "there-is-no-such"), 3);

        assertThat(latest).containsOnlyKeys(workflow);
        assertThat(latest.get(workflow)).extracting(run -> run.id()).isEqualTo(newest);
        assertThat(history.latestOfAll(3).get(workflow)).isEqualTo(latest.get(workflow));
        assertThat(history.lastChanges(List.of(workflow)).get(workflow).revision()).isOne();
    }

    @Test
    void what_has_happened_since_is_among_the_latest_runs() {
        var revision = saveRevision();
        var first = ids.next();
        write(opened(first, workflow, revision));
        assertThat(states(history.latestOfAll(30).get(workflow))).containsExactly(RunState.QUEUED);

        write(failedRun(first));
        assertThat(states(history.latestOfAll(30).get(workflow))).containsExactly(RunState.FAILED);
        assertThat(states(history.latestOfAll(30).get(workflow))).containsExactly(RunState.FAILED);

        write(opened(ids.next(), workflow, revision));
        assertThat(states(history.latest(List.of(workflow), 30).get(workflow)))
                .containsExactly(RunState.QUEUED, RunState.FAILED);
        assertThat(states(history.latest(List.of(workflow), 1).get(workflow)))
                .containsExactly(RunState.QUEUED);
    }

    private static List<RunState> states(List<WorkflowHistory.Glance> runs) {
        return runs.stream().map(WorkflowHistory.Glance::state).toList();
    }

    @Test
    void a_years_days_are_counted_and_counted_again_when_more_has_happened() {
        var revision = saveRevision();
        var today = LocalDate.ofInstant(Instant.now(), ZoneOffset.UTC);
        var first = openedOn(today.minusDays(300), revision);
        write(opened(first, workflow, revision));
        write(opened(openedOn(today.minusDays(2), revision), workflow, revision));

        var before = history.days(workflow, today.minusDays(364));
        write(failedRun(first));
        write(opened(ids.next(), workflow, revision));
        var after = history.days(workflow, today.minusDays(364));

        assertThat(before).hasSize(365);
        assertThat(before.getLast().date()).isEqualTo(today);
        assertThat(before.get(64)).isEqualTo(new WorkflowHistory.Day(today.minusDays(300), 1, 0));
        assertThat(after.get(64)).isEqualTo(new WorkflowHistory.Day(today.minusDays(300), 1, 1));
        assertThat(after.get(362)).isEqualTo(before.get(362));
        assertThat(after.getLast().runs()).isEqualTo(before.getLast().runs() + 1);
        assertThat(after.stream().mapToInt(WorkflowHistory.Day::runs).sum()).isEqualTo(3);
    }

    @Test
    void states_of_tasks_are_asked_for_by_run_and_by_name() {
        var run = openRun();
        write(task(run, 2, "a", TaskState.RUNNING));
        write(task(run, 3, "b", TaskState.SUCCESS));
        write(task(run, 4, "b.0", TaskState.SUCCESS));

        assertThat(history.states(List.of(run), List.of("a")).get(run))
                .isEqualTo(Map.of("a", TaskState.RUNNING));
        assertThat(history.states(List.of(run)).get(run))
                .isEqualTo(Map.of("a", TaskState.RUNNING, "b", TaskState.SUCCESS));
        assertThat(history.runStates(List.of(run, 42L))).containsOnlyKeys(run);
    }

    @Test
    void runs_are_found_by_the_number_of_their_revision() {
        var revision = saveRevision();
        write(opened(ids.next(), workflow, revision));
        var any = new RunStore.Filter(workflow, null, null, null, null);

        assertThat(runs.latest(any.ofRevision(1), Long.MAX_VALUE, 10)).hasSize(1);
        assertThat(runs.latest(any.ofRevision(2), Long.MAX_VALUE, 10)).isEmpty();
    }

    /// An id of a run of that day.
    private static long openedOn(LocalDate day, long revision) {
        return Ids.firstAt(day.atTime(12, 0).toInstant(ZoneOffset.UTC)) + revision % 1_000_000;
    }

    private static Change failedRun(long run) {
        return new Change.RunChanged(
                run, 2, RunState.FAILED, null, AT, AT.plusSeconds(1), null, null, AT);
    }

    @Test
    void a_run_that_isnt_there_is_no_error() {
        assertThat(runs.run(42)).isEmpty();
        assertThat(runs.taskCounts(42)).isEmpty();
        assertThat(runs.transitions(42, 0, 10)).isEmpty();
    }

    @Test
    void virtual_threads_may_ask() throws Exception {
        var run = openRun();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = new ArrayList<java.util.concurrent.Future<Boolean>>();
            for (int number = 0; number < 100; number++) {
                answers.add(threads.submit(() -> runs.run(run).isPresent()));
            }
            for (var answer : answers) {
                assertThat(answer.get()).isTrue();
            }
        }
    }

    private RunStore.Filter between(Instant since, Instant until) {
        return new RunStore.Filter(workflow, null, null, since, until);
    }

    private long saveRevision() {
        var revision = ids.next();
        write(revision(revision, workflow, 1));
        return revision;
    }

    private long openRun() {
        var run = ids.next();
        write(opened(run, workflow, saveRevision()));
        return run;
    }

    void write(Change... changes) {
        journal.write(List.of(changes)).join();
    }
}
