package dev.leat.workflow;

import dev.leat.plugin.TaskType;
import dev.leat.workflow.TaskSpec.Cache;
import dev.leat.workflow.TaskSpec.ForEach;
import dev.leat.workflow.TaskSpec.Repeat;
import dev.leat.workflow.expression.Declarations;
import dev.leat.workflow.expression.Template;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads tasks, with what the workflow's defaults give them.
final class TaskReader {

    private final KnownTypes types;
    private final Compiler compiler;
    private final ParameterCheck parameters;
    private final RetryReader retries;
    private final Report report;
    private final Defaults defaults;

    /// @param timeout null for none
    record Defaults(@Nullable Duration timeout, Map<String, Template> env) {}

    TaskReader(
            KnownTypes types,
            Compiler compiler,
            ParameterCheck parameters,
            RetryReader retries,
            Report report,
            Defaults defaults) {
        this.types = types;
        this.compiler = compiler;
        this.parameters = parameters;
        this.retries = retries;
        this.report = report;
        this.defaults = defaults;
    }

    /// @param declarations what the expressions of all tasks of the list may name
    /// @param ended tasks that have ended before any of this list begins
    List<TaskSpec> read(TaskList list, Declarations declarations, Set<String> ended) {
        var upstream = new Upstream(list.ids(), list.numbers(), list.edges());
        var tasks = new ArrayList<TaskSpec>(list.size());
        for (int number = 0; number < list.size(); number++) {
            var here = declarations.at(list.ids().get(number), upstream.of(number, ended));
            tasks.add(
                    task(
                            list.places().get(number),
                            list.ids().get(number),
                            list.dependsOn().get(number),
                            here));
        }
        new Reach(list, tasks, report).check();
        return tasks;
    }

    private TaskSpec task(Place place, String id, List<String> dependsOn, Declarations outside) {
        var fields = new Fields(place);
        var type = types.of(place, report).orElse(null);
        var forEach = forEach(place, outside);
        var each = forEach == null ? outside : outside.withItem(forEach.as());
        var inside = place.member("repeat") != null ? each.with("output", "repetition") : each;
        var timeout = fields.duration("timeout");
        timeout = timeout == null ? defaults.timeout() : timeout;
        return new TaskSpec(
                id,
                fields.text("name", id),
                fields.text("description", ""),
                fields.text("type", ""),
                with(place, type, inside),
                dependsOn.stream().distinct().toList(),
                when(place, outside),
                rule(fields),
                forEach,
                repeat(place, inside),
                cache(place, inside),
                retries.read(fields.object("retry"), timeout),
                timeout,
                fields.flag("retrySafe", true),
                fields.whole("priority", 0),
                fields.textOrNull("pool"),
                fields.flag("allowFailure", false),
                fields.flag("disabled", false),
                environment(fields, inside));
    }

    private Template with(Place task, @Nullable TaskType type, Declarations declarations) {
        var place = task.member("with");
        if (type == null) {
            return place == null ? compiler.nothing() : compiler.template(place, declarations);
        }
        var value = parameters.parameters(task, type);
        if (place == null) {
            return compiler.nothing();
        }
        var with = compiler.template(place, value, declarations);
        types(place, type, with);
        return with;
    }

    private void types(Place with, TaskType type, Template template) {
        if (!template.isConstant()) {
            new TypeCheck(report)
                    .check(with, type.parameters(), template.type(), ProblemCode.BAD_PARAMETER);
        }
    }

    private @Nullable Template when(Place task, Declarations declarations) {
        var place = task.member("when");
        if (place == null) {
            return null;
        }
        var condition = compiler.condition(place, declarations);
        if (condition != compiler.always()) {
            Conditions.check(place, condition, report);
        }
        return condition;
    }

    private static TriggerRule rule(Fields fields) {
        return TriggerRule.valueOf(
                fields.text("triggerRule", "all_success").toUpperCase(Locale.ROOT));
    }

    private @Nullable ForEach forEach(Place task, Declarations declarations) {
        var place = task.member("forEach");
        if (place == null) {
            return null;
        }
        var fields = new Fields(place);
        var items = place.member("items");
        checkName(place.member("as"));
        return new ForEach(
                items == null ? compiler.nothing() : compiler.template(items, declarations),
                fields.whole("concurrency", 0),
                fields.text("as", "item"),
                fields.flag("failFast", true));
    }

    private void checkName(@Nullable Place as) {
        if (as != null
                && as.node().plain() instanceof String name
                && !name.equals("item")
                && Declarations.ROOTS.contains(name)) {
            report.warning(
                    as,
                    ProblemCode.SHADOWED_NAME,
                    "The item's name '%s' hides what is called so outside.".formatted(name),
                    "give it another name");
        }
    }

    private @Nullable Repeat repeat(Place task, Declarations declarations) {
        var place = task.member("repeat");
        if (place == null) {
            return null;
        }
        var fields = new Fields(place);
        var ends = place.member("until");
        var goesOn = place.member("while");
        if ((ends == null) == (goesOn == null)) {
            report.error(
                    goesOn == null ? place : goesOn,
                    ProblemCode.BAD_COMBINATION,
                    "'repeat' needs one condition, 'until' or 'while'%s."
                            .formatted(ends == null ? "" : ", and not both"),
                    "such as \"until\": \"${ output.done }\"");
        }
        var delay = fields.duration("delay");
        return new Repeat(
                ends == null ? null : compiler.condition(ends, declarations),
                goesOn == null ? null : compiler.condition(goesOn, declarations),
                fields.whole("maxTimes", 1),
                delay == null ? Duration.ZERO : delay);
    }

    private @Nullable Cache cache(Place task, Declarations declarations) {
        var place = task.member("cache");
        var key = place == null ? null : place.member("key");
        var ttl = place == null ? null : new Fields(place).duration("ttl");
        return key == null || ttl == null
                ? null
                : new Cache(compiler.template(key, declarations), ttl);
    }

    private Map<String, Template> environment(Fields fields, Declarations declarations) {
        var own = environment(fields, compiler, declarations);
        if (defaults.env().isEmpty()) {
            return own;
        }
        var all = new LinkedHashMap<>(defaults.env());
        all.putAll(own);
        return all;
    }

    /// Numbers and truths become text, as environment variables are.
    static Map<String, Template> environment(
            Fields fields, Compiler compiler, Declarations declarations) {
        return fields.map(
                "env",
                (_, place) -> {
                    var value = Objects.requireNonNull(place.node().plain());
                    var text =
                            value instanceof Number number
                                    ? Words.number(number)
                                    : value.toString();
                    return compiler.template(place, text, declarations);
                });
    }
}
