package dev.leat.engine;

import dev.leat.store.Change;
import dev.leat.store.Ids;
import dev.leat.store.Journal;
import dev.leat.store.Json;
import dev.leat.store.Locks;
import dev.leat.store.Operation;
import dev.leat.store.Run;
import dev.leat.store.RunStore;
import dev.leat.task.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The labels of runs, which may change at any time. A run that is under way goes on with those
/// that it began with.
@ApplicationScoped
class Labels {

    private static final int MOST = 100;
    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_VALUE = 1_000;

    private final RunStore runs;
    private final Journal journal;
    private final Locks locks;
    private final InstantSource clock;

    Labels(RunStore runs, Journal journal, Locks locks, InstantSource clock) {
        this.runs = runs;
        this.journal = journal;
        this.locks = locks;
        this.clock = clock;
    }

    /// Two who change the same run's labels at once both have their way.
    ///
    /// @throws Refusal.NotFound
    /// @throws Refusal.Invalid where the labels would be too many or too long
    void change(Operation operation, Map<String, String> set, Set<String> remove) {
        check(set);
        locks.within(
                "labels " + operation.run(),
                () -> {
                    var labels = labels(existing(operation.run()));
                    remove.forEach(labels::remove);
                    labels.putAll(set);
                    if (labels.size() > MOST) {
                        throw invalid("A run has at most %d labels.".formatted(MOST));
                    }
                    Writes.await(
                            journal.write(
                                    List.of(
                                            new Change.Labelled(operation.run(), labels),
                                            new Change.Operated(operation.done(clock.instant())))));
                    return null;
                });
    }

    static Map<String, String> labels(Run run) {
        var labels = new LinkedHashMap<String, String>();
        Json.readObject(run.labels)
                .forEach((name, value) -> labels.put(name, String.valueOf(value)));
        return labels;
    }

    private static void check(Map<String, String> set) {
        set.forEach(
                (name, value) -> {
                    if (name.isBlank() || name.length() > LONGEST_NAME || isControlled(name)) {
                        throw invalid(
                                "A label's name has from 1 to %d printable characters."
                                        .formatted(LONGEST_NAME));
                    }
                    if (value.length() > LONGEST_VALUE || value.indexOf('\0') >= 0) {
                        throw invalid(
                                "Label '%s': a value has at most %d characters."
                                        .formatted(name, LONGEST_VALUE));
                    }
                });
    }

    private static boolean isControlled(String text) {
        return text.chars().anyMatch(Character::isISOControl);
    }

    private static Refusal.Invalid invalid(String sentence) {
        return new Refusal.Invalid(sentence, List.of());
    }

    private Run existing(long run) {
        return runs.run(run)
                .orElseThrow(() -> new Refusal.NotFound("There is no run " + Ids.text(run) + "."));
    }
}
