package dev.leat.store;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What tasks wait for that isn't a moment, what was answered, and what is kept from run to run.
/// Reads only: the [Journal] writes.
@ApplicationScoped
public class WaitStore {

    private static final String OPEN =
            """
            select t.run, t.task, t.attempt, r.workflow, t.reason, t.detail, t.due_at, t.started_at
            from task_run t join run r on r.id = t.run
            where t.awaits = ? and t.state = 'WAITING'
                and not exists (select 1 from answer a where a.run = t.run and a.task = t.task and a.attempt = t.attempt)
            """;

    private final Reads reads;

    WaitStore(Reads reads) {
        this.reads = reads;
    }

    /// A task that waits.
    ///
    /// @param detail what is stored of it besides its state, as JSON
    /// @param dueAt when an answer is too late; null where it never is
    public record Waiting(
            long run,
            String task,
            int attempt,
            String workflow,
            @Nullable String reason,
            @Nullable String detail,
            @Nullable Instant dueAt,
            @Nullable Instant since) {}

    /// @param answer JSON object, as [Change.Answered] was given it
    public record Answer(Map<String, @Nullable Object> answer, @Nullable String by, Instant at) {}

    public record Kept(long id, @Nullable Object payload, @Nullable String by) {}

    /// @param run that made it
    public record Cached(@Nullable Object output, long run, Instant at) {}

    /// Tasks that wait for this and have no answer yet, oldest first.
    public List<Waiting> waiting(String awaits, int limit) {
        return reads.list(
                OPEN + "order by t.run, t.task limit ?", WaitStore::waiting, awaits, limit);
    }

    /// How many such tasks there are; counts no further than asked.
    public long count(String awaits, int atMost) {
        return reads.first(
                        "select count(*) from (" + OPEN + " limit ?) as found",
                        Columns::number,
                        awaits,
                        atMost)
                .orElse(0L);
    }

    /// The same of one run.
    public List<Waiting> waiting(String awaits, long run) {
        return reads.list(OPEN + "and t.run = ? order by t.task", WaitStore::waiting, awaits, run);
    }

    public Optional<Answer> answer(long run, String task, int attempt) {
        return reads.first(
                "select answer, by_whom, at from answer where run = ? and task = ? and attempt = ?",
                row ->
                        new Answer(
                                Json.readObject(row.text()),
                                row.textOrNull(),
                                Micros.instant(row.number())),
                run,
                task,
                attempt);
    }

    /// Whether a task of the run waits for what has come already.
    public boolean answered(long run) {
        return reads.first(
                        """
                        select 1 from answer a join task_run t on t.run = a.run and t.task = a.task and t.attempt = a.attempt
                        where a.run = ? and t.state = 'WAITING' limit 1""",
                        Columns::integer,
                        run)
                .isPresent();
    }

    /// The oldest signal that is kept for those who wait for this.
    public Optional<Kept> signal(String awaits, Instant now) {
        return reads.first(
                "select id, payload, by_whom from signal where awaits = ? and expires_at > ? order by id limit 1",
                row -> new Kept(row.number(), Json.read(row.text()), row.textOrNull()),
                awaits,
                Micros.of(now));
    }

    public Optional<Cached> cached(String workflow, String task, String key, Instant now) {
        return reads.first(
                "select output, run, at from step_cache where workflow = ? and task = ? and key = ? and expires_at > ?",
                row ->
                        new Cached(
                                Json.read(row.text()), row.number(), Micros.instant(row.number())),
                workflow,
                task,
                key,
                Micros.of(now));
    }

    private static Waiting waiting(Columns row) throws SQLException {
        return new Waiting(
                row.number(),
                row.text(),
                row.integer(),
                row.text(),
                row.textOrNull(),
                row.textOrNull(),
                instant(row.numberOrNull()),
                instant(row.numberOrNull()));
    }

    private static @Nullable Instant instant(@Nullable Long micros) {
        return micros == null ? null : Micros.instant(micros);
    }
}
