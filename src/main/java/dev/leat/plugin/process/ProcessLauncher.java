package dev.leat.plugin.process;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/// Starts child processes, and ends them: nothing else in Leat does either.
///
/// A child leads its own session, sees a listed environment instead of the server's, and carries
/// two marks in it: one of its attempt and one of this server's data. By these its whole tree is
/// found again, also after the server itself was killed.
@ApplicationScoped
public class ProcessLauncher {

    private static final Logger LOG = Logger.getLogger(ProcessLauncher.class);
    private static final String ATTEMPT_MARK = "LEAT_ATTEMPT_MARK";
    private static final String INSTANCE_MARK = "LEAT_INSTANCE";
    private static final Duration GRACE_OF_LEFTOVERS = Duration.ofSeconds(1);
    private static final Duration DRAINING = Duration.ofSeconds(2);
    private static final int SWEEPS = 100;
    private static final Duration BETWEEN_SWEEPS = Duration.ofMillis(20);

    private final ProcessConfig config;
    private final Optional<String> sessionMaker = findSessionMaker();
    private volatile String instance = "";

    ProcessLauncher(ProcessConfig config) {
        this.config = config;
        if (sessionMaker.isEmpty()) {
            LOG.warn(
                    "There is no 'setsid' on this system: children of tasks that re-parent"
                            + " themselves may outlive a cancellation. Install util-linux.");
        }
    }

    /// Runs a program to its end, and then ends whatever it left running. Lines are handed on as
    /// they come, from two threads, the last one before this returns.
    ///
    /// @throws IOException where it can't be started
    /// @throws InterruptedException where this thread was interrupted: by then the whole tree was
    ///     asked to end, given its grace, and killed. A second interrupt ends the grace
    public Ended run(Launch launch, OutputListener listener)
            throws IOException, InterruptedException {
        var mark = UUID.randomUUID().toString();
        var process = start(launch, mark);
        var tree =
                new ProcessTree(
                        process.toHandle(), ATTEMPT_MARK + "=" + mark, sessionMaker.isPresent());
        var output = new ProcessOutput(process, listener);
        output.start(launch);
        int exitCode;
        try {
            exitCode = process.waitFor();
        } catch (InterruptedException e) {
            throw cancelled(tree, output, listener);
        }
        var left = tree.end(GRACE_OF_LEFTOVERS);
        output.awaitEnd(DRAINING);
        if (left.found() > 0) {
            listener.line(
                    OutputLine.note(
                            "the task ended and left %s running, ended now, too"
                                    .formatted(processes(left.found()))));
        }
        return new Ended(exitCode, left.found());
    }

    /// Names the server whose children are started from now on, and ends what a former process of
    /// the same name left behind when it was killed itself.
    ///
    /// @param newInstance stable for one data directory, and different for every other
    /// @return how many processes were found
    public int sweepLeftBehind(String newInstance) {
        instance = newInstance;
        var leftBehind = leftBehindBy(newInstance);
        int found = leftBehind.size();
        for (int round = 0; round < SWEEPS && !leftBehind.isEmpty(); round++) {
            leftBehind.forEach(
                    pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
            LockSupport.parkNanos(BETWEEN_SWEEPS.toNanos());
            leftBehind = leftBehindBy(newInstance);
        }
        if (found > 0) {
            LOG.warnf("Ended %s that tasks of a former server had left running", processes(found));
        }
        return found;
    }

    /// Not this process, nor what it runs under, nor its own children.
    private static Set<Long> leftBehindBy(String formerInstance) {
        var table = ProcessTable.now();
        var self = ProcessHandle.current().pid();
        var found =
                table.withDescendants(table.withEnvironment(INSTANCE_MARK + "=" + formerInstance));
        found.removeAll(table.withAncestors(self));
        found.removeAll(table.withDescendants(Set.of(self)));
        return found;
    }

    private Process start(Launch launch, String mark) throws IOException {
        var command = Stream.concat(sessionMaker.stream(), launch.command().stream()).toList();
        var builder = new ProcessBuilder(command).directory(launch.directory().toFile());
        var environment = builder.environment();
        environment.keySet().retainAll(config.environment());
        environment.putAll(launch.environment());
        environment.put(INSTANCE_MARK, instance);
        environment.put(ATTEMPT_MARK, mark);
        if (launch.input().isEmpty()) {
            builder.redirectInput(new File("/dev/null"));
        }
        return builder.start();
    }

    private InterruptedException cancelled(
            ProcessTree tree, ProcessOutput output, OutputListener listener) {
        var ending = tree.end(config.grace());
        // A second interrupt has done its work, which was to end the grace.
        Thread.interrupted();
        try {
            output.awaitEnd(DRAINING);
        } catch (InterruptedException e) {
            LOG.debug("Interrupted again while reading the last output of an ended task", e);
        }
        listener.line(OutputLine.note(sentence(ending)));
        return new InterruptedException(sentence(ending));
    }

    private static String sentence(ProcessTree.Ending ending) {
        if (ending.survivors() > 0) {
            return "interrupted; %s can't be killed and still run"
                    .formatted(processes(ending.survivors()));
        }
        return ending.killed() == 0
                ? "interrupted; %s ended when asked".formatted(processes(ending.found()))
                : "interrupted; %s didn't end when asked and had to be killed"
                        .formatted(processes(ending.killed()));
    }

    private static String processes(int count) {
        return count == 1 ? "1 process" : count + " processes";
    }

    private static Optional<String> findSessionMaker() {
        return Stream.of("/usr/bin/setsid", "/bin/setsid", "/usr/local/bin/setsid")
                .filter(path -> Files.isExecutable(Path.of(path)))
                .findFirst();
    }

    /// How a child ended that wasn't interrupted.
    ///
    /// @param exitCode as shells count: 128 and the signal's number where a signal ended it
    /// @param leftBehind processes that it had left running and that were ended after it
    public record Ended(int exitCode, int leftBehind) {}
}
