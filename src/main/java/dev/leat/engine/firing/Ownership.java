package dev.leat.engine.firing;

import dev.leat.store.Membership;
import dev.leat.store.TriggerStore;
import jakarta.inject.Singleton;
import java.util.List;

/// Which node sees to which trigger: each live one to its share. Where two think it is theirs for a
/// moment, the ledger lets only one of them fire; so this saves work, and decides nothing.
@Singleton
public final class Ownership {

    private static final long MIX = 0x9E37_79B9_7F4A_7C15L;

    private final Membership membership;
    private final TriggerStore store;
    private volatile List<Long> nodes = List.of();

    Ownership(Membership membership, TriggerStore store) {
        this.membership = membership;
        this.store = store;
    }

    /// Looks who is there.
    ///
    /// @return whether others are there than the last time
    public boolean look() {
        var before = nodes;
        var self = membership.draining() ? 0 : membership.node();
        if (self == 0) {
            nodes = List.of();
        } else if (membership.shared()) {
            nodes = store.liveNodes();
        } else {
            nodes = List.of(self);
        }
        return !nodes.equals(before);
    }

    /// Whether there may be other nodes.
    public boolean shared() {
        return membership.shared();
    }

    /// Whether this node sees to it now.
    public boolean has(Armed trigger) {
        return has(trigger.key().hashCode());
    }

    boolean has(long what) {
        var best = 0L;
        var score = Long.MIN_VALUE;
        for (long node : nodes) {
            var mixed = mix(mix(node) ^ what * MIX);
            if (best == 0 || mixed > score) {
                best = node;
                score = mixed;
            }
        }
        return best != 0 && best == membership.node() && !membership.draining();
    }

    private static long mix(long value) {
        var mixed = (value ^ value >>> 30) * 0xBF58_476D_1CE4_E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D0_49BB_1331_11EBL;
        return mixed ^ mixed >>> 31;
    }
}
