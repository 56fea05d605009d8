package dev.leat.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.leat.engine.report.RunReport;
import dev.leat.engine.report.TaskReport;
import dev.leat.store.RunLogs;
import dev.leat.task.LogKind;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// What the run addresses take and answer.
final class RunBodies {

    private static final String PRIORITY =
            "From -100 to 100: larger goes first where runs wait; 0 by default.";

    private RunBodies() {}

    @RegisterForReflection
    @Schema(name = "StartRun", description = "A run to start. Everything may be left out.")
    record StartBody(
            @Schema(description = "Held against the workflow's input schema; defaults fill in.")
                    Map<String, @Nullable Object> inputs,
            @Schema(description = "For finding the run again; values are text.")
                    Map<String, String> labels,
            @Schema(description = "The number of a revision; the current one by default.")
                    int revision,
            @Schema(description = PRIORITY) int priority) {}

    @RegisterForReflection
    @Schema(
            name = "StartOneOff",
            description = "A run of a text that doesn't become a workflow of the list.")
    record OneOffBody(
            @Schema(
                            description = "The workflow: a JSON object, or JSON or YAML as text.",
                            required = true)
                    Object definition,
            @Schema(description = "Of a definition given as text: `json` or `yaml`; guessed.")
                    @Nullable String format,
            Map<String, @Nullable Object> inputs,
            Map<String, String> labels,
            @Schema(description = PRIORITY) int priority) {}

    @RegisterForReflection
    @Schema(name = "CancelRun")
    record CancelBody(@Schema(description = "Why; shown with the run.") @Nullable String reason) {}

    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "RunPage", description = "Runs, newest first.")
    record RunPage(
            List<RunReport> runs,
            @Schema(description = "The address of the next page; none on the last one.")
                    @Nullable String next) {}

    @RegisterForReflection
    @Schema(name = "TaskList")
    record TaskList(String run, List<TaskReport> tasks) {}

    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "TaskDetail", description = "A task of a run with its attempts and output.")
    record TaskDetail(
            String run,
            TaskReport task,
            @Schema(description = "Left out where there is none, or where it is large.")
                    @Nullable Object output,
            @Schema(description = "The output's size as JSON.") @Nullable Integer outputBytes,
            @Schema(description = "The output's own address.") @Nullable String outputUrl) {}

    @RegisterForReflection
    @Schema(name = "LogLine")
    record LogLine(
            @Schema(description = "In the run, from 1, in the order the lines came.") long number,
            Instant at,
            String task,
            int attempt,
            LogKind kind,
            String text) {

        static LogLine of(RunLogs.Line line) {
            return new LogLine(
                    line.number(),
                    line.at(),
                    line.task(),
                    line.attempt(),
                    line.kind(),
                    line.text());
        }
    }

    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "LogPage")
    record LogPage(
            List<LogLine> lines,
            @Schema(description = "The address of what comes after; none where nothing does yet.")
                    @Nullable String next,
            @Schema(description = "How many lines fit in all; none where all are wanted.")
                    @Nullable Integer hits,
            @Schema(description = "The last line that `hits` counts to; none where it counts all.")
                    @Nullable Long searchedTo) {}
}
