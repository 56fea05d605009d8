package dev.leat.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.testing.LeatProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Tasks that print more than anybody can read, in a server whose heap has no room for it: where
/// something were kept that shouldn't be, the server would end with an OutOfMemoryError.
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OutputPressureIT {

    private static final int MEGABYTE = 1_000_000;

    private LeatProcess leat;

    @BeforeAll
    void start(@TempDir Path folder) {
        leat = new LeatProcess(folder).with("-Xmx96m", "-XX:+ExitOnOutOfMemoryError").serve();
    }

    @AfterAll
    void stop() {
        leat.close();
    }

    @Test
    void a_line_of_two_hundred_megabytes_is_kept_at_both_ends() {
        oneLine(200);
    }

    @Test
    @Tag("storm")
    void a_line_of_a_gigabyte_is_kept_at_both_ends() {
        oneLine(1_000);
    }

    private void oneLine(int megabytes) {
        var run = flood("head -c %d /dev/zero | tr '\\\\0' a".formatted(megabytes * MEGABYTE));

        var lines = lines(run);
        assertThat(lines).hasSize(1);
        assertThat(lines.getFirst().text())
                .startsWith("aaa")
                .contains("left out")
                .endsWith("aTHE END");
    }

    @Test
    void two_hundred_megabytes_of_the_shortest_lines_pass_quickly() {
        shortLines(200);
    }

    @Test
    @Tag("storm")
    void a_gigabyte_of_the_shortest_lines_passes_quickly() {
        shortLines(1_000);
    }

    private void shortLines(int megabytes) {
        var before = processorTime();
        var run = flood("yes | head -c %d".formatted(megabytes * MEGABYTE));
        var took = processorTime().minus(before);

        // Line by line it would be some 350 ns each, or 0.17 s a megabyte.
        assertThat(took).isLessThan(Duration.ofSeconds(15).plusMillis(15L * megabytes));
        assertKept(lines(run), megabytes * MEGABYTE / 2 + 1L);
    }

    @Test
    void lines_as_long_as_they_may_be_are_cut_in_the_middle_of_the_log() {
        var run = flood("head -c 200000000 /dev/zero | tr '\\\\0' a | fold -w 60000; echo");

        assertKept(lines(run), 200_000_000 / 60_000 + 2L);
    }

    @Test
    void ten_tasks_at_once_that_print_all_they_can_leave_room_for_others() {
        var floods = new ArrayList<String>();
        for (int at = 0; at < 10; at++) {
            floods.add(start("yes 'task %d prints this' | head -c 50000000".formatted(at)));
        }
        for (int at = 0; at < 10; at++) {
            var small =
                    leat.start(
                            "{\"id\": \"small\", \"tasks\": [{\"id\": \"a\", \"type\": \"noop\"}]}");
            assertThat(leat.ended(small)).containsEntry("state", "SUCCESS");
        }
        for (var run : floods) {
            assertThat(leat.ended(run)).containsEntry("state", "SUCCESS");
            assertThat(tail(run).getLast().text()).endsWith("THE END");
        }
    }

    @Test
    void the_end_is_there_while_the_task_still_prints() {
        var run = start("yes 'this goes on' | head -c 390000000");
        leat.run(run, _ -> tail(run).stream().anyMatch(line -> line.number() > 1_000_000));

        assertThat(leat.page("/runs/" + run + "/logs")).contains("this goes on");
        assertThat(leat.ended(run)).containsEntry("state", "SUCCESS");
        assertKept(lines(run), 390_000_000 / 13 + 1L);
    }

    @Test
    void bytes_that_are_no_text_are_replaced_and_the_rest_is_as_it_was() {
        var run =
                flood(
                        "printf 'bad \\\\377\\\\376 nul \\\\000\\\\n\\\\033[31mred\\\\033[0m\\\\n1 %%\\\\r2 %%\\\\r\\\\n'");

        assertThat(lines(run))
                .extracting(Line::text)
                .containsExactly(
                        "bad \uFFFD\uFFFD nul \uFFFD",
                        "\u001b[31mred\u001b[0m",
                        "1 %\r2 %",
                        "THE END");
        assertThat(leat.page("/runs/" + run + "/logs")).contains("red").doesNotContain("\u001b");
    }

    @Test
    void a_result_of_a_hundred_megabytes_fails_the_task_and_nothing_else() {
        assertFails("head -c 100000000 /dev/zero > $LEAT_OUTPUT", "output-too-large");
        assertFails("yes KEY=VALUE | head -c 100000000 > $LEAT_OUTPUT", "output-too-large");
        assertFails(
                "(echo '{\\\"a\\\": [0'; yes ,1 | head -n 5000000; echo ']}') > $LEAT_OUTPUT",
                "output-too-large");
    }

    /// What the log of a run holds is the beginning, one mark and at least the last 64 KiB.
    private static void assertKept(List<Line> lines, long printed) {
        long before = 0;
        int mark = -1;
        for (int at = 0; at < lines.size(); at++) {
            var line = lines.get(at);
            long missing = 1;
            if (line.kind().equals("WARN")) {
                assertThat(mark).as("a second mark: " + line.text()).isEqualTo(-1);
                mark = at;
                missing = Long.parseLong(line.text().replaceAll("\\D+(\\d+) lines.*", "$1"));
            }
            assertThat(line.number()).as(line.text()).isEqualTo(before + missing);
            before = line.number();
        }
        assertThat(before).isEqualTo(printed);
        assertThat(mark).isPositive();
        var end = lines.subList(mark + 1, lines.size());
        assertThat(end.stream().mapToLong(line -> line.text().length() + 1).sum())
                .isGreaterThanOrEqualTo(65_536);
        assertThat(end.getLast().text()).isEqualTo("THE END");
    }

    private void assertFails(String command, String code) {
        var run = start(command);
        assertThat(leat.ended(run)).containsEntry("state", "FAILED");
        assertThat(tail(run).getLast().text()).startsWith(code + ": ");
    }

    private String flood(String command) {
        var run = start(command);
        assertThat(leat.ended(run)).containsEntry("state", "SUCCESS");
        return run;
    }

    private String start(String command) {
        return leat.start(
                "{\"id\": \"flood\", \"tasks\": [{\"id\": \"a\", \"type\": \"shell\", \"with\": {\"command\": \"%s; echo THE END\"}}]}"
                        .formatted(command));
    }

    private List<Line> lines(String run) {
        var all = new ArrayList<Line>();
        for (var page = page(run, "limit=5000"); !page.isEmpty(); ) {
            all.addAll(page);
            page = page(run, "limit=5000&after=" + all.getLast().number());
        }
        return all;
    }

    private List<Line> tail(String run) {
        return page(run, "tail=5");
    }

    private List<Line> page(String run, String query) {
        var page = leat.get("/api/runs/" + run + "/logs?" + query);
        return page.get("lines") instanceof List<?> lines
                ? lines.stream().map(Line::of).toList()
                : List.of();
    }

    /// Of the server without its children.
    private Duration processorTime() {
        return ProcessHandle.of(leat.pid())
                .flatMap(process -> process.info().totalCpuDuration())
                .orElseThrow();
    }

    private record Line(long number, String kind, String text) {

        static Line of(@Nullable Object json) {
            if (json instanceof Map<?, ?> line && line.get("number") instanceof Long number) {
                return new Line(
                        number, String.valueOf(line.get("kind")), String.valueOf(line.get("text")));
            }
            throw new AssertionError("no line: " + json);
        }
    }
}
