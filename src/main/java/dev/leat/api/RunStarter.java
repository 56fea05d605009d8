package dev.leat.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.leat.engine.MainOrchestrator;
import dev.leat.engine.MainOrchestrator.StartRun;
import dev.leat.engine.report.DryRuns;
import dev.leat.engine.report.RunReport;
import dev.leat.engine.report.RunReports;
import dev.leat.store.Ids;
import dev.leat.task.Refusal;
import dev.leat.workflow.WorkflowLoader.Source;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Starts runs and answers with them: 202 while they run, 200 once they have ended in time.
@ApplicationScoped
class RunStarter {

    private static final int LONGEST_KEY = 255;
    private static final String COMMAND_LINE = "cli";

    private static final Logger LOG = Logger.getLogger(RunStarter.class);

    private final MainOrchestrator orchestrator;
    private final RunReports reports;
    private final DryRuns plans;
    private final ApiConfig config;
    private final ObjectMapper mapper;
    private final Executor threads =
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("leat-start-", 0).factory());

    RunStarter(
            MainOrchestrator orchestrator,
            RunReports reports,
            DryRuns plans,
            ApiConfig config,
            ObjectMapper mapper) {
        this.orchestrator = orchestrator;
        this.reports = reports;
        this.plans = plans;
        this.config = config;
        this.mapper = mapper;
    }

    /// For what is started most: the event loop reads the request and writes the answer by itself,
    /// so that nothing passes between it and the thread that waits for the run but these two.
    Uni<Response> onItsOwnThread(Supplier<Asked> asked) {
        return Uni.createFrom().item(() -> start(asked.get())).runSubscriptionOn(threads);
    }

    /// What one request asked for.
    record Asked(
            @Nullable String workflow,
            @Nullable Source definition,
            int revision,
            Map<String, @Nullable Object> inputs,
            Map<String, String> labels,
            int priority,
            @Nullable String client,
            @Nullable String idempotencyKey,
            @Nullable String atMost,
            @Nullable String dryRun) {}

    /// The field of both kinds of start.
    static int priority(JsonBody body) {
        return body.whole(
                "priority", -MainOrchestrator.MOST_PRIORITY, MainOrchestrator.MOST_PRIORITY, 0);
    }

    Response start(Asked asked) {
        if (Query.flag("dryRun", asked.dryRun)) {
            return Response.ok(plans.of(request(asked))).build();
        }
        var wait = Query.duration("wait", asked.atMost, config.longestWait());
        checkKey(asked.idempotencyKey);
        return answer(orchestrator.start(request(asked)), wait);
    }

    private static StartRun request(Asked asked) {
        return new StartRun(
                asked.workflow,
                asked.definition,
                asked.revision,
                asked.inputs,
                asked.labels,
                COMMAND_LINE.equals(asked.client) ? COMMAND_LINE : "api",
                Map.of(),
                null,
                asked.idempotencyKey,
                asked.priority);
    }

    /// Starts something that is made in another way, with the same answers.
    Response start(
            @Nullable String idempotencyKey,
            @Nullable String atMost,
            Function<@Nullable String, MainOrchestrator.Started> starting) {
        var wait = Query.duration("wait", atMost, config.longestWait());
        checkKey(idempotencyKey);
        return answer(starting.apply(idempotencyKey), wait);
    }

    /// The run is on disk. What becomes of questions about it refuses it no more: who is told to
    /// come later would start another one.
    private Response answer(MainOrchestrator.Started started, Duration wait) {
        var waits = wait.compareTo(Duration.ZERO) > 0;
        if (waits) {
            await(started.run(), wait);
        }
        return reports.reportOfStored(started.run())
                .map(run -> answer(run, started.replayed(), waits))
                .orElseGet(() -> unread(Ids.text(started.run())));
    }

    private void await(long run, Duration atMost) {
        try {
            orchestrator.await(run, atMost);
        } catch (Refusal.Unavailable away) {
            LOG.debugf("Run %s is stored, and not awaited: %s", run, away.sentence());
        }
    }

    private Response unread(String run) {
        var note = "The run is stored. More can't be read at the moment: the database is away.";
        return Response.accepted(json(new Stored(run, note)))
                .header(HttpHeaders.LOCATION, "/api/runs/" + run)
                .build();
    }

    /// What a start is answered with where nothing more can be read.
    @RegisterForReflection
    record Stored(String id, String note) {}

    private Response answer(RunReport run, boolean replayed, boolean waited) {
        var status = replayed || waited && run.state().terminal() ? 200 : 202;
        var answer =
                Response.status(status)
                        .header(HttpHeaders.LOCATION, "/api/runs/" + run.id())
                        .entity(json(run));
        if (replayed) {
            answer.header("Idempotent-Replayed", "true");
        }
        return answer.build();
    }

    private byte[] json(Object answer) {
        try {
            return mapper.writeValueAsBytes(answer);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void checkKey(@Nullable String key) {
        if (key == null) {
            return;
        }
        var printable = key.chars().allMatch(sign -> sign > ' ' && sign <= '~');
        if (key.isEmpty() || key.length() > LONGEST_KEY || !printable) {
            throw Query.bad(
                    "Idempotency-Key must be 1 to 255 printable ASCII characters without spaces.");
        }
    }
}
