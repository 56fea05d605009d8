package dev.leat.dashboard;

import dev.leat.engine.Operations;
import dev.leat.security.WithFormToken;
import dev.leat.task.Refusal;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.jboss.resteasy.reactive.RestPath;

/// The labels of a run, and the form that changes them.
@Path("/runs/{run}/labels")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
@WithFormToken
class LabelPages {

    private final Runs runs;
    private final Operations operations;

    LabelPages(Runs runs, Operations operations) {
        this.runs = runs;
        this.operations = operations;
    }

    @GET
    public TemplateInstance form(@RestPath String run) {
        var page = runs.page(run);
        return new form(page, LabelForm.of(page.run().labels()), "");
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response change(@RestPath String run, MultivaluedMap<String, String> controls) {
        var page = runs.page(run);
        var typed = LabelForm.typed(controls);
        var reason = controls.getFirst("why");
        var why = reason == null ? "" : reason;
        if (!typed.problem().isEmpty()) {
            return again(page, typed, why);
        }
        var set = typed.set();
        var remove = typed.remove();
        try {
            if (!set.isEmpty() || !remove.isEmpty()) {
                operations.label(page.key(), set, remove, Asker.because(why));
            }
        } catch (Refusal.Invalid invalid) {
            return again(page, typed.with(invalid.sentence()), why);
        }
        return Response.seeOther(URI.create(page.href())).build();
    }

    private static Response again(RunPage page, LabelForm typed, String why) {
        return Answer.of(Answer.UNPROCESSABLE, new form(page, typed, why));
    }

    record form(RunPage page, LabelForm labels, String why) implements TemplateInstance {}
}
