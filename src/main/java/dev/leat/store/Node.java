package dev.leat.store;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// A process that carries runs, or did. Written by [Membership] alone.
public final class Node {

    static final String COLUMNS =
            "id, home, name, url, version, state, slots, running, runs, started_at, seen_at, lease_until";

    public final long id;

    /// The data directory it holds.
    public final String home;

    public final String name;

    public final @Nullable String url;

    public final String version;

    public final State state;

    /// Attempts that may run at once.
    public final int slots;

    /// Attempts that ran when it was last heard of.
    public final int running;

    /// Runs that it had in memory when it was last heard of.
    public final int runs;

    public final long startedAt;

    public final long seenAt;

    /// Null where nobody else could take over.
    public final @Nullable Long leaseUntil;

    /// @param row with [#COLUMNS]
    Node(Columns row) throws SQLException {
        id = row.number();
        home = row.text();
        name = row.text();
        url = row.textOrNull();
        version = row.text();
        state = State.valueOf(row.text());
        slots = row.integer();
        running = row.integer();
        runs = row.integer();
        startedAt = row.number();
        seenAt = row.number();
        leaseUntil = row.numberOrNull();
    }

    public enum State {
        LIVE,
        /// Takes nothing new, and hands over what it has.
        DRAINING,
        STOPPED,
        /// Its lease ran out, and its runs went to others.
        LOST;

        public boolean carrying() {
            return this == LIVE || this == DRAINING;
        }
    }
}
