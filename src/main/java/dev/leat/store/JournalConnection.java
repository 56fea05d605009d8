package dev.leat.store;

import dev.leat.store.Row.AllLeftRow;
import dev.leat.store.Row.AnswerRow;
import dev.leat.store.Row.CachedRow;
import dev.leat.store.Row.DeletedRow;
import dev.leat.store.Row.DocumentDeletedRow;
import dev.leat.store.Row.DocumentRow;
import dev.leat.store.Row.DocumentSavedRow;
import dev.leat.store.Row.EnteredRow;
import dev.leat.store.Row.ExpiredRow;
import dev.leat.store.Row.LabelsRow;
import dev.leat.store.Row.LeftRow;
import dev.leat.store.Row.OperationRow;
import dev.leat.store.Row.PoolRow;
import dev.leat.store.Row.RemovedRow;
import dev.leat.store.Row.RevisionRow;
import dev.leat.store.Row.SignalRow;
import dev.leat.store.Row.SignalTakenRow;
import dev.leat.store.Row.SizedRow;
import dev.leat.store.Row.WaitRow;
import dev.leat.store.database.Database;
import dev.leat.store.database.DatabaseKind;
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
/// The same SQL serves both databases, except that PostgreSQL gets most batches as one message.
final class JournalConnection implements AutoCloseable {

    private static final int VALIDATION_SECONDS = 5;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    /// Where there is room for so much, there is for a start.
    private static final int TRIED_OUT = 64 * 1024;

    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    /// Whether a message to the database takes long beside what it asks for.
    private final boolean pipelines;

    JournalConnection(Database database) throws SQLException {
        pipelines = database.kind() == DatabaseKind.POSTGRESQL;
        connection = database.openShort(LONGEST_PAUSE);
        if (pipelines) {
            findByKey();
        }
    }

    /// Everything here is found by its key. PostgreSQL plans a prepared statement once, while
    // tables
    /// may be small enough to be read whole, and keeps to it when they have grown.
    private void findByKey() throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(JournalSql.FIND_BY_KEY);
        }
        connection.commit();
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
    ///
    /// @param node looked for first, see [#holds]; 0 for none
    /// @return false where that node may not write any more: the transaction has to be taken back
    boolean apply(JournalBatch batch, long node) throws SQLException {
        if (pipelines && batch.isOrdinary()) {
            return applyAtOnce(batch, node);
        }
        if (node != 0 && !holds(node)) {
            return false;
        }
        for (var definition : batch.definitions) {
            switch (definition) {
                case RevisionRow revision -> save(revision);
                case DeletedRow deleted -> delete(deleted);
                default -> throw new IllegalStateException("not a definition: " + definition);
            }
        }
        batch(JournalTable.RUNS, batch.runs);
        // Before what may end the same runs: the wish came first.
        for (var cancel : batch.cancellations) {
            one(
                    JournalSql.CANCEL_RUN,
                    to ->
                            to.number(cancel.at())
                                    .text(cancel.by())
                                    .text(cancel.why())
                                    .number(cancel.run()));
        }
        for (var operation : batch.operations) {
            save(operation);
        }
        batch(JournalTable.LABELS, batch.labels);
        for (var labelled : batch.labelled) {
            label(labelled);
        }
        batch(JournalTable.UPDATES, batch.updates.values());
        for (var claim : batch.claims) {
            one(JournalSql.CLAIM_RUN, to -> to.number(claim.owner()).number(claim.run()));
        }
        for (var pool : batch.pools) {
            change(pool);
        }
        for (var document : batch.documents) {
            change(document);
        }
        for (var wait : batch.waits) {
            change(wait);
        }
        batch(JournalTable.TASKS, batch.tasks.values());
        batch(JournalTable.OUTPUTS, batch.outputs.values());
        batch(JournalTable.TRANSITIONS, batch.transitions);
        return true;
    }

    private boolean applyAtOnce(JournalBatch batch, long node) throws SQLException {
        return new Pipeline(node)
                .add(JournalTable.RUNS, batch.runs)
                .add(JournalTable.LABELS, batch.labels)
                .add(JournalTable.UPDATES, batch.updates.values())
                .add(JournalTable.TASKS, batch.tasks.values())
                .add(JournalTable.OUTPUTS, batch.outputs.values())
                .add(JournalTable.TRANSITIONS, batch.transitions)
                .execute(connection);
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
            apply(batch, 0);
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

    private void save(OperationRow row) throws SQLException {
        var operation = row.operation();
        one(
                JournalSql.SAVE_OPERATION,
                to ->
                        to.number(operation.id())
                                .number(operation.run())
                                .text(operation.action().name())
                                .text(JournalEntry.storable(operation.task()))
                                .text(JournalEntry.storable(operation.by()))
                                .text(operation.via())
                                .text(JournalEntry.storable(operation.why()))
                                .text(row.details())
                                .text(operation.state().name())
                                .text(JournalEntry.storable(operation.answer()))
                                .number(Micros.of(operation.askedAt()))
                                .number(Micros.ofNullable(operation.doneAt())));
    }

    private void label(LabelsRow row) throws SQLException {
        one(JournalSql.LABEL_RUN, to -> to.text(row.json()).number(row.run()));
        one(JournalSql.DELETE_LABELS, to -> to.number(row.run()));
        for (var label : row.labels().entrySet()) {
            one(
                    JournalSql.SAVE_LABEL,
                    to -> to.number(row.run()).text(label.getKey()).text(label.getValue()));
        }
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

    private void change(DocumentRow change) throws SQLException {
        switch (change) {
            case DocumentSavedRow saved -> {
                var document = saved.document();
                one(
                        JournalSql.SAVE_DOCUMENT,
                        to ->
                                to.text(document.kind().name())
                                        .text(document.id())
                                        .text(document.source())
                                        .text(document.format())
                                        .text(document.origin())
                                        .text(JournalEntry.storable(document.author()))
                                        .number(saved.at()));
            }
            case DocumentDeletedRow deleted ->
                    one(
                            JournalSql.DELETE_DOCUMENT,
                            to -> to.text(deleted.kind().name()).text(deleted.id()));
        }
    }

    private void change(WaitRow change) throws SQLException {
        switch (change) {
            case AnswerRow answer ->
                    one(
                            JournalSql.SAVE_ANSWER,
                            to ->
                                    to.number(answer.key().run())
                                            .text(answer.key().task())
                                            .integer(answer.attempt())
                                            .text(answer.answer())
                                            .text(answer.by())
                                            .number(answer.at()));
            case SignalRow signal ->
                    one(
                            JournalSql.KEEP_SIGNAL,
                            to ->
                                    to.number(signal.id())
                                            .text(signal.awaits())
                                            .text(signal.payload())
                                            .text(signal.by())
                                            .number(signal.at())
                                            .number(signal.expiresAt()));
            case SignalTakenRow taken -> one(JournalSql.TAKE_SIGNAL, to -> to.number(taken.id()));
            case CachedRow cached ->
                    one(
                            JournalSql.CACHE_STEP,
                            to ->
                                    to.text(cached.workflow())
                                            .text(cached.task())
                                            .text(cached.key())
                                            .text(cached.output())
                                            .number(cached.run())
                                            .number(cached.at())
                                            .number(cached.expiresAt()));
            case ExpiredRow expired -> {
                one(JournalSql.FORGET_SIGNALS, to -> to.number(expired.now()));
                one(JournalSql.FORGET_CACHED, to -> to.number(expired.now()));
            }
        }
    }

    private static String namespace(String qualifiedId) {
        var dot = qualifiedId.lastIndexOf('.');
        return dot < 0 ? "default" : qualifiedId.substring(0, dot);
    }

    private <R> void batch(JournalTable<R> table, Collection<R> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        var statement = prepare(table.each());
        if (rows.size() == 1) {
            table.binding().bind(rows.iterator().next(), new Binder(statement));
            statement.executeUpdate();
            return;
        }
        for (var row : rows) {
            table.binding().bind(row, new Binder(statement));
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
    private interface Parameters {
        Values bind(Values to) throws SQLException;
    }
}
