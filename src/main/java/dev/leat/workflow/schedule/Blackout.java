package dev.leat.workflow.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// Stretches of time in which workflows don't start by themselves.
///
/// @param name for people
/// @param zone of the times in its sentences
/// @param workflows ids with namespaces, in which `*` stands for any characters and `?` for one;
/// empty for all workflows
public record Blackout(
        String id,
        String name,
        String description,
        ZoneId zone,
        List<Span> spans,
        List<Recurring> recurring,
        Action action,
        List<String> workflows) {

    /// Windows that touch are one, but not without end.
    private static final int MOST_JOINED = 1_000;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    public Blackout {
        spans = List.copyOf(spans);
        recurring = List.copyOf(recurring);
        workflows = List.copyOf(workflows);
    }

    /// What becomes of a fire in a blackout.
    public enum Action {
        /// It happens once the blackout is over.
        HOLD,
        SKIP
    }

    /// A single window.
    ///
    /// @param until the first moment after it
    /// @param name what it is for; empty for nothing
    public record Span(Instant from, Instant until, String name) {

        boolean contains(Instant at) {
            return !at.isBefore(from) && at.isBefore(until);
        }
    }

    /// Windows that come again and again.
    public record Recurring(Schedule begins, Duration duration, String name) {

        /// The one that a moment is in.
        Optional<Span> at(Instant moment) {
            return begins.after(moment.minus(duration))
                    .map(this::span)
                    .filter(span -> span.contains(moment));
        }

        Optional<Span> after(Instant moment) {
            return begins.after(moment).map(this::span);
        }

        private Span span(Occurrence at) {
            return new Span(at.nominal(), at.nominal().plus(duration), name);
        }
    }

    /// A blackout that a workflow is in.
    ///
    /// @param until when it is over
    /// @param sentence says why, for people
    public record Window(Instant until, Action action, String sentence) {}

    /// What a workflow has to do with it at a moment; empty where nothing.
    public Optional<Window> at(String workflow, Instant moment) {
        return concerns(workflow)
                ? now(moment).map(span -> new Window(span.until(), action, sentence(span)))
                : Optional.empty();
    }

    /// Whether it is for a workflow.
    public boolean concerns(String workflow) {
        return workflows.isEmpty()
                || workflows.stream().anyMatch(selector -> matches(selector, workflow));
    }

    /// The window that a moment is in, together with those that follow without a pause.
    public Optional<Span> now(Instant moment) {
        return longest(moment).map(this::joined);
    }

    private Optional<Span> longest(Instant moment) {
        return Stream.concat(
                        spans.stream().filter(span -> span.contains(moment)),
                        recurring.stream().flatMap(windows -> windows.at(moment).stream()))
                .max(Comparator.comparing(Span::until));
    }

    private Span joined(Span first) {
        var span = first;
        for (int count = 0; count < MOST_JOINED; count++) {
            var next = longest(span.until());
            if (next.isEmpty()) {
                break;
            }
            span = new Span(first.from(), next.get().until(), first.name());
        }
        return span;
    }

    /// The next window that begins after a moment.
    public Optional<Span> next(Instant moment) {
        return Stream.concat(
                        spans.stream().filter(span -> span.from().isAfter(moment)),
                        recurring.stream().flatMap(windows -> windows.after(moment).stream()))
                .min(Comparator.comparing(Span::from));
    }

    private String sentence(Span span) {
        var what = span.name().isBlank() ? "" : " (" + span.name() + ")";
        return "blackout '%s'%s until %s %s"
                .formatted(name, what, TIME.format(span.until().atZone(zone)), zone);
    }

    /// Goes back to the last `*` where the rest doesn't fit: never more than the product of the
    /// lengths.
    private static boolean matches(String selector, String workflow) {
        int at = 0;
        int in = 0;
        int star = -1;
        int resume = 0;
        while (in < workflow.length()) {
            var letter = at < selector.length() ? selector.charAt(at) : '\0';
            if (letter == '*') {
                star = at++;
                resume = in;
            } else if (letter == '?' || letter == workflow.charAt(in)) {
                at++;
                in++;
            } else if (star >= 0) {
                at = star + 1;
                in = ++resume;
            } else {
                return false;
            }
        }
        while (at < selector.length() && selector.charAt(at) == '*') {
            at++;
        }
        return at == selector.length();
    }
}
