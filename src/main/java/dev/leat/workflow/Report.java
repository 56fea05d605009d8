package dev.leat.workflow;

import dev.leat.task.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Collects what is wrong with one document.
final class Report {

    private final SourceText text;
    private final int most;
    private final List<Found> found = new ArrayList<>();
    private boolean broken;
    private boolean wrong;

    private record Found(int offset, Problem problem) {}

    /// @param most problems that are kept; a document that is all wrong isn't answered with a
    /// hundred thousand
    Report(SourceText text, int most) {
        this.text = text;
        this.most = most;
    }

    void error(Place place, ProblemCode code, String message) {
        error(place, code, message, null);
    }

    void error(Place place, ProblemCode code, String message, @Nullable String hint) {
        broken |= code.leavesNothingToRun();
        add(place.offset(), Problem.error(code.text(), place.pointer(), message).hinting(hint));
    }

    void warning(Place place, ProblemCode code, String message, @Nullable String hint) {
        add(place.offset(), Problem.warning(code.text(), place.pointer(), message).hinting(hint));
    }

    void add(int offset, Problem problem) {
        wrong |= problem.isError();
        if (found.size() <= most) {
            found.add(new Found(offset, problem));
        }
    }

    /// Whether the document itself is wrong, and not only the world around it.
    boolean isBroken() {
        return broken || isHopeless();
    }

    /// Whether there is any error.
    boolean isWrong() {
        return wrong;
    }

    boolean isFull() {
        return found.size() > most;
    }

    /// Whether there are errors and no room for more, so that looking any further helps nobody.
    boolean isHopeless() {
        return wrong && isFull();
    }

    /// Where in the text a character of a string stands.
    int offsetWithin(Place place, int index) {
        return place.node() instanceof Node.Scalar scalar
                ? text.offsetWithin(scalar, index)
                : place.offset();
    }

    int line(int offset) {
        return text.position(offset).line();
    }

    /// In the order of the text.
    List<Problem> problems() {
        var problems = new ArrayList<Problem>();
        found.stream()
                .limit(most)
                .sorted(Comparator.comparingInt(Found::offset))
                .map(each -> located(each.offset(), each.problem()))
                .forEach(problems::add);
        if (isFull()) {
            problems.add(located(text.text().length(), tooMany()));
        }
        return problems;
    }

    private Problem tooMany() {
        var code = ProblemCode.TOO_MANY_PROBLEMS.text();
        var message = "There are more than %d problems; the rest isn't shown.".formatted(most);
        return wrong ? Problem.error(code, "", message) : Problem.warning(code, "", message);
    }

    private Problem located(int offset, Problem problem) {
        var position = text.position(offset);
        return problem.at(position.line(), position.column());
    }
}
