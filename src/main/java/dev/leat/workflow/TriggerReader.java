package dev.leat.workflow;

import dev.leat.workflow.TriggerSpec.AfterWorkflow;
import dev.leat.workflow.TriggerSpec.CatchUp;
import dev.leat.workflow.TriggerSpec.Cron;
import dev.leat.workflow.TriggerSpec.File;
import dev.leat.workflow.TriggerSpec.Interval;
import dev.leat.workflow.TriggerSpec.Kind;
import dev.leat.workflow.TriggerSpec.OnGap;
import dev.leat.workflow.TriggerSpec.OnHoliday;
import dev.leat.workflow.TriggerSpec.OnOverlap;
import dev.leat.workflow.TriggerSpec.Once;
import dev.leat.workflow.TriggerSpec.Signature;
import dev.leat.workflow.TriggerSpec.Timing;
import dev.leat.workflow.TriggerSpec.Webhook;
import dev.leat.workflow.expression.Declarations;
import dev.leat.workflow.expression.Nearest;
import dev.leat.workflow.expression.Template;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads a workflow's triggers.
final class TriggerReader {

    private static final Set<String> COMMON =
            Set.of(
                    "id",
                    "type",
                    "enabled",
                    "inputs",
                    "labels",
                    "startAt",
                    "endAt",
                    "maxActive",
                    "pauseAfterFailures");
    private static final int CAUGHT_UP = 100;
    private static final int LARGEST_BODY = 1024 * 1024;
    private static final Duration TOLERANCE = Duration.ofMinutes(5);
    private static final Duration SETTLE = Duration.ofSeconds(2);

    private final Compiler compiler;
    private final ParameterCheck parameters;
    private final Report report;
    private final TriggerCheck check;

    /// @param workflow the qualified id of the workflow that has the triggers
    TriggerReader(Compiler compiler, ParameterCheck parameters, Report report, String workflow) {
        this.compiler = compiler;
        this.parameters = parameters;
        this.report = report;
        this.check = new TriggerCheck(report, compiler.now(), workflow);
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
        checkTimezone(place.member("timezone"));
        var trigger =
                new TriggerSpec(
                        fields.text("id", ""),
                        kind(fields),
                        fields.flag("enabled", true),
                        fields.map("labels", (name, at) -> String.valueOf(at.node().plain())),
                        fields.moment("startAt"),
                        fields.moment("endAt"),
                        fields.whole("maxActive", 0),
                        fields.whole("pauseAfterFailures", 0),
                        inputs(place, inputs),
                        settings(place));
        check.check(place, trigger);
        return trigger;
    }

    private Kind kind(Fields fields) {
        return switch (fields.text("type", "")) {
            case "interval" ->
                    new Interval(
                            Objects.requireNonNullElse(
                                    fields.duration("every"), Duration.ofDays(1)),
                            Objects.requireNonNullElse(fields.moment("anchor"), Instant.EPOCH),
                            timing(fields));
            case "once" ->
                    new Once(
                            Objects.requireNonNullElse(fields.moment("at"), Instant.EPOCH),
                            timing(fields));
            case "webhook" -> webhook(fields);
            case "workflow" -> {
                var states = fields.texts("states");
                yield new AfterWorkflow(
                        fields.text("workflow", ""),
                        states.isEmpty() ? List.of("SUCCESS") : states);
            }
            case "file" -> file(fields);
            default ->
                    new Cron(
                            fields.text("cron", ""),
                            fields.whole("businessDay", 0),
                            timing(fields));
        };
    }

    private static Timing timing(Fields fields) {
        return new Timing(
                zone(fields.text("timezone", "UTC")),
                OnGap.valueOf(word(fields, "onGap", "run")),
                OnOverlap.valueOf(word(fields, "onOverlap", "first")),
                Objects.requireNonNullElse(fields.duration("jitter"), Duration.ZERO),
                fields.textOrNull("calendar"),
                OnHoliday.valueOf(word(fields, "onHoliday", "skip")),
                new CatchUp(
                        CatchUp.Policy.valueOf(word(fields, "catchUp", "last")),
                        fields.whole("catchUpMost", CAUGHT_UP),
                        fields.duration("catchUpWindow")));
    }

    /// One that isn't known is reported elsewhere.
    private static ZoneId zone(String name) {
        return ZoneId.getAvailableZoneIds().contains(name) ? ZoneId.of(name) : ZoneOffset.UTC;
    }

    private Webhook webhook(Fields fields) {
        var secrets = fields.texts("secret");
        var key = fields.place().member("dedupeKey");
        return new Webhook(
                secrets,
                Signature.valueOf(
                        word(fields, "signature", secrets.isEmpty() ? "none" : "standard")),
                Objects.requireNonNullElse(fields.duration("tolerance"), TOLERANCE),
                key == null ? null : compiler.template(key, declared(fields)),
                Objects.requireNonNullElse(fields.duration("wait"), Duration.ZERO),
                fields.whole("maxBodyBytes", LARGEST_BODY));
    }

    private static File file(Fields fields) {
        var on = fields.texts("on");
        return new File(
                fields.text("directory", ""),
                fields.text("glob", "**"),
                on.isEmpty() || on.contains("created"),
                on.isEmpty() || on.contains("changed"),
                Objects.requireNonNullElse(fields.duration("settle"), SETTLE));
    }

    /// What its expressions may name.
    private static Declarations declared(Fields fields) {
        return Declarations.of("trigger").withTrigger(fields.text("type", ""));
    }

    private static String word(Fields fields, String key, String otherwise) {
        return fields.text(key, otherwise).toUpperCase(Locale.ROOT);
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
        var template = compiler.template(place, declared(new Fields(trigger)));
        new TypeCheck(report).check(place, schema, template.type(), ProblemCode.BAD_INPUT);
        return template;
    }
}
