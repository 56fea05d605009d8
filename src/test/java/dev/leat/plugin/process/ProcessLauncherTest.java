package dev.leat.plugin.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.task.LogKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ProcessLauncherTest {

    private final ProcessLauncher launcher = TestLauncher.withGrace(Duration.ofSeconds(5));
    private final List<OutputLine> lines = Collections.synchronizedList(new ArrayList<>());

    @Test
    void lines_come_from_both_streams_in_their_order() throws Exception {
        var ended = run("echo 1; echo 2; echo a >&2; echo b >&2; exit 3");
        assertThat(ended.exitCode()).isEqualTo(3);
        assertThat(printed(LogKind.STDOUT)).containsExactly("1", "2");
        assertThat(printed(LogKind.STDERR)).containsExactly("a", "b");
    }

    @Test
    void a_line_comes_when_it_is_printed_and_not_at_the_end() throws Exception {
        // The child goes on only once its first line was heard: the listener makes the file.
        var launch = launch("echo first; until [ -e \"$0\" ]; do sleep 0.05; done; echo second");
        var heard =
                Path.of(System.getProperty("java.io.tmpdir"), "leat-heard-" + System.nanoTime());
        var command = new ArrayList<>(launch.command());
        command.add(heard.toString());
        launcher.run(
                new Launch(command, launch.directory(), Map.of(), "", Launch.LONGEST_LINE),
                line -> {
                    lines.add(line);
                    heard.toFile().deleteOnExit();
                    make(heard);
                });
        assertThat(printed(LogKind.STDOUT)).containsExactly("first", "second");
    }

    @Test
    void the_environment_is_clean_but_for_what_is_listed() throws Exception {
        assertThat(System.getenv()).hasSizeGreaterThan(3);
        launcher.run(
                launch("env").withEnvironment(Map.of("OWN", "value", "LEAT_RUN_ID", "r")),
                lines::add);
        var names =
                printed(LogKind.STDOUT).stream()
                        .map(line -> line.substring(0, line.indexOf('=')))
                        .collect(Collectors.toSet());
        assertThat(names)
                .contains("OWN", "PATH", "LEAT_RUN_ID")
                .isSubsetOf(
                        "OWN",
                        "PATH",
                        "HOME",
                        "PWD",
                        "LEAT_RUN_ID",
                        "LEAT_INSTANCE",
                        "LEAT_ATTEMPT_MARK");
    }

    @Test
    void a_child_without_input_finds_it_ended_and_has_no_terminal() throws Exception {
        run("read line; echo \"$? $(ls -l /proc/self/fd/0 | sed 's/.* //')\"; tty");
        assertThat(printed(LogKind.STDOUT)).containsExactly("1 /dev/null", "not a tty");
    }

    @Test
    void a_child_that_closes_its_output_and_lives_on_is_waited_for() throws Exception {
        assertThat(run("exec >&- 2>&-; sleep 0.3; exit 7").exitCode()).isEqualTo(7);
    }

    @Test
    void a_pipe_that_an_escaped_process_holds_open_does_not_hang_the_reader() throws Exception {
        var ended = run("echo before; env -i setsid sleep 4 & sleep 0.3; exit 0");
        assertThat(ended.exitCode()).isZero();
        assertThat(printed(LogKind.STDOUT)).containsExactly("before");
        assertThat(printed(LogKind.STDERR)).singleElement().asString().contains("holds the output");
    }

    @Test
    void of_a_line_of_a_hundred_megabytes_the_beginning_and_the_end_stay() throws Exception {
        run("printf start; head -c 99999990 /dev/zero | tr '\\0' x; echo 'final'; echo after");
        assertThat(lines).hasSize(2);
        var line = lines.getFirst();
        assertThat(line.cut()).isTrue();
        assertThat(line.bytes()).isEqualTo(100_000_000);
        assertThat(line.text())
                .startsWith("startxxx")
                .contains("x … [99934464 of this line's 100000000 bytes left out] … x")
                .endsWith("xfinal")
                .hasSizeLessThan(Launch.LONGEST_LINE + 200);
        assertThat(lines.getLast().text()).isEqualTo("after");
    }

    @ParameterizedTest
    @ValueSource(ints = {8_191, 8_192, 8_193, 65_535, 65_536, 65_537, 70_000, 131_072, 200_000})
    void lines_around_the_sizes_of_blocks_come_as_they_are(int length) throws Exception {
        run(
                "x=$(head -c %d /dev/zero | tr '\\0' x); echo a; echo \"${x}\"; echo b; printf %%s \"${x}\""
                        .formatted(length));
        assertThat(lines).hasSize(4);
        assertThat(lines.get(0).text()).isEqualTo("a");
        assertThat(lines.get(2).text()).isEqualTo("b");
        for (var line : List.of(lines.get(1), lines.get(3))) {
            assertThat(line.bytes()).isEqualTo(length);
            assertThat(line.cut()).isEqualTo(length > Launch.LONGEST_LINE);
            assertThat(line.text().replaceAll(" .*", "")).matches("x+");
        }
    }

    @Test
    void letters_of_several_bytes_survive_the_ends_of_blocks_and_aren_t_torn_where_a_line_is_cut()
            throws Exception {
        run("x=$(yes '€ü' | head -n 40000 | tr -d '\\n'); echo \"$x\"; yes '€ü' | head -n 40000");
        assertThat(lines).hasSize(40_001);
        assertThat(lines.getFirst().text().replaceAll("\\[.*\\]", "")).matches("[€ü… ]+");
        assertThat(lines.subList(1, lines.size())).allMatch(line -> line.text().equals("€ü"));
    }

    @Test
    void many_lines_come_in_blocks_of_whole_lines() throws Exception {
        var counted = new long[3];
        launcher.run(
                launch("yes | head -c 100000000; echo end"),
                new OutputListener() {
                    @Override
                    public void line(OutputLine line) {
                        lines.add(line);
                    }

                    @Override
                    public void lines(LogKind stream, byte[] bytes, int from, int to) {
                        assertThat(bytes[to - 1]).isEqualTo((byte) '\n');
                        counted[0] += to - from;
                        counted[1]++;
                    }
                });
        assertThat(lines).isEmpty();
        assertThat(counted[0]).isEqualTo(100_000_004);
        assertThat(counted[1]).isLessThan(50_000);
    }

    @Test
    void bytes_that_are_no_text_are_replaced() throws Exception {
        run(
                "printf 'a\\377b\\000c\\n'; printf 'windows\\r\\n'; printf '\\n'; printf 'no line end'");
        assertThat(printed(LogKind.STDOUT))
                .containsExactly("a\uFFFDb\uFFFDc", "windows", "", "no line end");
    }

    @Test
    void a_hundred_thousand_lines_all_come() throws Exception {
        run("seq 1 100000");
        assertThat(lines).hasSize(100_000);
        assertThat(lines.getLast().text()).isEqualTo("100000");
    }

    @Test
    void a_listener_that_fails_neither_blocks_the_child_nor_is_forgotten() {
        assertThatThrownBy(
                        () ->
                                launcher.run(
                                        launch("seq 1 100000"),
                                        _ -> {
                                            throw new IllegalStateException("full");
                                        }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("full");
    }

    @Test
    void many_silent_children_leave_virtual_threads_free() throws Exception {
        var threads = new ArrayList<Thread>();
        for (int at = 0; at < 40; at++) {
            threads.add(Thread.startVirtualThread(() -> runQuietly("sleep 300")));
        }
        var other = new CompletableFuture<String>();
        Thread.startVirtualThread(() -> other.complete("ran"));
        assertThat(other.get()).isEqualTo("ran");
        threads.forEach(Thread::interrupt);
        for (var thread : threads) {
            thread.join();
        }
    }

    private void runQuietly(String script) {
        try {
            run(script);
        } catch (IOException | InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void make(Path file) {
        try {
            Files.writeString(file, "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ProcessLauncher.Ended run(String script) throws IOException, InterruptedException {
        return launcher.run(launch(script), lines::add);
    }

    private static Launch launch(String script) {
        return new Launch(
                List.of("/bin/sh", "-c", script),
                Path.of("/tmp"),
                Map.of(),
                "",
                Launch.LONGEST_LINE);
    }

    private List<String> printed(LogKind stream) {
        return List.copyOf(lines).stream()
                .filter(line -> line.stream() == stream)
                .map(OutputLine::text)
                .toList();
    }
}
