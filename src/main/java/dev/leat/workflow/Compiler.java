package dev.leat.workflow;

import dev.leat.task.Problem;
import dev.leat.workflow.expression.Compiled;
import dev.leat.workflow.expression.Declarations;
import dev.leat.workflow.expression.ExpressionProblem;
import dev.leat.workflow.expression.Expressions;
import dev.leat.workflow.expression.Template;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Compiles a document's expressions, and tells what is wrong with one at its very column.
final class Compiler {

    private final Expressions expressions;
    private final Report report;
    private final Template always;
    private final Template nothing;
    private final Set<String> uses = new HashSet<>();
    private boolean complete = true;

    Compiler(Expressions expressions, Report report) {
        this.expressions = expressions;
        this.report = report;
        this.always = constant(true);
        this.nothing = constant(Map.of());
    }

    /// The time that expressions see, too.
    Instant now() {
        return expressions.clock().instant();
    }

    /// True.
    Template always() {
        return always;
    }

    /// An empty object.
    Template nothing() {
        return nothing;
    }

    Template constant(@Nullable Object value) {
        return expressions.compile(value, Declarations.of()).template();
    }

    Template template(Place place, Declarations declarations) {
        return template(place, place.node().plain(), declarations);
    }

    /// @param source what to compile where it isn't quite what stands there
    Template template(Place place, @Nullable Object source, Declarations declarations) {
        if (report.isHopeless()) {
            return nothing;
        }
        return told(place, expressions.compile(source, declarations));
    }

    /// Something that has to be true or false.
    Template condition(Place place, Declarations declarations) {
        var source = place.node().plain();
        if (source instanceof String text && Interpolation.first(text) < 0) {
            complete = false;
            report.error(
                    place,
                    ProblemCode.NOT_BOOLEAN,
                    "%s is the text %s, which is neither true nor false."
                            .formatted(Leaves.subject(place), Words.quoted(text)),
                    "an expression stands in ${ … }: \"${ %s }\"".formatted(Words.shortened(text)));
            return always;
        }
        return report.isHopeless()
                ? always
                : told(place, expressions.compileCondition(source, declarations));
    }

    /// What all expressions so far use, see [Compiled]; empty where that can't be said, as some
    /// couldn't be read or the document has errors anyway.
    Optional<Set<String>> uses() {
        return complete && !report.isWrong() ? Optional.of(uses) : Optional.empty();
    }

    private Template told(Place place, Compiled compiled) {
        complete &= compiled.uses() != null;
        uses.addAll(compiled.uses() == null ? Set.of() : compiled.uses());
        for (var problem : compiled.problems()) {
            tell(place.follow(problem.pointer()), problem);
        }
        return compiled.template();
    }

    private void tell(Place place, ExpressionProblem problem) {
        var pointer = place.pointer();
        var told =
                problem.warning()
                        ? Problem.warning(problem.code(), pointer, problem.message())
                        : Problem.error(problem.code(), pointer, problem.message());
        report.add(report.offsetWithin(place, problem.offset()), told.hinting(problem.hint()));
    }
}
