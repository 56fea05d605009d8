package dev.leat.dashboard;

import dev.leat.engine.report.FireReport;
import dev.leat.engine.report.TriggerReports;
import dev.leat.store.Fire;
import dev.leat.store.Ids;
import dev.leat.store.TriggerStore.Filter;
import dev.leat.task.Instants;
import dev.leat.task.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A page of the ledger.
///
/// @param next the id before which the next page begins; empty where this is the last
/// @param later whether it isn't the first page
record Ledger(List<FireReport> fires, Chosen chosen, String next, boolean later) {

    static Ledger page(TriggerReports reports, Chosen chosen, @Nullable String before, int size) {
        var from = before == null ? -1 : Ids.parse(before);
        var found = reports.fires(chosen.filter(), from < 0 ? Long.MAX_VALUE : from, size + 1);
        var shown = found.size() > size ? found.subList(0, size) : found;
        return new Ledger(
                shown, chosen, found.size() > size ? shown.getLast().id() : "", from >= 0);
    }

    static String given(@Nullable String value) {
        return value == null ? "" : value.strip();
    }

    /// What the filters are set to; empty for any.
    record Chosen(String workflow, String trigger, String state, String since, String until) {

        Filter filter() {
            return new Filter(
                    workflow.isEmpty() ? null : workflow,
                    trigger.isEmpty() ? null : trigger,
                    known(),
                    null,
                    moment(since),
                    moment(until));
        }

        private Fire.@Nullable State known() {
            for (var candidate : Fire.State.values()) {
                if (candidate.name().equals(state.toUpperCase(Locale.ROOT))) {
                    return candidate;
                }
            }
            return null;
        }

        private static @Nullable Instant moment(String text) {
            try {
                return text.isEmpty() ? null : Instants.parse(text);
            } catch (IllegalArgumentException e) {
                throw new Refusal.Invalid(String.valueOf(e.getMessage()), List.of());
            }
        }

        public boolean any() {
            return !(workflow + trigger + state + since + until).isEmpty();
        }
    }
}
