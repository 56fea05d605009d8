package dev.leat.cli;

/// What the exit codes mean; scripts depend on them.
final class Exit {

    static final int SUCCESS = 0;

    /// The run ended, but not with success.
    static final int FAILED = 1;

    /// It was never tried: the command line, the definition, the inputs or the set-up is wrong.
    static final int REFUSED = 2;

    /// Left on a second Ctrl-C.
    static final int INTERRUPTED = 130;

    private Exit() {}
}
