package dev.leat.plugin.process;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/// A child and everything it started, however well hidden: its process group and session, its
/// descendants, and whatever carries its mark in the environment. Each of the three alone misses
/// some: a daemon leaves the group, an orphan the descendants, a cleared environment the marks.
final class ProcessTree {

    private static final Logger LOG = Logger.getLogger(ProcessTree.class);
    private static final Duration KILLING = Duration.ofSeconds(5);
    private static final long FIRST_LOOK_MILLIS = 10;
    private static final long SLOWEST_LOOK_MILLIS = 200;

    private final ProcessHandle leader;
    private final String markEntry;
    private final boolean ownGroup;
    private final long start;
    private final Set<ProcessHandle> seen = new LinkedHashSet<>();

    /// @param markEntry `NAME=value`, in the environment of this tree and of no other
    /// @param ownGroup whether the leader leads a process group
    ProcessTree(ProcessHandle leader, String markEntry, boolean ownGroup) {
        this.leader = leader;
        this.markEntry = markEntry;
        this.ownGroup = ownGroup;
        this.start = ProcessTable.startOf(leader.pid());
        seen.add(leader);
    }

    /// Asks everything to end, waits up to the grace, then kills until nothing is left. An
    /// interrupt ends the grace, not the killing, and stays set.
    Ending end(Duration grace) {
        var before = living();
        if (before.isEmpty()) {
            return new Ending(0, 0, 0);
        }
        signal(Signal.TERM, before);
        var stubborn = awaitEnd(grace);
        var left = stubborn.isEmpty() ? stubborn : kill(stubborn);
        return new Ending(before.size(), stubborn.size(), left.size());
    }

    private Set<ProcessHandle> awaitEnd(Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        long pause = FIRST_LOOK_MILLIS;
        var left = living();
        try {
            while (!left.isEmpty() && System.nanoTime() < deadline) {
                Thread.sleep(pause);
                pause = Math.min(pause * 2, SLOWEST_LOOK_MILLIS);
                left = living();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return left;
    }

    private Set<ProcessHandle> kill(Set<ProcessHandle> stubborn) {
        boolean interrupted = Thread.interrupted();
        long deadline = System.nanoTime() + KILLING.toNanos();
        long pause = FIRST_LOOK_MILLIS;
        var left = stubborn;
        while (!left.isEmpty() && System.nanoTime() < deadline) {
            signal(Signal.KILL, left);
            try {
                Thread.sleep(pause);
            } catch (InterruptedException e) {
                interrupted = true;
            }
            pause = Math.min(pause * 2, SLOWEST_LOOK_MILLIS);
            left = living();
        }
        if (!left.isEmpty()) {
            LOG.errorf("%d child processes can't be killed: %s", left.size(), pids(left));
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return left;
    }

    /// Whoever is alive now and belongs here, or was ever seen to.
    private Set<ProcessHandle> living() {
        var table = ProcessTable.now();
        if (table.isEmpty()) {
            leader.descendants().forEach(seen::add);
            return seen.stream().filter(ProcessHandle::isAlive).collect(Collectors.toSet());
        }
        var known = pids(seen.stream().filter(ProcessHandle::isAlive).collect(Collectors.toSet()));
        for (long pid : table.treeOf(known, ownGroup ? leader.pid() : -1, markEntry, start)) {
            ProcessHandle.of(pid).ifPresent(seen::add);
        }
        return seen.stream()
                .filter(handle -> handle.isAlive() && table.contains(handle.pid()))
                .collect(Collectors.toSet());
    }

    /// The group first, in one stroke, so that nothing in it can fork away meanwhile.
    private void signal(Signal signal, Set<ProcessHandle> targets) {
        if (ownGroup && ProcessTable.now().hasGroup(leader.pid())) {
            signalGroup(signal);
        }
        for (var target : targets) {
            switch (signal) {
                case TERM -> target.destroy();
                case KILL -> target.destroyForcibly();
            }
        }
    }

    private void signalGroup(Signal signal) {
        var group = "-" + leader.pid();
        try {
            new ProcessBuilder("/bin/sh", "-c", "kill -s \"$0\" -- \"$1\"", signal.name(), group)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .onExit()
                    .join();
        } catch (IOException e) {
            LOG.debugf("No shell to signal process group %s with; one by one then", group);
        }
    }

    private static Set<Long> pids(Set<ProcessHandle> handles) {
        return handles.stream().map(ProcessHandle::pid).collect(Collectors.toSet());
    }

    private enum Signal {
        TERM,
        KILL
    }

    /// @param found processes that were alive
    /// @param killed how many of them didn't end when asked
    /// @param survivors how many live still
    record Ending(int found, int killed, int survivors) {}
}
