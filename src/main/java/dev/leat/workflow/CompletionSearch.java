package dev.leat.workflow;

import dev.leat.plugin.TaskType;
import dev.leat.workflow.Completion.Completions;
import dev.leat.workflow.Completion.Offer;
import dev.leat.workflow.Completion.World;
import dev.leat.workflow.CompletionText.Opening;
import dev.leat.workflow.Shape.Keyed;
import dev.leat.workflow.WorkflowLoader.Format;
import dev.leat.workflow.expression.Candidates.Candidate;
import dev.leat.workflow.expression.Expressions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One question to [Completion].
final class CompletionSearch {

    private static final int MOST = 300;
    private static final int LONGEST_NAME = 1_000;
    private static final Pattern NAME =
            Pattern.compile("((?:[A-Za-z_][A-Za-z0-9_]*\\s*\\.\\??)*)([A-Za-z_][A-Za-z0-9_]*)?$");

    /// Where the names come from.
    record Known(
            Function<String, Optional<TaskType>> types,
            Supplier<List<TaskType>> all,
            Expressions expressions) {}

    private final Known known;
    private final LooseDocument document;
    private final Caret caret;
    private final World world;
    private final CompletionScope scope;
    private final CompletionText text;
    private final List<Offer> offers = new ArrayList<>();

    CompletionSearch(Known known, LooseDocument document, Format format, Caret caret, World world) {
        this.known = known;
        this.document = document;
        this.caret = caret;
        this.world = world;
        this.scope = new CompletionScope(document, known.types());
        this.text = new CompletionText(document.text(), format, caret);
    }

    Completions found() {
        var open = caret.typed().lastIndexOf("${");
        var closed = caret.typed().lastIndexOf('}');
        if (open >= 0 && closed < open) {
            return expression(caret.typed().substring(open + 2));
        }
        var slot = Slot.at(document, caret.path(), known.types());
        if (caret.role() != Caret.Role.VALUE) {
            slot.ifPresent(this::keys);
        }
        if (caret.role() != Caret.Role.KEY) {
            slot.ifPresent(this::values);
        }
        var key = caret.role() == Caret.Role.KEY;
        return new Completions(
                caret.from(),
                key ? text.keyEnd() : text.valueEnd(),
                offers.stream().limit(MOST).toList());
    }

    private Completions expression(String before) {
        var name = NAME.matcher(before.substring(Math.max(0, before.length() - LONGEST_NAME)));
        if (!name.find()) {
            return new Completions(document.caretAt(), document.caretAt(), List.of());
        }
        var typed = name.group(2) == null ? "" : name.group(2);
        var path =
                List.of(name.group(1).split("\\s*\\.\\??")).stream()
                        .filter(step -> !step.isEmpty());
        var declared = scope.declarations(caret.path());
        var found =
                known.expressions().candidates(path.toList(), declared).stream()
                        .map(this::offer)
                        .limit(MOST)
                        .toList();
        var from = document.caretAt() - typed.length();
        return new Completions(from, document.caretAt(), found);
    }

    private Offer offer(Candidate one) {
        var function = one.kind().equals("function");
        return new Offer(
                one.name(),
                one.kind(),
                one.type(),
                one.description(),
                function ? one.name() + "()" : one.name(),
                function ? 1 : 0);
    }

    private void keys(Slot slot) {
        var members = document.object(caret.path());
        var schema = slot.schema();
        if (schema != null) {
            schemaKeys(slot, schema, members);
        } else if (object(slot.shape()) instanceof Keyed keyed) {
            for (var key : Slot.keys(keyed, members)) {
                var needed = key.required() ? "required" : "";
                key(members, key.name(), needed, key.description(), Opening.of(key.shape()));
            }
        }
    }

    private static @Nullable Shape object(@Nullable Shape shape) {
        return shape instanceof Shape.Either either ? either.object() : shape;
    }

    private void schemaKeys(Slot slot, Map<?, ?> whole, Map<?, ?> members) {
        for (var schema : slot.variants(whole)) {
            var required = schema.get("required") instanceof List<?> list ? list : List.of();
            if (schema.get("properties") instanceof Map<?, ?> properties) {
                properties.forEach(
                        (name, property) -> {
                            var map = property instanceof Map<?, ?> known ? known : Map.of();
                            var needed = required.contains(name) ? "required" : detail(map);
                            var words = map.get("description") instanceof String about ? about : "";
                            key(members, String.valueOf(name), needed, words, Opening.of(map));
                        });
            }
        }
    }

    private static String detail(Map<?, ?> schema) {
        return schema.containsKey("default")
                ? "default " + schema.get("default")
                : String.valueOf(schema.containsKey("type") ? schema.get("type") : "");
    }

    private void key(
            Map<?, ?> members, String name, String detail, String description, Opening opening) {
        var own = document.text().substring(caret.from(), caret.to()).equals(name);
        if (!own && members.containsKey(name)
                || offers.stream().anyMatch(offer -> offer.label().equals(name))) {
            return;
        }
        var insert = text.key(name, opening);
        offers.add(new Offer(name, "key", detail, description, insert.text(), insert.back()));
    }

    private void values(Slot slot) {
        named();
        if (slot.schema() != null) {
            slot.variants(slot.schema()).forEach(this::schemaValues);
            return;
        }
        switch (slot.shape()) {
            case Shape.OneOf words -> words.words().forEach(word -> value(word, "value", "", ""));
            case Shape.Flag _ -> flags();
            case Shape.Condition _ -> value("${  }", "value", "an expression", "");
            case null, default -> {}
        }
    }

    private void flags() {
        value(true, "value", "", "");
        value(false, "value", "", "");
    }

    private void schemaValues(Map<?, ?> schema) {
        if (schema.get("enum") instanceof List<?> words) {
            words.forEach(
                    word -> value(word, "value", isDefault(schema, word) ? "default" : "", ""));
        } else if (schema.containsKey("const")) {
            value(schema.get("const"), "value", "", "");
        } else if ("boolean".equals(schema.get("type"))) {
            flags();
        } else if (schema.containsKey("default")) {
            value(schema.get("default"), "value", "default", "");
        }
        if (schema.get("examples") instanceof List<?> examples) {
            examples.forEach(example -> value(example, "value", "example", ""));
        }
    }

    private static boolean isDefault(Map<?, ?> schema, Object word) {
        return word != null && word.equals(schema.get("default"));
    }

    /// What is called by its name, by the key that the value belongs to.
    private void named() {
        var path = caret.path();
        var key =
                path.reversed().stream()
                        .filter(String.class::isInstance)
                        .findFirst()
                        .orElse("")
                        .toString();
        var inTask = CompletionScope.isTask(path);
        switch (key) {
            case "type" -> {
                if (inTask && path.size() == 3) {
                    types();
                }
            }
            case "dependsOn" -> {
                if (inTask) {
                    dependencies(path);
                }
            }
            case "pool" -> all(world.pools(), "pool");
            case "calendar" -> all(world.calendars(), "calendar");
            case "workflow" -> all(world.workflows(), "workflow");
            default -> {}
        }
    }

    private void all(List<String> names, String what) {
        names.forEach(name -> value(name, "value", what, ""));
    }

    private void dependencies(List<Object> path) {
        var task = document.object(path.subList(0, 2));
        var given = CompletionScope.dependencies(task);
        for (var id : scope.neighbours(path)) {
            if (!given.contains(id) || caret.typed().equals(id)) {
                value(id, "task", "", "");
            }
        }
    }

    private void types() {
        var seen = new LinkedHashMap<String, TaskType>();
        known.all().get().forEach(type -> seen.put(type.name(), type));
        seen.forEach((name, type) -> value(name, "type", type.title(), type.description()));
    }

    private void value(Object value, String kind, String detail, String description) {
        if (value instanceof Map || value instanceof List || value == null) {
            return;
        }
        var label = String.valueOf(value);
        if (offers.stream().noneMatch(offer -> offer.label().equals(label))) {
            var insert = text.value(value);
            offers.add(new Offer(label, kind, detail, description, insert.text(), insert.back()));
        }
    }
}
