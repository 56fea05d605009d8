package dev.leat.engine.simulation;

import dev.leat.engine.VirtualRun.Call;
import dev.leat.engine.VirtualRun.Performed;
import dev.leat.engine.VirtualRun.Performer;
import dev.leat.task.Outcome;
import dev.leat.task.TaskError;
import dev.leat.workflow.TestCase;
import dev.leat.workflow.TestCase.Mock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Says what comes of attempts as a test has it. Types that have no effects are performed unless
/// the test says otherwise.
final class MockedTasks implements Performer {

    /// Those that only work out values, and those of which the engine does the rest.
    private static final Set<String> PERFORMED =
            Set.of(
                    "noop",
                    "log",
                    "template",
                    "transform",
                    "fail",
                    "wait",
                    "switch",
                    "approval",
                    "waitFor",
                    "signal",
                    "subflow");

    private final TestCase test;
    private final InstantSource clock;
    private final Map<String, Integer> calls = new HashMap<>();

    MockedTasks(TestCase test, InstantSource clock) {
        this.test = test;
        this.clock = clock;
    }

    @Override
    public Performed perform(Call call) {
        var mocks = mocks(call);
        if (mocks != null) {
            var number = calls.merge(call.id(), 1, Integer::sum);
            return mocked(mocks.get(Math.min(number, mocks.size()) - 1));
        }
        if (PERFORMED.contains(call.spec().type().replaceFirst("@.*", ""))) {
            return new Performed(performed(call), Duration.ZERO);
        }
        throw MissingMock.of(call, test.pointer() + "/mocks");
    }

    /// Those of an item go before those of all items of its task.
    private @Nullable List<Mock> mocks(Call call) {
        return test.mocks().entrySet().stream()
                .filter(each -> speaksOf(each.getKey(), call.id()))
                .max(Comparator.comparingInt(each -> each.getKey().length()))
                .map(Map.Entry::getValue)
                .orElse(null);
    }

    /// Whether a name is a task's, where each step of it may leave out which item it is.
    static boolean speaksOf(String name, String task) {
        if (name.equals(task)) {
            return true;
        }
        var steps = name.split("/");
        var wanted = task.split("/");
        if (steps.length != wanted.length) {
            return false;
        }
        for (int at = 0; at < steps.length; at++) {
            if (!wanted[at].equals(steps[at])
                    && !wanted[at].replaceFirst("\\.[0-9]+$", "").equals(steps[at])) {
                return false;
            }
        }
        return true;
    }

    private static Performed mocked(Mock mock) {
        return switch (mock) {
            case Mock.Gives(var output, var takes) ->
                    new Performed(Outcome.succeeded(output), takes);
            case Mock.Fails(var error, var takes) -> new Performed(Outcome.failed(error), takes);
            case Mock.Hangs _ ->
                    new Performed(
                            Outcome.failed(
                                    TaskError.transientFailure(
                                            "never", "it doesn't end by itself")),
                            null);
        };
    }

    private Outcome performed(Call call) {
        try {
            return call.type().task().perform(new SimulatedContext(call, clock));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while a test was run", stopped);
        } catch (Exception thrown) {
            return Outcome.failed(
                    TaskError.transientFailure(
                                    "task.exception", String.valueOf(thrown.getMessage()))
                            .causedBy(thrown));
        }
    }
}
