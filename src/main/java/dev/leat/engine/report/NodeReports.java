package dev.leat.engine.report;

import dev.leat.store.Ids;
import dev.leat.store.ListedRun;
import dev.leat.store.Membership;
import dev.leat.store.Node;
import dev.leat.store.Node.State;
import dev.leat.store.NodeStore;
import dev.leat.store.RunStore;
import dev.leat.task.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// Tells which nodes there are and who carries what.
@ApplicationScoped
public class NodeReports {

    private final NodeStore nodes;
    private final RunStore runs;
    private final Membership membership;
    private final InstantSource clock;

    NodeReports(NodeStore nodes, RunStore runs, Membership membership, InstantSource clock) {
        this.nodes = nodes;
        this.runs = runs;
        this.membership = membership;
        this.clock = clock;
    }

    /// Those that carry runs, and then the latest that did; newest first.
    public List<NodeReport> latest(int limit) {
        return nodes.latest(limit).stream().map(this::report).toList();
    }

    /// @throws Refusal.NotFound for any text that names none
    public NodeReport node(String id) {
        return nodes.node(Ids.parse(id))
                .map(this::report)
                .orElseThrow(
                        () ->
                                new Refusal.NotFound(
                                        "There is no node '%s'.".formatted(Texts.shown(id))));
    }

    /// Unfinished runs that a node carries, oldest first.
    ///
    /// @param after only runs with a larger id; 0 for the first page
    public List<ListedRun> runs(NodeReport node, long after, int limit) {
        return runs.carriedBy(Ids.parse(node.id()), after, limit);
    }

    /// How people call a node: by its name, or where that isn't known any more by its id.
    public String name(String id) {
        return nodes.node(Ids.parse(id)).map(node -> node.name).orElse(id);
    }

    private NodeReport report(Node node) {
        var self = node.id == membership.node();
        // A node alone with its database says nothing to its row, and the row of this one is late.
        var now = self ? membership.load() : null;
        var state = state(node, self);
        return new NodeReport(
                Ids.text(node.id),
                node.name,
                node.url == null && self ? membership.url() : node.url,
                node.version,
                state,
                now == null ? node.slots : now.slots(),
                now == null ? node.running : now.running(),
                state.carrying() ? nodes.runsOf(node.id) : 0,
                Times.instant(node.startedAt),
                self ? clock.instant().truncatedTo(ChronoUnit.MICROS) : Times.instant(node.seenAt),
                Times.instant(node.leaseUntil),
                self);
    }

    /// Whoever holds an embedded database is alone with it: all others are gone, whatever they said
    /// last.
    private State state(Node node, boolean self) {
        if (self && membership.draining()) {
            return State.DRAINING;
        }
        return node.state.carrying() && !self && !membership.shared() ? State.LOST : node.state;
    }
}
