package dev.leat.workflow;

import dev.leat.task.Problem;
import dev.leat.testing.BuiltInTypes;
import dev.leat.workflow.WorkflowLoader.Format;
import dev.leat.workflow.WorkflowLoader.Loaded;
import dev.leat.workflow.WorkflowLoader.Source;
import dev.leat.workflow.expression.Expressions;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Loads workflows as the server would, without one.
final class Loading {

    static final Schemas SCHEMAS = new Schemas();
    static final WorkflowLoader LOADER = loader(Map.of());

    private Loading() {}

    /// @param settings such as `leat.workflow.max-depth`
    static WorkflowLoader loader(Map<String, String> settings) {
        return new WorkflowLoader(
                BuiltInTypes::find,
                BuiltInTypes::all,
                Expressions.standalone(InstantSource.system()),
                SCHEMAS,
                config(settings));
    }

    static WorkflowConfig config(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .withMapping(WorkflowConfig.class)
                .withDefaultValues(settings)
                .build()
                .getConfigMapping(WorkflowConfig.class);
    }

    /// Where the text begins with `{'`, its quotes are written singly to be readable in Java.
    static Loaded json(String text) {
        var json = text.startsWith("{'") ? doubleQuoted(text) : text;
        return LOADER.load(new Source(json, Format.JSON, "test.json"));
    }

    private static String doubleQuoted(String text) {
        return text.replace("\"", "\\\"").replace('\'', '"');
    }

    static Loaded yaml(String text) {
        return LOADER.load(new Source(text, Format.YAML, "test.yaml"));
    }

    /// A workflow without errors.
    static Workflow good(String json) {
        var loaded = json(json);
        if (loaded.hasErrors()) {
            throw new AssertionError(lines(loaded));
        }
        return Objects.requireNonNull(loaded.workflow());
    }

    /// Such as `1:5 error unknown-key: …`.
    static List<String> lines(Loaded loaded) {
        return loaded.problems().stream().map(Problem::toString).toList();
    }
}
