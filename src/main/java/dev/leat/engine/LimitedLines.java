package dev.leat.engine;

import dev.leat.store.Claims;
import dev.leat.store.Locks;
import dev.leat.store.RunStore;
import dev.leat.task.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/// The lines of workflows that limit how many of their runs go on at once. First come, first
/// served.
@ApplicationScoped
class LimitedLines {

    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(1);

    /// Others wait for the lock, and the database ends it when it has been held for some seconds.
    private static final Duration LONGEST_TURN = Duration.ofSeconds(1);

    private final RunStore runs;
    private final Plans plans;
    private final Claims claims;
    private final Locks locks;

    LimitedLines(RunStore runs, Plans plans, Claims claims, Locks locks) {
        this.runs = runs;
        this.plans = plans;
        this.claims = claims;
        this.locks = locks;
    }

    /// Takes runs whose turn it is.
    ///
    /// @param room whether there is room for one more
    /// @param take is given each that is this node's now
    /// @return when to look again, for each line that asks for it
    List<Duration> serve(BooleanSupplier room, LongConsumer take) {
        return serve(runs.lines(), runs::line, room, take);
    }

    /// The same for those alone that another run has started.
    List<Duration> serveChildren(BooleanSupplier room, LongConsumer take) {
        return serve(runs.linesWithChildren(), runs::childrenInLine, room, take);
    }

    private interface InLine {
        List<Long> first(String workflow, int limit);
    }

    private List<Duration> serve(
            List<String> workflows, InLine line, BooleanSupplier room, LongConsumer take) {
        return workflows.stream()
                .map(workflow -> serve(workflow, line, room, take))
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<Duration> serve(
            String workflow, InLine line, BooleanSupplier room, LongConsumer take) {
        return locks.within(
                Line.of(workflow),
                () -> {
                    var since = System.nanoTime();
                    while (room.getAsBoolean()) {
                        var next = line.first(workflow, 1);
                        if (next.isEmpty() || !free(workflow, next.getFirst())) {
                            return Optional.empty();
                        }
                        if (!claim(next.getFirst())) {
                            // Somebody was faster, or has the lock by now, or takes this node for
                            // gone.
                            return Optional.of(AFTER_TROUBLE);
                        }
                        take.accept(next.getFirst());
                        if (System.nanoTime() - since > LONGEST_TURN.toNanos()) {
                            return Optional.of(Duration.ZERO);
                        }
                    }
                    return Optional.empty();
                });
    }

    private boolean claim(long run) {
        try {
            return claims.one(run);
        } catch (SQLException e) {
            throw new Refusal.Unavailable(String.valueOf(e.getMessage()), AFTER_TROUBLE);
        }
    }

    private boolean free(String workflow, long run) {
        var limit = limit(run);
        return runs.active(workflow, limit).size() < limit;
    }

    /// By the revision that the waiting run is of. One that can't be read any more is let through:
    /// it is set aside when it is taken up, and out of the others' way. A database that can't be
    /// asked just now says nothing about the limit.
    private int limit(long run) {
        try {
            return runs.run(run)
                    .map(row -> plans.of(row.revision).workflow().concurrency().limit())
                    .filter(limit -> limit > 0)
                    .orElse(Integer.MAX_VALUE);
        } catch (Refusal.NotFound | Refusal.Invalid | IllegalArgumentException unreadable) {
            return Integer.MAX_VALUE;
        }
    }
}
