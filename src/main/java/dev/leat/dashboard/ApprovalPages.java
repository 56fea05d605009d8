package dev.leat.dashboard;

import dev.leat.engine.Approvals;
import dev.leat.engine.MainOrchestrator;
import dev.leat.engine.report.ApprovalReport;
import dev.leat.engine.report.RunReports;
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
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/// The questions that tasks ask people, and the form that answers one.
@Path("/approvals")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
@WithFormToken
class ApprovalPages {

    private static final int MOST = 200;

    private final Approvals approvals;
    private final RunReports reports;
    private final MainOrchestrator orchestrator;
    private final InstantSource clock;

    ApprovalPages(
            Approvals approvals,
            RunReports reports,
            MainOrchestrator orchestrator,
            InstantSource clock) {
        this.approvals = approvals;
        this.reports = reports;
        this.orchestrator = orchestrator;
        this.clock = clock;
    }

    @GET
    public TemplateInstance inbox() {
        return new inbox(
                approvals.open(MOST).stream().map(ApprovalReport::of).toList(), clock.instant());
    }

    @GET
    @Path("/{run}/{task}")
    public TemplateInstance question(@RestPath String run, @RestPath String task) {
        var asked = asked(run, task);
        return page(asked, Form.of(asked.form(), Map.of()), "", "", "");
    }

    /// Answering twice is refused by the engine: the first answer counts.
    @POST
    @Path("/{run}/{task}")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response answer(
            @RestPath String run, @RestPath String task, MultivaluedMap<String, String> controls) {
        var asked = asked(run, task);
        var approved = "approved".equals(controls.getFirst("decision"));
        var by = text(controls, "by");
        var comment = text(controls, "comment");
        var typed = Form.of(asked.form(), Map.of()).typed(controls::getFirst);
        var reading = typed.read(asked.form());
        if (approved && reading.form().failing()) {
            return again(Answer.UNPROCESSABLE, asked, reading.form(), by, comment, "");
        }
        var values = approved ? reading.values() : Map.<String, @Nullable Object>of();
        try {
            orchestrator.decide(
                    reports.run(run).id,
                    task,
                    new Approvals.Decision(approved, values, comment, by.isEmpty() ? null : by));
            return Response.seeOther(URI.create("/runs/" + run + "/tasks/" + task)).build();
        } catch (Refusal.Invalid invalid) {
            var marked = typed.with(invalid.problems());
            return again(Answer.UNPROCESSABLE, asked, marked, by, comment, "");
        } catch (Refusal.Forbidden other) {
            return again(Answer.FORBIDDEN, asked, typed, by, comment, other.sentence());
        }
    }

    private ApprovalReport asked(String run, String task) {
        return ApprovalReport.of(approvals.open(reports.run(run).id, task));
    }

    private static String text(MultivaluedMap<String, String> controls, String name) {
        var text = controls.getFirst(name);
        return text == null ? "" : text.strip();
    }

    private Response again(
            int status, ApprovalReport asked, Form form, String by, String comment, String why) {
        return Answer.of(status, page(asked, form, by, comment, why));
    }

    private question page(
            ApprovalReport asked, Form form, String by, String comment, String refusal) {
        return new question(asked, form, by, comment, refusal, clock.instant());
    }

    record inbox(List<ApprovalReport> approvals, Instant now) implements TemplateInstance {}

    /// @param refusal why the answer wasn't taken; empty for none
    record question(
            ApprovalReport approval,
            Form form,
            String by,
            String comment,
            String refusal,
            Instant now)
            implements TemplateInstance {}
}
