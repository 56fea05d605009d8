package dev.leat.store;

import dev.leat.store.database.Database;
import dev.leat.store.database.Tables;
import dev.leat.task.Refusal;
import io.quarkus.runtime.PreventFurtherStepsException;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.sql.SQLException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.flywaydb.core.api.FlywayException;
import org.jboss.logging.Logger;

/// Opens what is kept before anything else starts, and closes it after everything else has
/// stopped.
///
/// Commands that need nothing of it set `leat.store.open-at-start=false`; they may call [#open]
/// later.
@Singleton
public class Store {

    private static final Logger LOG = Logger.getLogger(Store.class);
    private static final int FIRST = Interceptor.Priority.PLATFORM_BEFORE + 100;
    private static final int LAST = Interceptor.Priority.PLATFORM_AFTER + 100;
    private static final int COULD_NOT_START = 2;

    private final DataDirectory directory;
    private final Database database;
    private final Tables tables;
    private final Journal journal;
    private final RunLogs logs;
    private final LogIndexer indexer;
    private final Membership membership;
    private final Signals signals;
    private final boolean openAtStart;
    private boolean open;

    Store(
            DataDirectory directory,
            Database database,
            Tables tables,
            Journal journal,
            RunLogs logs,
            LogIndexer indexer,
            Membership membership,
            Signals signals,
            @ConfigProperty(name = "leat.store.open-at-start", defaultValue = "true")
                    boolean openAtStart) {
        this.directory = directory;
        this.database = database;
        this.tables = tables;
        this.journal = journal;
        this.logs = logs;
        this.indexer = indexer;
        this.membership = membership;
        this.signals = signals;
        this.openAtStart = openAtStart;
    }

    /// Holds the data directory, brings the tables up to date, and lets the journal write. Does
    /// nothing where it is open already. Not for several threads at once.
    ///
    /// @throws Refusal with one line that says what is in the way
    public void open() {
        if (open) {
            return;
        }
        directory.hold();
        try {
            tables.bringUpToDate();
        } catch (SQLException | FlywayException e) {
            directory.release();
            LOG.debug("The database can't be brought up to date.", e);
            throw new Refusal.Conflict(
                    "The database %s can't be opened: %s"
                            .formatted(database.place(), innermost(e)));
        }
        join();
        journal.start();
        signals.start();
        logs.start();
        indexer.start();
        open = true;
    }

    void start(@Observes @Priority(FIRST) StartupEvent event) {
        if (!openAtStart) {
            return;
        }
        try {
            open();
        } catch (Refusal e) {
            // What becomes of the exception depends on how Leat was started.
            LOG.error(e.sentence());
            throw new PreventFurtherStepsException(e.sentence(), COULD_NOT_START);
        }
    }

    void stop(@Observes @Priority(LAST) ShutdownEvent event) {
        if (!open) {
            return;
        }
        open = false;
        indexer.stop();
        logs.stop();
        signals.stop();
        journal.stop();
        membership.leave();
        directory.release();
    }

    private void join() {
        try {
            membership.join();
        } catch (SQLException e) {
            directory.release();
            throw new Refusal.Conflict(
                    "The database %s can't be written: %s"
                            .formatted(database.place(), e.getMessage()));
        }
    }

    private static String innermost(Throwable failure) {
        var at = failure;
        while (at.getCause() != null) {
            at = at.getCause();
        }
        return String.valueOf(at.getMessage());
    }
}
