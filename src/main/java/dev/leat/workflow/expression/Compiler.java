package dev.leat.workflow.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Compiles one expression: reads it, finds what its names mean, checks its types, plans its
/// evaluation.
final class Compiler {

    private static final String SYNTAX = "expression-syntax";
    private static final String TYPE = "expression-type";

    private final Bounds bounds;
    private final Language language;
    private final Function.Table functions = functions();
    private final Set<String> names;

    Compiler(Bounds bounds) {
        this.bounds = bounds;
        this.language = new Language(bounds);
        names =
                functions.names(
                        Set.of("_&&_", "_||_", "_?_:_", "@not_strictly_false", "or", "orValue"));
    }

    /// What can be called.
    Set<String> names() {
        return names;
    }

    /// All functions there are, of CEL and of our own.
    static Function.Table functions() {
        var functions = new Function.Table();
        Operators.register(functions);
        TextFunctions.register(functions);
        ListFunctions.register(functions);
        MathFunctions.register(functions);
        RegexFunctions.register(functions);
        TimeFunctions.register(functions);
        Conversions.register(functions);
        return functions;
    }

    /// @param problems with offsets into the expression
    /// @param uses see [Uses]; null where the expression can't be read
    record Result(
            Part part,
            Set<String> roots,
            @Nullable Set<String> uses,
            List<ExpressionProblem> problems) {}

    Result compile(String text, Declarations declarations, boolean condition) {
        try {
            return read(text, declarations, condition);
        } catch (ExpressionException e) {
            return failed(List.of(problem(0, e.code(), String.valueOf(e.getMessage()))));
        } catch (StackOverflowError _) {
            return failed(List.of(problem(0, Meter.LIMIT, "The expression is nested too deep.")));
        }
    }

    private Result read(String text, Declarations declarations, boolean condition) {
        if (text.length() > bounds.text()) {
            throw new ExpressionException(
                    Meter.LIMIT,
                    "The expression has %d characters, and %d are allowed (leat.expressions.max-text)."
                            .formatted(text.length(), bounds.text()));
        }
        if (text.isBlank()) {
            return failed(List.of(problem(0, SYNTAX, "The expression is empty.")));
        }
        var parsed = language.parse(text);
        var positions = new Positions(text, parsed.getSource());
        if (parsed.hasError()) {
            return failed(syntax(parsed.getErrors(), positions));
        }
        return resolve(
                text,
                tree(parsed),
                new Names(declarations, names, positions, bounds.nesting()),
                positions,
                condition);
    }

    private Result resolve(
            String text,
            CelAbstractSyntaxTree tree,
            Names found,
            Positions positions,
            boolean condition) {
        var standIns = found.resolve(tree.getExpr());
        if (found.problems().stream().anyMatch(problem -> !problem.warning())) {
            return failed(found, found.problems());
        }
        var checked =
                language.check(
                        CelAbstractSyntaxTree.newParsedAst(standIns, tree.getSource()), found.used);
        if (checked.hasError()) {
            return failed(found, types(checked.getErrors(), positions));
        }
        var different = Comparisons.impossible(tree(checked), positions);
        if (!different.isEmpty()) {
            return failed(found, different);
        }
        var wrong = condition ? notCondition(tree(checked)) : null;
        if (wrong != null) {
            return failed(found, List.of(problem(positions.offset(tree.getExpr()), TYPE, wrong)));
        }
        return planned(text, tree.getExpr(), found, tree(checked).getResultType());
    }

    private Result planned(String text, CelExpr tree, Names found, CelType type) {
        var planner = new Planner(functions, found.timestamps, found.item());
        var node = planner.plan(tree);
        return new Result(
                new Part.Computed(text, node, planner.variables(), Inferred.of(found.result, type)),
                found.roots,
                found.uses.all(),
                found.problems());
    }

    private static @Nullable String notCondition(CelAbstractSyntaxTree tree) {
        var type = tree.getResultType();
        return type.kind() == CelKind.BOOL || type.kind() == CelKind.DYN
                ? null
                : "A condition has to be true or false, not " + TypeName.plain(type.name()) + ".";
    }

    private static CelAbstractSyntaxTree tree(CelValidationResult result) {
        try {
            return result.getAst();
        } catch (CelValidationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<ExpressionProblem> syntax(List<CelIssue> issues, Positions positions) {
        var first = issues.getFirst();
        var message = Wording.syntax(first.getMessage());
        var code = Wording.isLimit(first.getMessage()) ? Meter.LIMIT : SYNTAX;
        return List.of(problem(positions.offset(first.getSourceLocation()), code, message));
    }

    private static List<ExpressionProblem> types(List<CelIssue> issues, Positions positions) {
        var problems = new ArrayList<ExpressionProblem>();
        for (var issue : issues) {
            var offset = positions.offset(issue.getSourceLocation());
            problems.add(problem(offset, TYPE, Wording.type(issue.getMessage())));
        }
        return problems;
    }

    private static Result failed(List<ExpressionProblem> problems) {
        return new Result(new Part.Broken(problems.getFirst().message()), Set.of(), null, problems);
    }

    private static Result failed(Names found, List<ExpressionProblem> problems) {
        var part = new Part.Broken(problems.getFirst().message());
        return new Result(part, found.roots, found.uses.all(), problems);
    }

    private static ExpressionProblem problem(int offset, String code, String message) {
        return new ExpressionProblem("", offset, code, message, null, false);
    }
}
