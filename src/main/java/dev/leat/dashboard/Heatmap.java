package dev.leat.dashboard;

import dev.leat.store.WorkflowHistory.Day;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A year as a calendar: a column for each week, a square for each day. How dark a square is says
/// how many runs there were beside the other days; what is red of it, how many of them failed.
///
/// @param label the same in a sentence
/// @param days that had runs, newest first
record Heatmap(String label, int width, List<Month> months, List<Square> squares, List<Row> days) {

    static final int SIDE = 13;
    static final int STEP = 16;

    private static final int LEFT = 34;
    private static final int TOP = 20;
    private static final int WEEKS = 53;
    private static final int LEVELS = 4;
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("EEE d MMM yyyy", Locale.ENGLISH);

    record Month(String name, int x) {}

    /// @param level from 0, no run at all, to 4
    /// @param failed how much of it is red, from below
    record Square(int x, int y, int level, int failed, String title) {
        public int failedY() {
            return y + SIDE - failed;
        }
    }

    record Row(LocalDate date, String words, int runs, int failed, int percent) {}

    /// The first day that is shown.
    static LocalDate first(LocalDate today) {
        return today.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)).minusWeeks(WEEKS - 1);
    }

    /// @param days one after the other, from the first one that is shown
    static Heatmap of(List<Day> days) {
        var most = days.stream().mapToInt(Day::runs).max().orElse(0);
        var squares = new ArrayList<Square>();
        var months = new ArrayList<Month>();
        for (int at = 0; at < days.size(); at++) {
            var day = days.get(at);
            var x = LEFT + at / 7 * STEP;
            if (day.date().getDayOfMonth() == 1) {
                months.add(new Month(month(day.date()), x));
            }
            squares.add(
                    new Square(
                            x, TOP + at % 7 * STEP, level(day.runs(), most), red(day), title(day)));
        }
        return new Heatmap(label(days), LEFT + WEEKS * STEP, months, squares, rows(days));
    }

    private static String month(LocalDate date) {
        return date.getMonth().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
    }

    /// By the root, since days differ by magnitudes.
    private static int level(int runs, int most) {
        return runs == 0 ? 0 : (int) Math.ceil(Math.sqrt((double) runs / most) * LEVELS);
    }

    /// A single failure is to be seen, too.
    private static int red(Day day) {
        return day.failed() == 0
                ? 0
                : Math.max(3, (int) Math.round((double) SIDE * day.failed() / day.runs()));
    }

    private static String title(Day day) {
        return "%s: %s%s"
                .formatted(
                        DAY.format(day.date()),
                        day.runs() == 0 ? "no runs" : Words.of(day.runs(), "run"),
                        day.failed() == 0 ? "" : ", %,d failed".formatted(day.failed()));
    }

    private static String label(List<Day> days) {
        var runs = days.stream().mapToInt(Day::runs).sum();
        var failed = days.stream().mapToInt(Day::failed).sum();
        return "%s in the last year, %,d of them failed; a square for each day"
                .formatted(Words.of(runs, "run"), failed);
    }

    private static List<Row> rows(List<Day> days) {
        return days.reversed().stream()
                .filter(day -> day.runs() > 0)
                .map(
                        day ->
                                new Row(
                                        day.date(),
                                        DAY.format(day.date()),
                                        day.runs(),
                                        day.failed(),
                                        day.failed() * 100 / day.runs()))
                .toList();
    }
}
