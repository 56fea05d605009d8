package dev.leat.plugin.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Whatever a task starts ends with it. Who is alive is counted here without the launcher's help,
/// by a folder that all processes of a test work in.
@Timeout(60)
class ProcessTreeTest {

    private static final Duration GRACE = Duration.ofMillis(500);

    private final ProcessLauncher launcher = TestLauncher.withGrace(GRACE);
    private final Path folder;
    private final CountDownLatch ready = new CountDownLatch(1);

    ProcessTreeTest() throws IOException {
        folder = Files.createTempDirectory("leat-tree");
    }

    @AfterEach
    void leave_nothing() throws IOException {
        living().forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
        Files.delete(folder);
    }

    @ParameterizedTest
    @EnumSource
    void a_cancelled_tree_leaves_nobody(Tree tree) throws Exception {
        var task = start(tree.script + "; echo ready; sleep 300; sleep 300");
        task.thread.interrupt();
        assertThatThrownBy(task.end::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(InterruptedException.class);
        assertThat(living()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void a_tree_whose_time_is_up_leaves_nobody(Tree tree) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var attempt =
                    threads.submit(() -> run(tree.script + "; echo ready; sleep 300; sleep 300"));
            ready.await();
            assertThatThrownBy(() -> attempt.get(1, TimeUnit.MILLISECONDS))
                    .isInstanceOf(TimeoutException.class);
            attempt.cancel(true);
        }
        assertThat(living()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void a_tree_whose_first_process_ends_leaves_nobody(Tree tree) throws Exception {
        var ended = run(tree.script + "; echo ready; exit 0");
        assertThat(ended.exitCode()).isZero();
        assertThat(ended.leftBehind()).isPositive();
        assertThat(living()).isEmpty();
    }

    @Test
    void a_task_is_asked_before_it_is_killed_and_may_clean_up() throws Exception {
        var said = new CompletableFuture<String>();
        var task = start("trap 'echo cleaned; exit 0' TERM; echo ready; sleep 300 & wait", said);
        task.thread.interrupt();
        assertThat(said.get()).isEqualTo("cleaned");
        assertThatThrownBy(task.end::get).hasMessageContaining("ended when asked");
    }

    @Test
    void a_second_interrupt_ends_the_grace() throws Exception {
        var patient = TestLauncher.withGrace(Duration.ofMinutes(10));
        var trapped = new CountDownLatch(1);
        var end =
                new FutureTask<>(
                        () ->
                                patient.run(
                                        launch(
                                                "trap 'echo asked' TERM; echo ready;"
                                                        + " while :; do sleep 0.1; done"),
                                        line -> hear(line, trapped)));
        var thread = Thread.ofVirtual().start(end);
        ready.await();
        thread.interrupt();
        trapped.await();
        thread.interrupt();
        assertThatThrownBy(end::get).hasMessageContaining("had to be killed");
        assertThat(living()).isEmpty();
    }

    @Test
    void a_process_that_multiplies_is_stopped() throws Exception {
        var bomb =
                """
                grow() { while :; do sleep 300 & sleep 0.01; done; }
                trap '' TERM
                grow & grow & setsid sh -c 'while :; do sleep 300 & sleep 0.01; done' &
                echo ready
                wait
                """;
        var task = start(bomb);
        task.thread.interrupt();
        assertThatThrownBy(task.end::get).isInstanceOf(ExecutionException.class);
        assertThat(living()).isEmpty();
    }

    @Test
    void what_a_killed_server_left_behind_is_found_by_the_next_one() throws Exception {
        var instance = UUID.randomUUID().toString();
        var left = abandon(instance, "trap '' TERM; setsid sleep 300 & sleep 300");
        var ofAnother = abandon("another-instance", "sleep 300");
        assertThat(launcher.sweepLeftBehind(instance)).isEqualTo(left.size());
        assertThat(living()).isEqualTo(ofAnother);
    }

    @Test
    void the_sweep_spares_what_this_server_itself_has_started() throws Exception {
        var instance = UUID.randomUUID().toString();
        launcher.sweepLeftBehind(instance);
        var task = start("echo ready; sleep 300");
        assertThat(launcher.sweepLeftBehind(instance)).isZero();
        assertThat(living()).isNotEmpty();
        task.thread.interrupt();
        assertThatThrownBy(task.end::get).isInstanceOf(ExecutionException.class);
    }

    /// Starts processes that nobody here is the parent of, and waits until all are what they will
    /// be.
    private Set<Long> abandon(String instance, String script) throws Exception {
        var builder =
                new ProcessBuilder(
                                "/bin/sh", "-c", "setsid sh -c \"$0\" > /dev/null 2>&1 &", script)
                        .directory(folder.toFile());
        builder.environment().put("LEAT_INSTANCE", instance);
        var before = living();
        builder.start().waitFor();
        var last = before;
        for (int same = 0; same < 10; TimeUnit.MILLISECONDS.sleep(10)) {
            var now = living();
            var settled = now.size() > before.size() && now.stream().allMatch(this::isSleepOrShell);
            same = settled && now.equals(last) ? same + 1 : 0;
            last = now;
        }
        last.removeAll(before);
        return last;
    }

    private boolean isSleepOrShell(long pid) {
        try {
            var name = Files.readString(Path.of("/proc/" + pid + "/comm")).strip();
            return name.equals("sleep") || name.equals("sh");
        } catch (IOException e) {
            return false;
        }
    }

    private Started start(String script) throws InterruptedException {
        return start(script, new CompletableFuture<>());
    }

    private Started start(String script, CompletableFuture<String> said)
            throws InterruptedException {
        var end =
                new FutureTask<>(
                        () ->
                                launcher.run(
                                        launch(script),
                                        line -> {
                                            hear(line, new CountDownLatch(1));
                                            if (!line.text().equals("ready")) {
                                                said.complete(line.text());
                                            }
                                        }));
        var thread = Thread.ofVirtual().start(end);
        ready.await();
        return new Started(thread, end);
    }

    private ProcessLauncher.Ended run(String script) throws IOException, InterruptedException {
        return launcher.run(launch(script), line -> hear(line, new CountDownLatch(1)));
    }

    private void hear(OutputLine line, CountDownLatch other) {
        if (line.text().equals("ready")) {
            ready.countDown();
        } else {
            other.countDown();
        }
    }

    private Launch launch(String script) {
        return new Launch(
                List.of("/bin/sh", "-c", script), folder, Map.of(), "", Launch.LONGEST_LINE);
    }

    private Set<Long> living() {
        try (var processes = Files.list(Path.of("/proc"))) {
            return processes
                    .filter(entry -> entry.getFileName().toString().matches("\\d+"))
                    .filter(this::worksInFolder)
                    .map(entry -> Long.parseLong(entry.getFileName().toString()))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean worksInFolder(Path entry) {
        try {
            var stat = Files.readString(entry.resolve("stat"), StandardCharsets.ISO_8859_1);
            return Files.readSymbolicLink(entry.resolve("cwd")).startsWith(folder)
                    && stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException e) {
            return false;
        }
    }

    private record Started(Thread thread, FutureTask<ProcessLauncher.Ended> end) {}

    enum Tree {
        BACKGROUND_CHILDREN("sleep 300 & sh -c 'sleep 300; :' &"),
        TRAPS_TERM("trap '' TERM; sleep 300 & sh -c \"trap '' TERM; while :; do sleep 1; done\" &"),
        ORPHAN("(sleep 300 & (sleep 300 &))"),
        DAEMON(
                "setsid sleep 300 & nohup setsid sh -c 'sleep 300 & exec sleep 300' > /dev/null 2>&1 &"),
        DAEMON_THAT_TRAPS("setsid sh -c \"trap '' TERM; sleep 300 & while :; do sleep 1; done\" &"),
        CLEARED_ENVIRONMENT("env -i sleep 300 &"),
        STOPPED("sleep 300 & kill -STOP $!");

        private final String script;

        Tree(String script) {
            // "cmd & ; next" is no shell.
            this.script = script.endsWith("&") ? script + " :" : script;
        }
    }
}
