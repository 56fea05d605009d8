package dev.leat.store;

import dev.leat.store.Row.AllLeftRow;
import dev.leat.store.Row.DeletedRow;
import dev.leat.store.Row.EnteredRow;
import dev.leat.store.Row.LeftRow;
import dev.leat.store.Row.PoolRow;
import dev.leat.store.Row.RemovedRow;
import dev.leat.store.Row.RevisionRow;
import dev.leat.store.Row.RunRow;
import dev.leat.store.Row.SizedRow;
import dev.leat.store.database.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/// The one connection that writes: puts a batch into the tables, whole tables at a time, in an
/// order that keeps every reference whole. The statements stay prepared as long as it lives.
///
/// The same SQL serves both databases.
final class JournalConnection implements AutoCloseable {

    private static final int VALIDATION_SECONDS = 5;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    /// Where there is room for so much, there is for a start.
    private static final int TRIED_OUT = 64 * 1024;

    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    JournalConnection(Database database) throws SQLException {
        connection = database.openShort(LONGEST_PAUSE);
    }

    /// Whether the node may write still. Stays so until the transaction ends.
    boolean holds(long node) throws SQLException {
        return exists(JournalSql.HOLDS, node);
    }

    /// Tells the other nodes, once the transaction is committed.
    void tell(Iterable<String> messages) throws SQLException {
        for (var message : messages) {
            var statement = prepare(JournalSql.TELL);
            new Binder(statement).text(Signals.CHANNEL).text(message);
            statement.execute();
        }
    }

    /// Adds the batch to the open transaction.
    void apply(JournalBatch batch) throws SQLException {
        for (var definition : batch.definitions) {
            switch (definition) {
                case RevisionRow revision -> save(revision);
                case DeletedRow deleted -> delete(deleted);
                default -> throw new IllegalStateException("not a definition: " + definition);
            }
        }
        batch(JournalSql.INSERT_RUN, batch.runs, JournalConnection::bind);
        batch(
                JournalSql.UPDATE_RUN,
                batch.updates.values(),
                (update, to) ->
                        to.text(update.state().name())
                                .text(update.reason())
                                .number(update.startedAt())
                                .number(update.finishedAt())
                                .text(update.outputs())
                                .text(update.error())
                                .number(update.run()));
        batch(
                JournalSql.CANCEL_RUN,
                batch.cancellations,
                (cancel, to) ->
                        to.number(cancel.at())
                                .text(cancel.by())
                                .text(cancel.why())
                                .number(cancel.run()));
        batch(
                JournalSql.CLAIM_RUN,
                batch.claims,
                (claim, to) -> to.number(claim.owner()).number(claim.run()));
        for (var pool : batch.pools) {
            change(pool);
        }
        batch(
                JournalSql.SAVE_TASK,
                batch.tasks.values(),
                (task, to) ->
                        to.number(task.key().run())
                                .text(task.key().task())
                                .text(task.state().name())
                                .integer(task.attempt())
                                .integer(task.lost())
                                .text(task.reason())
                                .number(task.dueAt())
                                .number(task.startedAt())
                                .number(task.finishedAt())
                                .text(task.error())
                                .integer(task.hasOutput() ? 1 : 0));
        batch(
                JournalSql.SAVE_OUTPUT,
                batch.outputs.values(),
                (output, to) ->
                        to.number(output.key().run())
                                .text(output.key().task())
                                .text(output.json()));
        batch(
                JournalSql.INSERT_TRANSITION,
                batch.transitions,
                (transition, to) ->
                        to.number(transition.run)
                                .number(transition.seq)
                                .text(transition.task)
                                .text(transition.state)
                                .integer(transition.attempt)
                                .text(transition.reason)
                                .text(transition.error)
                                .number(transition.dueAt)
                                .number(transition.at));
    }

    void commit() throws SQLException {
        connection.commit();
    }

    void rollback() throws SQLException {
        clear();
        connection.rollback();
    }

    /// [#apply], but what came before it in the transaction stays when it fails.
    void alone(JournalBatch batch) throws SQLException {
        var before = connection.setSavepoint();
        try {
            apply(batch);
        } catch (SQLException | RuntimeException e) {
            connection.rollback(before);
            clear();
            throw e;
        }
        connection.releaseSavepoint(before);
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
    boolean has(JournalBatch batch) throws SQLException {
        try {
            if (!batch.transitions.isEmpty()) {
                var first = batch.transitions.getFirst();
                return exists(JournalSql.HAS_TRANSITION, first.run, first.seq, first.at);
            }
            for (var definition : batch.definitions) {
                if (definition instanceof RevisionRow revision) {
                    return exists(JournalSql.HAS_REVISION, revision.saved().id());
                }
            }
            return false;
        } finally {
            connection.rollback();
        }
    }

    /// Writes something of no meaning and takes it back, which tells whether a commit is possible.
    void tryOut() throws SQLException {
        one(JournalSql.SAVE_OUTPUT, to -> to.number(-1L).text("").text(" ".repeat(TRIED_OUT)));
        one(JournalSql.DELETE_TRIED_OUT, to -> to.number(-1L));
        connection.commit();
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException _) {
            // It is given up because it is broken, or because Leat stops.
        }
    }

    private void save(RevisionRow revision) throws SQLException {
        var saved = revision.saved();
        one(
                JournalSql.INSERT_REVISION,
                to ->
                        to.number(saved.id())
                                .text(saved.workflow())
                                .integer(saved.number())
                                .text(saved.hash())
                                .text(saved.source())
                                .text(saved.format())
                                .text(saved.origin())
                                .text(saved.author())
                                .number(Micros.of(saved.at())));
        one(
                saved.current() ? JournalSql.SAVE_WORKFLOW : JournalSql.NOTE_WORKFLOW,
                to ->
                        to.text(saved.workflow())
                                .text(namespace(saved.workflow()))
                                .text(saved.name())
                                .text(saved.description())
                                .text(revision.labels())
                                .number(saved.current() ? (Long) saved.id() : null)
                                .integer(saved.number())
                                .text(saved.origin())
                                .number(Micros.of(saved.at())));
    }

    private void delete(DeletedRow deleted) throws SQLException {
        one(JournalSql.DELETE_WORKFLOW, to -> to.number(deleted.at()).text(deleted.workflow()));
    }

    private void change(PoolRow change) throws SQLException {
        switch (change) {
            case EnteredRow in ->
                    one(
                            JournalSql.ENTER_POOL,
                            to -> to.text(in.pool()).number(in.run()).text(in.task()));
            case LeftRow out ->
                    one(
                            JournalSql.LEAVE_POOL,
                            to -> to.text(out.pool()).number(out.run()).text(out.task()));
            case AllLeftRow out -> one(JournalSql.LEAVE_POOLS, to -> to.number(out.run()));
            case SizedRow sized ->
                    one(
                            JournalSql.SIZE_POOL,
                            to -> to.text(sized.pool()).integer(sized.places()).number(sized.at()));
            case RemovedRow removed -> one(JournalSql.REMOVE_POOL, to -> to.text(removed.pool()));
        }
    }

    private static Binder bind(RunRow row, Binder to) throws SQLException {
        var opened = row.opened();
        return to.number(opened.run())
                .text(opened.workflow())
                .number(opened.revision())
                .number(opened.revision())
                .text(opened.state().name())
                .text(opened.reason())
                .text(row.inputs())
                .text(opened.trigger())
                .text(row.triggerFacts())
                .text(opened.startedBy())
                .text(row.labels())
                .text(opened.idempotencyKey())
                .text(opened.payloadHash())
                .integer(opened.taskCount())
                .integer(opened.limited() ? 1 : 0)
                .integer(opened.priority())
                .number(row.owner())
                .number(opened.carried() ? 1L : 0L)
                .number(Micros.of(opened.at()));
    }

    private static String namespace(String qualifiedId) {
        var dot = qualifiedId.lastIndexOf('.');
        return dot < 0 ? "default" : qualifiedId.substring(0, dot);
    }

    private <R> void batch(String sql, Collection<R> rows, Binding<R> binding) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        var statement = prepare(sql);
        if (rows.size() == 1) {
            binding.bind(rows.iterator().next(), new Binder(statement));
            statement.executeUpdate();
            return;
        }
        for (var row : rows) {
            binding.bind(row, new Binder(statement));
            statement.addBatch();
        }
        statement.executeBatch();
    }

    private void one(String sql, Parameters parameters) throws SQLException {
        var statement = prepare(sql);
        parameters.bind(new Binder(statement));
        statement.executeUpdate();
    }

    private boolean exists(String sql, long... key) throws SQLException {
        var statement = prepare(sql);
        var to = new Binder(statement);
        for (var part : key) {
            to.number(part);
        }
        try (var found = statement.executeQuery()) {
            return found.next();
        }
    }

    private PreparedStatement prepare(String sql) throws SQLException {
        var known = prepared.get(sql);
        if (known != null) {
            return known;
        }
        var statement = connection.prepareStatement(sql);
        prepared.put(sql, statement);
        return statement;
    }

    /// After a failure some rows may still be waiting in a statement.
    private void clear() throws SQLException {
        for (var statement : prepared.values()) {
            statement.clearBatch();
        }
    }

    @FunctionalInterface
    private interface Binding<R> {
        Binder bind(R row, Binder to) throws SQLException;
    }

    @FunctionalInterface
    private interface Parameters {
        Binder bind(Binder to) throws SQLException;
    }
}
