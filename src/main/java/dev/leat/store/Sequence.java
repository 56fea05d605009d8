package dev.leat.store;

/// Writes of which each follows from those before it, as those of a run while one process has it.
/// Once one of them isn't stored, none after it is.
public final class Sequence {

    private volatile boolean broken;

    boolean isBroken() {
        return broken;
    }

    void breakOff() {
        broken = true;
    }
}
