package dev.leat.fault;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What the server told a client, and what it left open. Safe for several threads.
final class Answers {

    private final Map<String, String> accepted = new HashMap<>();
    private final Map<String, Set<String>> runsOfKeys = new HashMap<>();
    private final Map<String, Integer> unanswered = new HashMap<>();
    private final Map<String, Long> cancelled = new HashMap<>();
    private final List<String> unexpected = new ArrayList<>();

    /// A start of the workflow was answered with this run.
    synchronized void accepted(String workflow, String run, String key) {
        accepted.put(run, workflow);
        if (!key.isEmpty()) {
            runsOfKeys.computeIfAbsent(key, _ -> new HashSet<>()).add(run);
        }
    }

    /// A start without a key got no answer: there may be a run of it or not.
    synchronized void unanswered(String workflow) {
        unanswered.merge(workflow, 1, Integer::sum);
    }

    /// A cancellation was answered; the time is taken after the answer.
    synchronized void cancelled(String run) {
        cancelled.putIfAbsent(run, System.nanoTime());
    }

    /// The server said what it must not say, such as 500.
    synchronized void unexpected(String what) {
        unexpected.add(what);
    }

    synchronized Map<String, String> accepted() {
        return Map.copyOf(accepted);
    }

    synchronized Map<String, Set<String>> runsOfKeys() {
        return Map.copyOf(runsOfKeys);
    }

    synchronized Map<String, Integer> unanswered() {
        return Map.copyOf(unanswered);
    }

    synchronized Map<String, Long> cancelled() {
        return Map.copyOf(cancelled);
    }

    synchronized List<String> unexpected() {
        return List.copyOf(unexpected);
    }
}
