package dev.leat.store;

import dev.leat.store.Row.CursorRow;
import dev.leat.store.Row.FireRow;
import dev.leat.store.Row.LabelRow;
import dev.leat.store.Row.OutputRow;
import dev.leat.store.Row.RunRow;
import dev.leat.store.Row.RunUpdate;
import dev.leat.store.Row.TaskRow;
import java.sql.SQLException;

/// A kind of row that the journal writes many of: what it says to the database for each of them,
/// and to PostgreSQL for any number of them at once.
///
/// @param each one row's columns are its parameters
/// @param all its parameters are arrays, one for each column
record JournalTable<R>(String each, String all, Binding<R> binding) {

    static final JournalTable<RunRow> RUNS =
            new JournalTable<>(JournalSql.INSERT_RUN, JournalSql.INSERT_RUNS, JournalTable::run);

    static final JournalTable<RunUpdate> UPDATES =
            new JournalTable<>(
                    JournalSql.UPDATE_RUN,
                    JournalSql.UPDATE_RUNS,
                    (update, to) ->
                            to.text(update.state().name())
                                    .text(update.reason())
                                    .number(update.startedAt())
                                    .number(update.finishedAt())
                                    .text(update.outputs())
                                    .text(update.error())
                                    .number(update.run()));

    static final JournalTable<TaskRow> TASKS =
            new JournalTable<>(
                    JournalSql.SAVE_TASK,
                    JournalSql.SAVE_TASKS,
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
                                    .integer(task.hasOutput() ? 1 : 0)
                                    .text(task.awaits())
                                    .text(task.detail()));

    static final JournalTable<OutputRow> OUTPUTS =
            new JournalTable<>(
                    JournalSql.SAVE_OUTPUT,
                    JournalSql.SAVE_OUTPUTS,
                    (output, to) ->
                            to.number(output.key().run())
                                    .text(output.key().task())
                                    .text(output.json()));

    static final JournalTable<LabelRow> LABELS =
            new JournalTable<>(
                    JournalSql.SAVE_LABEL,
                    JournalSql.SAVE_LABELS,
                    (label, to) -> to.number(label.run()).text(label.name()).text(label.value()));

    static final JournalTable<Transition> TRANSITIONS =
            new JournalTable<>(
                    JournalSql.INSERT_TRANSITION,
                    JournalSql.INSERT_TRANSITIONS,
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

    static final JournalTable<FireRow> FIRES =
            new JournalTable<>(
                    JournalSql.INSERT_FIRE, JournalSql.INSERT_FIRES, TriggerWrites::bindFire);

    static final JournalTable<CursorRow> CURSORS =
            new JournalTable<>(
                    JournalSql.SETTLE_TRIGGER,
                    JournalSql.SETTLE_TRIGGERS,
                    (cursor, to) ->
                            to.number(cursor.until())
                                    .text(cursor.workflow())
                                    .text(cursor.trigger()));

    private static final String VALUES = "values (";

    /// Whether its rows are new ones, or take the place of others.
    boolean inserts() {
        return each.contains(VALUES);
    }

    /// [#each] for so many rows, one after another.
    String some(int rows) {
        var begin = each.indexOf(VALUES) + VALUES.length() - 1;
        var end = each.indexOf(')', begin) + 1;
        var more = ", " + each.substring(begin, end);
        return each.substring(0, end) + more.repeat(rows - 1) + each.substring(end);
    }

    @FunctionalInterface
    interface Binding<R> {
        Values bind(R row, Values to) throws SQLException;
    }

    private static Values run(RunRow row, Values to) throws SQLException {
        var opened = row.opened();
        var now = row.now();
        return to.number(opened.run())
                .text(opened.workflow())
                .number(opened.revision())
                .integer(opened.revisionNumber())
                .text(now.state().name())
                .text(now.reason())
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
                .number(opened.rerunOf())
                .number(Micros.of(opened.at()))
                .number(now.startedAt())
                .number(now.finishedAt())
                .text(now.outputs())
                .text(now.error());
    }
}
