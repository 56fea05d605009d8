package dev.leat.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.store.RunLogs.Line;
import dev.leat.task.LogKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
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
    void a_long_line_is_cut_and_says_so() {
        var logs = logs();
        try (var log = logs.open(RUN, "a", 1)) {
            log.append(LogKind.INFO, "x".repeat(70_000));
        }
        var text = logs.read(RUN, null, 0, 0, 10).getFirst().text();
        assertThat(text).startsWith("x".repeat(65_536)).endsWith(" … (4464 characters left out)");
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
        assertThat(Files.size(file("a.1.log"))).isBetween(LIMIT - 1_000, LIMIT + 200);
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
    void what_cant_be_written_is_left_out_with_a_mark() throws IOException {
        var logs = logs();
        Files.createDirectories(folder.resolve("logs"));
        // A file where the run's folder should be: nothing can be written there.
        Files.writeString(folder.resolve("logs").resolve(Ids.text(RUN)), "");
        var log = logs.open(RUN, "a", 1);
        log.append(LogKind.INFO, "lost\nlost too");
        logs.read(RUN, null, 0, 0, 10);
        Files.delete(folder.resolve("logs").resolve(Ids.text(RUN)));
        log.append(LogKind.INFO, "kept");
        log.close();

        var lines = logs.read(RUN, null, 0, 0, 10);
        assertThat(lines).extracting(Line::number).containsExactly(2L, 3L);
        assertThat(lines.getFirst().text()).contains("2 lines").contains("could not be written");
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
        try (var log = logs.open(RUN, "a", 1)) {
            log.append(LogKind.INFO, "short");
            log.append(LogKind.INFO, "€".repeat(40_000));
            log.append(LogKind.INFO, "last");
        }
        assertThat(logs.read(RUN, null, 0, 1, 10)).extracting(Line::number).containsExactly(2L, 3L);
        assertThat(logs.tail(RUN, null, 0, 3)).extracting(Line::number).containsExactly(1L, 2L, 3L);
        assertThat(logs.tail(RUN, null, 0, 2).getFirst().text()).isEqualTo("€".repeat(40_000));
    }

    private Path file(String name) {
        return folder.resolve("logs").resolve(Ids.text(RUN)).resolve(name);
    }

    private static List<String> texts(List<Line> lines) {
        return lines.stream().map(Line::text).toList();
    }

    private RunLogs logs() {
        return new RunLogs(
                new DataDirectory(folder.toString()), new Limits(LIMIT), InstantSource.fixed(AT));
    }

    private record Limits(long maxBytesPerAttempt) implements LogsConfig {

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
