package dev.leat.store;

import dev.leat.store.database.Database;
import dev.leat.store.database.DatabaseKind;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/// What nodes tell one another, so that none of them has to look all the time. A message comes with
/// the commit that it tells of, or not at all: whoever waits for one looks by itself now and then.
@ApplicationScoped
public class Signals {

    static final String CHANNEL = "leat";
    static final String WORK = "work";
    static final String POOL = "pool";
    static final String DOCUMENT = "document";

    private static final String ENDED = "ended:";
    private static final String ANSWER = "answer:";
    private static final String CANCEL = "cancel:";
    private static final String ASKED = "asked:";
    private static final String WORKFLOW = "workflow:";

    /// PostgreSQL takes fewer than 8,000 bytes.
    private static final int LONGEST = 7_000;
    private static final Logger LOG = Logger.getLogger(Signals.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Database database;
    private final Membership membership;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final List<Runnable> documents = new CopyOnWriteArrayList<>();
    private volatile boolean stopping;
    private volatile @Nullable Connection connection;
    private @Nullable Thread thread;

    Signals(Database database, Membership membership) {
        this.database = database;
        this.membership = membership;
    }

    /// Hears of other nodes, on a thread that must not be kept long.
    public interface Listener {

        /// There are runs that nobody carries, or something was missed.
        void work();

        /// A place in a pool has come free.
        void pool();

        void ended(long run);

        /// Somebody wants the run to end.
        void cancel(long run);

        /// A task of the run that waits has its answer.
        void answer(long run);

        /// Somebody wants something else of the run.
        void asked(long run);

        /// The workflow has another current revision, or none; or its triggers stand elsewhere.
        void workflow(String workflow);
    }

    public void listen(Listener listener) {
        listeners.add(listener);
    }

    /// Told when a calendar or a blackout may be another, on a thread that must not be kept long.
    public void listenForDocuments(Runnable listener) {
        documents.add(listener);
    }

    static String ended(long run) {
        return ENDED + Ids.text(run);
    }

    static String workflow(String workflow) {
        return WORKFLOW + workflow;
    }

    static String answer(long run) {
        return ANSWER + Ids.text(run);
    }

    static String cancel(long run) {
        return CANCEL + Ids.text(run);
    }

    static String asked(long run) {
        return ASKED + Ids.text(run);
    }

    /// All news of some entries, in as few messages as they fit into.
    static List<String> messages(long node, List<JournalEntry> entries) {
        var news = new LinkedHashSet<String>();
        entries.forEach(entry -> news.addAll(entry.news));
        var messages = new ArrayList<String>();
        var text = new StringBuilder();
        for (var word : news) {
            if (text.length() > LONGEST) {
                messages.add(text.toString());
                text.setLength(0);
            }
            text.append(text.isEmpty() ? Ids.text(node) : "").append(' ').append(word);
        }
        if (!text.isEmpty()) {
            messages.add(text.toString());
        }
        return messages;
    }

    void start() {
        if (database.kind() == DatabaseKind.POSTGRESQL) {
            stopping = false;
            thread = Thread.ofPlatform().name("leat-signals").daemon(true).start(this::hear);
        }
    }

    void stop() {
        stopping = true;
        var running = thread;
        thread = null;
        if (running == null) {
            return;
        }
        close();
        LockSupport.unpark(running);
        try {
            running.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void hear() {
        while (!stopping) {
            try {
                var opened = database.openWriter();
                connection = opened;
                try (var statement = opened.createStatement()) {
                    statement.execute("listen " + CHANNEL);
                }
                // Whatever was said while nobody listened.
                listeners.forEach(Listener::work);
                documents.forEach(Runnable::run);
                hear(opened.unwrap(PGConnection.class));
            } catch (SQLException | RuntimeException e) {
                if (!stopping) {
                    LOG.debugf(e, "Other nodes can't be heard at the moment.");
                    close();
                    LockSupport.parkNanos(PAUSE.toNanos());
                }
            }
        }
        close();
    }

    private void hear(PGConnection heard) throws SQLException {
        while (!stopping) {
            // Returns early when something is said.
            var notifications = heard.getNotifications((int) PAUSE.toMillis());
            if (notifications != null) {
                for (var notification : notifications) {
                    understand(notification.getParameter());
                }
            }
        }
    }

    private void understand(String message) {
        var words = message.split(" ");
        if (words[0].equals(Ids.text(membership.node()))) {
            return;
        }
        for (int at = 1; at < words.length; at++) {
            var word = words[at];
            if (word.equals(DOCUMENT)) {
                documents.forEach(Runnable::run);
            }
            for (var listener : listeners) {
                if (word.startsWith(ENDED)) {
                    listener.ended(Ids.parse(word.substring(ENDED.length())));
                } else if (word.startsWith(CANCEL)) {
                    listener.cancel(Ids.parse(word.substring(CANCEL.length())));
                } else if (word.startsWith(ANSWER)) {
                    listener.answer(Ids.parse(word.substring(ANSWER.length())));
                } else if (word.startsWith(ASKED)) {
                    listener.asked(Ids.parse(word.substring(ASKED.length())));
                } else if (word.startsWith(WORKFLOW)) {
                    listener.workflow(word.substring(WORKFLOW.length()));
                } else if (word.equals(POOL)) {
                    listener.pool();
                } else if (word.equals(WORK)) {
                    listener.work();
                }
            }
        }
    }

    private void close() {
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
}
