package dev.leat.store;

import dev.leat.store.Row.AllLeftRow;
import dev.leat.store.Row.AnswerRow;
import dev.leat.store.Row.CachedRow;
import dev.leat.store.Row.CancelRow;
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
import java.sql.SQLException;

/// Puts what comes one by one into the tables: definitions, what people do, places in pools, what
/// tasks wait for.
final class JournalRows {

    private final JournalStatements statements;

    JournalRows(JournalStatements statements) {
        this.statements = statements;
    }

    /// @param row a revision that is saved, or a workflow that is deleted
    void define(Row row) throws SQLException {
        switch (row) {
            case RevisionRow revision -> save(revision);
            case DeletedRow deleted -> delete(deleted);
            default -> throw new IllegalStateException("not a definition: " + row);
        }
    }

    void cancel(CancelRow row) throws SQLException {
        statements.one(
                JournalSql.CANCEL_RUN,
                to -> to.number(row.at()).text(row.by()).text(row.why()).number(row.run()));
    }

    private void save(RevisionRow revision) throws SQLException {
        var saved = revision.saved();
        statements.one(
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
                                .text(saved.message())
                                .number(Micros.of(saved.at())));
        statements.one(
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
        statements.one(
                JournalSql.DELETE_WORKFLOW, to -> to.number(deleted.at()).text(deleted.workflow()));
    }

    void save(OperationRow row) throws SQLException {
        var operation = row.operation();
        statements.one(
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

    void label(LabelsRow row) throws SQLException {
        statements.one(JournalSql.LABEL_RUN, to -> to.text(row.json()).number(row.run()));
        statements.one(JournalSql.DELETE_LABELS, to -> to.number(row.run()));
        for (var label : row.labels().entrySet()) {
            statements.one(
                    JournalSql.SAVE_LABEL,
                    to -> to.number(row.run()).text(label.getKey()).text(label.getValue()));
        }
    }

    void change(PoolRow change) throws SQLException {
        switch (change) {
            case EnteredRow in ->
                    statements.one(
                            JournalSql.ENTER_POOL,
                            to -> to.text(in.pool()).number(in.run()).text(in.task()));
            case LeftRow out ->
                    statements.one(
                            JournalSql.LEAVE_POOL,
                            to -> to.text(out.pool()).number(out.run()).text(out.task()));
            case AllLeftRow out ->
                    statements.one(JournalSql.LEAVE_POOLS, to -> to.number(out.run()));
            case SizedRow sized ->
                    statements.one(
                            JournalSql.SIZE_POOL,
                            to -> to.text(sized.pool()).integer(sized.places()).number(sized.at()));
            case RemovedRow removed ->
                    statements.one(JournalSql.REMOVE_POOL, to -> to.text(removed.pool()));
        }
    }

    void change(DocumentRow change) throws SQLException {
        switch (change) {
            case DocumentSavedRow saved -> {
                var document = saved.document();
                statements.one(
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
                    statements.one(
                            JournalSql.DELETE_DOCUMENT,
                            to -> to.text(deleted.kind().name()).text(deleted.id()));
            case Row.ViewSavedRow saved ->
                    statements.one(
                            JournalSql.SAVE_VIEW,
                            to ->
                                    to.text(saved.view().name())
                                            .text(saved.view().path())
                                            .text(saved.view().query())
                                            .number(saved.at()));
            case Row.ViewDeletedRow deleted ->
                    statements.one(JournalSql.DELETE_VIEW, to -> to.text(deleted.name()));
        }
    }

    void change(WaitRow change) throws SQLException {
        switch (change) {
            case AnswerRow answer ->
                    statements.one(
                            JournalSql.SAVE_ANSWER,
                            to ->
                                    to.number(answer.key().run())
                                            .text(answer.key().task())
                                            .integer(answer.attempt())
                                            .text(answer.answer())
                                            .text(answer.by())
                                            .number(answer.at()));
            case SignalRow signal ->
                    statements.one(
                            JournalSql.KEEP_SIGNAL,
                            to ->
                                    to.number(signal.id())
                                            .text(signal.awaits())
                                            .text(signal.payload())
                                            .text(signal.by())
                                            .number(signal.at())
                                            .number(signal.expiresAt()));
            case SignalTakenRow taken ->
                    statements.one(JournalSql.TAKE_SIGNAL, to -> to.number(taken.id()));
            case CachedRow cached ->
                    statements.one(
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
                statements.one(JournalSql.FORGET_SIGNALS, to -> to.number(expired.now()));
                statements.one(JournalSql.FORGET_CACHED, to -> to.number(expired.now()));
            }
        }
    }

    private static String namespace(String qualifiedId) {
        var dot = qualifiedId.lastIndexOf('.');
        return dot < 0 ? "default" : qualifiedId.substring(0, dot);
    }
}
