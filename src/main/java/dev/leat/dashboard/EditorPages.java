package dev.leat.dashboard;

import dev.leat.dashboard.Differences.Comparison;
import dev.leat.engine.MainOrchestrator;
import dev.leat.engine.MainOrchestrator.SaveWorkflow;
import dev.leat.security.ProblemDetail.Item;
import dev.leat.security.WithFormToken;
import dev.leat.store.Revision;
import dev.leat.store.WorkflowHead;
import dev.leat.store.WorkflowStore;
import dev.leat.task.Refusal;
import dev.leat.workflow.WorkflowLoader.Format;
import dev.leat.workflow.WorkflowLoader.Loaded;
import dev.leat.workflow.WorkflowLoader.Source;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/// Writes definitions: a text, checked as saving would, with its graph; what it changes; and what
/// somebody else has saved meanwhile.
@Path("/editor")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
@WithFormToken
class EditorPages {

    private final Definitions definitions;
    private final Examples examples;
    private final WorkflowStore workflows;
    private final EditorParts parts;
    private final Differences differences;
    private final MainOrchestrator orchestrator;
    private final InstantSource clock;

    EditorPages(
            Definitions definitions,
            Examples examples,
            WorkflowStore workflows,
            EditorParts parts,
            Differences differences,
            MainOrchestrator orchestrator,
            InstantSource clock) {
        this.definitions = definitions;
        this.examples = examples;
        this.workflows = workflows;
        this.parts = parts;
        this.differences = differences;
        this.orchestrator = orchestrator;
        this.clock = clock;
    }

    /// A new workflow.
    ///
    /// @param example a task type whose example it begins with
    @GET
    public TemplateInstance blank(@RestQuery @Nullable String example) {
        var text = example == null ? Examples.BEGINNING : examples.workflow(example);
        return checked(new Draft("", 0, 0, text, "JSON"), false);
    }

    @GET
    @Path("/{workflow}")
    public TemplateInstance existing(@RestPath String workflow) {
        var definition = definitions.current(workflow);
        var revision = definition.revision();
        var newest = definition.head().revisionNumber;
        return checked(
                new Draft(workflow, newest, revision.number, revision.source, revision.format),
                false);
    }

    /// @param workflow the id that the text must have; empty for a new one
    /// @param revision the newest number when the text was loaded
    /// @param base the number of the revision that was loaded
    /// @param action `check`, `review`, `save` or `edit`
    /// @param message why it is saved
    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response send(
            @RestForm String workflow,
            @RestForm int revision,
            @RestForm @DefaultValue("0") int base,
            @RestForm String text,
            @RestForm String format,
            @RestForm String action,
            @RestForm @DefaultValue("") String message) {
        var draft = Draft.sent(workflow, revision, base, text, format);
        return switch (action) {
            case "review" -> review(draft, message);
            case "save" -> save(draft, message);
            case "check" -> Answer.of(200, checked(draft, true));
            default -> Answer.of(200, checked(draft, false));
        };
    }

    /// What saving would change.
    private Response review(Draft draft, String message) {
        var loaded = orchestrator.check(draft.source());
        var problems = loaded.problems();
        if (loaded.hasErrors() || loaded.workflow() == null) {
            return Answer.of(Answer.UNPROCESSABLE, checked(draft, true));
        }
        var id = loaded.workflow().qualifiedId();
        if (!draft.workflow().isEmpty() && !draft.workflow().equals(id)) {
            return save(draft, message);
        }
        var head = stored(id);
        if (head.isPresent()
                && !draft.workflow().isEmpty()
                && head.get().revisionNumber != draft.revision()) {
            return Answer.of(Answer.CONFLICT, conflict(draft, head.get(), message));
        }
        var current = head.flatMap(this::current);
        return Answer.of(
                200,
                new review(
                        head.isPresent() ? draft.seen(id, head.get().revisionNumber) : draft,
                        id,
                        comparison(current, draft.source(), "Yours"),
                        Item.of(problems),
                        current.isPresent(),
                        current.isPresent() && draft.workflow().isEmpty(),
                        next(id),
                        message));
    }

    private int next(String id) {
        return workflows.workflow(id).map(head -> head.revisionNumber).orElse(0) + 1;
    }

    private Comparison comparison(Optional<Revision> before, Source after, String name) {
        var nothing = new Source("", Format.JSON, "nothing");
        return differences.between(
                before.map(one -> "Revision " + one.number).orElse("Nothing yet"),
                before.map(Differences::source).orElse(nothing),
                name,
                after);
    }

    private Optional<WorkflowHead> stored(String id) {
        return workflows.workflow(id).filter(head -> !head.deleted && head.revision != null);
    }

    private Optional<Revision> current(WorkflowHead head) {
        var id = head.revision;
        return id == null ? Optional.empty() : workflows.revision(id);
    }

    private Response save(Draft draft, String message) {
        try {
            var there =
                    draft.workflow().isEmpty()
                            ? stored(idOf(orchestrator.check(draft.source())))
                            : Optional.<WorkflowHead>empty();
            if (there.isPresent()) {
                return Answer.of(Answer.CONFLICT, conflict(draft, there.get(), message));
            }
            var expected = draft.workflow().isEmpty() ? null : draft.workflow();
            var saved =
                    orchestrator.save(
                            new SaveWorkflow(
                                    draft.source(),
                                    expected,
                                    draft.revision(),
                                    "dashboard",
                                    null,
                                    message));
            return Response.seeOther(URI.create("/workflows/" + saved.revision().workflow)).build();
        } catch (Refusal.Invalid invalid) {
            return Answer.of(Answer.UNPROCESSABLE, checked(draft, true).refused(invalid));
        } catch (Refusal.Conflict refused) {
            var head = stored(draft.workflow());
            return head.isPresent() && head.get().revisionNumber != draft.revision()
                    ? Answer.of(Answer.CONFLICT, conflict(draft, head.get(), message))
                    : Answer.of(Answer.CONFLICT, checked(draft, true).refused(refused.sentence()));
        }
    }

    private static String idOf(Loaded loaded) {
        return loaded.workflow() == null ? "" : loaded.workflow().qualifiedId();
    }

    private conflict conflict(Draft draft, WorkflowHead head, String message) {
        var theirs = current(head).orElseThrow();
        var base =
                draft.base() == 0
                        ? Optional.<Revision>empty()
                        : workflows.revision(head.id, draft.base());
        return new conflict(
                draft,
                draft.seen(head.id, head.revisionNumber),
                theirs,
                comparison(Optional.of(theirs), draft.source(), "Yours"),
                base.map(
                                from ->
                                        comparison(
                                                base,
                                                Differences.source(theirs),
                                                "Revision " + theirs.number))
                        .orElse(null),
                base.map(from -> comparison(base, draft.source(), "Yours")).orElse(null),
                message,
                clock.instant());
    }

    private editor checked(Draft draft, boolean asked) {
        var loaded = orchestrator.check(draft.source());
        return new editor(
                draft, Item.of(loaded.problems()), asked, "", parts.graph(loaded, draft.text()));
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
            var sentence = invalid.problems().isEmpty() ? invalid.sentence() : "";
            return new editor(draft, Item.of(invalid.problems()), asked, sentence, graph);
        }
    }

    /// @param exists whether there is a revision to compare with
    /// @param over whether a new text has the id of a workflow that exists
    /// @param next the number that the revision will have
    record review(
            Draft draft,
            String id,
            Comparison comparison,
            List<Item> warnings,
            boolean exists,
            boolean over,
            int next,
            String message)
            implements TemplateInstance {}

    /// @param onTop the draft as it is saved on top of theirs
    /// @param mine from theirs to the draft
    /// @param theirChange from what was loaded to theirs; null where that isn't known
    /// @param myChange from what was loaded to the draft; null where that isn't known
    record conflict(
            Draft draft,
            Draft onTop,
            Revision theirs,
            Comparison mine,
            @Nullable Comparison theirChange,
            @Nullable Comparison myChange,
            String message,
            Instant now)
            implements TemplateInstance {}
}
