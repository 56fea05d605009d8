package dev.leat.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/// A process that carries runs, or did. Written by [Membership] alone.
@Entity
@Table(name = "node")
public class Node {

    @Id public long id;

    /// The data directory it holds.
    @Column(name = "home", nullable = false)
    public String home;

    @Column(name = "name", nullable = false)
    public String name;

    @Column(name = "url")
    public @Nullable String url;

    @Column(name = "version", nullable = false)
    public String version;

    @Enumerated(EnumType.STRING)
    @Column(name = "state", nullable = false)
    public State state;

    /// Attempts that may run at once.
    @Column(name = "slots", nullable = false)
    public int slots;

    /// Attempts that ran when it was last heard of.
    @Column(name = "running", nullable = false)
    public int running;

    /// Runs that it had in memory when it was last heard of.
    @Column(name = "runs", nullable = false)
    public int runs;

    @Column(name = "started_at", nullable = false)
    public long startedAt;

    @Column(name = "seen_at", nullable = false)
    public long seenAt;

    /// Null where nobody else could take over.
    @Column(name = "lease_until")
    public @Nullable Long leaseUntil;

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
