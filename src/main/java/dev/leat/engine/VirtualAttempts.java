package dev.leat.engine;

import dev.leat.engine.VirtualRun.Call;
import dev.leat.engine.VirtualRun.Performed;
import dev.leat.plugin.RegisteredTask;
import dev.leat.task.Outcome;
import dev.leat.task.TaskError;
import dev.leat.workflow.TaskSpec;
import dev.leat.workflow.expression.ExpressionException;
import java.time.Duration;

/// What comes of an attempt of a [VirtualExecution]: what [TaskRunner] is to a real one. Parameters
/// are evaluated and checked, and timeouts hold.
final class VirtualAttempts {

    private VirtualAttempts() {}

    /// @param path the task's name among those of all runs
    static Performed performed(
            VirtualWorld world, String path, TaskCell task, int number, RunContext context) {
        return withinTimeout(task.spec, attempted(world, path, task, number, context));
    }

    private static Performed withinTimeout(TaskSpec spec, Performed performed) {
        var limit = spec.timeout();
        var takes = performed.takes();
        return limit == null || takes != null && takes.compareTo(limit) <= 0
                ? performed
                : new Performed(Outcome.failed(AttemptInput.late(limit)), limit);
    }

    private static Performed attempted(
            VirtualWorld world, String path, TaskCell task, int number, RunContext context) {
        world.history().started(path, null, world.now());
        var around = world.around();
        var type = around.types().apply(task.spec.type());
        if (type.isEmpty()) {
            return failed(AttemptInput.unknown(task.spec.type()));
        }
        try {
            var input = AttemptInput.of(task.spec, context.of(task));
            world.history().started(path, input.parameters(), world.now());
            return input.refusedBy(type.get().type(), around.schemas())
                    .map(VirtualAttempts::failed)
                    .orElseGet(
                            () ->
                                    around.performer()
                                            .perform(call(path, task, number, type.get(), input)));
        } catch (ExpressionException broken) {
            return failed(TaskError.permanent(broken.code(), String.valueOf(broken.getMessage())));
        }
    }

    private static Call call(
            String path, TaskCell task, int number, RegisteredTask type, AttemptInput input) {
        return new Call(path, task.spec, type, number, input.parameters(), input.environment());
    }

    private static Performed failed(TaskError error) {
        return new Performed(Outcome.failed(error), Duration.ZERO);
    }
}
