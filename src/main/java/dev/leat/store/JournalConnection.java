package dev.leat.store;

import dev.leat.store.Row.DeletedRow;
import dev.leat.store.Row.RevisionRow;
import dev.leat.store.Row.RunRow;
import dev.leat.store.database.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/// The one connection that writes: puts a batch into the tables, whole tables at a time, in an
/// order that keeps every reference whole. The statements stay prepared as long as it lives.
///
/// The same SQL serves both databases.
final class JournalConnection implements AutoCloseable {

    private static final int VALIDATION_SECONDS = 5;

    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    JournalConnection(Database database) throws SQLException {
        connection = database.openWriter();
        connection.setAutoCommit(false);
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
                (cancel, to) -> to.number(cancel.at()).number(cancel.run()));
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
                return exists(JournalSql.HAS_TRANSITION, first.run, first.seq);
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
