package dev.leat.engine.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.leat.workflow.schedule.Occurrence;
import dev.leat.workflow.schedule.Occurrence.Mark;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.time.ZoneId;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// A moment at which a trigger is expected to fire.
///
/// @param nominal the moment that it stands for
/// @param due when it is to happen: with its jitter
/// @param local the nominal moment in the trigger's zone, with its offset
/// @param mark how its time came about
/// @param note what is special in it
/// @param skipped it starts no run, for the reason in the note
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "ExpectedFire")
public record Moment(
        Instant nominal,
        Instant due,
        String local,
        Mark mark,
        @Nullable String note,
        boolean skipped) {

    public static Moment of(Occurrence each, ZoneId zone) {
        return of(each, zone, each.note(), each.skipped());
    }

    static Moment of(Occurrence each, ZoneId zone, @Nullable String note, boolean skipped) {
        return new Moment(
                each.nominal(),
                each.due(),
                each.nominal().atZone(zone).toOffsetDateTime().toString(),
                each.mark(),
                note,
                skipped);
    }
}
