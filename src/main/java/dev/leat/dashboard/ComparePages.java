package dev.leat.dashboard;

import dev.leat.engine.report.RunComparison;
import dev.leat.engine.report.RunComparisons;
import dev.leat.store.Json;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/// Two runs side by side.
@Path("/runs/{run}/compare")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
class ComparePages {

    private static final int LONGEST = 200;

    private final RunComparisons comparisons;

    ComparePages(RunComparisons comparisons) {
        this.comparisons = comparisons;
    }

    @GET
    public TemplateInstance withSuccess(@RestPath String run) {
        return page(comparisons.withLastSuccess(run));
    }

    @GET
    @Path("/{other}")
    public TemplateInstance get(@RestPath String run, @RestPath String other) {
        return page(comparisons.compare(run, other));
    }

    private static TemplateInstance page(RunComparison found) {
        var changes = new ArrayList<Change>();
        found.inputs().forEach(each -> changes.add(change("input", each)));
        found.outputs().forEach(each -> changes.add(change("output", each)));
        for (var task : found.tasks()) {
            task.output().forEach(each -> changes.add(change("output of " + task.id(), each)));
            var line = task.line();
            if (line != null) {
                changes.add(
                        new Change(
                                "line %d of %s".formatted(line.number(), task.id()),
                                line(line.one()),
                                line(line.other())));
            }
        }
        return new compare(found, changes, found.tasks().stream().map(ComparePages::row).toList());
    }

    private static Change change(String what, RunComparison.Difference difference) {
        return new Change(
                what + " " + difference.path(),
                difference.kind().equals("added") ? "" : shown(Json.write(difference.one())),
                difference.kind().equals("removed") ? "" : shown(Json.write(difference.other())));
    }

    /// Without the codes that colour it in a terminal.
    private static String line(@Nullable String text) {
        return text == null
                ? ""
                : shown(
                        Ansi.spans(text).stream()
                                .map(Ansi.Span::text)
                                .collect(Collectors.joining()));
    }

    private static String shown(@Nullable String text) {
        if (text == null) {
            return "";
        }
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }

    private static Row row(RunComparison.TaskPair pair) {
        return new Row(
                pair.id(),
                pair.one() == null ? "" : Mark.of(pair.one()).word(),
                pair.other() == null ? "" : Mark.of(pair.other()).word(),
                millis(pair.oneMillis()),
                millis(pair.otherMillis()),
                pair.difference() == null ? "" : longer(pair.difference()),
                pair.differs());
    }

    private static String millis(@Nullable Long millis) {
        return millis == null ? "" : Words.took(millis);
    }

    private static String longer(long millis) {
        var sign = millis > 0 ? "+" : "−";
        return millis == 0 ? "0" : sign + Words.took(Math.abs(millis));
    }

    record Change(String where, String one, String other) {}

    record Row(
            String id,
            String one,
            String other,
            String oneTook,
            String otherTook,
            String difference,
            boolean differs) {}

    record compare(RunComparison found, List<Change> changes, List<Row> tasks)
            implements TemplateInstance {}
}
