package dev.leat.store;

import dev.leat.store.Row.BackfillRow;
import dev.leat.store.Row.FireRow;
import dev.leat.store.Row.FiresGoneRow;
import dev.leat.store.Row.NoticedRow;
import dev.leat.store.Row.SettledRow;
import dev.leat.store.Row.TriggerGoneRow;
import dev.leat.store.Row.TriggerRow;
import dev.leat.store.Row.TriggerStateRow;
import java.sql.SQLException;

/// The statements of rows that concern triggers, and their parameters.
final class TriggerWrites {

    private TriggerWrites() {}

    static String sql(TriggerRow row) {
        return switch (row) {
            case NoticedRow _ -> JournalSql.NOTICE_FIRE;
            case SettledRow _ -> JournalSql.SETTLE_FIRE;
            case TriggerStateRow _ -> JournalSql.SAVE_TRIGGER;
            case TriggerGoneRow _ -> JournalSql.FORGET_TRIGGER;
            case BackfillRow _ -> JournalSql.SAVE_BACKFILL;
            case FiresGoneRow _ -> JournalSql.FORGET_FIRES;
        };
    }

    static Values bind(TriggerRow row, Values to) throws SQLException {
        return switch (row) {
            case NoticedRow(var fire) -> bindFire(fire, to);
            case SettledRow(var fire) -> settle(fire, to);
            case TriggerStateRow(var state) -> bind(state, to);
            case TriggerGoneRow(var workflow, var trigger) -> to.text(workflow).text(trigger);
            case BackfillRow(var backfill) -> bind(backfill, to);
            case FiresGoneRow(var before) -> to.number(before);
        };
    }

    static Values bindFire(FireRow row, Values to) throws SQLException {
        var fire = row.fire();
        return to.number(fire.id())
                .text(fire.workflow())
                .text(fire.trigger())
                .text(fire.slot())
                .number(Micros.of(fire.nominal()))
                .number(Micros.of(fire.dueAt()))
                .text(fire.state().name())
                .text(fire.cause() == null ? null : fire.cause().name())
                .text(JournalEntry.storable(fire.reason()))
                .number(fire.run())
                .number(fire.backfill())
                .text(row.facts())
                .number(Micros.of(fire.at()));
    }

    private static Values settle(FireRow row, Values to) throws SQLException {
        var fire = row.fire();
        return to.number(Micros.of(fire.dueAt()))
                .text(fire.state().name())
                .text(fire.cause() == null ? null : fire.cause().name())
                .text(JournalEntry.storable(fire.reason()))
                .number(fire.run())
                .text(row.facts())
                .number(Micros.of(fire.at()))
                .number(fire.id());
    }

    private static Values bind(TriggerState state, Values to) throws SQLException {
        var pause = state.pause();
        to.text(state.workflow())
                .text(state.trigger())
                .text(state.hash())
                .number(state.revision())
                .number(Micros.notBefore(state.settledUntil()))
                .number(Micros.of(state.countedFrom()));
        if (pause == null) {
            return to.number((Long) null)
                    .text(null)
                    .text(null)
                    .number((Long) null)
                    .number((Long) null);
        }
        return to.number(Micros.of(pause.at()))
                .text(JournalEntry.storable(pause.by()))
                .text(JournalEntry.storable(pause.why()))
                .number(Micros.ofNullable(pause.trialAt()))
                .number(pause.trialRun());
    }

    private static Values bind(Backfill backfill, Values to) throws SQLException {
        var cursor = backfill.cursor();
        return to.number(backfill.id())
                .text(backfill.workflow())
                .text(backfill.trigger())
                .number(Micros.of(backfill.from()))
                .number(Micros.of(backfill.to()))
                .integer(backfill.atOnce())
                .integer(backfill.total())
                .integer(backfill.started())
                .number(cursor == null ? null : Micros.notBefore(cursor))
                .text(backfill.state().name())
                .text(JournalEntry.storable(backfill.reason()))
                .text(JournalEntry.storable(backfill.by()))
                .text(backfill.via())
                .text(JournalEntry.storable(backfill.why()))
                .number(Micros.of(backfill.askedAt()))
                .number(Micros.ofNullable(backfill.finishedAt()));
    }
}
