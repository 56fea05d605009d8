package dev.leat.dashboard;

import dev.leat.plugin.PluginLoader;
import dev.leat.plugin.PluginLoader.Plugin;
import dev.leat.plugin.TaskRegistry;
import dev.leat.plugin.TaskType;
import dev.leat.security.ProblemDetail.Item;
import dev.leat.store.Json;
import dev.leat.task.Refusal;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/// Which task types there are, with docs made from their schemas.
@Path("/plugins")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
class PluginPages {

    private final TaskRegistry registry;
    private final PluginLoader loader;

    PluginPages(TaskRegistry registry, PluginLoader loader) {
        this.registry = registry;
        this.loader = loader;
    }

    /// @param q words that a type must have in its name, title or description
    @GET
    public TemplateInstance list(@RestQuery @Nullable String q) {
        var words = Sought.of(q);
        var builtIn =
                registry.types().stream()
                        .filter(type -> type.origin().equals("built-in"))
                        .filter(type -> has(type, words))
                        .toList();
        var cards =
                loader.plugins().stream()
                        .map(plugin -> Card.of(plugin, words))
                        .filter(card -> words.nothing() || !card.types.isEmpty())
                        .toList();
        return new list(builtIn, cards, q == null ? "" : q.strip());
    }

    private static boolean has(TaskType type, Sought words) {
        return words.in(type.name(), type.title(), type.description());
    }

    /// @param reference `http`, or `http@2`
    @GET
    @Path("/types/{reference}")
    public TemplateInstance type(@RestPath String reference) {
        var type =
                registry.types().stream()
                        .filter(
                                known ->
                                        known.reference().equals(reference)
                                                || known.name().equals(reference))
                        .reduce((_, newest) -> newest)
                        .orElseThrow(() -> unknown(reference));
        return new type(
                type,
                Parameters.rows(type.parameters()),
                Parameters.rows(type.output()),
                Parameters.example(type),
                Json.writePretty(type.parameters()),
                Json.writePretty(type.output()));
    }

    private Refusal unknown(String reference) {
        var known =
                registry.types().stream()
                        .map(TaskType::name)
                        .distinct()
                        .collect(Collectors.joining(", "));
        return new Refusal.NotFound(
                "There is no task type '%s'. Known: %s.".formatted(reference, known));
    }

    /// A plugin as the template needs it.
    ///
    /// @param types that have the words
    record Card(Plugin plugin, List<TaskType> types, List<Item> problems) {
        static Card of(Plugin plugin, Sought words) {
            var types = plugin.types().stream().filter(type -> has(type, words)).toList();
            return new Card(plugin, types, Item.of(plugin.problems()));
        }
    }

    record list(List<TaskType> builtIn, List<Card> plugins, String words)
            implements TemplateInstance {}

    /// @param output what the type's outputs hold; no rows where they can be anything
    record type(
            TaskType type,
            List<Parameters.Row> parameters,
            List<Parameters.Row> output,
            String example,
            String parameterSchema,
            String outputSchema)
            implements TemplateInstance {}
}
