package dev.leat.engine;

import dev.leat.store.Ids;
import dev.leat.store.ListedRun;
import dev.leat.store.RunStore;
import dev.leat.store.RunStore.Filter;
import dev.leat.task.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;

/// Does the same with many runs. Each is done, or refused, by itself: what can't be done to one
/// holds up no other.
@ApplicationScoped
public class BulkOperations {

    /// The most runs at once.
    public static final int MOST = 10_000;

    private static final int AT_ONCE = 32;
    private static final int PART = 1_000;

    private final MainOrchestrator orchestrator;
    private final Operations operations;
    private final RunStore runs;

    BulkOperations(MainOrchestrator orchestrator, Operations operations, RunStore runs) {
        this.orchestrator = orchestrator;
        this.operations = operations;
        this.runs = runs;
    }

    /// What is done with each run.
    public sealed interface What {
        record Cancel() implements What {}

        record Pause() implements What {}

        record Resume() implements What {}

        /// @param from see [Operations.Rerun]
        record Again(String from) implements What {}

        record Label(Map<String, String> set, Set<String> remove) implements What {}
    }

    /// @param found how many runs there were
    /// @param done in how many of them it was done; 0 for a trial
    /// @param failures those in which it wasn't, by age
    /// @param made the new runs, where runs were run again; by age
    public record Outcome(int found, int done, List<Failure> failures, List<Long> made) {}

    public record Failure(long run, String reason) {}

    /// The runs that fit, newest first.
    ///
    /// @throws Refusal.Invalid where there are more than [#MOST]
    public List<Long> found(Filter filter) {
        var found = new ArrayList<Long>();
        long before = Long.MAX_VALUE;
        List<ListedRun> part;
        do {
            part = runs.latest(filter, before, PART);
            for (var run : part) {
                found.add(run.id);
                before = run.id;
            }
            if (found.size() > MOST) {
                throw tooMany();
            }
        } while (part.size() == PART);
        return found;
    }

    /// Does it with each of these runs.
    ///
    /// @throws Refusal.Invalid where they are more than [#MOST]
    public Outcome perform(What what, List<Long> ids, Request request) {
        if (ids.size() > MOST) {
            throw tooMany();
        }
        var failures = new ConcurrentLinkedQueue<Failure>();
        var made = new ConcurrentLinkedQueue<Long>();
        var done = new AtomicInteger();
        var places = new Semaphore(AT_ONCE);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (long run : ids) {
                places.acquireUninterruptibly();
                threads.execute(
                        () -> {
                            try {
                                one(what, request, made::add).accept(run);
                                done.incrementAndGet();
                            } catch (Refusal refused) {
                                failures.add(new Failure(run, refused.sentence()));
                            } catch (RuntimeException bug) {
                                failures.add(new Failure(run, "It failed: " + bug.getMessage()));
                            } finally {
                                places.release();
                            }
                        });
            }
        }
        return new Outcome(
                ids.size(),
                done.get(),
                failures.stream().sorted(Comparator.comparing(Failure::run)).toList(),
                made.stream().sorted().toList());
    }

    private LongConsumer one(What what, Request request, LongConsumer made) {
        return switch (what) {
            case What.Cancel _ -> run -> cancel(run, request);
            case What.Pause _ -> run -> operations.pause(run, request);
            case What.Resume _ -> run -> operations.resume(run, request);
            case What.Again(var from) ->
                    run ->
                            made.accept(
                                    operations
                                            .rerun(
                                                    new Operations.Rerun(
                                                            run, from, null, null, Map.of(), null,
                                                            request))
                                            .run());
            case What.Label(var set, var remove) ->
                    run -> operations.label(run, set, remove, request);
        };
    }

    private void cancel(long run, Request request) {
        orchestrator.cancel(run, request);
    }

    private static Refusal.Invalid tooMany() {
        return new Refusal.Invalid(
                "More than %d runs fit. Narrow the filter, such as with 'since' and 'until', and ask again."
                        .formatted(MOST),
                List.of());
    }

    /// The runs of a list of ids as people see them.
    ///
    /// @throws Refusal.NotFound for the first that is none
    public static List<Long> parsed(List<String> ids) {
        return ids.stream()
                .map(
                        text -> {
                            long id = Ids.parse(text);
                            if (id < 0) {
                                throw new Refusal.NotFound("There is no run '%s'.".formatted(text));
                            }
                            return id;
                        })
                .distinct()
                .toList();
    }
}
