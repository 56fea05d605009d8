package dev.leat.dashboard;

import dev.leat.engine.MainOrchestrator;
import dev.leat.engine.MainOrchestrator.SaveWorkflow;
import dev.leat.security.ProblemDetail.Item;
import dev.leat.security.WithFormToken;
import dev.leat.task.Refusal;
import dev.leat.workflow.Workflow;
import dev.leat.workflow.WorkflowLoader.Format;
import dev.leat.workflow.WorkflowLoader.Source;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/// Writes definitions: a text, checked as saving would, with its graph.
@Path("/editor")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
@WithFormToken
class EditorPages {

    private static final int CONFLICT = 409;
    private static final int UNPROCESSABLE = 422;

    private static final String BEGINNING =
            """
            {
              "id": "my-workflow",
              "name": "My workflow",
              "inputs": {
                "type": "object",
                "properties": {"name": {"type": "string", "default": "world"}}
              },
              "tasks": [
                {"id": "greet", "type": "log", "with": {"message": "Hello ${ inputs.name }"}},
                {"id": "done", "type": "noop", "dependsOn": ["greet"]}
              ]
            }
            """;

    private final Definitions definitions;
    private final Graphs graphs;
    private final MainOrchestrator orchestrator;

    EditorPages(Definitions definitions, Graphs graphs, MainOrchestrator orchestrator) {
        this.definitions = definitions;
        this.graphs = graphs;
        this.orchestrator = orchestrator;
    }

    /// A new workflow.
    @GET
    public TemplateInstance blank() {
        return checked(new Draft("", 0, BEGINNING, "JSON"), false);
    }

    @GET
    @Path("/{workflow}")
    public TemplateInstance existing(@RestPath String workflow) {
        var definition = definitions.current(workflow);
        var revision = definition.revision();
        var newest = definition.head().revisionNumber;
        return checked(new Draft(workflow, newest, revision.source, revision.format), false);
    }

    /// @param workflow the id that the text must have; empty for a new one
    /// @param revision the newest number when the text was loaded
    /// @param action `check`, or `save`
    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response send(
            @RestForm String workflow,
            @RestForm int revision,
            @RestForm String text,
            @RestForm String format,
            @RestForm String action) {
        // Browsers send line breaks as CR LF; positions count lines the same either way.
        var draft = new Draft(workflow, revision, text.replace("\r\n", "\n"), format);
        return action.equals("save") ? save(draft) : answer(200, checked(draft, true));
    }

    private Response save(Draft draft) {
        try {
            var expected = draft.workflow().isEmpty() ? null : draft.workflow();
            var saved =
                    orchestrator.save(
                            new SaveWorkflow(
                                    draft.source(), expected, draft.revision(), "dashboard", null));
            var id = saved.revision().workflow;
            return Response.seeOther(URI.create("/workflows/" + id)).build();
        } catch (Refusal.Invalid invalid) {
            var page = checked(draft, true);
            return answer(UNPROCESSABLE, page.refused(invalid));
        } catch (Refusal.Conflict conflict) {
            return answer(CONFLICT, checked(draft, true).refused(conflict.sentence()));
        }
    }

    private editor checked(Draft draft, boolean asked) {
        var loaded = orchestrator.check(draft.source());
        return new editor(
                draft,
                Item.of(loaded.problems()),
                asked,
                "",
                loaded.workflow() == null ? null : preview(loaded.workflow(), draft));
    }

    /// Kept under the text's hash, because it has no revision yet.
    private GraphView preview(Workflow workflow, Draft draft) {
        var key = -1L - Integer.toUnsignedLong(draft.text().hashCode());
        return graphs.draw(key, GraphTask.planned(workflow), null, _ -> "");
    }

    private static Response answer(int status, editor page) {
        return Response.status(status)
                .type(MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"))
                .entity(page.render())
                .build();
    }

    record Draft(String workflow, int revision, String text, String format) {
        Source source() {
            var kind = format.equals("YAML") ? Format.YAML : Format.JSON;
            return new Source(text, kind, "editor");
        }
    }

    /// @param asked whether somebody wanted to know if it is right
    /// @param refusal why it wasn't saved; empty for no reason but the problems
    /// @param graph null where the text can't be read as a workflow
    record editor(
            Draft draft,
            List<Item> problems,
            boolean asked,
            String refusal,
            @Nullable GraphView graph)
            implements TemplateInstance {

        editor refused(String sentence) {
            return new editor(draft, problems, asked, sentence, graph);
        }

        /// With what saving found beyond what checking does, such as another id than expected.
        editor refused(Refusal.Invalid invalid) {
            return new editor(draft, Item.of(invalid.problems()), asked, "", graph);
        }
    }
}
