package dev.leat.engine;

import dev.leat.task.Awaited;
import dev.leat.task.Outcome;
import dev.leat.task.Refusal;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The runs that tasks of a [VirtualExecution] start: what [Subflows] is to a real one.
final class VirtualChildren {

    private final VirtualWorld world;
    private final VirtualExecution run;
    private final Map<String, VirtualExecution> children = new HashMap<>();

    VirtualChildren(VirtualWorld world, VirtualExecution run) {
        this.world = world;
        this.run = run;
    }

    /// @return waiting for a run of which everything is decided, or why there can't be one
    Outcome prepare(TaskCell task, Outcome.Awaiting waiting, Awaited.Run named) {
        if (SubflowRules.tooDeep(run.depth())) {
            return SubflowRules.refusedAsTooDeep();
        }
        var workflow = run.plan().workflow().qualifiedId();
        var plan =
                world.around()
                        .definitions()
                        .find(
                                run.path(task),
                                SubflowRules.candidates(workflow, named.workflow()),
                                named.revision());
        try {
            var inputs = world.around().inputs().accept(plan.workflow(), named.inputs());
            var child =
                    new VirtualExecution(
                            world,
                            plan,
                            inputs,
                            SubflowRules.trigger(run.id(), task.id(), workflow, run.depth()),
                            new VirtualExecution.Parent(run, task, task.attempt, run.depth() + 1));
            children.put(child.id(), child);
            return SubflowRules.pinned(
                    waiting,
                    named,
                    plan.workflow().qualifiedId(),
                    Math.max(1, named.revision()),
                    child.id());
        } catch (Refusal.Invalid refused) {
            return SubflowRules.refused(refused);
        }
    }

    void start(Awaited.Run awaited) {
        var child = children.get(String.valueOf(awaited.run()));
        if (child != null) {
            world.next(child::start);
        }
    }

    void stop(@Nullable String id, String why) {
        var child = children.get(String.valueOf(id));
        if (child != null) {
            world.next(() -> child.cancel(null, why));
        }
    }

    void ended(VirtualExecution.Parent parent, VirtualExecution child) {
        var failure = child.error();
        Map<String, @Nullable Object> error = new HashMap<>();
        if (failure != null) {
            error.put("code", failure.code());
            error.put("task", failure.task());
            error.put("message", failure.message());
        }
        run.answered(
                parent.task(),
                parent.attempt(),
                SubflowRules.given(
                        child.id(),
                        child.plan().workflow().qualifiedId(),
                        child.state(),
                        child.outputs() == null ? Map.of() : child.outputs(),
                        error));
    }
}
