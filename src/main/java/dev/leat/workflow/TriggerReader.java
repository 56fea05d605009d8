package dev.leat.workflow;

import dev.leat.workflow.Workflow.TriggerSpec;
import dev.leat.workflow.expression.Declarations;
import dev.leat.workflow.expression.Nearest;
import dev.leat.workflow.expression.Template;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads a workflow's triggers.
final class TriggerReader {

    private static final Set<String> COMMON = Set.of("id", "type", "enabled", "inputs");

    private final Compiler compiler;
    private final ParameterCheck parameters;
    private final Report report;

    TriggerReader(Compiler compiler, ParameterCheck parameters, Report report) {
        this.compiler = compiler;
        this.parameters = parameters;
        this.report = report;
    }

    /// @param inputs the JSON Schema of the workflow's inputs
    List<TriggerSpec> read(Place workflow, Map<String, @Nullable Object> inputs) {
        var triggers = new ArrayList<TriggerSpec>();
        var ids = new HashSet<String>();
        var list = workflow.member("triggers");
        if (list != null && list.node() instanceof Node.Sequence sequence) {
            for (int index = 0; index < sequence.items().size(); index++) {
                if (sequence.items().get(index) instanceof Node.Mapping) {
                    triggers.add(trigger(list.item(index), inputs, ids));
                }
            }
        }
        return triggers;
    }

    private TriggerSpec trigger(
            Place place, Map<String, @Nullable Object> inputs, Set<String> ids) {
        var fields = new Fields(place);
        var id = place.member("id");
        if (id != null && !ids.add(fields.text("id", ""))) {
            report.error(
                    id,
                    ProblemCode.DUPLICATE_ID,
                    "There are two triggers '%s'.".formatted(fields.text("id", "")));
        }
        checkCron(place.member("cron"));
        checkTimezone(place.member("timezone"));
        return new TriggerSpec(
                fields.text("id", ""),
                fields.text("type", ""),
                fields.flag("enabled", true),
                settings(place),
                inputs(place, inputs));
    }

    private void checkCron(@Nullable Place place) {
        if (place != null && place.node().plain() instanceof String cron) {
            CronCheck.check(cron)
                    .ifPresent(
                            fault ->
                                    report.error(
                                            place.shownAt(
                                                    report.offsetWithin(place, fault.offset())),
                                            fault.code(),
                                            fault.message(),
                                            fault.hint()));
        }
    }

    private void checkTimezone(@Nullable Place place) {
        if (place != null && place.node().plain() instanceof String zone) {
            var known = ZoneId.getAvailableZoneIds();
            if (!known.contains(zone)) {
                report.error(
                        place,
                        ProblemCode.UNKNOWN_TIMEZONE,
                        "There is no time zone %s.".formatted(Words.quoted(zone)),
                        Nearest.nearest(zone, known)
                                .map(near -> "did you mean '" + near + "'?")
                                .orElse("IANA names are such as Europe/Berlin or UTC"));
            }
        }
    }

    private static Map<String, @Nullable Object> settings(Place place) {
        var settings = new LinkedHashMap<String, @Nullable Object>();
        ((Node.Mapping) place.node())
                .members()
                .forEach(
                        (key, member) -> {
                            if (!COMMON.contains(key)) {
                                settings.put(key, member.value().plain());
                            }
                        });
        return settings;
    }

    private Template inputs(Place trigger, Map<String, @Nullable Object> schema) {
        var place = trigger.member("inputs");
        var given =
                place != null && place.node() instanceof Node.Mapping mapping
                        ? mapping.plain()
                        : Map.<String, @Nullable Object>of();
        parameters.check(
                place == null ? trigger : place,
                schema,
                Inputs.withDefaults(schema, given),
                Schemas.INPUTS.of("The workflow"));
        if (place == null) {
            return compiler.nothing();
        }
        var template = compiler.template(place, Declarations.of("trigger"));
        new TypeCheck(report).check(place, schema, template.type(), ProblemCode.BAD_INPUT);
        return template;
    }
}
