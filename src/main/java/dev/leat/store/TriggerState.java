package dev.leat.store;

import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Where a trigger of a workflow's current revision stands.
///
/// @param hash of what the definition says of it
/// @param revision that said so first
/// @param settledUntil where it fires by the clock: each of its fires up to this moment is in the
/// ledger, or was before its time
/// @param countedFrom runs that it started before this don't count where it looks whether they fail
public record TriggerState(
        String workflow,
        String trigger,
        String hash,
        long revision,
        Instant settledUntil,
        Instant countedFrom,
        @Nullable Pause pause) {

    static final String COLUMNS =
            """
            s.workflow, s.trigger_id, s.hash, s.revision, s.settled_until, s.counted_from, s.paused_at, s.paused_by,
            s.paused_why, s.trial_at, s.trial_run""";

    /// @param by who; null where they didn't say
    /// @param trialAt where it paused itself: when it tries a single run; null where only people
    /// can end it
    /// @param trialRun the run that it tries
    public record Pause(
            Instant at,
            @Nullable String by,
            @Nullable String why,
            @Nullable Instant trialAt,
            @Nullable Long trialRun) {}

    public TriggerState paused(@Nullable Pause now) {
        return new TriggerState(workflow, trigger, hash, revision, settledUntil, countedFrom, now);
    }

    /// It goes on, and its runs so far don't count any more.
    public TriggerState resumed(Instant now) {
        return new TriggerState(workflow, trigger, hash, revision, settledUntil, now, null);
    }

    /// The moment up to which its fires are settled never goes back.
    public TriggerState settled(Instant until) {
        var latest = until.isAfter(settledUntil) ? until : settledUntil;
        return new TriggerState(workflow, trigger, hash, revision, latest, countedFrom, pause);
    }

    /// @param row with [#COLUMNS]
    static TriggerState read(Columns row) throws SQLException {
        return new TriggerState(
                row.text(),
                row.text(),
                row.text(),
                row.number(),
                Micros.instant(row.number()),
                Micros.instant(row.number()),
                pause(
                        row.numberOrNull(),
                        row.textOrNull(),
                        row.textOrNull(),
                        row.numberOrNull(),
                        row.numberOrNull()));
    }

    private static @Nullable Pause pause(
            @Nullable Long at,
            @Nullable String by,
            @Nullable String why,
            @Nullable Long trialAt,
            @Nullable Long trialRun) {
        return at == null
                ? null
                : new Pause(
                        Micros.instant(at),
                        by,
                        why,
                        trialAt == null ? null : Micros.instant(trialAt),
                        trialRun);
    }
}
