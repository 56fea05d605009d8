package dev.leat.dashboard;

import dev.leat.dashboard.Definitions.Definition;
import dev.leat.engine.MainOrchestrator;
import dev.leat.engine.MainOrchestrator.StartRun;
import dev.leat.engine.report.RunReports;
import dev.leat.security.WithFormToken;
import dev.leat.store.Ids;
import dev.leat.store.Json;
import dev.leat.task.Refusal;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.Map;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/// The form that starts a run.
@Path("/workflows/{workflow}/run")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
@WithFormToken
class StartPages {

    private final Definitions definitions;
    private final RunReports reports;
    private final MainOrchestrator orchestrator;

    StartPages(Definitions definitions, RunReports reports, MainOrchestrator orchestrator) {
        this.definitions = definitions;
        this.reports = reports;
        this.orchestrator = orchestrator;
    }

    /// @param from a run whose inputs are filled in
    /// @param revision which of its definitions is run; 0 for the current one
    @GET
    public TemplateInstance form(
            @RestPath String workflow,
            @RestQuery @Nullable String from,
            @RestQuery @DefaultValue("0") int revision) {
        var definition = definitions.of(workflow, revision);
        var inputs =
                from == null
                        ? Map.<String, @Nullable Object>of()
                        : Json.readObject(reports.run(from).inputs);
        var key = UUID.randomUUID().toString();
        return page(definition, Form.of(schema(definition), inputs), key, from, null);
    }

    /// Sent twice with the same key, it starts one run; with `as=command` it starts none, and says
    /// what would in a terminal.
    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response start(
            @RestPath String workflow,
            MultivaluedMap<String, String> controls,
            @Context UriInfo uri) {
        var definition = definitions.of(workflow, revision(controls.getFirst("revision")));
        var schema = schema(definition);
        var key = String.valueOf(controls.getFirst("key"));
        var reading = Form.of(schema, Map.of()).typed(controls::getFirst).read(schema);
        if (reading.form().failing()) {
            return again(definition, reading.form(), key);
        }
        if ("command".equals(controls.getFirst("as"))) {
            var origin = definition.revision().origin;
            var commands = StartCommands.of(uri.getBaseUri(), workflow, origin, reading.values());
            return Answer.of(200, page(definition, reading.form(), key, null, commands));
        }
        try {
            var started = orchestrator.start(request(definition, reading.values(), key));
            return Response.seeOther(URI.create("/runs/" + Ids.text(started.run()))).build();
        } catch (Refusal.Invalid invalid) {
            return again(definition, reading.form().with(invalid.problems()), key);
        }
    }

    private static StartRun request(
            Definition definition, Map<String, @Nullable Object> inputs, String key) {
        var head = definition.head();
        return new StartRun(
                head.id,
                null,
                isCurrent(definition) ? 0 : definition.revision().number,
                inputs,
                Map.of(),
                "dashboard",
                Map.of(),
                null,
                key);
    }

    private static int revision(@Nullable String text) {
        return text != null && text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
    }

    private static boolean isCurrent(Definition definition) {
        var current = definition.head().revision;
        return current == null || current == definition.revision().id;
    }

    private static Response again(Definition definition, Form form, String key) {
        return Answer.of(Answer.UNPROCESSABLE, page(definition, form, key, null, null));
    }

    private static form page(
            Definition definition,
            Form form,
            String key,
            @Nullable String from,
            @Nullable StartCommands commands) {
        var head = definition.head();
        return new form(
                head.id,
                head.name.isEmpty() ? head.id : head.name,
                head.description,
                definition.revision().number,
                isCurrent(definition),
                form,
                key,
                from == null ? "" : from,
                commands);
    }

    private static Map<String, @Nullable Object> schema(Definition definition) {
        var workflow = definition.workflow();
        return workflow == null ? Map.of() : workflow.inputs();
    }

    /// @param key tells a second click from a second wish
    /// @param from the run whose inputs are filled in; empty for none
    /// @param commands what starts the same run in a terminal; null where nobody asked
    record form(
            String workflow,
            String name,
            String description,
            int revision,
            boolean current,
            Form form,
            String key,
            String from,
            @Nullable StartCommands commands)
            implements TemplateInstance {}
}
