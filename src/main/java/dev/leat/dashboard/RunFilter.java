package dev.leat.dashboard;

import dev.leat.store.RunState;
import dev.leat.store.RunStore.Filter;
import dev.leat.task.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which runs a page is about, as it stands in its address; empty for any.
///
/// @param label as `name=value`
record RunFilter(String workflow, String state, String trigger, String label) {

    static RunFilter of(
            @Nullable String workflow,
            @Nullable String state,
            @Nullable String trigger,
            @Nullable String label) {
        return new RunFilter(
                given(workflow),
                given(state).toUpperCase(Locale.ROOT),
                given(trigger),
                given(label));
    }

    private static String given(@Nullable String value) {
        return value == null ? "" : value.strip();
    }

    /// @throws Refusal.Invalid where it can't be looked for so
    Filter filter() {
        return new Filter(
                workflow.isEmpty() ? null : workflow,
                runState(),
                trigger.isEmpty() ? null : trigger,
                null,
                null,
                labels());
    }

    private @Nullable RunState runState() {
        if (state.isEmpty()) {
            return null;
        }
        for (var candidate : RunState.values()) {
            if (candidate.name().equals(state)) {
                return candidate;
            }
        }
        throw new Refusal.Invalid("No run is ever in a state '%s'.".formatted(state), List.of());
    }

    private Map<String, String> labels() {
        if (label.isEmpty()) {
            return Map.of();
        }
        var at = label.indexOf('=');
        if (at <= 0) {
            throw new Refusal.Invalid(
                    "A label to look for is written name=value, not '%s'.".formatted(label),
                    List.of());
        }
        return Map.of(label.substring(0, at), label.substring(at + 1));
    }

    public boolean any() {
        return !workflow.isEmpty() || !state.isEmpty() || !trigger.isEmpty() || !label.isEmpty();
    }

    /// As people say it.
    public String sentence() {
        var parts = new ArrayList<String>();
        var found = runState();
        if (found != null) {
            parts.add("in state " + Mark.of(found).word());
        }
        if (!workflow.isEmpty()) {
            parts.add("of workflow " + workflow);
        }
        if (!trigger.isEmpty()) {
            parts.add("started by " + trigger);
        }
        if (!label.isEmpty()) {
            parts.add("with label " + label);
        }
        return parts.isEmpty() ? "all runs that there are" : "all runs " + String.join(", ", parts);
    }

    /// As it stands in an address.
    public String query() {
        return address("").query();
    }

    private Address address(String path) {
        return Address.of(path)
                .with("state", state)
                .with("workflow", workflow)
                .with("trigger", trigger)
                .with("label", label);
    }

    /// The address of the list of these runs.
    public String href() {
        return address("/runs").toString();
    }
}
