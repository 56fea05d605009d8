package dev.leat.workflow;

import dev.leat.plugin.TaskTypes;
import dev.leat.task.Problem;
import dev.leat.workflow.WorkflowLoader.Format;
import dev.leat.workflow.WorkflowLoader.Source;
import dev.leat.workflow.expression.Expressions;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Plans of workflows written in a test.
public final class TestPlans {

    private static final WorkflowLoader LOADER =
            new WorkflowLoader(
                    name -> Optional.of(TaskTypes.builtIn(name, TaskTypes.JAVA)),
                    List::of,
                    Expressions.standalone(InstantSource.system()),
                    new Schemas(),
                    new SmallRyeConfigBuilder()
                            .withMapping(WorkflowConfig.class)
                            .build()
                            .getConfigMapping(WorkflowConfig.class));

    private TestPlans() {}

    public static Plan plan(String json) {
        var loaded = LOADER.load(new Source(json, Format.JSON, "test.json"));
        if (loaded.hasErrors() || loaded.workflow() == null) {
            throw new AssertionError(loaded.problems().stream().map(Problem::toString).toList());
        }
        return new WorkflowResolver().resolve(loaded.workflow());
    }
}
