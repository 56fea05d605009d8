package dev.leat.workflow;

import dev.leat.workflow.Workflow.Concurrency;
import dev.leat.workflow.Workflow.OnConflict;
import dev.leat.workflow.expression.Declarations;
import dev.leat.workflow.expression.Template;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Normalises a sound document, and checks what it means on the way.
final class WorkflowReader {

    private final KnownTypes types;
    private final Compiler compiler;
    private final Schemas schemas;
    private final Report report;

    WorkflowReader(KnownTypes types, Compiler compiler, Schemas schemas, Report report) {
        this.types = types;
        this.compiler = compiler;
        this.schemas = schemas;
        this.report = report;
    }

    Workflow read(Place place) {
        var main = TaskList.of(place, "tasks");
        var onFailure = TaskList.of(place, "onFailure");
        var last = TaskList.of(place, "finally");
        new GraphCheck(List.of(main, onFailure, last), report).check();
        new BranchCheck(report).check(List.of(main, onFailure, last));

        var fields = new Fields(place);
        var inputs = inputs(place);
        var vars =
                fields.map(
                        "vars",
                        (_, at) ->
                                compiler.template(
                                        at, Declarations.of("inputs").withInputs(inputs)));
        var known = declarations(vars, inputs, List.of(main, onFailure, last));
        var parameters = new ParameterCheck(schemas, report);
        var tasks = tasks(fields, known, parameters);
        var handlers = known.with("error");
        var ended = main.numbers().keySet();
        var workflow =
                new Workflow(
                        fields.text("namespace", Workflow.DEFAULT_NAMESPACE),
                        fields.text("id", ""),
                        fields.text("name", fields.text("id", "")),
                        fields.text("description", ""),
                        fields.map("labels", (_, at) -> String.valueOf(at.node().plain())),
                        inputs,
                        vars,
                        concurrency(fields),
                        fields.duration("timeout"),
                        tasks.read(main, known, Set.of()),
                        fields.map("outputs", (_, at) -> compiler.template(at, known)),
                        tasks.read(onFailure, handlers, ended),
                        tasks.read(last, handlers, ended),
                        new TriggerReader(compiler, parameters, report, qualifiedId(fields))
                                .read(place, inputs));
        compiler.uses().ifPresent(uses -> new UnusedNames(report).check(place, uses));
        return workflow;
    }

    private static String qualifiedId(Fields workflow) {
        return Workflow.qualifiedId(
                workflow.text("namespace", Workflow.DEFAULT_NAMESPACE), workflow.text("id", ""));
    }

    private Map<String, @Nullable Object> inputs(Place workflow) {
        var place = workflow.member("inputs");
        var schema = new LinkedHashMap<String, @Nullable Object>();
        schema.put("type", "object");
        if (place == null || !(place.node() instanceof Node.Mapping mapping)) {
            return schema;
        }
        var given = mapping.plain();
        var faults = new SchemaCheck(schemas).faults(given);
        for (var fault : faults) {
            var at = place.follow(fault.pointer());
            report.error(at, ProblemCode.BAD_SCHEMA, fault.message(), fault.hint());
        }
        if (faults.isEmpty()) {
            schema.putAll(given);
        }
        return schema;
    }

    /// What a task's expressions may name, wherever the task stands.
    private Declarations declarations(
            Map<String, Template> vars,
            Map<String, @Nullable Object> inputs,
            List<TaskList> lists) {
        var types = new LinkedHashMap<String, Map<String, @Nullable Object>>();
        vars.forEach((name, value) -> types.put(name, value.type()));
        var outputs = new LinkedHashMap<String, Map<String, @Nullable Object>>();
        for (var list : lists) {
            for (int task = 0; task < list.size(); task++) {
                var type = this.types.find(new Fields(list.places().get(task)).text("type", ""));
                Map<String, @Nullable Object> output =
                        type.map(known -> known.output()).orElse(Map.of());
                var each = list.places().get(task).member("forEach") != null;
                outputs.putIfAbsent(
                        list.ids().get(task),
                        each ? Map.of("type", "array", "items", output) : output);
            }
        }
        return Declarations.of("inputs", "vars", "tasks", "run", "trigger", "secrets")
                .withInputs(inputs)
                .withVars(types)
                .withTasks(outputs);
    }

    private TaskReader tasks(Fields fields, Declarations known, ParameterCheck parameters) {
        var defaults = fields.object("defaults");
        var timeout = defaults == null ? null : defaults.duration("timeout");
        var error =
                Declarations.of("error", "inputs", "vars", "run")
                        .withInputs(known.inputs())
                        .withVars(known.vars());
        var retries =
                new RetryReader(
                        compiler,
                        report,
                        error,
                        retryOf(defaults),
                        timeout,
                        fields.duration("timeout"));
        var outside =
                Declarations.of("inputs", "vars", "run", "trigger", "secrets")
                        .withInputs(known.inputs())
                        .withVars(known.vars());
        var env =
                defaults == null
                        ? Map.<String, Template>of()
                        : TaskReader.environment(defaults, compiler, outside);
        return new TaskReader(
                types,
                compiler,
                parameters,
                retries,
                report,
                new TaskReader.Defaults(timeout, env));
    }

    private static @Nullable Fields retryOf(@Nullable Fields defaults) {
        return defaults == null ? null : defaults.object("retry");
    }

    private static Concurrency concurrency(Fields workflow) {
        var fields = workflow.object("concurrency");
        if (fields == null) {
            return Concurrency.NONE;
        }
        var word = fields.text("onConflict", "queue").replace('-', '_').toUpperCase(Locale.ROOT);
        return new Concurrency(fields.whole("limit", 0), OnConflict.valueOf(word));
    }
}
