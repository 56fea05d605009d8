package dev.leat.engine.report;

import dev.leat.store.Json;
import dev.leat.workflow.Workflow;
import dev.leat.workflow.expression.ExpressionException;
import dev.leat.workflow.expression.Template;
import java.util.AbstractMap;
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

    private static final Pattern VAR = Pattern.compile("\\bvars\\.(\\w+)");

    private final Map<String, @Nullable Object> inputs;
    private final Map<String, @Nullable Object> vars = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();

    /// What the other vars need that isn't known yet.
    private final Map<String, List<String>> unknown = new LinkedHashMap<>();

    Known(Workflow workflow, Map<String, @Nullable Object> inputs) {
        this.inputs = inputs;
        workflow.vars().forEach(this::add);
    }

    private void add(String name, Template template) {
        var missing = missing(template);
        if (!missing.isEmpty()) {
            unknown.put(name, missing);
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
        var vars = VAR.matcher(text);
        while (vars.find()) {
            missing.addAll(unknown.getOrDefault(vars.group(1), List.of()));
        }
        return List.copyOf(missing);
    }

    /// The value with those texts evaluated of which all is known.
    ///
    /// @throws ExpressionException where an expression fails
    @Nullable Object partly(Template template) {
        return template.evaluateKnown(
                name -> {
                    if (name.equals("inputs")) {
                        return inputs;
                    }
                    if (name.equals("vars")) {
                        return new KnownVars();
                    }
                    throw new Template.Unknown();
                });
    }

    /// The same, or null where it can't be had.
    @Nullable Object partlyOrNull(Template template) {
        try {
            return partly(template);
        } catch (ExpressionException failure) {
            return null;
        }
    }

    private final class KnownVars extends AbstractMap<String, @Nullable Object> {
        @Override
        public boolean containsKey(Object name) {
            if (unknown.containsKey(name)) {
                throw new Template.Unknown();
            }
            return vars.containsKey(name);
        }

        @Override
        public @Nullable Object get(Object name) {
            return containsKey(name) ? vars.get(name) : null;
        }

        @Override
        public Set<Entry<String, @Nullable Object>> entrySet() {
            if (!unknown.isEmpty()) {
                throw new Template.Unknown();
            }
            return vars.entrySet();
        }
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
