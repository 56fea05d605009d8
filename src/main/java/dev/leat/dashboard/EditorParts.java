package dev.leat.dashboard;

import dev.leat.engine.MainOrchestrator;
import dev.leat.plugin.RegisteredTask;
import dev.leat.plugin.TaskRegistry;
import dev.leat.plugin.TaskType;
import dev.leat.security.WithFormToken;
import dev.leat.workflow.Completion;
import dev.leat.workflow.Completion.Subject;
import dev.leat.workflow.WorkflowLoader.Loaded;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jboss.resteasy.reactive.RestForm;
import org.jspecify.annotations.Nullable;

/// What stands beside the text in the editor and follows it: the graph, and what is at the caret.
@Path("/editor/parts")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
@WithFormToken
class EditorParts {

    private final Graphs graphs;
    private final MainOrchestrator orchestrator;
    private final Completion completion;
    private final TaskRegistry registry;

    EditorParts(
            Graphs graphs,
            MainOrchestrator orchestrator,
            Completion completion,
            TaskRegistry registry) {
        this.graphs = graphs;
        this.orchestrator = orchestrator;
        this.completion = completion;
        this.registry = registry;
    }

    /// Kept under the text's hash, because it has no revision yet.
    @Nullable GraphView graph(Loaded loaded, String text) {
        var key = -1L - Integer.toUnsignedLong(text.hashCode());
        return loaded.workflow() == null
                ? null
                : graphs.draw(key, GraphTask.planned(loaded.workflow()), null, _ -> "");
    }

    @POST
    @Path("/graph")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public TemplateInstance graph(@RestForm String text, @RestForm String format) {
        var draft = Draft.sent("", 0, 0, text, format);
        return new graph(graph(orchestrator.check(draft.source()), draft.text()));
    }

    /// @param caret in UTF-16 units of the text with LF at the ends of lines
    @POST
    @Path("/docs")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public TemplateInstance docs(
            @RestForm String text, @RestForm String format, @RestForm int caret) {
        var source = Draft.sent("", 0, 0, text, format).source();
        var subject = completion.subject(source.text(), source.format(), caret);
        var type = registry.find(subject.type()).map(RegisteredTask::type).orElse(null);
        return new docs(
                subject,
                type,
                type == null ? List.of() : Parameters.rows(type.parameters()),
                type == null ? List.of() : Parameters.rows(type.output()),
                type == null ? "" : Parameters.example(type));
    }

    /// @param graph null where the text can't be read as a workflow
    record graph(@Nullable GraphView graph) implements TemplateInstance {}

    /// @param type of the task at the caret; null outside of tasks
    record docs(
            Subject subject,
            @Nullable TaskType type,
            List<Parameters.Row> parameters,
            List<Parameters.Row> output,
            String example)
            implements TemplateInstance {}
}
