package dev.leat.workflow.expression;

import dev.cel.checker.CelStandardDeclarations.StandardFunction;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.OptionalType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.TypeParamType;
import dev.cel.extensions.CelExtensionLibrary.FeatureSet;
import dev.cel.extensions.CelExtensions;
import dev.cel.extensions.CelStringExtensions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Which functions there are and what they take: CEL's, its extensions', and our own.
final class Vocabulary {

    private static final List<CelType> NUMBERS =
            List.of(SimpleType.INT, SimpleType.DOUBLE, SimpleType.UINT);
    private static final ListType ANY_LIST = ListType.create(SimpleType.DYN);
    private static final MapType ANY_MAP = MapType.create(SimpleType.DYN, SimpleType.DYN);
    private static final TypeParamType T = TypeParamType.create("T");

    /// What `sortBy` becomes; CEL declares it to answer pairs of key and element.
    private static final String SORT = "lists.@sortByAssociatedKeys";

    /// All but `join`, which takes any values here.
    private static final Set<CelStringExtensions.Function> STRINGS =
            EnumSet.complementOf(EnumSet.of(CelStringExtensions.Function.JOIN));

    /// Declared below in another way.
    private static final Set<StandardFunction> REPLACED =
            EnumSet.of(
                    StandardFunction.CONDITIONAL,
                    StandardFunction.IN,
                    StandardFunction.EQUALS,
                    StandardFunction.NOT_EQUALS,
                    StandardFunction.MULTIPLY,
                    StandardFunction.DIVIDE,
                    StandardFunction.MODULO,
                    StandardFunction.NEGATE,
                    StandardFunction.STRING);

    private final Map<String, List<CelFunctionDecl>> functions = new HashMap<>();

    Vocabulary(CelOptions options) {
        for (var function : StandardFunction.values()) {
            if (!REPLACED.contains(function)) {
                add(function.functionDecl());
            }
        }
        addNumbers();
        addOwn();
        addAll(
                CelExtensions.optional(),
                CelExtensions.strings(STRINGS),
                CelExtensions.lists(),
                CelExtensions.math(options),
                CelExtensions.encoders(options),
                CelExtensions.regex());
    }

    List<CelFunctionDecl> of(String name) {
        return functions.getOrDefault(name, List.of());
    }

    Set<String> names() {
        return functions.keySet();
    }

    private void addAll(FeatureSet... libraries) {
        for (var library : libraries) {
            library.functions().stream()
                    .filter(function -> !function.name().equals(SORT))
                    .forEach(this::add);
        }
    }

    private void add(CelFunctionDecl... added) {
        for (var function : added) {
            functions.computeIfAbsent(function.name(), _ -> new ArrayList<>()).add(function);
        }
    }

    /// Numbers of all kinds are mixed, and so are the two ways of `… ? … : …`.
    private void addNumbers() {
        add(
                CelFunctionDecl.newFunctionDeclaration(
                        "_+_", mixed("add", SimpleType.DOUBLE, false)),
                CelFunctionDecl.newFunctionDeclaration(
                        "_-_", mixed("subtract", SimpleType.DOUBLE, false)),
                CelFunctionDecl.newFunctionDeclaration(
                        "_*_", mixed("multiply", SimpleType.DOUBLE, true)),
                CelFunctionDecl.newFunctionDeclaration(
                        "_/_", mixed("divide", SimpleType.DYN, true)),
                CelFunctionDecl.newFunctionDeclaration(
                        "_%_", mixed("modulo", SimpleType.DOUBLE, true)),
                global("@in", SimpleType.BOOL, SimpleType.DYN, ANY_LIST),
                global("@in", SimpleType.BOOL, SimpleType.DYN, ANY_MAP),
                global("sets.contains", SimpleType.BOOL, ANY_LIST, ANY_LIST),
                global("sets.equivalent", SimpleType.BOOL, ANY_LIST, ANY_LIST),
                global("sets.intersects", SimpleType.BOOL, ANY_LIST, ANY_LIST),
                global("_==_", SimpleType.BOOL, SimpleType.DYN, SimpleType.DYN),
                global("_!=_", SimpleType.BOOL, SimpleType.DYN, SimpleType.DYN),
                global("-_", SimpleType.INT, SimpleType.INT),
                global("-_", SimpleType.DOUBLE, SimpleType.DOUBLE),
                global("_?_:_", SimpleType.DYN, SimpleType.BOOL, SimpleType.DYN, SimpleType.DYN));
    }

    /// @param same whether two numbers of one kind have to be declared too
    private static List<CelOverloadDecl> mixed(String name, CelType result, boolean same) {
        var overloads = new ArrayList<CelOverloadDecl>();
        for (var left : NUMBERS) {
            for (var right : NUMBERS) {
                if (left != right || same) {
                    var of = left == right && result != SimpleType.DYN ? left : result;
                    var id = "leat_" + name + "_" + left.name() + "_" + right.name();
                    overloads.add(CelOverloadDecl.newGlobalOverload(id, of, left, right));
                }
            }
        }
        return overloads;
    }

    private void addOwn() {
        for (var name : List.of("sum", "avg", "min", "max")) {
            add(both(name, SimpleType.DYN, ANY_LIST));
        }
        add(
                global("string", SimpleType.STRING, SimpleType.DYN),
                both("join", SimpleType.STRING, ANY_LIST, SimpleType.STRING),
                both("join", SimpleType.STRING, ANY_LIST),
                global("json.parse", SimpleType.DYN, SimpleType.STRING),
                global("json.format", SimpleType.STRING, SimpleType.DYN),
                global(SORT, ANY_LIST, ANY_LIST),
                global("now", SimpleType.TIMESTAMP),
                global("cel.@mapInsert", ANY_MAP, ANY_MAP, ANY_MAP),
                global("cel.@mapInsert", ANY_MAP, ANY_MAP, SimpleType.DYN, SimpleType.DYN),
                global(Macros.GROUP, MapType.create(SimpleType.DYN, ANY_LIST), ANY_LIST),
                CelFunctionDecl.newFunctionDeclaration(
                        "date",
                        CelOverloadDecl.newMemberOverload(
                                "leat_date", SimpleType.STRING, SimpleType.TIMESTAMP),
                        CelOverloadDecl.newMemberOverload(
                                "leat_date_zone",
                                SimpleType.STRING,
                                SimpleType.TIMESTAMP,
                                SimpleType.STRING)),
                CelFunctionDecl.newFunctionDeclaration(
                        "unwrapOpt",
                        CelOverloadDecl.newMemberOverload(
                                "leat_unwrap",
                                ListType.create(T),
                                ListType.create(OptionalType.create(T)))));
    }

    private static CelFunctionDecl global(String name, CelType result, CelType... arguments) {
        return CelFunctionDecl.newFunctionDeclaration(
                name, CelOverloadDecl.newGlobalOverload(id(name, arguments), result, arguments));
    }

    /// Callable as `name(list)` and as `list.name()`. The list library has its own `join` over
    /// texts.
    private static CelFunctionDecl both(String name, CelType result, CelType... arguments) {
        return CelFunctionDecl.newFunctionDeclaration(
                name,
                CelOverloadDecl.newGlobalOverload(id(name, arguments), result, arguments),
                CelOverloadDecl.newMemberOverload(
                        id(name, arguments) + "_member", result, arguments));
    }

    private static String id(String name, CelType... arguments) {
        var id = new StringBuilder("leat_").append(name);
        for (var argument : arguments) {
            id.append('_').append(argument.name());
        }
        return id.toString();
    }
}
