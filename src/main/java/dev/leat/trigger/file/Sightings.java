package dev.leat.trigger.file;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Tells from what a folder held each time it was looked at which files have arrived or changed,
/// and have been still since for long enough. Knows neither clock nor disk.
final class Sightings {

    private static final int MOST_DEPARTED = 100_000;

    private Duration settle;
    private final Map<String, Stamp> known;
    private final LinkedHashMap<String, Stamp> departed = new LinkedHashMap<>();
    private final Map<String, Unsettled> unsettled = new TreeMap<>();

    /// @param known what needs no run any more
    Sightings(Duration settle, Map<String, Stamp> known) {
        this.settle = settle;
        this.known = new HashMap<>(known);
    }

    /// Files are to be still for so long from now on.
    void settle(Duration now) {
        settle = now;
    }

    private record Unsettled(Stamp stamp, Instant since) {}

    /// A file that has settled.
    ///
    /// @param created whether it wasn't there before; else it has changed
    record Arrival(String path, Stamp stamp, boolean created) {}

    /// Those that have settled by now, and aren't known. They are told again until they are.
    List<Arrival> look(Map<String, Stamp> files, Instant now) {
        unsettled.keySet().retainAll(files.keySet());
        var arrivals = new ArrayList<Arrival>();
        files.forEach(
                (path, stamp) -> {
                    if (stamp.equals(departed.remove(path))) {
                        known.put(path, stamp);
                    }
                    if (stamp.equals(known.get(path))) {
                        unsettled.remove(path);
                        return;
                    }
                    var seen = unsettled.get(path);
                    if (seen == null || !seen.stamp().equals(stamp)) {
                        seen = new Unsettled(stamp, now);
                        unsettled.put(path, seen);
                    }
                    if (!now.isBefore(seen.since().plus(settle))) {
                        arrivals.add(new Arrival(path, stamp, !known.containsKey(path)));
                    }
                });
        return arrivals;
    }

    /// Files that were known, and aren't there any more.
    List<String> gone(Map<String, Stamp> files) {
        return known.keySet().stream().filter(path -> !files.containsKey(path)).sorted().toList();
    }

    /// It needs no run any more, as it is now.
    void know(String path, Stamp stamp) {
        known.put(path, stamp);
        unsettled.remove(path);
    }

    /// If it comes back as it was, as all files of a drive do that was away for a while, that is no
    /// news; if it comes back as another, it arrives.
    void forget(String path) {
        var stamp = known.remove(path);
        if (stamp != null) {
            departed.put(path, stamp);
            if (departed.size() > MOST_DEPARTED) {
                departed.pollFirstEntry();
            }
        }
    }

    /// When the first of the unsettled files will have settled, if nothing changes.
    Optional<Instant> next() {
        return unsettled.values().stream()
                .map(seen -> seen.since().plus(settle))
                .min(Instant::compareTo);
    }
}
