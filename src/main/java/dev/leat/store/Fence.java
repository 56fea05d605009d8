package dev.leat.store;

/// What the journal must know of the node that it writes for. Everything that is written of runs is
/// written in the name of a node, and kept only while that node holds its lease.
interface Fence {

    /// For a process that is alone with its database.
    Fence NONE =
            new Fence() {
                @Override
                public long node() {
                    return 1;
                }

                @Override
                public boolean shared() {
                    return false;
                }

                @Override
                public boolean heard() {
                    return false;
                }

                @Override
                public void lost(long node, String why) {
                    throw new IllegalStateException("A single process can't be taken for lost.");
                }
            };

    /// The node that this process is at the moment; 0 where it is none.
    long node();

    /// Whether other nodes could take this one for lost, so that each write has to look.
    boolean shared();

    /// Whether other nodes are there to be told of what happens.
    boolean heard();

    /// Others have taken the node for lost.
    void lost(long node, String why);
}
