package dev.leat.workflow.expression;

import com.google.common.collect.ImmutableList;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.CelMap;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Finds what every name in an expression means: roots, inputs, tasks, fields, functions. What
/// means nothing becomes a problem. The tree it answers has stand-ins for the paths whose type is
/// known, see [Language].
final class Names {

    private final Declarations known;
    private final Set<String> functions;
    private final int deepest;
    private int depth;

    private final NameProblems problems;

    final Set<String> roots = new TreeSet<>();

    final Uses uses = new Uses();

    /// Of the whole expression, where it is a path; null where it is more.
    @Nullable Shape result;

    /// Functions that it calls.
    final Set<String> used = new HashSet<>();

    /// Paths that are timestamps, which JSON holds as text.
    final Set<Long> timestamps = new HashSet<>();

    Names(Declarations known, Set<String> functions, Positions positions, int deepest) {
        this.known = known;
        this.functions = functions;
        this.problems = new NameProblems(positions);
        this.deepest = deepest;
    }

    /// @param shape null where the tree itself says what it is
    private record Found(CelExpr tree, @Nullable Shape shape) {}

    List<ExpressionProblem> problems() {
        return problems.found();
    }

    String item() {
        return known.item();
    }

    CelExpr resolve(CelExpr tree) {
        var found = visit(tree, null);
        result = found.shape();
        return found.tree();
    }

    private Found visit(CelExpr tree, @Nullable Variable variables) {
        if (++depth > deepest) {
            throw new ExpressionException(
                    Meter.LIMIT, "The expression is nested deeper than " + deepest + " levels.");
        }
        var found =
                switch (tree.getKind()) {
                    case IDENT -> ident(tree, variables);
                    case SELECT -> select(tree, variables);
                    case CALL -> call(tree, variables);
                    case LIST -> new Found(list(tree, variables), null);
                    case MAP -> new Found(map(tree, variables), null);
                    case COMPREHENSION -> new Found(comprehension(tree, variables), null);
                    case STRUCT -> struct(tree);
                    case CONSTANT, NOT_SET -> new Found(tree, null);
                };
        depth--;
        return found;
    }

    private Found ident(CelExpr tree, @Nullable Variable variables) {
        var written = tree.ident().name();
        var name = written.startsWith(".") ? written.substring(1) : written;
        var variable = Variable.find(variables, name);
        if (variable != null) {
            return variable.shape() == null ? new Found(tree, null) : known(tree, variable.shape());
        }
        if (TypeName.NAMES.contains(name)) {
            return new Found(CelExpr.ofIdent(tree.id(), "@dyn"), null);
        }
        var root = rootOf(name);
        if (root == null) {
            problems.unknownRoot(tree, name, rootNames());
            return known(tree, new Shape(Map.of(), name, "unknown-field"));
        }
        roots.add(root);
        uses.root(root);
        return known(tree, Roots.shape(root, known));
    }

    /// The root that a name stands for here: an item can have a name of its own.
    private @Nullable String rootOf(String name) {
        if (name.equals(known.item())) {
            return known.roots().contains("item") ? "item" : null;
        }
        return !name.equals("item") && known.roots().contains(name) ? name : null;
    }

    private Collection<String> rootNames() {
        var names = new TreeSet<>(known.roots());
        if (names.remove("item")) {
            names.add(known.item());
        }
        return names;
    }

    private Found known(CelExpr tree, Shape shape) {
        var standIn = shape.standIn();
        if (standIn.equals("@timestamp")) {
            timestamps.add(tree.id());
        }
        return new Found(CelExpr.ofIdent(tree.id(), standIn), shape);
    }

    private Found select(CelExpr tree, @Nullable Variable variables) {
        var select = tree.select();
        if (Trees.isTimeType(tree)) {
            return new Found(CelExpr.ofIdent(tree.id(), "@dyn"), null);
        }
        var operand = visit(select.operand(), variables);
        var shape = operand.shape();
        if (shape == null || select.testOnly()) {
            checkField(tree, shape, select.field());
            return new Found(
                    CelExpr.ofSelect(tree.id(), operand.tree(), select.field(), select.testOnly()),
                    null);
        }
        return known(tree, checkField(tree, shape, select.field()));
    }

    private Shape checkField(CelExpr tree, @Nullable Shape shape, String field) {
        if (shape == null) {
            return new Shape(Map.of(), field, "unknown-field");
        }
        if (shape.path().equals("tasks") && shape.code().equals("unknown-field")) {
            return task(tree, field);
        }
        uses.field(shape.path(), field);
        if (shape.isSimple()) {
            problems.noFields(tree, shape, field);
        } else if (shape.refuses(field)) {
            problems.unknownField(tree, shape, field);
        }
        return shape.field(field);
    }

    private Shape task(CelExpr tree, String id) {
        if (!known.tasks().containsKey(id)) {
            problems.unknownTask(tree, id, known.tasks().keySet());
            return new Shape(Map.of(), "tasks." + id, "unknown-field");
        }
        if (known.upstream() != null && !known.upstream().contains(id)) {
            problems.notUpstream(tree, id, known.task());
        }
        return Roots.task(id, known);
    }

    private Found call(CelExpr tree, @Nullable Variable variables) {
        var call = tree.call();
        var target = call.target();
        if (target.isPresent() && namespace(target.get(), variables) != null) {
            var name = namespace(target.get(), variables) + "." + call.function();
            if (!functions.contains(name)) {
                problems.unknownFunction(tree, name, functions);
                return new Found(tree, null);
            }
            used.add(name);
            return rebuilt(tree, target, variables);
        }
        if (!functions.contains(call.function())) {
            problems.unknownFunction(tree, call.function(), functions);
            return new Found(tree, null);
        }
        used.add(call.function());
        var path = path(tree, call, variables);
        return path != null
                ? path
                : rebuilt(
                        tree, target.map(receiver -> visit(receiver, variables).tree()), variables);
    }

    /// `inputs["day"]` and `inputs.?day` name fields too.
    private @Nullable Found path(CelExpr tree, CelCall call, @Nullable Variable variables) {
        var isIndex = call.function().equals("_[_]");
        if (!isIndex && !call.function().equals("_?._") && !call.function().equals("_[?_]")) {
            return null;
        }
        var operand = visit(call.args().get(0), variables);
        var key = visit(call.args().get(1), variables).tree();
        var shape = operand.shape();
        var isName =
                key.getKind() == Kind.CONSTANT
                        && key.constant().getKind() == CelConstant.Kind.STRING_VALUE;
        if (shape != null && isName) {
            var below = checkField(tree, shape, key.constant().stringValue());
            if (isIndex) {
                return known(tree, below);
            }
        }
        if (shape != null && isIndex && shape.standIn().startsWith("@list")) {
            return known(tree, shape.elements());
        }
        return new Found(
                CelExpr.ofCall(
                        tree.id(),
                        Optional.empty(),
                        call.function(),
                        ImmutableList.of(operand.tree(), key)),
                null);
    }

    private Found rebuilt(CelExpr tree, Optional<CelExpr> target, @Nullable Variable variables) {
        var call = tree.call();
        var arguments = new ArrayList<CelExpr>();
        var shapes = new ArrayList<@Nullable Shape>();
        for (var argument : call.args()) {
            var found = visit(argument, variables);
            arguments.add(found.tree());
            shapes.add(found.shape());
        }
        Constants.check(tree, shapes, problems);
        return new Found(
                CelExpr.ofCall(tree.id(), target, call.function(), ImmutableList.copyOf(arguments)),
                null);
    }

    private static @Nullable String namespace(CelExpr target, @Nullable Variable variables) {
        var name = Trees.namespace(target);
        return name == null || Variable.find(variables, name) != null ? null : name;
    }

    private CelExpr list(CelExpr tree, @Nullable Variable variables) {
        var elements = ImmutableList.<CelExpr>builder();
        tree.list().elements().forEach(element -> elements.add(visit(element, variables).tree()));
        return CelExpr.ofList(tree.id(), elements.build(), tree.list().optionalIndices());
    }

    private CelExpr map(CelExpr tree, @Nullable Variable variables) {
        var entries = ImmutableList.<CelMap.Entry>builder();
        for (var entry : tree.map().entries()) {
            var key = visit(entry.key(), variables).tree();
            var value = visit(entry.value(), variables).tree();
            entries.add(CelExpr.ofMapEntry(entry.id(), key, value, entry.optionalEntry()));
        }
        return CelExpr.ofMap(tree.id(), entries.build());
    }

    private Found struct(CelExpr tree) {
        problems.messageType(tree);
        return new Found(tree, null);
    }

    private CelExpr comprehension(CelExpr tree, @Nullable Variable outer) {
        var loop = tree.comprehension();
        var range = visit(loop.iterRange(), outer);
        var init = visit(loop.accuInit(), outer);
        checkVariable(tree, loop.iterVar(), outer);
        checkVariable(tree, loop.iterVar2(), outer);
        var result = new Variable(loop.accuVar(), init.shape(), outer);
        var inner = new Variable(loop.iterVar(), Variable.element(loop, range.shape()), result);
        if (!loop.iterVar2().isEmpty()) {
            inner = new Variable(loop.iterVar2(), null, new Variable(loop.iterVar(), null, result));
        }
        return CelExpr.ofComprehension(
                tree.id(),
                loop.iterVar(),
                loop.iterVar2(),
                range.tree(),
                loop.accuVar(),
                init.tree(),
                visit(loop.loopCondition(), inner).tree(),
                visit(loop.loopStep(), inner).tree(),
                visit(loop.result(), result).tree());
    }

    private void checkVariable(CelExpr tree, String name, @Nullable Variable outer) {
        var chosen = !name.isEmpty() && Character.isJavaIdentifierStart(name.charAt(0));
        if (chosen && (Variable.find(outer, name) != null || rootOf(name) != null)) {
            problems.shadowed(tree, name);
        }
    }
}
