package dev.leat.workflow.expression;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Turns a checked expression into nodes that evaluate it. Evaluation is our own, because CEL's
/// runtime can't be bounded: here every node, every round and every value that is built goes past
/// the [Meter].
final class Planner {

    private final Function.Table functions;
    private final Set<Long> timestamps;
    private final String item;
    private int variables;

    Planner(Function.Table functions, Set<Long> timestamps, String item) {
        this.functions = functions;
        this.timestamps = timestamps;
        this.item = item;
    }

    /// How many variables the planned nodes need.
    int variables() {
        return variables;
    }

    private record Variable(String name, int slot, @Nullable Variable outer) {}

    Node plan(CelExpr tree) {
        return plan(tree, null);
    }

    private Node plan(CelExpr tree, @Nullable Variable scope) {
        var node =
                switch (tree.getKind()) {
                    case CONSTANT -> constant(tree.constant());
                    case IDENT -> ident(tree.ident().name(), scope);
                    case SELECT -> select(tree, scope);
                    case CALL -> call(tree, scope);
                    case LIST -> list(tree.list(), scope);
                    case MAP -> map(tree.map(), scope);
                    case COMPREHENSION -> comprehension(tree.comprehension(), scope);
                    case STRUCT, NOT_SET -> throw new IllegalStateException("unchecked expression");
                };
        return timestamps.contains(tree.id()) ? timestamp(node) : node;
    }

    private static Node timestamp(Node node) {
        return frame -> {
            var value = node.evaluate(frame);
            return value == null ? null : TimeFunctions.timestamp(value);
        };
    }

    private static Node constant(CelConstant constant) {
        Object value =
                switch (constant.getKind()) {
                    case BOOLEAN_VALUE -> constant.booleanValue();
                    case INT64_VALUE -> constant.int64Value();
                    case UINT64_VALUE -> constant.uint64Value().longValue();
                    case DOUBLE_VALUE -> constant.doubleValue();
                    case STRING_VALUE -> constant.stringValue();
                    case BYTES_VALUE -> constant.bytesValue().toByteArray();
                    case NULL_VALUE, NOT_SET, TIMESTAMP_VALUE, DURATION_VALUE -> null;
                };
        return _ -> value;
    }

    private Node ident(String written, @Nullable Variable scope) {
        var name = written.startsWith(".") ? written.substring(1) : written;
        for (var at = scope; at != null; at = at.outer) {
            if (at.name.equals(name)) {
                return local(at.slot);
            }
        }
        if (TypeName.NAMES.contains(name)) {
            var type = new TypeName(name);
            return _ -> type;
        }
        var root = name.equals(item) ? "item" : name;
        return frame -> frame.root(root);
    }

    private static Node local(int slot) {
        return frame -> {
            frame.meter.step();
            var value = frame.local(slot);
            if (value instanceof Failure failure) {
                throw failure;
            }
            return value;
        };
    }

    private Node select(CelExpr tree, @Nullable Variable scope) {
        if (Trees.isTimeType(tree)) {
            var type = new TypeName(Trees.qualified(tree));
            return _ -> type;
        }
        var select = tree.select();
        var operand = plan(select.operand(), scope);
        var path = Trees.qualified(select.operand());
        return select.testOnly()
                ? frame -> Fields.has(operand.evaluate(frame), select.field())
                : frame -> {
                    frame.meter.step();
                    return Fields.get(operand.evaluate(frame), select.field(), path);
                };
    }

    private Node call(CelExpr tree, @Nullable Variable scope) {
        var call = tree.call();
        var name = call.function();
        var arguments = new ArrayList<Node>();
        var namespace = call.target().map(Trees::namespace).orElse(null);
        if (namespace != null
                && functions.find(namespace + "." + name, call.args().size()) != null) {
            name = namespace + "." + name;
        } else {
            call.target().ifPresent(target -> arguments.add(plan(target, scope)));
        }
        call.args().forEach(argument -> arguments.add(plan(argument, scope)));
        var nodes = arguments.toArray(Node[]::new);
        return switch (name) {
            case "_&&_" -> Logic.decidedBy(false, nodes[0], nodes[1]);
            case "_||_" -> Logic.decidedBy(true, nodes[0], nodes[1]);
            case "_?_:_" -> Logic.choice(nodes[0], nodes[1], nodes[2]);
            case "@not_strictly_false" -> Logic.notStrictlyFalse(nodes[0]);
            case "or" -> Logic.firstPresent(nodes[0], nodes[1], false);
            case "orValue" -> Logic.firstPresent(nodes[0], nodes[1], true);
            default -> invocation(name, nodes);
        };
    }

    private Node invocation(String name, Node[] nodes) {
        var function = functions.find(name, nodes.length);
        if (function == null) {
            throw new IllegalStateException("no function " + name + " of " + nodes.length);
        }
        return new Invocation(function, nodes);
    }

    private Node list(CelExpr.CelList list, @Nullable Variable scope) {
        if (list.elements().isEmpty()) {
            return _ -> List.of();
        }
        var elements =
                list.elements().stream().map(element -> plan(element, scope)).toArray(Node[]::new);
        return new Builders.OfList(elements, Set.copyOf(list.optionalIndices()));
    }

    private Node map(CelExpr.CelMap map, @Nullable Variable scope) {
        if (map.entries().isEmpty()) {
            return _ -> Map.of();
        }
        var entries =
                map.entries().stream()
                        .map(
                                entry ->
                                        new Builders.Entry(
                                                plan(entry.key(), scope),
                                                plan(entry.value(), scope),
                                                entry.optionalEntry()))
                        .toList();
        return new Builders.OfMap(entries);
    }

    private Node comprehension(CelExpr.CelComprehension loop, @Nullable Variable outer) {
        var result = declare(loop.accuVar(), outer);
        var first = declare(loop.iterVar(), result);
        var second = loop.iterVar2().isEmpty() ? first : declare(loop.iterVar2(), first);
        return new Comprehension(
                plan(loop.iterRange(), outer),
                accumulator(loop.accuInit(), outer),
                result.slot,
                first.slot,
                loop.iterVar2().isEmpty() ? -1 : second.slot,
                always(loop.loopCondition()) ? null : plan(loop.loopCondition(), second),
                plan(loop.loopStep(), second),
                plan(loop.result(), result));
    }

    private Node accumulator(CelExpr init, @Nullable Variable outer) {
        if (init.getKind() == Kind.LIST && init.list().elements().isEmpty()) {
            return _ -> new GrowingList();
        }
        if (init.getKind() == Kind.MAP && init.map().entries().isEmpty()) {
            return _ -> new GrowingMap();
        }
        return plan(init, outer);
    }

    private static boolean always(CelExpr condition) {
        return condition.getKind() == Kind.CONSTANT
                && condition.constant().getKind() == CelConstant.Kind.BOOLEAN_VALUE
                && condition.constant().booleanValue();
    }

    private Variable declare(String name, @Nullable Variable outer) {
        return new Variable(name, variables++, outer);
    }
}
