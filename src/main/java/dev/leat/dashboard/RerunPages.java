package dev.leat.dashboard;

import dev.leat.engine.Operations;
import dev.leat.engine.Operations.Rerun;
import dev.leat.engine.report.TaskReport;
import dev.leat.security.WithFormToken;
import dev.leat.store.Ids;
import dev.leat.store.Json;
import dev.leat.task.Problem;
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
import java.util.UUID;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/// Asks from where a run that has ended is done again, and with what, and does it.
@Path("/steer/{run}/rerun")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
@WithFormToken
class RerunPages {

    /// More than these aren't listed to choose from; their names are typed.
    private static final int TASKS_TO_CHOOSE_FROM = 200;

    private final Runs runs;
    private final Operations operations;

    RerunPages(Runs runs, Operations operations) {
        this.runs = runs;
        this.operations = operations;
    }

    /// @param from `failed`, `start` or a task, chosen already
    @GET
    public TemplateInstance ask(@RestPath String run, @RestQuery @Nullable String from) {
        var page = runs.page(run);
        var chosen = from == null ? page.failure() == null ? "start" : "failed" : from;
        return form(
                page,
                new Typed(
                        chosen,
                        "same",
                        Json.writePretty(page.run().inputs()),
                        "",
                        UUID.randomUUID().toString()),
                List.of());
    }

    /// Sent twice with the same key, it makes one run.
    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response rerun(
            @RestPath String run,
            @RestForm @Nullable String from,
            @RestForm @Nullable String task,
            @RestForm @Nullable String revision,
            @RestForm @Nullable String inputs,
            @RestForm @Nullable String why,
            @RestForm @Nullable String key) {
        var page = runs.page(run);
        var named = task == null || task.isBlank() ? from : task.strip();
        var typed =
                new Typed(
                        named == null ? "failed" : named,
                        revision == null ? "same" : revision,
                        inputs == null ? "" : inputs,
                        why == null ? "" : why,
                        key == null ? UUID.randomUUID().toString() : key);
        try {
            var started = operations.rerun(request(page, typed));
            var address = URI.create("/runs/" + Ids.text(started.run()));
            return Response.seeOther(address).build();
        } catch (Refusal.Invalid invalid) {
            return again(page, typed, problems(invalid));
        } catch (Refusal.Conflict conflict) {
            return again(page, typed, List.of(conflict.sentence()));
        }
    }

    private static Rerun request(RunPage page, Typed typed) {
        var given = inputs(typed.inputs());
        return new Rerun(
                page.key(),
                typed.from(),
                given.equals(page.run().inputs()) ? null : given,
                "current".equals(typed.revision()) ? 0 : null,
                Map.of(),
                typed.key(),
                Asker.because(typed.why()));
    }

    private static Map<String, @Nullable Object> inputs(String text) {
        try {
            return Json.readObject(text.isBlank() ? "{}" : text);
        } catch (IllegalArgumentException e) {
            throw new Refusal.Invalid(
                    "The inputs are no JSON object: " + e.getMessage(), List.of());
        }
    }

    private static List<String> problems(Refusal.Invalid invalid) {
        return invalid.problems().isEmpty()
                ? List.of(invalid.sentence())
                : invalid.problems().stream().map(RerunPages::told).toList();
    }

    private static String told(Problem problem) {
        return problem.pointer().isEmpty()
                ? problem.message()
                : problem.pointer() + ": " + problem.message();
    }

    private static Response again(RunPage page, Typed typed, List<String> problems) {
        return Answer.of(Answer.UNPROCESSABLE, form(page, typed, problems));
    }

    private static rerun form(RunPage page, Typed typed, List<String> problems) {
        var tasks =
                page.run().tasks().stream()
                        .filter(task -> task.section().equals("tasks"))
                        .map(TaskReport::id)
                        .toList();
        var many = tasks.size() > TASKS_TO_CHOOSE_FROM;
        return new rerun(page, typed, many ? List.of() : tasks, many, problems);
    }

    /// @param from `failed`, `start` or a task
    /// @param revision `same` or `current`
    /// @param key tells a second click from a second wish
    record Typed(String from, String revision, String inputs, String why, String key) {

        /// The task to begin with; empty where it isn't one.
        public String task() {
            return from.equals("failed") || from.equals("start") ? "" : from;
        }
    }

    /// @param tasks to choose from; empty where they are too many
    record rerun(RunPage page, Typed typed, List<String> tasks, boolean many, List<String> problems)
            implements TemplateInstance {}
}
