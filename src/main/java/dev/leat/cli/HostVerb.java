package dev.leat.cli;

/// A verb that asks something of whoever carries runs, and shows the answer.
non-sealed interface HostVerb extends Verb {

    CommonOptions options();

    /// @return the exit code
    int perform(RunHost host);
}
