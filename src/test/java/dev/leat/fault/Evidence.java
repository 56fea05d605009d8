package dev.leat.fault;

import java.util.List;
import java.util.Map;

/// All that an audit looks at, taken once everything has ended.
///
/// @param shown what the API says of each run: its state, and those of its tasks
/// @param logs what tasks wrote, by run, in the order of the API
/// @param survivors processes of tasks that still live, as `<pid> <run> <command>`
/// @param oneNode whether there was never more than one server at a time, so that a lost attempt's
// processes are gone before
///     the next attempt begins
record Evidence(
        Map<String, Shape> accepted,
        Map<String, java.util.Set<String>> runsOfKeys,
        Map<Shape, Integer> unanswered,
        Map<String, Long> cancelled,
        List<String> unexpected,
        List<Ledger.Line> ledger,
        Stored stored,
        Map<String, Shown> shown,
        Map<String, List<LogLine>> logs,
        List<String> survivors,
        boolean oneNode) {

    record Shown(String state, Map<String, String> tasks) {}

    record LogLine(long number, String task, int attempt, String text) {}
}
