package dev.leat.workflow.expression;

import dev.cel.checker.CelStandardDeclarations;
import dev.cel.checker.CelStandardDeclarations.StandardFunction;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.OptionalType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.TypeParamType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.extensions.CelStringExtensions;
import dev.cel.parser.CelStandardMacro;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// CEL as Leat speaks it: which functions there are and what they take. One instance reads and
// checks all expressions.
///
/// What is known about inputs and tasks isn't part of it: [Names] finds the type of each path such
// as `inputs.day`, and puts a
/// variable of that type (`@string`) in its place before types are checked. So nothing has to be
// built for each workflow.
final class Language {

    /// Variables that stand for a path of their type.
    static final Map<String, CelType> STAND_INS =
            Map.ofEntries(
                    Map.entry("@dyn", SimpleType.DYN),
                    Map.entry("@string", SimpleType.STRING),
                    Map.entry("@bool", SimpleType.BOOL),
                    Map.entry("@int", SimpleType.INT),
                    Map.entry("@double", SimpleType.DOUBLE),
                    Map.entry("@timestamp", SimpleType.TIMESTAMP),
                    Map.entry("@map", MapType.create(SimpleType.STRING, SimpleType.DYN)),
                    Map.entry("@list", ListType.create(SimpleType.DYN)),
                    Map.entry("@list_string", ListType.create(SimpleType.STRING)),
                    Map.entry("@list_bool", ListType.create(SimpleType.BOOL)),
                    Map.entry("@list_int", ListType.create(SimpleType.INT)),
                    Map.entry("@list_double", ListType.create(SimpleType.DOUBLE)));

    private static final int MOST_NODES = 50_000;

    private static final List<CelType> NUMBERS =
            List.of(SimpleType.INT, SimpleType.DOUBLE, SimpleType.UINT);
    private static final ListType ANY_LIST = ListType.create(SimpleType.DYN);
    private static final TypeParamType T = TypeParamType.create("T");

    /// All but `join`, which takes any values here.
    private static final Set<CelStringExtensions.Function> STRINGS =
            EnumSet.complementOf(EnumSet.of(CelStringExtensions.Function.JOIN));

    private final CelCompiler compiler;

    Language(Bounds bounds) {
        var options =
                CelOptions.current()
                        .maxExpressionCodePointSize(bounds.text())
                        .maxParseExpressionNodeCount(MOST_NODES)
                        .enableHeterogeneousNumericComparisons(true)
                        .enableOptionalSyntax(true)
                        .populateMacroCalls(false)
                        .build();
        var builder =
                CelCompilerFactory.standardCelCompilerBuilder()
                        .setOptions(options)
                        .setStandardEnvironmentEnabled(false)
                        .setStandardDeclarations(standard())
                        .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                        .addMacros(Macros.ALL)
                        .addLibraries(
                                CelExtensions.optional(),
                                CelExtensions.strings(STRINGS),
                                CelExtensions.lists(),
                                CelExtensions.sets(options),
                                CelExtensions.math(options),
                                CelExtensions.encoders(options),
                                CelExtensions.regex(),
                                CelExtensions.comprehensions());
        STAND_INS.forEach(builder::addVar);
        addNumbers(builder);
        addOwn(builder);
        this.compiler = builder.build();
    }

    CelValidationResult parse(String text) {
        return compiler.parse(text);
    }

    CelValidationResult check(CelAbstractSyntaxTree tree) {
        return compiler.check(tree);
    }

    /// Without what is declared below in another way.
    private static CelStandardDeclarations standard() {
        return CelStandardDeclarations.newBuilder()
                .excludeFunctions(
                        StandardFunction.CONDITIONAL,
                        StandardFunction.EQUALS,
                        StandardFunction.NOT_EQUALS,
                        StandardFunction.MULTIPLY,
                        StandardFunction.DIVIDE,
                        StandardFunction.MODULO,
                        StandardFunction.NEGATE,
                        StandardFunction.STRING)
                .build();
    }

    /// Numbers of all kinds are mixed, and so are the two ways of `… ? … : …`.
    private static void addNumbers(CelCompilerBuilder builder) {
        builder.addFunctionDeclarations(
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

    private static void addOwn(CelCompilerBuilder builder) {
        for (var name : List.of("sum", "avg", "min", "max")) {
            builder.addFunctionDeclarations(both(name, SimpleType.DYN, ANY_LIST));
        }
        builder.addFunctionDeclarations(
                global("string", SimpleType.STRING, SimpleType.DYN),
                both("join", SimpleType.STRING, ANY_LIST, SimpleType.STRING),
                both("join", SimpleType.STRING, ANY_LIST),
                global("json.parse", SimpleType.DYN, SimpleType.STRING),
                global("json.format", SimpleType.STRING, SimpleType.DYN),
                global("now", SimpleType.TIMESTAMP),
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
    // texts.
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
