package dev.leat.store;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/// The nodes, for those who ask. Reads only: [Membership] writes.
@ApplicationScoped
public class NodeStore {

    private final Reads reads;

    NodeStore(Reads reads) {
        this.reads = reads;
    }

    /// Those that carry runs, and the latest that did, newest first.
    public List<Node> latest(int limit) {
        return reads.list(
                "select "
                        + Node.COLUMNS
                        + """
                           from node
                          order by case when state in ('LIVE', 'DRAINING') then 0 else 1 end, id desc limit ?""",
                Node::new,
                limit);
    }

    public Optional<Node> node(long id) {
        return reads.first("select " + Node.COLUMNS + " from node where id = ?", Node::new, id);
    }

    /// How many unfinished runs a node has.
    public long runsOf(long node) {
        return reads.first(
                        """
                        select count(*) from run where owner = ? and state in ('QUEUED', 'RUNNING', 'PAUSED')""",
                        Columns::number,
                        node)
                .orElse(0L);
    }
}
