package dev.leat.store;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/// What people did with runs, for those who ask. Reads only: the [Journal] writes.
@ApplicationScoped
public class OperationStore {

    /// What is left is told the next time.
    private static final int MOST_ASKED = 1_000;

    private static final String OPERATION = "select " + Operation.COLUMNS + " from operation o ";

    private final Reads reads;

    OperationStore(Reads reads) {
        this.reads = reads;
    }

    public Optional<Operation> operation(long id) {
        return reads.first(OPERATION + "where o.id = ?", Operation::read, id);
    }

    /// All of a run, oldest first.
    ///
    /// @param after only operations with a larger id; 0 for the first page
    public List<Operation> of(long run, long after, int limit) {
        return reads.list(
                OPERATION + "where o.run = ? and o.id > ? order by o.id limit ?",
                Operation::read,
                run,
                after,
                limit);
    }

    /// Those of a run that wait for whoever carries it, oldest first.
    public List<Operation> asked(long run) {
        return reads.list(
                OPERATION + "where o.run = ? and o.state = 'ASKED' order by o.id",
                Operation::read,
                run);
    }

    /// The runs of a node that something was asked of.
    public List<Long> askedOf(long node) {
        return reads.list(
                """
                select distinct o.run from operation o join run r on r.id = o.run
                where o.state = 'ASKED' and r.owner = ? order by o.run limit ?""",
                Columns::number,
                node,
                MOST_ASKED);
    }
}
