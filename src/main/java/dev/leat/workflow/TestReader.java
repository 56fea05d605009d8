package dev.leat.workflow;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.leat.task.Problem;
import dev.leat.task.TaskError;
import dev.leat.workflow.TestCase.Mock;
import dev.leat.workflow.WorkflowLoader.Source;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads test documents, as [WorkflowLoader] reads workflows: with all problems at once, each at
/// its place.
@ApplicationScoped
public class TestReader {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final int MANY_SLOTS = 1_000_000;

    private final WorkflowConfig limits;

    TestReader(WorkflowConfig limits) {
        this.limits = limits;
    }

    /// @param document empty where there are problems
    public record Read(Optional<TestDocument> document, List<Problem> problems) {
        public Read {
            problems = List.copyOf(problems);
        }
    }

    /// Never throws for a bad text.
    public Read read(Source source) {
        var document = new DocumentReader(limits).read(source);
        var report = document.report();
        var root =
                document.root()
                        .map(
                                node ->
                                        new Structure(report)
                                                .sound(Place.root(node), TestKeys.DOCUMENT));
        var raw = document.root().map(Place::root).orElse(null);
        var tests = root.map(node -> tests(Place.root(node), raw, report)).orElse(List.of());
        var problems = report.problems();
        if (root.isEmpty() || problems.stream().anyMatch(Problem::isError)) {
            return new Read(Optional.empty(), problems);
        }
        var place = Place.root(root.get());
        return new Read(
                Optional.of(
                        new TestDocument(
                                new Fields(place).textOrNull("workflow"),
                                tests,
                                place,
                                document.text(),
                                limits.maxProblems())),
                problems);
    }

    private static List<TestCase> tests(Place document, @Nullable Place raw, Report report) {
        var list = document.member("tests");
        if (list == null || !(list.node() instanceof Node.Sequence items)) {
            return List.of();
        }
        if (items.items().isEmpty()) {
            report.error(list, ProblemCode.BAD_VALUE, "'tests' must not be empty.");
        }
        var tests = new ArrayList<TestCase>();
        for (int number = 0; number < items.items().size(); number++) {
            tests.add(test(list.item(number), raw, report));
        }
        return tests;
    }

    private static TestCase test(Place place, @Nullable Place raw, Report report) {
        var fields = new Fields(place);
        var expect = object(place, "expect");
        if (place.member("expect") instanceof Place at) {
            if (isEmpty(raw, at)) {
                report.error(
                        at,
                        ProblemCode.BAD_VALUE,
                        "'expect' must not be empty: a test that can't fail tells nothing.",
                        "such as {\"state\": \"SUCCESS\"}");
            }
            checkPatterns(at, report);
        }
        items(place.member("events")).forEach(at -> checkPatterns(at, report));
        return new TestCase(
                place.pointer(),
                fields.text("name", ""),
                object(place, "inputs"),
                fields.textOrNull("now") instanceof String now
                        ? OffsetDateTime.parse(now).toInstant()
                        : NOW,
                fields.whole("seed", 0),
                object(place, "trigger"),
                fields.whole("slots", MANY_SLOTS),
                fields.map(
                        "pools",
                        (_, at) -> at.node().plain() instanceof Number n ? n.intValue() : 1),
                fields.map("mocks", (_, at) -> mocks(at, report)),
                items(place.member("events")).stream()
                        .map(at -> new EventReader(report).event(at))
                        .toList(),
                expect);
    }

    /// As it was written: what is wrong with its members is told already.
    private static boolean isEmpty(@Nullable Place raw, Place expect) {
        return raw != null
                && raw.follow(expect.pointer()).node() instanceof Node.Mapping written
                && written.members().isEmpty();
    }

    static Map<String, @Nullable Object> object(Place place, String key) {
        var object = place.member(key);
        return object != null && object.node() instanceof Node.Mapping mapping
                ? mapping.plain()
                : new LinkedHashMap<>();
    }

    private static List<Place> items(@Nullable Place list) {
        var places = new ArrayList<Place>();
        if (list != null && list.node() instanceof Node.Sequence sequence) {
            for (int number = 0; number < sequence.items().size(); number++) {
                places.add(list.item(number));
            }
        }
        return places;
    }

    private static List<Mock> mocks(Place place, Report report) {
        if (place.node() instanceof Node.Mapping) {
            return List.of(mock(place, report));
        }
        var each = items(place);
        if (each.isEmpty()) {
            report.error(
                    place,
                    ProblemCode.BAD_VALUE,
                    "%s must not be empty.".formatted(Leaves.subject(place)));
        }
        return each.stream().map(at -> mock(at, report)).toList();
    }

    private static Mock mock(Place place, Report report) {
        var fields = new Fields(place);
        checkOne(place, List.of("output", "fails", "never"), report);
        var takes = period(fields, "takes");
        if (fields.flag("never", false)) {
            return new Mock.Hangs();
        }
        var fails = fields.object("fails");
        if (fails != null) {
            return new Mock.Fails(failure(fails), takes);
        }
        var output = place.member("output");
        return new Mock.Gives(output == null ? null : output.node().plain(), takes);
    }

    static void checkOne(Place place, List<String> keys, Report report) {
        var given = keys.stream().filter(key -> place.member(key) != null).toList();
        if (given.size() != 1 && place.node() instanceof Node.Mapping) {
            report.error(
                    place,
                    ProblemCode.BAD_VALUE,
                    "%s needs %s%s."
                            .formatted(
                                    Leaves.subject(place),
                                    keys.size() == 1 ? "" : "one of ",
                                    Words.list(keys, "and")));
        }
    }

    private static Duration period(Fields fields, String key) {
        var given = fields.duration(key);
        return given == null ? Duration.ZERO : given;
    }

    private static TaskError failure(Fields fields) {
        var code = fields.text("code", "");
        return new TaskError(
                code,
                fields.text("message", code),
                fields.flag("retryable", true),
                fields.duration("retryAfter"),
                object(fields.place(), "details"),
                List.of());
    }

    /// Wherever a regular expression stands, it must be one.
    private static void checkPatterns(Place place, Report report) {
        switch (place.node()) {
            case Node.Mapping mapping -> {
                for (var entry : mapping.members().entrySet()) {
                    var at = place.member(entry.getValue());
                    checkPatterns(at, report);
                    if (entry.getKey().equals("matches")
                            && at.node().plain() instanceof String pattern) {
                        checkPattern(at, pattern, report);
                    }
                }
            }
            case Node.Sequence _ -> items(place).forEach(at -> checkPatterns(at, report));
            case Node.Scalar _ -> {}
        }
    }

    private static void checkPattern(Place at, String pattern, Report report) {
        try {
            var unused = Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            report.error(
                    at,
                    ProblemCode.BAD_VALUE,
                    "%s is no regular expression: %s."
                            .formatted(Words.quoted(pattern), e.getDescription()));
        }
    }
}
