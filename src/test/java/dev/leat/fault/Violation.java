package dev.leat.fault;

/// A promise that was broken.
///
/// @param rule as in docs/spec/13-faults.md, such as `A2`
/// @param run empty where it isn't about one
record Violation(String rule, String run, String facts) {

    @Override
    public String toString() {
        return rule + (run.isEmpty() ? "" : " run " + run) + ": " + facts;
    }
}
