package dev.leat.store;

import dev.leat.store.NodeTable.Self;
import dev.leat.store.database.Database;
import dev.leat.store.database.DatabaseKind;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// This process as one of the nodes that share a database.
///
/// On PostgreSQL a node holds a lease, by the database's clock, which a thread with a connection
/// of its own renews. A node that can't renew gives itself up while its lease still runs, stops
/// what it carries, and comes back as another node. A node whose lease has run out is fenced by
/// the others: in one transaction its runs become anybody's, and whatever it still writes is
/// refused, because each of its transactions looks at its row first. So two nodes can't both write
/// of one run, however wrong their clocks or long their pauses.
///
/// With SQLite there is one process, and the lock on its data directory is its lease.
@ApplicationScoped
public class Membership implements Fence {

    private static final Logger LOG = Logger.getLogger(Membership.class);

    /// Of a lease: after this share without a renewal a node gives itself up.
    private static final double TRUSTED = 2.0 / 3;

    /// Of the time between renewals: one that fails is tried again so soon while the lease runs.
    private static final int SOONER = 10;

    private final Database database;
    private final DataDirectory directory;
    private final ClusterConfig config;
    private final Ids ids;
    private final String version;
    private final boolean takesOver;
    private final NodeTable table;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

    private volatile long node;
    private volatile long heldUntil;
    private volatile int peers;
    private volatile boolean stopping;
    private volatile boolean draining;
    private volatile boolean settled = true;
    private volatile @Nullable String url;
    private volatile Supplier<Load> load = () -> new Load(0, 0, 0);
    private String home = "";
    private @Nullable Thread renewing;
    private @Nullable Thread watching;

    /// Used by the thread that renews, and before and after it by the one that opens and closes.
    private @Nullable Connection connection;

    Membership(
            Database database,
            DataDirectory directory,
            ClusterConfig config,
            Ids ids,
            @ConfigProperty(name = "quarkus.application.version") String version,
            @ConfigProperty(name = "leat.engine.resume", defaultValue = "true") boolean takesOver) {
        this.database = database;
        this.directory = directory;
        this.config = config;
        this.ids = ids;
        this.version = version;
        this.takesOver = takesOver;
        this.table = new NodeTable(database.kind());
    }

    /// What a node has to do, as others see it.
    ///
    /// @param slots attempts that may run at once
    /// @param running attempts that do
    /// @param runs in memory
    public record Load(int slots, int running, int runs) {}

    /// Hears what becomes of this node.
    public interface Listener {

        /// The node has lost what it carried: it must have stopped all of it when this returns,
        /// and nothing that it writes any more is kept.
        ///
        /// @param left until others may start the same
        void lost(String why, Duration left);

        /// There may be runs that nobody carries.
        void workIsLeft();
    }

    @Override
    public long node() {
        return node;
    }

    @Override
    public boolean shared() {
        return database.kind() == DatabaseKind.POSTGRESQL;
    }

    @Override
    public boolean heard() {
        return peers > 0;
    }

    /// How many other nodes there are.
    public int peers() {
        return peers;
    }

    /// How many nodes carry runs, this one included while it does.
    public int carrying() {
        return peers + (holds() ? 1 : 0);
    }

    /// Whether this process may carry runs now.
    public boolean holds() {
        return node != 0;
    }

    public boolean draining() {
        return draining;
    }

    public void listen(Listener listener) {
        listeners.add(listener);
    }

    /// Where this node answers, for people.
    public void url(String address) {
        url = address;
        wake();
    }

    /// Where this node answers; null where it doesn't.
    public @Nullable String url() {
        return url;
    }

    /// What this node has to do at this moment.
    public Load load() {
        return load.get();
    }

    /// What the node's row says from the next renewal on.
    public void load(Supplier<Load> now) {
        load = now;
    }

    /// Makes this process a node, once it holds its data directory: whoever held that before is
    /// gone, and what it carried is up for others.
    void join() throws SQLException {
        home = directory.home();
        stopping = false;
        draining = false;
        register();
        if (shared()) {
            renewing = thread("leat-lease", this::renewForEver);
            watching = thread("leat-lease-watch", this::watchForEver);
        } else {
            disconnect();
        }
    }

    /// Takes nothing new from now on.
    public void drain() {
        draining = true;
        wake();
    }

    /// Hands over what is left. Nothing is written in this node's name afterwards.
    void leave() {
        stopping = true;
        wake();
        join(renewing);
        join(watching);
        var left = node;
        node = 0;
        if (left == 0) {
            return;
        }
        try {
            table.leave(connect(), left);
        } catch (SQLException e) {
            LOG.warnf(
                    "The node can't say that it stops (%s); others find out when its lease ends.",
                    e.getMessage());
        } finally {
            disconnect();
        }
    }

    @Override
    public void lost(long which, String why) {
        if (giveUp(which)) {
            LOG.errorf("This node has lost its runs: %s. It stops what it carries.", why);
            thread("leat-fenced", () -> stopEverything(why));
        }
    }

    private synchronized boolean giveUp(long which) {
        if (node == 0 || node != which) {
            return false;
        }
        node = 0;
        settled = false;
        return true;
    }

    private void stopEverything(String why) {
        try {
            var left = config.lease().minusNanos((long) (config.lease().toNanos() * TRUSTED));
            listeners.forEach(listener -> listener.lost(why, left));
        } finally {
            settled = true;
            wake();
        }
    }

    private void register() throws SQLException {
        var sent = System.nanoTime();
        var self = self(ids.next());
        var link = connect();
        table.insert(link, self, shared() ? config.lease() : Duration.ZERO);
        if (takesOver) {
            for (var predecessor : table.predecessors(link, self)) {
                fence(link, predecessor, false);
            }
        }
        peers = shared() ? table.peers(link, self.id()) : 0;
        trust(sent);
        node = self.id();
    }

    private void renewForEver() {
        while (!stopping) {
            var pause = config.renew();
            try {
                if (node != 0) {
                    renew(node);
                } else if (settled) {
                    register();
                    LOG.info("This node is back.");
                    listeners.forEach(Listener::workIsLeft);
                }
            } catch (SQLException | RuntimeException e) {
                LOG.debugf(e, "The lease can't be renewed at the moment.");
                disconnect();
                if (node != 0) {
                    pause = pause.dividedBy(SOONER);
                }
            }
            LockSupport.parkNanos(pause.toNanos());
        }
    }

    private void renew(long self) throws SQLException {
        var sent = System.nanoTime();
        var link = connect();
        if (!table.renew(link, self(self), config.lease())) {
            lost(self, "other nodes have not heard of it for longer than its lease");
            return;
        }
        trust(sent);
        if (draining) {
            table.drain(link, self);
        }
        var before = peers;
        for (var expired : takesOver ? table.expired(link) : List.<Long>of()) {
            fence(link, expired, true);
        }
        peers = table.peers(link, self);
        if (peers != before) {
            LOG.infof("There are %d nodes now.", peers + 1);
        }
    }

    private void fence(Connection link, long other, boolean onlyExpired) throws SQLException {
        var freed = table.fence(link, other, onlyExpired);
        if (freed >= 0) {
            LOG.infof("Node %s is gone; %d runs of it are taken up.", Ids.text(other), freed);
            listeners.forEach(Listener::workIsLeft);
        }
    }

    private void watchForEver() {
        while (!stopping) {
            var left = heldUntil - System.nanoTime();
            if (node != 0 && left <= 0) {
                lost(node, "its lease could not be renewed in time");
            }
            LockSupport.parkNanos(Math.max(1_000_000, Math.min(left, config.renew().toNanos())));
        }
    }

    /// The lease counts from before the question, by a clock that nobody can set.
    private void trust(long sent) {
        heldUntil = sent + (long) (config.lease().toNanos() * TRUSTED);
    }

    private Self self(long id) {
        var now = load.get();
        return new Self(id, home, name(), url, version, now.slots(), now.running(), now.runs());
    }

    private String name() {
        return config.nodeName().orElseGet(DataDirectory::machine);
    }

    private Connection connect() throws SQLException {
        var known = connection;
        if (known != null) {
            return known;
        }
        var opened = database.openLease(config.lease());
        connection = opened;
        return opened;
    }

    private void disconnect() {
        var known = connection;
        connection = null;
        try {
            if (known != null) {
                known.close();
            }
        } catch (SQLException _) {
            // It is given up because it is broken, or because Leat stops.
        }
    }

    private void wake() {
        LockSupport.unpark(renewing);
        LockSupport.unpark(watching);
    }

    private static Thread thread(String name, Runnable work) {
        return Thread.ofPlatform().name(name).daemon(true).start(work);
    }

    private static void join(@Nullable Thread thread) {
        try {
            if (thread != null) {
                thread.join();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
