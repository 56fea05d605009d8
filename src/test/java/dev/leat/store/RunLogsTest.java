package dev.leat.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.store.RunLogs.Line;
import dev.leat.task.LogKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLogsTest {

    private static final long RUN = 123_456_789_012_345L;
    private static final Instant AT = Instant.parse("2026-11-23T08:00:00.123456Z");
    private static final long LIMIT = 200_000;

    private final Path folder;

    RunLogsTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void lines_are_read_as_they_were_written() {
        var logs = logs();
        try (var log = logs.open(RUN, "fetch", 1)) {
            log.append(LogKind.INFO, "first");
            log.append(LogKind.STDERR, "back\\slash, é, 😀\rover");
        }
        assertThat(logs.read(RUN, null, 0, 0, 10))
                .containsExactly(
                        new Line(1, AT, "fetch", 1, LogKind.INFO, "first"),
                        new Line(2, AT, "fetch", 1, LogKind.STDERR, "back\\slash, é, 😀\rover"));
    }

    @Test
    void text_with_line_breaks_becomes_several_lines() {
        var logs = logs();
        try (var log = logs.open(RUN, "a", 1)) {
            log.append(LogKind.INFO, "one\r\ntwo\n\nfour\n");
            log.append(LogKind.INFO, "");
        }
        assertThat(texts(logs.read(RUN, null, 0, 0, 10)))
                .containsExactly("one", "two", "", "four", "");
    }

    @Test
    void lines_that_are_still_buffered_are_read_too() {
        var logs = logs();
        var log = logs.open(RUN, "a", 1);
        log.append(LogKind.INFO, "now");
        assertThat(texts(logs.read(RUN, "a", 1, 0, 10))).containsExactly("now");
        assertThat(texts(logs.tail(RUN, null, 0, 10))).containsExactly("now");
        log.close();
    }

    @Test
    void the_logs_of_a_run_are_merged_in_the_order_they_were_written() {
        var logs = logs();
        try (var one = logs.open(RUN, "one", 1);
                var two = logs.open(RUN, "two", 1);
                var again = logs.open(RUN, "two", 2)) {
            for (int number = 0; number < 3_000; number++) {
                (number % 3 == 0 ? one : number % 3 == 1 ? two : again)
                        .append(LogKind.STDOUT, "line " + number);
            }
        }
        var lines = new ArrayList<Line>();
        for (long after = 0; lines.size() < 3_000; after = lines.getLast().number()) {
            var page = logs.read(RUN, null, 0, after, 700);
            assertThat(page).isNotEmpty();
            lines.addAll(page);
        }
        for (int number = 0; number < 3_000; number++) {
            assertThat(lines.get(number).number()).isEqualTo(number + 1);
            assertThat(lines.get(number).text()).isEqualTo("line " + number);
        }
        assertThat(logs.read(RUN, "two", 2, 2_990, 10))
                .extracting(Line::number)
                .containsExactly(2_991L, 2_994L, 2_997L, 3_000L);
        assertThat(logs.read(RUN, "two", 0, 0, 10_000)).hasSize(2_000);
        assertThat(logs.tail(RUN, null, 0, 2))
                .extracting(Line::number)
                .containsExactly(2_999L, 3_000L);
    }

    @Test
    void numbers_go_on_after_a_restart() {
        var before = logs();
        try (var log = before.open(RUN, "a", 1)) {
            log.append(LogKind.INFO, "one\ntwo");
        }
        var after = logs();
        try (var log = after.open(RUN, "b", 1)) {
            log.append(LogKind.INFO, "three");
        }
        assertThat(after.read(RUN, null, 0, 0, 10))
                .extracting(Line::number)
                .containsExactly(1L, 2L, 3L);
    }

    @Test
    void a_line_that_a_crash_cut_off_is_left_out_and_written_over() throws IOException {
        var before = logs();
        try (var log = before.open(RUN, "a", 1)) {
            log.append(LogKind.INFO, "whole");
        }
        Files.writeString(file("a.1.log"), "2 17000 I ha", StandardOpenOption.APPEND);

        var after = logs();
        assertThat(texts(after.read(RUN, null, 0, 0, 10))).containsExactly("whole");
        try (var log = after.open(RUN, "a", 1)) {
            log.append(LogKind.INFO, "next");
        }
        assertThat(texts(after.read(RUN, null, 0, 0, 10))).containsExactly("whole", "next");
    }

    @Test
    void of_a_long_line_the_middle_is_left_out_and_it_says_so() {
        var logs = logs();
        try (var log = logs.open(RUN, "a", 1)) {
            log.append(LogKind.INFO, "x".repeat(70_000) + "the end");
        }
        var text = logs.read(RUN, null, 0, 0, 10).getFirst().text();
        assertThat(text)
                .startsWith("x".repeat(32_768))
                .contains("x … [4471 of this line's 70007 characters left out] … x")
                .endsWith("xthe end")
                .hasSizeLessThan(66_000);
    }

    @Test
    void lines_as_a_program_prints_them_are_the_same_as_text() {
        var logs = logs();
        var bytes =
                "plain\n\nwindows\r\nprogress 1\rprogress 2\nback\\slash\né😀\n\u001b[31mred\n"
                        .getBytes(StandardCharsets.UTF_8);
        var odd = new byte[] {'a', (byte) 0xff, 0, 'b', '\n'};
        try (var log = logs.open(RUN, "a", 1)) {
            log.appendLines(LogKind.STDOUT, bytes, 0, bytes.length);
            log.appendLines(LogKind.STDERR, odd, 0, odd.length);
        }
        assertThat(texts(logs.read(RUN, null, 0, 0, 20)))
                .containsExactly(
                        "plain",
                        "",
                        "windows",
                        "progress 1\rprogress 2",
                        "back\\slash",
                        "é😀",
                        "\u001b[31mred",
                        "a\uFFFD\uFFFDb");
    }

    @Test
    void a_long_log_loses_its_middle_and_keeps_its_end() throws IOException {
        var logs = logs();
        var log = logs.open(RUN, "a", 1);
        for (int number = 1; number <= 20_000; number++) {
            log.append(LogKind.STDOUT, "line " + number);
        }
        assertCut(logs);
        // Another process finds the end too, as if this one had crashed.
        assertCut(logs());
        log.close();

        assertCut(logs);
        // The end's short lines take more room in the file than the 64 KiB that they are.
        assertThat(Files.size(file("a.1.log"))).isBetween(LIMIT - 1_000, LIMIT + 250_000);
        assertThat(file("a.1.tail")).doesNotExist();
    }

    private static void assertCut(RunLogs logs) {
        var lines = logs.read(RUN, null, 0, 0, 30_000);
        var marks = lines.stream().filter(line -> line.kind() == LogKind.WARN).toList();
        assertThat(marks).hasSize(1);
        var mark = marks.getFirst();
        var at = lines.indexOf(mark);
        var missing = mark.number() - lines.get(at - 1).number();
        assertThat(mark.text())
                .startsWith("… %d lines (".formatted(missing))
                .contains("limited to 200000 bytes");
        assertThat(lines.get(at + 1).number()).isEqualTo(mark.number() + 1);
        var end = lines.subList(at + 1, lines.size());
        assertThat(end.stream().mapToLong(line -> line.text().length() + 1).sum())
                .isBetween(65_536L, 66_000L);
        assertThat(lines.getFirst().text()).isEqualTo("line 1");
        assertThat(lines.getLast().text()).isEqualTo("line 20000");
        assertThat(lines.getLast().number()).isEqualTo(20_000);
        assertThat(logs.tail(RUN, null, 0, 3))
                .isEqualTo(lines.subList(lines.size() - 3, lines.size()));
    }

    @Test
    void followers_hear_each_line_in_order_from_many_writers() throws Exception {
        var logs = logs();
        var heard = new CopyOnWriteArrayList<Long>();
        try (var _ = logs.follow(RUN, line -> heard.add(line.number()));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int writer = 0; writer < 20; writer++) {
                var task = "t" + writer;
                threads.submit(
                        () -> {
                            try (var log = logs.open(RUN, task, 1)) {
                                for (int number = 0; number < 50; number++) {
                                    log.append(LogKind.INFO, "x");
                                }
                            }
                        });
            }
        }
        assertThat(heard).hasSize(1_000).isSorted().doesNotHaveDuplicates();
        assertThat(logs.read(RUN, null, 0, 0, 2_000)).hasSize(1_000);
    }

    @Test
    void what_begins_to_be_written_while_somebody_reads_is_read_from_its_first_line_on() {
        var logs = logs();
        var files = new LogReader(new LogPaths(folder.resolve("logs")), 1_000_000);
        var looks = new AtomicInteger();
        var lines =
                logs.consistent(
                        RUN,
                        upTo -> {
                            if (looks.getAndIncrement() == 0) {
                                logs.open(RUN, "first", 1).append(LogKind.INFO, "is buffered");
                                var second = logs.open(RUN, "second", 1);
                                second.append(
                                        LogKind.INFO, "is in its file: " + "x".repeat(40_000));
                            }
                            return files.read(RUN, null, 0, 0, upTo, 10);
                        });
        assertThat(lines).extracting(Line::number).containsExactly(1L, 2L);
    }

    @Test
    void an_interrupted_writer_loses_no_line() {
        var logs = logs();
        Thread.currentThread().interrupt();
        try (var log = logs.open(RUN, "a", 1)) {
            log.append(LogKind.INFO, "x".repeat(40_000));
            log.append(LogKind.INFO, "end");
        }
        assertThat(Thread.interrupted()).isTrue();
        assertThat(logs.read(RUN, null, 0, 0, 10)).hasSize(2);
    }

    @Test
    void a_few_lines_wait_while_nothing_can_be_written() throws IOException {
        var logs = logs();
        var full = fullDisk();
        var log = logs.open(RUN, "a", 1);
        log.append(LogKind.INFO, "early");
        assertThat(logs.read(RUN, null, 0, 0, 10)).isEmpty();
        Files.delete(full);
        log.append(LogKind.INFO, "late");
        until(() -> logs.read(RUN, null, 0, 0, 10).size() == 2);
        log.close();

        assertThat(texts(logs.read(RUN, null, 0, 0, 10))).containsExactly("early", "late");
    }

    @Test
    void of_many_lines_that_cant_be_written_a_mark_is_left() throws IOException {
        var logs = logs();
        var full = fullDisk();
        var log = logs.open(RUN, "a", 1);
        for (int number = 1; number <= 2_000; number++) {
            log.append(LogKind.STDOUT, "line %030d".formatted(number));
        }
        Files.delete(full);
        until(() -> !logs.read(RUN, null, 0, 0, 10).isEmpty());
        log.append(LogKind.INFO, "after");
        log.close();

        var lines = logs.read(RUN, null, 0, 0, 5_000);
        var mark = lines.getFirst();
        assertThat(mark.text())
                .startsWith("… %d lines (".formatted(mark.number()))
                .contains("could not be written");
        assertGapFree(lines);
        assertThat(lines.getLast().text()).isEqualTo("after");
        assertThat(lines.getLast().number()).isEqualTo(2_001);
    }

    @Test
    void what_an_attempt_wrote_last_is_kept_until_there_is_room() throws IOException {
        var logs = logs();
        logs.start();
        var full = fullDisk();
        try (var log = logs.open(RUN, "a", 1)) {
            for (int number = 1; number <= 20_000; number++) {
                log.append(LogKind.STDOUT, "line %020d".formatted(number));
            }
        }
        assertThat(logs.open(RUN)).isTrue();
        try (var log = logs.open(RUN, "b", 1)) {
            log.append(LogKind.INFO, "another task");
        }
        Files.delete(full);
        until(() -> !logs.open(RUN));
        logs.stop();

        var lines = logs.read(RUN, null, 0, 0, 50_000);
        assertGapFree(lines);
        assertThat(texts(lines.subList(lines.size() - 2, lines.size())))
                .containsExactly("line %020d".formatted(20_000), "another task");
        assertThat(lines.getLast().number()).isEqualTo(20_001);
    }

    @Test
    void a_device_that_says_it_is_full_is_asked_again_until_it_is_not() throws IOException {
        var logs = logs();
        Files.createDirectories(file("a.1.log").getParent());
        Files.createSymbolicLink(file("a.1.log"), Path.of("/dev/full"));
        logs.start();
        try (var log = logs.open(RUN, "a", 1)) {
            for (int number = 1; number <= 1_000; number++) {
                log.append(LogKind.STDOUT, "line %050d".formatted(number));
            }
        }
        Files.delete(file("a.1.log"));
        until(() -> !logs.open(RUN));
        logs.stop();

        var lines = logs.read(RUN, null, 0, 0, 5_000);
        assertGapFree(lines);
        assertThat(lines.getFirst().text()).contains("could not be written");
        assertThat(lines.getLast().text()).isEqualTo("line %050d".formatted(1_000));
    }

    /// Each line follows the one before, but for marks that say how many are missing.
    private static void assertGapFree(List<Line> lines) {
        long before = 0;
        for (var line : lines) {
            var missing =
                    line.kind() == LogKind.WARN
                            ? Long.parseLong(line.text().replaceAll("\\D+(\\d+) lines.*", "$1"))
                            : 1;
            assertThat(line.number()).as(line.text()).isEqualTo(before + missing);
            before = line.number();
        }
    }

    /// A file where the run's folder should be: nothing can be written there.
    private Path fullDisk() throws IOException {
        Files.createDirectories(folder.resolve("logs"));
        return Files.writeString(folder.resolve("logs").resolve(Ids.text(RUN)), "");
    }

    @Test
    void a_run_that_wrote_nothing_has_no_lines_and_no_folder() {
        var logs = logs();
        logs.open(RUN, "a", 1).close();
        assertThat(logs.read(RUN, null, 0, 0, 10)).isEmpty();
        assertThat(logs.tail(RUN, "a", 1, 10)).isEmpty();
        assertThat(folder.resolve("logs")).doesNotExist();
    }

    @Test
    void no_name_leads_out_of_the_folder() {
        var logs = logs();
        assertThatThrownBy(() -> logs.open(RUN, "../../etc", 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(logs.read(RUN, "../x", 0, 0, 10)).isEmpty();
    }

    @Test
    void lines_longer_than_a_block_are_read_both_ways() {
        var logs = logs();
        var wide = "€".repeat(40_000).getBytes(StandardCharsets.UTF_8);
        var line = Arrays.copyOf(wide, wide.length + 1);
        line[wide.length] = '\n';
        try (var log = logs.open(RUN, "a", 1)) {
            log.append(LogKind.INFO, "short");
            log.appendLines(LogKind.STDOUT, line, 0, line.length);
            log.append(LogKind.INFO, "last");
        }
        assertThat(logs.read(RUN, null, 0, 1, 10)).extracting(Line::number).containsExactly(2L, 3L);
        assertThat(logs.tail(RUN, null, 0, 3)).extracting(Line::number).containsExactly(1L, 2L, 3L);
        assertThat(logs.tail(RUN, null, 0, 2).getFirst().text()).isEqualTo("€".repeat(40_000));
    }

    @Test
    void of_very_long_lines_fewer_are_read_at_once_and_none_is_passed_over() throws IOException {
        var logs = new RunLogs(directory(), new Limits(100_000_000), InstantSource.fixed(AT));
        try (var log = logs.open(RUN, "a", 1)) {
            for (int number = 0; number < 500; number++) {
                log.append(LogKind.INFO, number + "x".repeat(60_000));
            }
        }
        var first = logs.read(RUN, null, 0, 0, 500);
        var last = logs.tail(RUN, null, 0, 500);
        assertThat(first).hasSize(17);
        assertThat(RunLogs.mayHaveMore(first, 500)).isTrue();
        assertThat(last).hasSize(17);
        assertThat(last.getLast().number()).isEqualTo(500);

        var all = new ArrayList<Line>(first);
        while (RunLogs.mayHaveMore(logs.read(RUN, null, 0, all.getLast().number(), 500), 500)) {
            all.addAll(logs.read(RUN, null, 0, all.getLast().number(), 500));
        }
        all.addAll(logs.read(RUN, null, 0, all.getLast().number(), 500));
        assertThat(all).hasSize(500);
        assertGapFree(all);
    }

    private static void until(BooleanSupplier seen) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!seen.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited in vain").isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    private Path file(String name) {
        return folder.resolve("logs").resolve(Ids.text(RUN)).resolve(name);
    }

    private static List<String> texts(List<Line> lines) {
        return lines.stream().map(Line::text).toList();
    }

    private RunLogs logs() {
        return new RunLogs(directory(), new Limits(LIMIT), InstantSource.fixed(AT));
    }

    private DataDirectory directory() {
        return new DataDirectory(folder.toString());
    }

    private record Limits(long maxBytesPerAttempt) implements LogsConfig {

        @Override
        public Search search() {
            return () -> false;
        }

        @Override
        public int keep() {
            return 30;
        }

        @Override
        public long maxTotalBytes() {
            return 0;
        }
    }
}
