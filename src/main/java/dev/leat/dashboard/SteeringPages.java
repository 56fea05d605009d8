package dev.leat.dashboard;

import dev.leat.engine.Operations;
import dev.leat.engine.Operations.Mark;
import dev.leat.engine.Operations.Rerun;
import dev.leat.security.WithFormToken;
import dev.leat.store.Ids;
import dev.leat.store.Json;
import dev.leat.task.Refusal;
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
import java.util.Map;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/// Asks before something is done with a run, and does it.
@Path("/steer")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
@WithFormToken
class SteeringPages {

    private final Runs runs;
    private final Operations operations;

    SteeringPages(Runs runs, Operations operations) {
        this.runs = runs;
        this.operations = operations;
    }

    @GET
    @Path("/{run}/pause")
    public TemplateInstance askPause(@RestPath String run) {
        return new pause(runs.page(run));
    }

    @POST
    @Path("/{run}/pause")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response pause(@RestPath String run, @RestForm @Nullable String why) {
        var page = runs.page(run);
        operations.pause(page.key(), Asker.because(why));
        return to(page.href());
    }

    @POST
    @Path("/{run}/resume")
    @Consumes(MediaType.WILDCARD)
    public Response resume(@RestPath String run) {
        var page = runs.page(run);
        operations.resume(page.key(), Asker.because(null));
        return to(page.href());
    }

    @GET
    @Path("/{run}/rerun")
    public TemplateInstance askRerun(@RestPath String run) {
        var page = runs.page(run);
        return new rerun(page, Json.writePretty(page.run().inputs()));
    }

    @POST
    @Path("/{run}/rerun")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response rerun(
            @RestPath String run,
            @RestForm String from,
            @RestForm @Nullable String revision,
            @RestForm @Nullable String inputs,
            @RestForm @Nullable String why) {
        var page = runs.page(run);
        var given = inputs(inputs);
        var started =
                operations.rerun(
                        new Rerun(
                                page.key(),
                                from,
                                given.equals(page.run().inputs()) ? null : given,
                                "current".equals(revision) ? 0 : null,
                                Map.of(),
                                null,
                                Asker.because(why)));
        return to("/runs/" + Ids.text(started.run()));
    }

    private static Map<String, @Nullable Object> inputs(@Nullable String text) {
        try {
            return Json.readObject(text == null || text.isBlank() ? "{}" : text);
        } catch (IllegalArgumentException e) {
            throw new Refusal.Invalid(
                    "The inputs are no JSON object: " + e.getMessage(), List.of());
        }
    }

    @GET
    @Path("/{run}/tasks/{task}/mark")
    public TemplateInstance askMark(@RestPath String run, @RestPath String task) {
        return new mark(runs.page(run), task);
    }

    @POST
    @Path("/{run}/tasks/{task}/mark")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response mark(
            @RestPath String run,
            @RestPath String task,
            @RestForm String state,
            @RestForm @Nullable String output,
            @RestForm @Nullable String why) {
        var page = runs.page(run);
        var mark = new Mark(state, output == null || output.isBlank() ? null : value(output), null);
        operations.mark(page.key(), task, mark, Asker.because(why));
        return to(page.href() + "/tasks/" + task);
    }

    private static @Nullable Object value(String text) {
        try {
            return Json.read(text);
        } catch (IllegalArgumentException e) {
            throw new Refusal.Invalid("The output is no JSON: " + e.getMessage(), List.of());
        }
    }

    private static Response to(String address) {
        return Response.seeOther(URI.create(address)).build();
    }

    record pause(RunPage page) implements TemplateInstance {}

    /// @param inputs of the run, as JSON
    record rerun(RunPage page, String inputs) implements TemplateInstance {}

    record mark(RunPage page, String task) implements TemplateInstance {}
}
