package dev.leat.engine.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// What the triggers that go by the clock are expected to start, and when runs are expected to
/// meet.
///
/// @param triggers by workflow, without those that are paused or disabled; where there are too
/// many, those with the fewest fires
/// @param left how many triggers with fires aren't listed; they are counted all the same
/// @param fires how many runs are expected to start
/// @param peak the most runs that are expected to start or go on in one half hour
/// @param halfHours those in which something is expected, in order
/// @param busiest the half hours with the most runs, the worst first
/// @param free the longest stretches in which no run is expected, the longest first
/// @param paused triggers that would fire if nobody held them up, as `workflow/trigger`
/// @param complete false where there are so many fires that the later ones are estimated
@RegisterForReflection
@Schema(name = "Forecast")
public record Forecast(
        Instant from,
        Instant to,
        List<Line> triggers,
        int left,
        long fires,
        int peak,
        List<HalfHour> halfHours,
        List<HalfHour> busiest,
        List<Window> free,
        List<String> paused,
        boolean complete) {

    /// @param median milliseconds that its workflow's latest successful runs took; null where there
    /// are none
    /// @param runs how many runs that median is of
    /// @param total how many runs it is expected to start
    /// @param every where it fires often: about how far apart, such as `1m`
    /// @param fires the first of them
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "ForecastTrigger")
    public record Line(
            String workflow,
            String trigger,
            String sentence,
            @Nullable Long median,
            int runs,
            long total,
            @Nullable String every,
            List<Moment> fires) {}

    /// @param starts how many runs are expected to start in it
    /// @param going how many are expected to go on at some moment of it
    /// @param workflows of how many workflows
    @RegisterForReflection
    @Schema(name = "ForecastHalfHour")
    public record HalfHour(Instant at, int starts, int going, int workflows) {}

    @RegisterForReflection
    @Schema(name = "ForecastWindow")
    public record Window(Instant from, Instant to) {}

    /// What would be otherwise if a trigger had another cron expression.
    ///
    /// @param forecast with the change
    /// @param firesBefore of the trigger
    /// @param firesAfter of the trigger
    /// @param peakBefore of all
    /// @param peakAfter of all
    /// @param meetingsBefore half hours in which its runs meet those of other workflows
    /// @param meetingsAfter the same with the change
    @RegisterForReflection
    @Schema(name = "WhatIf")
    public record WhatIf(
            String workflow,
            String trigger,
            String sentenceBefore,
            String sentenceAfter,
            long firesBefore,
            long firesAfter,
            int peakBefore,
            int peakAfter,
            int meetingsBefore,
            int meetingsAfter,
            Forecast forecast) {}
}
