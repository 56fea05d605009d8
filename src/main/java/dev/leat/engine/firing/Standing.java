package dev.leat.engine.firing;

import dev.leat.store.Json;
import dev.leat.store.TriggerState;
import dev.leat.workflow.TriggerSpec;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Where a trigger stands in this process. It lasts while the definition says the same of when the
/// trigger fires, however often it is read: what was read is old by the time it is here, as fires
/// are settled and people steer meanwhile.
final class Standing {

    private final ReentrantLock turn = new ReentrantLock();
    private volatile TriggerState state;
    private long changedAt = System.nanoTime();

    Standing(TriggerState state) {
        this.state = state;
    }

    /// What was read, or what there was before with what was read.
    ///
    /// @param before the same trigger until now; null where there was none
    /// @param asOf a [System#nanoTime] from before the reading
    static Standing of(@Nullable Standing before, TriggerState stored, long asOf) {
        if (before == null || !before.state.hash().equals(stored.hash())) {
            return new Standing(stored);
        }
        before.read(stored, asOf);
        return before;
    }

    private synchronized void read(TriggerState stored, long asOf) {
        var latest = changedAt - asOf > 0 ? state : stored;
        state = latest.settled(state.settledUntil()).settled(stored.settledUntil());
    }

    TriggerState state() {
        return state;
    }

    /// It is paused, or goes on.
    synchronized void change(TriggerState now) {
        state = now.settled(state.settledUntil());
        changedAt = System.nanoTime();
    }

    /// Its fires up to the moment are in the ledger.
    synchronized void settled(Instant until) {
        state = state.settled(until);
    }

    /// Its fires are settled one after the other.
    ReentrantLock turn() {
        return turn;
    }

    /// Of what says when it fires; other words may change without its fires being others.
    static String hash(TriggerSpec spec) {
        var said = new LinkedHashMap<String, @Nullable Object>(spec.settings());
        said.put("type", spec.type());
        said.put("startAt", text(spec.startAt()));
        said.put("endAt", text(spec.endAt()));
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of()
                    .formatHex(digest.digest(Json.write(said).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static @Nullable String text(@Nullable Instant moment) {
        return moment == null ? null : moment.toString();
    }
}
