package dev.leat.workflow;

import dev.leat.plugin.RegisteredTask;
import dev.leat.plugin.TaskRegistry;
import dev.leat.plugin.TaskType;
import dev.leat.workflow.CompletionText.Opening;
import dev.leat.workflow.Shape.Keyed;
import dev.leat.workflow.WorkflowLoader.Format;
import dev.leat.workflow.expression.Candidates.Candidate;
import dev.leat.workflow.expression.Expressions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// What can come next in a definition that is being written: keys, task types, parameters, ids and
/// what expressions may name. It reads the tables that the [WorkflowLoader] checks against, so both
/// say the same.
@ApplicationScoped
public class Completion {

    private static final int MOST = 300;
    private static final Pattern NAME =
            Pattern.compile("((?:[A-Za-z_][A-Za-z0-9_]*\\s*\\.\\??)*)([A-Za-z_][A-Za-z0-9_]*)?$");

    private final Function<String, Optional<TaskType>> findType;
    private final Supplier<List<TaskType>> allTypes;
    private final Expressions expressions;

    @Inject
    Completion(TaskRegistry registry, Expressions expressions) {
        this(
                reference -> registry.find(reference).map(RegisteredTask::type),
                registry::types,
                expressions);
    }

    Completion(
            Function<String, Optional<TaskType>> findType,
            Supplier<List<TaskType>> allTypes,
            Expressions expressions) {
        this.findType = findType;
        this.allTypes = allTypes;
        this.expressions = expressions;
    }

    /// Names of the world outside of the text.
    public record World(List<String> workflows, List<String> calendars, List<String> pools) {
        public World {
            workflows = List.copyOf(workflows);
            calendars = List.copyOf(calendars);
            pools = List.copyOf(pools);
        }
    }

    /// @param label what is offered
    /// @param kind `key`, `type`, `value`, `task`, `root`, `field` or `function`
    /// @param detail a word or two, such as `required`; may be empty
    /// @param description what it is for; may be empty
    /// @param insert what to put in the place of the characters from `from` to `to`
    /// @param back how many characters before its end the caret goes
    public record Offer(
            String label,
            String kind,
            String detail,
            String description,
            String insert,
            int back) {}

    /// @param from where in the text the word begins that is being written
    /// @param to where it ends
    public record Completions(int from, int to, List<Offer> offers) {
        public Completions {
            offers = List.copyOf(offers);
        }
    }

    /// What the caret stands at.
    ///
    /// @param type of the task, such as `http`; empty outside of tasks
    /// @param keys on the way to the caret, with what they are for
    public record Subject(String type, Map<String, String> keys) {}

    /// @param caret offset in the text, counted in UTF-16 units
    public Completions at(String text, Format format, int caret, World world) {
        var document = LooseDocument.read(text, format, caret);
        return document.caret()
                .map(found -> new Search(document, format, found, world).found())
                .orElseGet(() -> new Completions(caret, caret, List.of()));
    }

    public Subject subject(String text, Format format, int caret) {
        var document = LooseDocument.read(text, format, caret);
        var path = new ArrayList<Object>();
        document.caret()
                .ifPresent(
                        found -> {
                            path.addAll(found.path());
                            if (found.role() == Caret.Role.KEY) {
                                path.add(text.substring(found.from(), found.to()));
                            }
                        });
        var keys = new LinkedHashMap<String, String>();
        for (int depth = 1; depth <= path.size(); depth++) {
            var slot = Slot.at(document, path.subList(0, depth), findType);
            if (path.get(depth - 1) instanceof String key) {
                slot.map(Slot::description)
                        .filter(words -> !words.isEmpty())
                        .ifPresent(words -> keys.put(key, words));
            }
        }
        var type =
                CompletionScope.isTask(path)
                                && document.object(path.subList(0, 2)).get("type")
                                        instanceof String word
                        ? word
                        : "";
        return new Subject(findType.apply(type).isPresent() ? type : "", keys);
    }

    /// One question.
    private final class Search {
        private final LooseDocument document;
        private final Caret caret;
        private final World world;
        private final CompletionScope scope;
        private final CompletionText text;
        private final List<Offer> offers = new ArrayList<>();

        Search(LooseDocument document, Format format, Caret caret, World world) {
            this.document = document;
            this.caret = caret;
            this.world = world;
            this.scope = new CompletionScope(document, findType);
            this.text = new CompletionText(document.text(), format, caret);
        }

        Completions found() {
            var open = caret.typed().lastIndexOf("${");
            var closed = caret.typed().lastIndexOf('}');
            if (open >= 0 && closed < open) {
                return expression(caret.typed().substring(open + 2));
            }
            var slot = Slot.at(document, caret.path(), findType);
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
            var name = NAME.matcher(before);
            if (!name.find()) {
                return new Completions(document.caretAt(), document.caretAt(), List.of());
            }
            var typed = name.group(2) == null ? "" : name.group(2);
            var path =
                    List.of(name.group(1).split("\\s*\\.\\??")).stream().filter(s -> !s.isEmpty());
            var known = scope.declarations(caret.path());
            var found =
                    expressions.candidates(path.toList(), known).stream()
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
            if (slot.schema() != null) {
                schemaKeys(slot, members);
            } else if (object(slot.shape()) instanceof Keyed keyed) {
                for (var key : Slot.keys(keyed, members)) {
                    var needed = key.required() ? "required" : "";
                    key(members, key.name(), needed, key.description(), Opening.of(key.shape()));
                }
            }
        }

        private static Shape object(Shape shape) {
            return shape instanceof Shape.Either either ? either.object() : shape;
        }

        private void schemaKeys(Slot slot, Map<?, ?> members) {
            for (var schema : slot.variants(slot.schema())) {
                var required = schema.get("required") instanceof List<?> list ? list : List.of();
                if (schema.get("properties") instanceof Map<?, ?> properties) {
                    properties.forEach(
                            (name, property) -> {
                                var map = property instanceof Map<?, ?> known ? known : Map.of();
                                var needed = required.contains(name) ? "required" : detail(map);
                                var words =
                                        map.get("description") instanceof String about ? about : "";
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
                Map<?, ?> members,
                String name,
                String detail,
                String description,
                Opening opening) {
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
                case Shape.OneOf words ->
                        words.words().forEach(word -> value(word, "value", "", ""));
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
            allTypes.get().forEach(type -> seen.put(type.name(), type));
            seen.forEach((name, type) -> value(name, "type", type.title(), type.description()));
        }

        private void value(Object value, String kind, String detail, String description) {
            if (value instanceof Map || value instanceof List || value == null) {
                return;
            }
            var label = String.valueOf(value);
            if (offers.stream().noneMatch(offer -> offer.label().equals(label))) {
                var insert = text.value(value);
                offers.add(
                        new Offer(label, kind, detail, description, insert.text(), insert.back()));
            }
        }
    }
}
