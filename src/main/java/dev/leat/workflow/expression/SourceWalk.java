package dev.leat.workflow.expression;

import dev.leat.workflow.expression.TextScanner.Piece;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Compiles one JSON value: finds its texts, their expressions, and where in the value each
/// problem is.
final class SourceWalk {

    private final Compiler compiler;
    private final Declarations declarations;
    private final List<ExpressionProblem> problems = new ArrayList<>();
    private final Set<String> roots = new TreeSet<>();
    private final Set<String> uses = new TreeSet<>();
    private boolean readable = true;

    SourceWalk(Compiler compiler, Declarations declarations) {
        this.compiler = compiler;
        this.declarations = declarations;
    }

    List<ExpressionProblem> problems() {
        return problems;
    }

    Set<String> roots() {
        return roots;
    }

    /// Null where an expression can't be read.
    @Nullable Set<String> uses() {
        return readable ? uses : null;
    }

    Part compile(@Nullable Object source) {
        return value(source, "");
    }

    Part condition(@Nullable Object source) {
        if (source instanceof Boolean) {
            return new Part.Constant(source);
        }
        if (source instanceof String text
                && TextScanner.scan(text) instanceof List<Piece> pieces
                && pieces.size() == 1
                && !(pieces.getFirst() instanceof Piece.Literal)) {
            return new Part.Condition(piece(pieces.getFirst(), "", true));
        }
        return broken(
                "",
                0,
                "expression-type",
                "A condition has to be true or false, or one expression in ${ … }.",
                source instanceof String text && !text.contains("${")
                        ? "write \"${ " + text + " }\""
                        : null);
    }

    private Part value(@Nullable Object source, String pointer) {
        return switch (source) {
            case String text -> text(text, pointer);
            case List<?> list -> list(list, pointer);
            case Map<?, ?> map -> map(map, pointer);
            case null, default -> new Part.Constant(source);
        };
    }

    private Part list(List<?> list, String pointer) {
        var parts = new ArrayList<Part>(list.size());
        for (int index = 0; index < list.size(); index++) {
            parts.add(value(list.get(index), pointer + "/" + index));
        }
        var same = parts.stream().allMatch(SourceWalk::isUnchanged);
        return same ? new Part.Constant(list) : new Part.Items(List.copyOf(parts));
    }

    private Part map(Map<?, ?> map, String pointer) {
        var parts = new LinkedHashMap<String, Part>();
        map.forEach(
                (key, value) -> {
                    var name = String.valueOf(key);
                    parts.put(name, value(value, pointer + "/" + escaped(name)));
                });
        var same = parts.values().stream().allMatch(SourceWalk::isUnchanged);
        return same ? new Part.Constant(map) : new Part.Entries(parts);
    }

    /// A text with `$${` evaluates to another text, and is a `Mixed` part for that.
    private static boolean isUnchanged(Part part) {
        return part instanceof Part.Constant;
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    private Part text(String text, String pointer) {
        if (!text.contains("${")) {
            return new Part.Constant(text);
        }
        var pieces = TextScanner.scan(text);
        if (pieces.size() == 1) {
            return piece(pieces.getFirst(), pointer, false);
        }
        return new Part.Mixed(pieces.stream().map(piece -> piece(piece, pointer, false)).toList());
    }

    private Part piece(Piece piece, String pointer, boolean condition) {
        return switch (piece) {
            case Piece.Literal literal ->
                    new Part.Mixed(List.of(new Part.Constant(literal.text())));
            case Piece.Unclosed unclosed ->
                    broken(
                            pointer,
                            unclosed.offset(),
                            "expression-syntax",
                            "'${' has no '}' that closes it.",
                            "write '$${' for the text '${'");
            case Piece.Code code -> code(code, pointer, condition);
        };
    }

    private Part code(Piece.Code code, String pointer, boolean condition) {
        var found = compiler.compile(code.text(), declarations, condition);
        roots.addAll(found.roots());
        readable &= found.uses() != null;
        uses.addAll(found.uses() == null ? Set.of() : found.uses());
        for (var problem : found.problems()) {
            problems.add(
                    new ExpressionProblem(
                            pointer,
                            code.offset() + problem.offset(),
                            problem.code(),
                            problem.message(),
                            problem.hint(),
                            problem.warning()));
        }
        return found.part();
    }

    private Part broken(
            String pointer, int offset, String code, String message, @Nullable String hint) {
        readable = false;
        problems.add(new ExpressionProblem(pointer, offset, code, message, hint, false));
        return new Part.Broken(message);
    }
}
