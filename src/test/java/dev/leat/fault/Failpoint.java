package dev.leat.fault;

import static dev.leat.fault.Failpoint.Where.ENTRY;
import static dev.leat.fault.Failpoint.Where.RETURN;

/// Where faults can be put: moments of a run's life at which a crash leaves the most different
/// things behind.
enum Failpoint {
    /// Nothing of the request is kept yet.
    RUN_OPENING("engine.RunOpening", "open", 1, ENTRY),
    /// On disk, and nobody was told.
    RUN_OPENED("engine.RunOpening", "open", 1, RETURN),
    /// A write waits to be taken.
    WRITE_QUEUED("store.JournalQueue", "add", 2, RETURN),
    /// Writes are taken from the queue, and nowhere else.
    BATCH_TAKEN("store.Committer", "keep", 1, ENTRY),
    BATCH_APPLYING("store.JournalConnection", "apply", 3, ENTRY),
    COMMITTING("store.JournalConnection", "commit", 0, ENTRY),
    /// On disk, and the journal itself doesn't know.
    COMMITTED("store.JournalConnection", "commit", 0, RETURN),
    /// On disk, and those who wrote don't know.
    SETTLING("store.Storing", "settle", 1, ENTRY),
    /// On disk, and nothing of it is carried out.
    CARRYING_OUT("engine.ExecutionCommands", "carryOut", 1, ENTRY),
    ATTEMPT_BEGINNING("engine.TaskRunner", "perform", 3, ENTRY),
    ATTEMPT_ENDED("engine.TaskRunner", "perform", 3, RETURN),
    REPORTING("engine.ExecutionAttempts", "report", 2, ENTRY),
    RETRY_SCHEDULED("engine.ExecutionAttempts", "retryAfter", 2, ENTRY),
    TIMER_DUE("engine.ExecutionAttempts", "due", 1, ENTRY),
    CANCELLING("engine.ExecutionOperations", "cancel", 3, ENTRY),
    STOPPING("engine.ExecutionAttempts", "stop", 3, ENTRY),
    /// On disk, and nobody was told.
    CANCELLED("engine.MainOrchestrator", "cancel", 3, RETURN),
    RUN_RESUMING("engine.WorkflowExecutor", "resume", 1, ENTRY),
    RUN_RESTORED("engine.RunMachine", "restore", 2, RETURN),
    RUN_ENDED("engine.WorkflowExecutor", "ended", 2, ENTRY),
    /// Claimed runs are this node's on disk, and nobody carries them.
    TAKING("engine.WorkflowExecutor", "take", 1, ENTRY),
    LEASE_RENEWING("store.NodeTable", "renew", 3, ENTRY),
    /// Another node's runs are up for all.
    FENCED("store.NodeTable", "fence", 3, RETURN),
    /// This node has lost its runs, and still carries them.
    LETTING_GO("engine.WorkflowExecutor", "letGo", 2, ENTRY),
    /// On PostgreSQL: a node asks for runs that nobody carries.
    CLAIMING("store.Claims", "claim", 2, ENTRY),
    /// On PostgreSQL: what is scarce is about to be decided.
    LOCKING("store.Locks", "lock", 2, ENTRY),
    /// Any question to the database.
    READING("store.Reads$Link", "prepare", 2, ENTRY),
    /// On PostgreSQL: another node has told something.
    NEWS_HEARD("store.Signals", "understand", 1, ENTRY),
    LOG_FLUSHING("store.LogFlusher", "flush", 0, ENTRY),
    LOG_CLOSED("store.LogWriter", "close", 0, RETURN),
    PROCESS_STARTED("plugin.process.ProcessLauncher", "start", 2, RETURN);

    enum Where {
        ENTRY,
        RETURN
    }

    private final String type;
    private final String method;
    private final int parameters;
    private final Where where;

    Failpoint(String type, String method, int parameters, Where where) {
        this.type = "dev.leat." + type;
        this.method = method;
        this.parameters = parameters;
        this.where = where;
    }

    String type() {
        return type;
    }

    String method() {
        return method;
    }

    int parameters() {
        return parameters;
    }

    Where where() {
        return where;
    }
}
