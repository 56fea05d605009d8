package dev.leat.fault;

import java.util.List;
import java.util.Map;
import java.util.Set;

/// All that an audit looks at, taken once everything has ended.
///
/// @param ends how runs may end, by workflow, where none of their tasks is lost too often
/// @param accepted the workflow, by run
/// @param shown what the API says of each run: its state, and those of its tasks
/// @param counted how many runs there are by state, as the API counts them
/// @param logs what tasks wrote, by run, in the order of the API
/// @param survivors processes of tasks that still live, as `<pid> <run> <command>`
/// @param oneAttempt whether two attempts of a task never ran at once: the server that lost one
/// had ended its processes before the next began
record Evidence(
        Map<String, Set<String>> ends,
        Map<String, String> accepted,
        Map<String, Set<String>> runsOfKeys,
        Map<String, Integer> unanswered,
        Map<String, Long> cancelled,
        List<String> unexpected,
        List<Ledger.Line> ledger,
        Stored stored,
        Map<String, Shown> shown,
        Map<String, Long> counted,
        Map<String, List<LogLine>> logs,
        List<String> survivors,
        boolean oneAttempt) {

    record Shown(String state, Map<String, String> tasks) {}

    record LogLine(long number, String task, int attempt, String text) {}
}
