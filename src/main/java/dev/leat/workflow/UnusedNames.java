package dev.leat.workflow;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds declared inputs and vars that no expression names. A workflow that names no input at all
/// has them for people to read.
final class UnusedNames {

    private final Report report;

    UnusedNames(Report report) {
        this.report = report;
    }

    /// @param uses of all expressions: `inputs.day`, or `inputs` where one takes all at once
    void check(Place workflow, Set<String> uses) {
        var inputs = workflow.member("inputs");
        check(
                inputs == null ? null : inputs.member("properties"),
                "inputs",
                ProblemCode.UNUSED_INPUT,
                uses);
        check(workflow.member("vars"), "vars", ProblemCode.UNUSED_VAR, uses);
    }

    private static boolean isInput(String use) {
        return use.startsWith("inputs.");
    }

    private void check(@Nullable Place object, String root, ProblemCode code, Set<String> uses) {
        if (object == null
                || uses.contains(root)
                || root.equals("inputs") && uses.stream().noneMatch(UnusedNames::isInput)
                || !(object.node() instanceof Node.Mapping mapping)) {
            return;
        }
        mapping.members()
                .forEach(
                        (name, member) -> {
                            if (!uses.contains(root + "." + name)) {
                                report.warning(
                                        object.member(member).shownAt(member.offset()),
                                        code,
                                        "No expression uses %s."
                                                .formatted(Words.quoted(root + "." + name)),
                                        "remove it, or use it as ${ %s.%s }"
                                                .formatted(root, Words.shortened(name)));
                            }
                        });
    }
}
