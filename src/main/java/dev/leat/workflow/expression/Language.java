package dev.leat.workflow.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// CEL as Leat speaks it. One instance reads and checks all expressions.
///
/// What is known about inputs and tasks isn't part of it: [Names] finds the type of each path such
/// as `inputs.day`, and puts a variable of that type (`@string`) in its place before types are
/// checked. So nothing has to be built for each workflow. And as CEL's checker declares everything
/// anew for each expression, it is only told of the functions that the expression uses.
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
    private static final int MOST_CHECKERS = 1_000;

    private final CelOptions options;
    private final Vocabulary vocabulary;
    private final CelCompiler parser;
    private final Map<Set<String>, CelCompiler> checkers = new ConcurrentHashMap<>();

    Language(Bounds bounds) {
        options =
                CelOptions.current()
                        .maxExpressionCodePointSize(bounds.text())
                        .maxParseExpressionNodeCount(MOST_NODES)
                        .enableHeterogeneousNumericComparisons(true)
                        .enableOptionalSyntax(true)
                        .populateMacroCalls(false)
                        .build();
        vocabulary = new Vocabulary(options);
        parser =
                CelCompilerFactory.standardCelCompilerBuilder()
                        .setOptions(options)
                        .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                        .addMacros(Macros.ALL)
                        .addLibraries(
                                CelExtensions.optional(),
                                CelExtensions.lists(),
                                CelExtensions.math(options),
                                CelExtensions.comprehensions())
                        .build();
    }

    Set<String> functions() {
        return vocabulary.names();
    }

    CelValidationResult parse(String text) {
        return parser.parse(text);
    }

    /// @param functions all that the tree uses
    CelValidationResult check(CelAbstractSyntaxTree tree, Set<String> functions) {
        if (checkers.size() > MOST_CHECKERS) {
            checkers.clear();
        }
        return checkers.computeIfAbsent(Set.copyOf(functions), this::checker).check(tree);
    }

    private CelCompiler checker(Set<String> functions) {
        var builder =
                CelCompilerFactory.standardCelCompilerBuilder()
                        .setOptions(options)
                        .setStandardEnvironmentEnabled(false);
        STAND_INS.forEach(builder::addVar);
        functions.forEach(name -> builder.addFunctionDeclarations(vocabulary.of(name)));
        return builder.build();
    }
}
