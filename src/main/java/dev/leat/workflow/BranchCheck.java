package dev.leat.workflow;

import dev.leat.workflow.expression.Nearest;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Holds what the branches of `switch` tasks name against the graph: a branch can only start tasks
/// that depend on the switch.
final class BranchCheck {

    private final Report report;

    BranchCheck(Report report) {
        this.report = report;
    }

    void check(List<TaskList> lists) {
        for (var list : lists) {
            for (int task = 0; task < list.size(); task++) {
                var place = list.places().get(task);
                if (Branches.isSwitch(new Fields(place).text("type", ""))) {
                    check(list, place, list.ids().get(task));
                }
            }
        }
    }

    private void check(TaskList list, Place task, String id) {
        refuse(task, "forEach");
        refuse(task, "repeat");
        branches(task.member("with")).forEach(name -> checkBranch(list, name, id));
    }

    private void refuse(Place task, String key) {
        var place = task.member(key);
        if (place != null) {
            report.error(
                    place,
                    ProblemCode.BAD_COMBINATION,
                    "A 'switch' decides once, so it can't have '%s'.".formatted(key),
                    null);
        }
    }

    private void checkBranch(TaskList list, Place name, String id) {
        var task = (String) name.node().plain();
        var number = list.numbers().get(task);
        if (number == null) {
            report.error(
                    name,
                    ProblemCode.UNKNOWN_BRANCH,
                    "A branch of '%s' starts %s, which isn't among the '%s'."
                            .formatted(id, Words.quoted(String.valueOf(task)), list.key()),
                    Nearest.hint(String.valueOf(task), list.numbers().keySet()));
        } else if (!list.dependsOn().get(number).contains(id)) {
            report.error(
                    name,
                    ProblemCode.UNKNOWN_BRANCH,
                    "A branch of '%s' starts '%s', which doesn't depend on it.".formatted(id, task),
                    "add '%s' to the dependsOn of '%s'".formatted(id, task));
        }
    }

    private static Stream<Place> branches(@Nullable Place with) {
        if (with == null) {
            return Stream.empty();
        }
        var cases = with.member("cases");
        var then =
                cases != null && cases.node() instanceof Node.Sequence list
                        ? Stream.iterate(0, at -> at < list.items().size(), at -> at + 1)
                                .map(cases::item)
                                .filter(at -> at.node() instanceof Node.Mapping)
                                .flatMap(at -> new Fields(at).textPlaces("then"))
                        : Stream.<Place>empty();
        return Stream.concat(then, new Fields(with).textPlaces("default"));
    }
}
