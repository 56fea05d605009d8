package dev.leat.workflow;

import dev.leat.task.Problem;
import dev.leat.workflow.expression.Nearest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The tests of one workflow, as they were written.
public final class TestDocument {

    private final @Nullable String workflow;
    private final List<TestCase> tests;
    private final Place root;
    private final SourceText text;
    private final int mostProblems;

    TestDocument(
            @Nullable String workflow,
            List<TestCase> tests,
            Place root,
            SourceText text,
            int mostProblems) {
        this.workflow = workflow;
        this.tests = List.copyOf(tests);
        this.root = root;
        this.text = text;
        this.mostProblems = mostProblems;
    }

    /// The file of the workflow, or null where the name of the test's own file says it.
    public @Nullable String workflow() {
        return workflow;
    }

    public List<TestCase> tests() {
        return tests;
    }

    /// @param line from 1
    /// @param column from 1
    public record Position(int line, int column) {}

    /// Where in the text a value stands, or what is nearest to it.
    public Position position(String pointer) {
        var found = text.position(root.follow(pointer).offset());
        return new Position(found.line(), found.column());
    }

    /// The tasks that tests speak of and the workflow doesn't have.
    public List<Problem> problemsWith(Workflow under) {
        var report = new Report(text, mostProblems);
        var known = new LinkedHashMap<String, TaskSpec>();
        Stream.of(under.tasks(), under.onFailure(), under.last())
                .flatMap(List::stream)
                .forEach(task -> known.put(task.id(), task));
        if (root.member("tests") instanceof Place list
                && list.node() instanceof Node.Sequence all) {
            for (int number = 0; number < all.items().size(); number++) {
                checkNames(list.item(number), known, report);
            }
        }
        return report.problems();
    }

    private static void checkNames(Place test, Map<String, TaskSpec> known, Report report) {
        checkKeys(test.member("mocks"), known, report);
        checkEvents(test.member("events"), known, report);
        var expect = test.member("expect");
        if (expect == null) {
            return;
        }
        checkKeys(expect.member("tasks"), known, report);
        new Fields(expect)
                .textPlaces("order")
                .forEach(at -> checkName(at, String.valueOf(at.node().plain()), known, report));
    }

    private static void checkEvents(
            @Nullable Place events, Map<String, TaskSpec> known, Report report) {
        if (events == null || !(events.node() instanceof Node.Sequence all)) {
            return;
        }
        for (int number = 0; number < all.items().size(); number++) {
            for (var kind : List.of("approve", "reject")) {
                if (events.item(number).member(kind) instanceof Place answer
                        && answer.member("task") instanceof Place task) {
                    checkName(task, String.valueOf(task.node().plain()), known, report);
                }
            }
        }
    }

    private static void checkKeys(
            @Nullable Place object, Map<String, TaskSpec> known, Report report) {
        if (object != null && object.node() instanceof Node.Mapping mapping) {
            mapping.members()
                    .forEach(
                            (id, member) ->
                                    checkName(
                                            object.member(member).shownAt(member.offset()),
                                            id,
                                            known,
                                            report));
        }
    }

    private static void checkName(
            Place at, String path, Map<String, TaskSpec> known, Report report) {
        // Tasks of the runs that a task starts are known once those begin. An item of a forEach is
        // spoken of with its position behind a dot.
        var id = path.replaceFirst("/.*", "");
        var task = known.get(id.replaceFirst("\\.[0-9]+$", ""));
        if (task == null) {
            report.error(
                    at,
                    ProblemCode.UNKNOWN_TASK,
                    "The workflow has no task %s.".formatted(Words.quoted(id)),
                    Nearest.hint(id, known.keySet()));
        } else if (task.forEach() == null && !task.id().equals(id)) {
            report.error(
                    at,
                    ProblemCode.UNKNOWN_TASK,
                    "%s has no items: it has no 'forEach'.".formatted(Words.quoted(task.id())));
        }
    }
}
