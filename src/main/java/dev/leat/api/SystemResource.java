package dev.leat.api;

import dev.leat.engine.report.Health;
import dev.leat.engine.report.Health.Trouble;
import dev.leat.store.Journal;
import dev.leat.store.JournalStatistics;
import dev.leat.store.LogSearch;
import dev.leat.store.Membership;
import dev.leat.store.RunState;
import dev.leat.store.RunStore;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/api/system")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "System", description = "This server.")
@RunOnVirtualThread
class SystemResource {

    private static final int MOST_COUNTED = 1_000_000;
    private static final Duration LATELY = Duration.ofHours(24);

    private final String version;
    private final String databaseUrl;
    private final RunStore runs;
    private final Membership membership;
    private final Journal journal;
    private final Health health;
    private final LogSearch search;
    private final InstantSource clock;

    SystemResource(
            @ConfigProperty(name = "quarkus.application.version") String version,
            @ConfigProperty(name = "leat.database.url") String databaseUrl,
            RunStore runs,
            Membership membership,
            Journal journal,
            Health health,
            LogSearch search,
            InstantSource clock) {
        this.version = version;
        this.databaseUrl = databaseUrl;
        this.runs = runs;
        this.membership = membership;
        this.journal = journal;
        this.health = health;
        this.search = search;
        this.clock = clock;
    }

    @GET
    @Operation(operationId = "getSystem", summary = "What this server is and how it is")
    public SystemView get() {
        var started = Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime());
        return new SystemView(
                "Leat",
                version,
                started,
                Duration.between(started, clock.instant()).toMillis(),
                databaseUrl.startsWith("jdbc:postgresql:") ? "PostgreSQL" : "SQLite",
                membership.carrying(),
                runs.waiting(MOST_COUNTED),
                LoadView.of(membership.load()),
                JournalView.of(journal.statistics()),
                IndexView.of(search.status()),
                runs.countsSince(clock.instant().minus(LATELY)),
                health.troubles());
    }

    @RegisterForReflection
    @Schema(name = "System")
    record SystemView(
            String name,
            String version,
            Instant startedAt,
            long uptimeMillis,
            @Schema(description = "`SQLite` or `PostgreSQL`.") String database,
            @Schema(description = "Nodes that carry runs, as far as this one has heard.") int nodes,
            @Schema(description = "Runs that wait for a node or for their turn, on all nodes.")
                    long waitingRuns,
            LoadView load,
            JournalView journal,
            IndexView logIndex,
            @Schema(description = "Runs of the last 24 hours by state.")
                    Map<RunState, Long> runsLately,
            @Schema(description = "What isn't well, and what to do about it; the worst first.")
                    List<Trouble> troubles) {}

    @RegisterForReflection
    @Schema(name = "Load", description = "What this node has to do.")
    record LoadView(
            @Schema(description = "Attempts of tasks that run now.") int runningAttempts,
            @Schema(description = "Attempts that may run at once.") int slots,
            @Schema(description = "Runs in memory; those that sleep and wait are not.")
                    int runsInMemory) {

        static LoadView of(Membership.Load load) {
            return new LoadView(load.running(), load.slots(), load.runs());
        }
    }

    @RegisterForReflection
    @Schema(name = "Journal", description = "How writing to the database goes.")
    record JournalView(
            long transitions,
            long commits,
            long refused,
            long queued,
            @Schema(description = "Why nothing can be written at the moment.")
                    @Nullable String trouble) {

        static JournalView of(JournalStatistics now) {
            return new JournalView(
                    now.transitions(), now.commits(), now.refused(), now.queued(), now.trouble());
        }
    }

    @RegisterForReflection
    @Schema(name = "LogIndex", description = "What makes the logs searchable.")
    record IndexView(
            boolean enabled,
            long bytes,
            @Schema(description = "How many logs have lines that can't be found yet, about.")
                    int behind,
            @Schema(description = "Why it can't be kept at the moment.") @Nullable String trouble) {

        static IndexView of(LogSearch.Status now) {
            return new IndexView(now.enabled(), now.bytes(), now.behind(), now.trouble());
        }
    }
}
