package dev.leat.dashboard;

import dev.leat.engine.report.Forecast;
import dev.leat.engine.report.Moment;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The expected runs of each trigger as a row of bars, and how many go on at once.
///
/// @param ticks what stands above the rows, evenly spread
/// @param load a bar for each half hour in which something is expected
record ForecastTimeline(List<String> ticks, List<Bar> load, List<Row> rows) {

    private static final int WIDTH = 1_000;
    private static final int TICKS = 5;
    private static final double THINNEST = 2;
    private static final double TALLEST = 14;
    private static final Duration HALF_HOUR = Duration.ofMinutes(30);
    private static final DateTimeFormatter TICK =
            DateTimeFormatter.ofPattern("EEE d MMM, HH:mm", Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC);

    /// @param label all of it in words
    record Row(Forecast.Line line, List<Bar> bars, String label) {}

    record Bar(double x, double y, double width, double height, String css, String title) {}

    static ForecastTimeline of(Forecast forecast) {
        var scale = new Scale(forecast.from(), forecast.to());
        var load = new ArrayList<Bar>();
        for (var half : forecast.halfHours()) {
            var tall = Math.max(2, TALLEST * half.going() / Math.max(1, forecast.peak()));
            load.add(
                    new Bar(
                            scale.at(half.at()),
                            16 - tall,
                            scale.width(HALF_HOUR),
                            tall,
                            half.workflows() > 1 ? "is-waiting" : "is-success",
                            "%s: %d runs of %s"
                                    .formatted(
                                            TICK.format(half.at()),
                                            half.going(),
                                            Words.of(half.workflows(), "workflow"))));
        }
        var rows =
                forecast.triggers().stream().map(line -> row(line, scale, forecast.to())).toList();
        return new ForecastTimeline(scale.ticks(), load, rows);
    }

    private static Row row(Forecast.Line line, Scale scale, Instant to) {
        var takes = Duration.ofMillis(line.median() == null ? 0 : line.median());
        var bars = new ArrayList<Bar>();
        for (var moment : line.fires()) {
            var css = moment.skipped() ? "is-skipped" : "is-success";
            bars.add(scale.bar(moment.due(), takes, css, title(moment)));
        }
        var last = line.fires().getLast().due();
        if (line.every() != null && last.isBefore(to)) {
            var title = "And so on, about every " + line.every();
            bars.add(scale.bar(last, Duration.between(last, to), "is-queue", title));
        }
        var label =
                "%s, the first at %s"
                        .formatted(
                                Words.of(Math.toIntExact(line.total()), "run"),
                                TICK.format(line.fires().getFirst().due()) + " UTC");
        return new Row(line, bars, label);
    }

    private static String title(Moment moment) {
        var at = TICK.format(moment.due()) + " UTC";
        return moment.note() == null ? at : at + ", " + moment.note();
    }

    private record Scale(Instant from, Instant to) {

        Bar bar(Instant at, Duration takes, String css, String title) {
            var wide = Math.max(THINNEST, width(takes));
            var x = Math.min(at(at), WIDTH - THINNEST);
            var thin = css.equals("is-queue");
            return new Bar(x, thin ? 6 : 3, Math.min(wide, WIDTH - x), thin ? 4 : 10, css, title);
        }

        double at(Instant moment) {
            return rounded(Math.clamp(share(Duration.between(from, moment)), 0, 1) * WIDTH);
        }

        double width(Duration time) {
            return rounded(Math.min(1, share(time)) * WIDTH);
        }

        private double share(Duration time) {
            return (double) time.toMillis() / Math.max(1, Duration.between(from, to).toMillis());
        }

        private static double rounded(double value) {
            return Math.round(value * 10) / 10.0;
        }

        List<String> ticks() {
            var ticks = new ArrayList<String>();
            for (int at = 0; at < TICKS; at++) {
                var span = Duration.between(from, to).multipliedBy(at).dividedBy(TICKS);
                ticks.add(TICK.format(from.plus(span)));
            }
            return ticks;
        }
    }
}
