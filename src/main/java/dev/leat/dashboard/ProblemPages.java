package dev.leat.dashboard;

import dev.leat.workflow.ProblemGuide;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/// What the codes of problems mean and what to do about each.
@Path("/problems")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
class ProblemPages {

    @GET
    public TemplateInstance all() {
        return new all(ProblemGuide.ENTRIES);
    }

    record all(List<ProblemGuide.Entry> entries) implements TemplateInstance {}
}
