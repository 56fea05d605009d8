package dev.leat.engine.report;

import dev.leat.store.Json;
import dev.leat.workflow.Workflow;
import dev.leat.workflow.expression.ExpressionException;
import dev.leat.workflow.expression.Template;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What is known before a run starts: its inputs, and the vars that follow from them.
final class Known {

    private static final Pattern CLOCK = Pattern.compile("\\bnow\\b");
    private static final Pattern TASK =
            Pattern.compile("\\btasks(?:\\.(\\w+)|\\[\\\\?[\"']([\\w-]+)\\\\?[\"']\\])");

    private final Map<String, @Nullable Object> inputs;
    private final Map<String, @Nullable Object> vars = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();

    Known(Workflow workflow, Map<String, @Nullable Object> inputs) {
        this.inputs = inputs;
        workflow.vars().forEach(this::add);
    }

    private void add(String name, Template template) {
        if (!missing(template).isEmpty()) {
            return;
        }
        try {
            vars.put(name, template.evaluate(this::root));
        } catch (ExpressionException failure) {
            notes.add("vars." + name + ": " + failure.getMessage());
        }
    }

    Map<String, @Nullable Object> vars() {
        return Collections.unmodifiableMap(vars);
    }

    List<String> notes() {
        return notes;
    }

    /// What a template needs that isn't known yet; the clock is one such thing.
    List<String> missing(Template template) {
        var missing = new TreeSet<>(template.roots());
        missing.removeAll(Set.of("inputs", "vars"));
        if (template.isConstant()) {
            return List.of();
        }
        var text = Json.write(template.source());
        if (CLOCK.matcher(text).find()) {
            missing.add("now");
        }
        if (missing.contains("tasks")) {
            var named = TASK.matcher(text);
            while (named.find()) {
                missing.add("tasks." + (named.group(1) == null ? named.group(2) : named.group(1)));
            }
            if (missing.stream().anyMatch(name -> name.startsWith("tasks."))) {
                missing.remove("tasks");
            }
        }
        return List.copyOf(missing);
    }

    /// @throws ExpressionException where an expression fails
    @Nullable Object value(Template template) {
        return template.evaluate(this::root);
    }

    /// The value, or null where it isn't known, or can't be had.
    @Nullable Object valueOrNull(Template template) {
        try {
            return missing(template).isEmpty() ? value(template) : null;
        } catch (ExpressionException failure) {
            return null;
        }
    }

    private @Nullable Object root(String name) {
        return switch (name) {
            case "inputs" -> inputs;
            case "vars" -> vars;
            default -> null;
        };
    }
}
