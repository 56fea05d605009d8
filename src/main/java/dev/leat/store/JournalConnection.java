package dev.leat.store;

import dev.leat.store.JournalStatements.Parameters;
import dev.leat.store.Row.RevisionRow;
import dev.leat.store.database.Database;
import dev.leat.store.database.DatabaseKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The one connection that writes: puts a batch into the tables, whole tables at a time, in an
/// order that keeps every reference whole.
///
/// The same SQL serves both databases, except that PostgreSQL gets most batches and their commit as
/// one message.
final class JournalConnection implements AutoCloseable {

    private static final int VALIDATION_SECONDS = 5;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    /// After so long nobody knows whether the connection is there still.
    private static final Duration IDLE = Duration.ofSeconds(1);

    /// Where there is room for so much, there is for a start.
    private static final int TRIED_OUT = 64 * 1024;

    private final Connection connection;
    private final JournalStatements statements;
    private final JournalRows rows;

    /// Whether a message to the database takes long beside what it asks for.
    private final boolean pipelines;

    /// Of messages on their way.
    private final @Nullable AnswerWatch watch;

    /// What the transaction consists of, where it is sent with its commit.
    private @Nullable Pipeline pending;

    private long usedAt = System.nanoTime();

    JournalConnection(Database database) throws SQLException {
        pipelines = database.kind() == DatabaseKind.POSTGRESQL;
        connection = database.openShort(LONGEST_PAUSE);
        statements = new JournalStatements(connection);
        rows = new JournalRows(statements);
        if (pipelines) {
            findByKey();
        }
        watch = pipelines ? AnswerWatch.of(connection) : null;
    }

    /// Everything here is found by its key. PostgreSQL plans a prepared statement once, while
    /// tables may be small enough to be read whole, and keeps to it when they have grown.
    private void findByKey() throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(JournalSql.FIND_BY_KEY);
        }
        connection.commit();
    }

    /// Whether the node may write still. Stays so until the transaction ends.
    boolean holds(long node) throws SQLException {
        return statements.exists(JournalSql.HOLDS, node);
    }

    /// Tells the other nodes, once the transaction is committed.
    void tell(Iterable<String> messages) throws SQLException {
        for (var message : messages) {
            Parameters told = to -> to.text(Signals.CHANNEL).text(message);
            if (pending == null) {
                statements.call(JournalSql.TELL, told);
            } else {
                pending.add(JournalSql.TELL, told);
            }
        }
    }

    /// Adds the batch to the open transaction.
    ///
    /// @param node looked for first, see [#holds]; 0 for none
    /// @param whole whether it is all of the transaction: it may be sent with the commit then
    /// @return false where that node may not write any more, or has lost a lock that something in
    /// the batch was decided under, or a revision isn't current any more that something follows
    /// from: the transaction has to be taken back
    boolean apply(JournalBatch batch, long node, boolean whole) throws SQLException {
        if (!pipelines || !whole || !batch.isOrdinary()) {
            return add(batch, node);
        }
        if (System.nanoTime() - usedAt > IDLE.toNanos() && node != 0 && !holds(node)) {
            return false;
        }
        pending = message(batch, node);
        return true;
    }

    /// Whether the transaction isn't sent yet, so that what refuses it does so with the commit.
    boolean isPending() {
        return pending != null;
    }

    private boolean add(JournalBatch batch, long node) throws SQLException {
        if (pipelines && !isHeld(batch, node) || !isCurrent(batch)) {
            return false;
        }
        for (var definition : batch.definitions) {
            rows.define(definition);
        }
        statements.batch(JournalTable.RUNS, batch.runs);
        // Before what may end the same runs: the wish came first.
        for (var cancel : batch.cancellations) {
            rows.cancel(cancel);
        }
        for (var operation : batch.operations) {
            rows.save(operation);
        }
        statements.batch(JournalTable.LABELS, batch.labels);
        for (var labelled : batch.labelled) {
            rows.label(labelled);
        }
        statements.batch(JournalTable.UPDATES, batch.updates.values());
        for (var claim : batch.claims) {
            statements.one(
                    JournalSql.CLAIM_RUN, to -> to.number(claim.owner()).number(claim.run()));
        }
        for (var pool : batch.pools) {
            rows.change(pool);
        }
        for (var document : batch.documents) {
            rows.change(document);
        }
        for (var wait : batch.waits) {
            rows.change(wait);
        }
        statements.batch(JournalTable.FIRES, batch.fires);
        statements.batch(JournalTable.CURSORS, batch.cursors.values());
        for (var trigger : batch.triggers) {
            statements.one(TriggerWrites.sql(trigger), to -> TriggerWrites.bind(trigger, to));
        }
        statements.batch(JournalTable.TASKS, batch.tasks.values());
        statements.batch(JournalTable.OUTPUTS, batch.outputs.values());
        statements.batch(JournalTable.TRANSITIONS, batch.transitions);
        return true;
    }

    private boolean isHeld(JournalBatch batch, long node) throws SQLException {
        if (node != 0 && !holds(node)) {
            return false;
        }
        for (var hold : batch.holds) {
            for (var name : hold.names()) {
                if (!statements.exists(
                        JournalSql.HOLDS_LOCK, to -> to.text(name).number(hold.transaction()))) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean isCurrent(JournalBatch batch) throws SQLException {
        for (var must : batch.current) {
            if (!statements.exists(
                    JournalSql.IS_CURRENT,
                    to -> to.text(must.workflow()).number(must.revision()))) {
                return false;
            }
        }
        return true;
    }

    private static Pipeline message(JournalBatch batch, long node) {
        return new Pipeline(node, batch.holds, batch.current)
                .add(JournalTable.RUNS, batch.runs)
                .add(JournalTable.LABELS, batch.labels)
                .add(JournalTable.UPDATES, batch.updates.values())
                .add(JournalTable.FIRES, batch.fires)
                .add(JournalTable.CURSORS, batch.cursors.values())
                .add(JournalTable.TASKS, batch.tasks.values())
                .add(JournalTable.OUTPUTS, batch.outputs.values())
                .add(JournalTable.TRANSITIONS, batch.transitions);
    }

    /// @throws SQLException where the transaction was pending and it is a [Failure] of the data, or
    /// one of what [#apply] looks for is lost, nothing of it is stored; otherwise that isn't known
    void commit() throws SQLException {
        var message = pending;
        pending = null;
        if (message == null) {
            connection.commit();
        } else if (watch == null) {
            message.commit(connection);
        } else {
            watch.over(() -> message.commit(connection));
        }
        usedAt = System.nanoTime();
    }

    void rollback() throws SQLException {
        pending = null;
        statements.clear();
        connection.rollback();
    }

    /// [#apply], but what came before it stays when it fails.
    ///
    /// @return false where a lock was lost, or a revision isn't current any more; nothing of it is
    /// in the transaction then
    boolean alone(JournalBatch batch) throws SQLException {
        var before = connection.setSavepoint();
        try {
            if (!apply(batch, 0, false)) {
                connection.rollback(before);
                return false;
            }
        } catch (SQLException | RuntimeException e) {
            connection.rollback(before);
            statements.clear();
            throw e;
        }
        connection.releaseSavepoint(before);
        return true;
    }

    /// Drivers stumble over lost connections in ways of their own: what looks like a bug is one
    /// only while the connection lives.
    ///
    /// @throws SQLException where it is lost
    void check(Throwable failure) throws SQLException {
        if (!connection.isValid(VALIDATION_SECONDS)) {
            throw new SQLException("the connection is lost", failure);
        }
    }

    /// Whether the batch is in the tables, for a commit that ended in an error: the database may
    /// have carried it out all the same. A batch is kept whole or not at all, so the first row it
    /// inserted tells; a batch that inserted nothing may be applied again without harm.
    ///
    /// @param node that it was applied for, whose transactions the database may be at still: they
    /// are waited for; 0 for none
    boolean has(JournalBatch batch, long node) throws SQLException {
        try {
            if (node != 0) {
                awaitWrites(node);
            }
            if (!batch.transitions.isEmpty()) {
                var first = batch.transitions.getFirst();
                return statements.exists(JournalSql.HAS_TRANSITION, first.run, first.seq, first.at);
            }
            for (var definition : batch.definitions) {
                if (definition instanceof RevisionRow revision) {
                    return statements.exists(JournalSql.HAS_REVISION, revision.saved().id());
                }
            }
            return !batch.fires.isEmpty()
                    && statements.exists(JournalSql.HAS_FIRE, batch.fires.getFirst().fire().id());
        } finally {
            connection.rollback();
        }
    }

    private void awaitWrites(long node) throws SQLException {
        var longest = LONGEST_PAUSE.toMillis() + "ms";
        statements.call(JournalSql.WAIT_NO_LONGER, to -> to.text(longest));
        statements.call(JournalSql.AWAIT_WRITES, to -> to.number(node));
    }

    /// Writes something of no meaning and takes it back, which tells whether a commit is possible.
    void tryOut() throws SQLException {
        statements.one(
                JournalSql.SAVE_OUTPUT, to -> to.number(-1L).text("").text(" ".repeat(TRIED_OUT)));
        statements.one(JournalSql.DELETE_TRIED_OUT, to -> to.number(-1L));
        connection.commit();
    }

    @Override
    public void close() {
        if (watch != null) {
            watch.close();
        }
        try {
            connection.close();
        } catch (SQLException _) {
            // It is given up because it is broken, or because Leat stops.
        }
    }
}
