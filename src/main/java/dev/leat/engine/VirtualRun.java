package dev.leat.engine;

import dev.leat.engine.Approvals.Decision;
import dev.leat.plugin.RegisteredTask;
import dev.leat.task.Awaited;
import dev.leat.task.Outcome;
import dev.leat.workflow.Inputs;
import dev.leat.workflow.Plan;
import dev.leat.workflow.Schemas;
import dev.leat.workflow.TaskSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A run on a clock that jumps from one thing that happens to the next: the engine's own rules
/// ([RunMachine]), without a database, a thread or a wait. A month takes as long as a second. The
/// runs that its tasks start go along with it.
public final class VirtualRun {

    private final VirtualWorld world;
    private final VirtualExecution execution;

    /// What the run is given.
    ///
    /// @param inputs accepted, with their defaults
    /// @param seed of the chance that varies delays
    /// @param slots tasks at once
    /// @param pools places by pool; those that aren't there have one
    public record Setting(
            Plan plan,
            Map<String, @Nullable Object> inputs,
            Map<String, @Nullable Object> trigger,
            long seed,
            int slots,
            Map<String, Integer> pools) {}

    /// What a run finds around it.
    public record Surroundings(
            Function<String, Optional<RegisteredTask>> types,
            Schemas schemas,
            Inputs inputs,
            Definitions definitions,
            Performer performer) {}

    /// Finds the workflows that tasks start runs of.
    public interface Definitions {
        /// @param task that starts it, such as `load.3`
        /// @param candidates qualified ids, the likeliest first
        /// @param revision number; 0 for the current one
        Plan find(String task, List<String> candidates, int revision);
    }

    /// Says what comes of an attempt.
    public interface Performer {
        Performed perform(Call call);
    }

    /// An attempt that is about to begin, with parameters that its type accepts.
    ///
    /// @param id of the task; `load.3` for an item of a `forEach`, and `load.3/fetch` for a task of
    /// the run that this item started
    public record Call(
            String id,
            TaskSpec spec,
            RegisteredTask type,
            int attempt,
            Map<String, @Nullable Object> parameters,
            Map<String, String> environment) {}

    /// @param takes null where it doesn't end by itself
    public record Performed(Outcome outcome, @Nullable Duration takes) {}

    /// @param time from the run's start, or
    /// @param afterAsked from the moment at which a task asks for it
    public record When(Duration time, boolean afterAsked) {}

    /// @param clock stands at the run's start
    public VirtualRun(Setting setting, Surroundings around, VirtualClock clock) {
        this.world = new VirtualWorld(setting, around, clock);
        this.execution =
                new VirtualExecution(
                        world, setting.plan(), setting.inputs(), setting.trigger(), null);
    }

    /// Somebody cancels the run.
    public void cancelAt(Duration after, @Nullable String by, @Nullable String why) {
        world.atTime(after, () -> execution.cancel(by, why));
    }

    /// Somebody answers a task.
    ///
    /// @param told is given nothing where the answer counts, and otherwise why it is refused
    public void answer(When when, String task, Decision decision, Consumer<Optional<String>> told) {
        world.waits().answer(when, task, decision, told);
    }

    /// A signal comes.
    ///
    /// @param keep how long it is kept where no task waits for it
    /// @param sent is called once it has come
    public void signal(
            When when,
            Awaited.Signal signal,
            @Nullable Object payload,
            Duration keep,
            @Nullable String by,
            Runnable sent) {
        world.waits().signal(when, new VirtualWaits.Sent(signal, payload, keep, by), sent);
    }

    /// Carries the run to its end, or to where nothing would happen any more.
    public VirtualResult carry() {
        return world.carry(execution);
    }
}
