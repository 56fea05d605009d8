package dev.leat.workflow;

import dev.leat.plugin.RegisteredTask;
import dev.leat.plugin.TaskRegistry;
import dev.leat.plugin.TaskType;
import dev.leat.workflow.CompletionSearch.Known;
import dev.leat.workflow.WorkflowLoader.Format;
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

/// What can come next in a definition that is being written: keys, task types, parameters, ids and
/// what expressions may name. It reads the tables that the [WorkflowLoader] checks against, so both
/// say the same.
@ApplicationScoped
public class Completion {

    private final Known known;

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
        this.known = new Known(findType, allTypes, expressions);
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
                .map(found -> new CompletionSearch(known, document, format, found, world).found())
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
            var slot = Slot.at(document, path.subList(0, depth), known.types());
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
        return new Subject(known.types().apply(type).isPresent() ? type : "", keys);
    }
}
