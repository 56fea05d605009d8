package dev.leat.store;

import dev.leat.store.RunLogs.Line;
import dev.leat.store.search.LogIndex.Found;
import dev.leat.store.search.LogQuery;
import dev.leat.store.search.LogWords;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// Lines that fit, with those beside them: those that overlap are one passage.
///
/// @param hits the numbers of those that fit
record LogPassages(List<Line> lines, Set<Long> hits) {

    private static final int BESIDE = 2;

    /// Characters of a line that are shown.
    private static final int LONGEST = 500;

    /// Before and after the part, where the lines beside its first and last are.
    private static final int AROUND = 4 * 1024;

    /// The passages of a part of a log, in order.
    ///
    /// @param query around which long lines are cut
    static List<LogPassages> of(
            LogPaths.Attempt log, Found part, Predicate<Line> fits, LogQuery query)
            throws IOException {
        try (var file = new LogFile(log.file(), log)) {
            long end = Math.min(file.size(), part.start() + part.bytes());
            if (end <= part.start()) {
                return List.of();
            }
            var block = file.read(part.start(), (int) (end - part.start()));
            var lines = lines(block, 0, log);
            var hits = new LinkedHashSet<Long>();
            for (var line : lines) {
                if (fits.test(line)) {
                    hits.add(line.number());
                }
            }
            if (hits.isEmpty()) {
                return List.of();
            }
            var around =
                    around(file, part, end, log, lines).stream()
                            .map(line -> cut(line, query))
                            .toList();
            return passages(around, hits);
        }
    }

    private static Line cut(Line line, LogQuery query) {
        if (line.text().length() <= LONGEST) {
            return line;
        }
        var plain = LogWords.plain(line.text());
        var found = query.found(plain);
        int from = found.isEmpty() ? 0 : Math.max(0, found.getFirst().from() - LONGEST / 4);
        int to = Math.min(plain.length(), from + LONGEST);
        var text =
                (from > 0 ? "… " : "")
                        + plain.substring(from, to)
                        + (to < plain.length() ? " …" : "");
        return new Line(line.number(), line.at(), line.task(), line.attempt(), line.kind(), text);
    }

    private static List<Line> around(
            LogFile file, Found part, long end, LogPaths.Attempt log, List<Line> lines)
            throws IOException {
        var all = new ArrayList<Line>();
        long from = Math.max(0, part.start() - AROUND);
        var before = file.read(from, (int) (part.start() - from));
        all.addAll(lines(before, from == 0 ? 0 : LogFile.lineFeed(before, 0) + 1, log));
        all.addAll(lines);
        var after = file.read(end, (int) Math.min(AROUND, file.size() - end));
        all.addAll(lines(after, 0, log));
        return all;
    }

    /// The whole lines in there.
    private static List<Line> lines(byte[] block, int from, LogPaths.Attempt log) {
        var lines = new ArrayList<Line>();
        int at = from;
        while (at < block.length) {
            int end = LogFile.lineFeed(block, at);
            var line =
                    end == block.length
                            ? null
                            : LogFormat.decode(block, at, end, log.task(), log.number());
            if (line != null) {
                lines.add(line);
            }
            at = end + 1;
        }
        return lines;
    }

    private static List<LogPassages> passages(List<Line> lines, Set<Long> hits) {
        var passages = new ArrayList<LogPassages>();
        int shown = -1;
        for (int at = 0; at < lines.size(); at++) {
            if (!hits.contains(lines.get(at).number())) {
                continue;
            }
            int from = Math.max(0, at - BESIDE);
            if (passages.isEmpty() || from > shown + 1) {
                passages.add(new LogPassages(new ArrayList<>(), new LinkedHashSet<>()));
                shown = from - 1;
            }
            var passage = passages.getLast();
            int to = Math.min(lines.size() - 1, at + BESIDE);
            for (; shown < to; shown++) {
                passage.lines.add(lines.get(shown + 1));
            }
            passage.hits.add(lines.get(at).number());
        }
        return passages;
    }
}
