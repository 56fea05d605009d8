package dev.leat.workflow;

import dev.leat.plugin.TaskType;
import dev.leat.workflow.expression.Nearest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Holds parameters against their type's schema, as far as that can be done before their
/// expressions have values.
final class ParameterCheck {

    /// Parameters that were found good are remembered, since large workflows repeat theirs.
    private static final int MOST_REMEMBERED = 1_000;

    private final Schemas schemas;
    private final Report report;
    private final Set<Checked> good = new HashSet<>();

    private record Checked(Map<String, @Nullable Object> schema, Map<?, ?> value) {}

    ParameterCheck(Schemas schemas, Report report) {
        this.schemas = schemas;
        this.report = report;
    }

    /// The parameters of a task, with nothing left to evaluate in those that are literal.
    Map<String, @Nullable Object> parameters(Place task, TaskType type) {
        var place = task.member("with");
        var value =
                place != null && place.node() instanceof Node.Mapping mapping
                        ? mapping.plain()
                        : Map.<String, @Nullable Object>of();
        var where = place == null ? task : place;
        check(
                where,
                type.parameters(),
                value,
                Schemas.PARAMETERS.of("Task type '" + type.name() + "'"));
        if (type.name().equals("approval")) {
            checkDefault(where, value);
        }
        return withoutLiterals(where, type.parameters(), value);
    }

    /// What counts where nobody answers in time is held against the form, as an answer would be.
    private void checkDefault(Place with, Map<String, @Nullable Object> value) {
        if (!(value.get("default") instanceof Map<?, ?> answer)
                || !(value.get("form") instanceof Map<?, ?> form)
                || Interpolation.within(form)) {
            return;
        }
        var values = answer.get("values") instanceof Map<?, ?> given ? given : Map.of();
        var place = with.follow(answer.containsKey("values") ? "/default/values" : "/default");
        if ("approved".equals(answer.get("decision")) || !values.isEmpty()) {
            check(place, object(form), object(values), Schemas.PARAMETERS.of("The form"));
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> object(Map<?, ?> map) {
        return (Map<String, @Nullable Object>) map;
    }

    /// Reports what is wrong whatever the expressions in the value turn out to be.
    void check(
            Place place,
            Map<String, @Nullable Object> schema,
            Map<String, @Nullable Object> value,
            Schemas.Names names) {
        var checked = new Checked(schema, value);
        if (good.contains(checked)) {
            return;
        }
        var open = new ArrayList<String>();
        collectExpressions("", value, open);
        var told = false;
        for (var finding : schemas.findings(schema, value)) {
            if (open.stream().noneMatch(finding::mayChangeWith)) {
                tell(place, finding, names);
                told = true;
            }
        }
        if (!told && good.size() < MOST_REMEMBERED) {
            good.add(checked);
        }
    }

    private static void collectExpressions(
            String pointer, @Nullable Object value, List<String> into) {
        switch (value) {
            case String text -> {
                if (Interpolation.first(text) >= 0) {
                    into.add(pointer);
                }
            }
            case Map<?, ?> map ->
                    map.forEach(
                            (key, item) ->
                                    collectExpressions(
                                            pointer + "/" + escaped(String.valueOf(key)),
                                            item,
                                            into));
            case List<?> list -> {
                for (int index = 0; index < list.size(); index++) {
                    collectExpressions(pointer + "/" + index, list.get(index), into);
                }
            }
            case null, default -> {}
        }
    }

    private static String escaped(String step) {
        return step.replace("~", "~0").replace("/", "~1");
    }

    private void tell(Place place, Finding finding, Schemas.Names names) {
        var at = place.follow(finding.pointer());
        var property = finding.property();
        if (finding.kind() == Finding.Kind.UNKNOWN
                && property != null
                && at.node() instanceof Node.Mapping mapping) {
            var member = mapping.members().get(property);
            at = member == null ? at : at.member(member).shownAt(member.offset());
        }
        report.error(at, names.code(finding), names.sentence(finding), hint(finding));
    }

    static @Nullable String hint(Finding finding) {
        var property = finding.property();
        if (property == null || finding.kind() == Finding.Kind.MISSING) {
            return null;
        }
        var near = Nearest.hint(property, finding.known());
        return near != null || finding.known().isEmpty() || finding.kind() == Finding.Kind.BAD
                ? near
                : "known are " + String.join(", ", finding.known());
    }

    private Map<String, @Nullable Object> withoutLiterals(
            Place place,
            Map<String, @Nullable Object> schema,
            Map<String, @Nullable Object> value) {
        if (!(schema.get("properties") instanceof Map<?, ?> properties)) {
            return value;
        }
        var copy = new LinkedHashMap<>(value);
        for (var entry : value.entrySet()) {
            if (properties.get(entry.getKey()) instanceof Map<?, ?> property
                    && Boolean.TRUE.equals(property.get("x-literal"))
                    && Interpolation.within(entry.getValue())) {
                tellLiteral(place, entry.getKey());
                copy.put(entry.getKey(), Interpolation.disarmed(entry.getValue()));
            }
        }
        return copy;
    }

    private void tellLiteral(Place place, String name) {
        var at = place.member(name);
        if (at != null) {
            at = firstExpression(at);
            var offset =
                    at.node() instanceof Node.Scalar scalar && scalar.value() instanceof String text
                            ? report.offsetWithin(at, Interpolation.first(text))
                            : at.offset();
            report.error(
                    at.shownAt(offset),
                    ProblemCode.LITERAL_PARAMETER,
                    "'%s' is taken as it stands, so it can't hold a ${ … }.".formatted(name),
                    "pass the value through 'env' and use it as $NAME; write $${ for the two characters themselves");
        }
    }

    private static Place firstExpression(Place place) {
        if (place.node() instanceof Node.Sequence list) {
            for (int index = 0; index < list.items().size(); index++) {
                if (Interpolation.within(list.items().get(index).plain())) {
                    return firstExpression(place.item(index));
                }
            }
        }
        if (place.node() instanceof Node.Mapping mapping) {
            for (var member : mapping.members().values()) {
                if (Interpolation.within(member.value().plain())) {
                    return firstExpression(place.member(member));
                }
            }
        }
        return place;
    }
}
