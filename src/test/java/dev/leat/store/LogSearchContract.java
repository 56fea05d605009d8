package dev.leat.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.store.LogSearch.Answer;
import dev.leat.store.LogSearch.Question;
import dev.leat.store.RunLogs.Line;
import dev.leat.store.search.LogQuery;
import dev.leat.task.LogKind;
import dev.leat.task.Refusal;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What searching all logs promises on every database. Each test looks for a word of its own.
abstract class LogSearchContract {

    @Inject LogSearch search;
    @Inject LogIndexer indexer;
    @Inject RunLogs logs;
    @Inject Ids ids;

    final String word = "w" + Long.toHexString(System.nanoTime()) + "x";

    @Test
    void a_line_is_found_with_those_beside_it_soon_after_it_was_written() {
        var run = ids.next();
        write(run, "load", "one", "two", "the " + word + " here", "four", "five", "six");

        var answer = until(word, found -> found.count() == 1);

        var passage = answer.passages().getFirst();
        assertThat(passage.run()).isEqualTo(run);
        assertThat(passage.task()).isEqualTo("load");
        assertThat(passage.hits()).containsExactly(3L);
        assertThat(passage.lines()).extracting(Line::number).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(answer.next()).isZero();
        assertThat(answer.timeUp()).isFalse();
    }

    @Test
    void a_line_must_have_all_words_and_phrases_and_none_with_a_minus() {
        write(
                ids.next(),
                "load",
                word + " Connection to 10.2.0.7 refused",
                word + " connection closed, 10.2.0.8 refused",
                word + " refused the connection at 10.2.0.7",
                "\u001b[31m" + word + "\u001b[0m zürich",
                "without");
        until(word, found -> found.count() == 4);

        assertThat(lines(word + " refused CONNECTION")).containsExactly(1L, 2L, 3L);
        assertThat(lines(word + " \"to 10.2.0.7\"")).containsExactly(1L);
        assertThat(lines(word + " 10.2.0.7 -closed")).containsExactly(1L, 3L);
        assertThat(lines(word + " -\"connection to\"")).containsExactly(2L, 3L, 4L);
        assertThat(lines(word + " ZÜR*")).containsExactly(4L);
        assertThat(lines(word + " nowhere")).isEmpty();
        assertThat(lines(word.substring(0, word.length() - 1) + "*")).hasSize(4);
    }

    @Test
    void filters_leave_only_lines_that_fit() {
        var run = ids.next();
        try (var log = logs.open(run, "load.3", 2)) {
            log.append(LogKind.STDERR, word + " a");
            log.append(LogKind.STDOUT, word + " b");
        }
        write(run, "other", word + " c");
        until(word, found -> found.count() == 3);

        assertThat(count(question(null, "load", 0, Set.of()))).isEqualTo(2);
        assertThat(count(question(null, "load.3", run, Set.of(LogKind.STDERR)))).isEqualTo(1);
        assertThat(count(question(null, "load.4", 0, Set.of()))).isZero();
        assertThat(count(question("no-such", null, 0, Set.of()))).isZero();
        assertThat(count(question(null, null, ids.next(), Set.of()))).isZero();
        var now = Instant.now();
        assertThat(count(between(now.minusSeconds(600), now.plusSeconds(600)))).isEqualTo(3);
        assertThat(count(between(now.plusSeconds(600), null))).isZero();
        assertThat(count(between(null, now.minusSeconds(600)))).isZero();
    }

    @Test
    void a_log_that_grows_is_read_on_and_no_line_is_found_twice() {
        var run = ids.next();
        try (var log = logs.open(run, "slow", 1)) {
            for (int line = 1; line <= 150; line++) {
                log.append(LogKind.INFO, "line " + line + " " + word);
                if (line % 50 == 0) {
                    int written = line;
                    until(word, found -> found.count() == written);
                }
            }
        }
        assertThat(lines(word)).hasSize(150).doesNotHaveDuplicates();
        assertThat(lines(word + " 77")).containsExactly(77L);
    }

    @Test
    void pages_go_on_where_the_one_before_ended() {
        for (int run = 0; run < 5; run++) {
            write(ids.next(), "load", word, word + " again");
        }
        until(word, found -> found.count() == 10);

        var seen = new ArrayList<Long>();
        long before = Long.MAX_VALUE;
        do {
            var page = search.find(question(null, null, 0, Set.of(), before, 4));
            page.passages().forEach(passage -> seen.add(passage.run()));
            before = page.next();
        } while (before != 0);

        assertThat(seen).hasSize(5).doesNotHaveDuplicates();
    }

    @Test
    void garbage_and_very_long_words_harm_nothing() throws IOException {
        var run = ids.next();
        write(
                run,
                "load",
                "a".repeat(60_000) + " " + word,
                "\u0001\u0002 " + word,
                "' \" \\ :* & |");
        var file = logs.paths().file(run, "junk", 1);
        Files.createDirectories(file.getParent());
        try (var log = logs.open(run, "junk", 1)) {
            log.appendLines(LogKind.STDOUT, new byte[] {(byte) 0xff, (byte) 0xfe, 0, '\n'}, 0, 4);
            log.append(LogKind.STDOUT, word);
        }
        until(word, found -> found.count() == 3);
        assertThat(lines("a".repeat(100) + " " + word)).hasSize(1);
    }

    @Test
    void what_housekeeping_deletes_is_found_no_more() throws IOException {
        var run = ids.next();
        write(run, "load", word);
        until(word, found -> found.count() == 1);

        Files.delete(logs.paths().file(run, "load", 1));
        Files.delete(logs.paths().folder(run));
        indexer.forget(run);

        until(word, found -> found.count() == 0 && indexer.behind() == 0);
    }

    @Test
    void after_a_restart_it_goes_on_where_it_was() {
        write(ids.next(), "load", word);
        until(word, found -> found.count() == 1);
        indexer.stop();
        write(ids.next(), "load", word + " while nobody looked");
        indexer.start();

        until(word, found -> found.count() == 2);
    }

    @Test
    void the_end_of_a_cut_log_is_found_that_a_crash_has_left_beside_it() throws IOException {
        var run = ids.next();
        write(run, "load", "the beginning " + word);
        indexer.stop();
        var end = LogPaths.tail(logs.paths().file(run, "load", 1));
        Files.writeString(end, "900 1795000000000000 E the end " + word + "\n");
        indexer.start();

        until(word, found -> found.count() == 2);
        assertThat(lines(word + " end")).containsExactly(900L);
        assertThat(find(word + " end").passages().getFirst().attempt()).isEqualTo(1);
    }

    private Question between(Instant since, Instant until) {
        return new Question(
                LogQuery.parse(word), null, null, 0, Set.of(), since, until, Long.MAX_VALUE, 500);
    }

    private Question question(String workflow, String task, long run, Set<LogKind> kinds) {
        return question(workflow, task, run, kinds, Long.MAX_VALUE, 500);
    }

    private Question question(
            String workflow, String task, long run, Set<LogKind> kinds, long before, int limit) {
        return new Question(
                LogQuery.parse(word), workflow, task, run, kinds, null, null, before, limit);
    }

    private int count(Question question) {
        return search.find(question).count();
    }

    private List<Long> lines(String query) {
        return find(query).passages().stream()
                .flatMap(passage -> passage.hits().stream())
                .sorted()
                .toList();
    }

    private Answer find(String query) {
        return search.find(
                new Question(
                        LogQuery.parse(query),
                        null,
                        null,
                        0,
                        Set.of(),
                        null,
                        null,
                        Long.MAX_VALUE,
                        500));
    }

    void write(long run, String task, String... lines) {
        try (var log = logs.open(run, task, 1)) {
            for (var line : lines) {
                log.append(LogKind.INFO, line);
            }
        }
    }

    /// Null while the index is away.
    private @Nullable Answer findOrNothing(String query) {
        try {
            return find(query);
        } catch (Refusal.Unavailable _) {
            return null;
        }
    }

    Answer until(String query, Predicate<Answer> seen) {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (true) {
            if (indexer.index() != null) {
                var answer = findOrNothing(query);
                if (answer != null && seen.test(answer)) {
                    return answer;
                }
                assertThat(System.nanoTime())
                        .as("%s, %s", answer, indexer.trouble())
                        .isLessThan(deadline);
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }
}
