package dev.leat.store;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.List;
import java.util.Optional;

/// The nodes, for those who ask. Reads only: [Membership] writes.
@ApplicationScoped
@Transactional(TxType.REQUIRES_NEW)
public class NodeStore implements PanacheRepositoryBase<Node, Long> {

    /// Those that carry runs, and the latest that did, newest first.
    public List<Node> latest(int limit) {
        return find("from Node order by case when state in ('LIVE', 'DRAINING') then 0 else 1 end, id desc")
                .page(0, limit)
                .list();
    }

    public Optional<Node> node(long id) {
        return findByIdOptional(id);
    }

    /// How many unfinished runs a node has.
    public long runsOf(long node) {
        return ((Number)
                        getEntityManager()
                                .createNativeQuery(
                                        """
                                        select count(*) from run where owner = :node
                                            and state in ('QUEUED', 'RUNNING', 'PAUSED')""")
                                .setParameter("node", node)
                                .getSingleResult())
                .longValue();
    }
}
