package dev.leat.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.leat.engine.report.BackfillReport;
import dev.leat.engine.report.FireReport;
import dev.leat.engine.report.Moment;
import dev.leat.engine.report.RunReport;
import dev.leat.engine.report.TriggerReport;
import dev.leat.security.ProblemDetail;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// What requests about triggers and their fires send, and what comes back.
final class TriggerBodies {

    private static final String NEXT = "The address of the next page; none on the last one.";

    private TriggerBodies() {}

    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "TriggerList")
    record TriggerList(
            List<TriggerReport> triggers, @Schema(description = NEXT) @Nullable String next) {}

    @RegisterForReflection
    @Schema(name = "ExpectedFires")
    record ExpectedFires(List<Moment> fires) {}

    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "FireList")
    record FireList(List<FireReport> fires, @Schema(description = NEXT) @Nullable String next) {}

    @RegisterForReflection
    @Schema(name = "StartedByFire")
    record FiredBody(
            FireReport fire,
            @Schema(description = "Null where it can't be read at the moment; it is stored.")
                    @Nullable RunReport run) {}

    @RegisterForReflection
    @Schema(name = "FireNow")
    record FireNowBody(
            @Schema(description = "Of the run, instead of what the trigger's inputs give.")
                    Map<String, Object> inputs,
            @Schema(description = "Why; kept in the ledger.") String reason) {}

    @RegisterForReflection
    @Schema(name = "BackfillAsked")
    record BackfillBody(
            @Schema(required = true) String workflow,
            @Schema(required = true) String trigger,
            @Schema(
                            description =
                                    "The first moment that counts: with offset, or a date for the"
                                            + " start of that day in UTC.",
                            required = true)
                    String from,
            @Schema(description = "The first that doesn't any more.", required = true) String to,
            @Schema(description = "How many of its runs may be unfinished; 1 if left out.")
                    int atOnce,
            @Schema(description = "Why; kept with it.") String reason) {}

    @RegisterForReflection
    @Schema(name = "BackfillPreview")
    record BackfillPreview(int total, int skipped, List<Moment> fires) {}

    @RegisterForReflection
    @Schema(name = "BackfillList")
    record BackfillList(List<BackfillReport> backfills) {}

    @RegisterForReflection
    @Schema(name = "BackfillCancel")
    record BackfillCancelBody(
            @Schema(description = "Whether the runs that go on are cancelled, too.") boolean runs,
            @Schema(description = "Why; kept with it.") String reason) {}

    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "SchedulePreview")
    record SchedulePreview(
            boolean valid,
            @Schema(description = "What it does, in words.") @Nullable String sentence,
            List<Moment> next,
            List<ProblemDetail.Item> problems) {}

    @RegisterForReflection
    @Schema(name = "WhatIfAsked")
    record WhatIfBody(
            @Schema(required = true) String workflow,
            @Schema(required = true) String trigger,
            @Schema(description = "Instead of what it has.", required = true) String cron,
            @Schema(description = "From now on; 7 if left out.") int days) {}
}
