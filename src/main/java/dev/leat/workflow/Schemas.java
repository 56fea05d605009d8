package dev.leat.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.networknt.schema.AbsoluteIri;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.NonValidationKeyword;
import com.networknt.schema.path.PathType;
import com.networknt.schema.regex.RegularExpression;
import dev.leat.task.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/// Holds values against JSON Schemas (2020-12): the one place that knows the validator.
///
/// Schemas come from workflows and plugins, so nothing in one is followed out of it: a `$ref`
/// reaches only into its own
/// schema, and a `pattern` is matched in linear time (RE2's syntax, so without look-around and
/// back-references).
@ApplicationScoped
public class Schemas {

    static final Vocabulary PARAMETERS =
            new Vocabulary(
                    ProblemCode.UNKNOWN_PARAMETER,
                    ProblemCode.MISSING_PARAMETER,
                    ProblemCode.BAD_PARAMETER,
                    "parameter");
    static final Vocabulary INPUTS =
            new Vocabulary(
                    ProblemCode.UNKNOWN_INPUT,
                    ProblemCode.MISSING_INPUT,
                    ProblemCode.BAD_INPUT,
                    "input");

    private static final int MOST_KEPT = 500;
    private static final String META_SCHEMA = "https://json-schema.org/draft/2020-12/schema";

    /// Keywords that it doesn't know mean nothing, as the specification has it, and are no reason
    /// to
    /// warn: `x-literal` and whatever else authors note in their schemas.
    private static final Dialect DIALECT =
            Dialect.builder(Dialects.getDraft202012())
                    .unknownKeywordFactory((keyword, _) -> new NonValidationKeyword(keyword))
                    .build();

    private final SchemaRegistry registry = registry(false);
    private final Map<Map<String, @Nullable Object>, Compiled> compiled =
            new LinkedHashMap<>(64, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(
                        Map.Entry<Map<String, @Nullable Object>, Compiled> eldest) {
                    return size() > MOST_KEPT;
                }
            };

    /// The same for those who ask with the very same object, such as a task type's: looking into a
    /// schema to find it again takes longer than most values take to be checked.
    private final Map<Map<String, @Nullable Object>, Compiled> asked =
            Collections.synchronizedMap(new IdentityHashMap<>());

    private @Nullable Compiled metaSchema;

    private record Compiled(Schema schema, JsonNode source) {}

    /// What is wrong with a task's evaluated parameters, with pointers into them; empty where all
    /// is well.
    ///
    /// @param schema a task type's `parameters`
    public List<Problem> validate(
            Map<String, @Nullable Object> schema, @Nullable Object parameters) {
        return problems(schema, parameters, PARAMETERS.of("The task type"));
    }

    /// The same for values that people give, as a form asks for them.
    public List<Problem> validateForm(
            Map<String, @Nullable Object> schema, Map<String, @Nullable Object> values) {
        return problems(schema, values, INPUTS.of("The form"));
    }

    List<Problem> problems(
            Map<String, @Nullable Object> schema, @Nullable Object value, Names names) {
        return findings(schema, value).stream().map(names::problem).toList();
    }

    /// A schema that can't be used is one finding.
    List<Finding> findings(Map<String, @Nullable Object> schema, @Nullable Object value) {
        try {
            return findings(compiled(schema), value);
        } catch (SchemaException e) {
            return List.of(unusable(String.valueOf(e.getMessage())));
        }
    }

    /// What is wrong with a schema itself, by the schema of schemas.
    List<Finding> findingsInSchema(Map<String, @Nullable Object> schema) {
        return findings(metaSchema(), schema);
    }

    /// Why a schema can't be used, or null where it can.
    @Nullable String fault(Map<String, @Nullable Object> schema) {
        try {
            var unused = findings(compile(schema), Map.of());
            return null;
        } catch (SchemaException e) {
            return Words.shortened(String.valueOf(e.getMessage()));
        }
    }

    private static List<Finding> findings(Compiled schema, @Nullable Object value) {
        var errors = guarded(() -> schema.schema().validate(node(value)));
        if (errors.isEmpty()) {
            return List.of();
        }
        return new Findings(schema.source()).of(errors);
    }

    /// The validator answers a schema that is no good with whatever it runs into: a schema that
    /// refers
    /// to itself without end with the end of the stack, others with exceptions of any kind.
    private static <T> T guarded(Supplier<T> work) {
        try {
            return work.get();
        } catch (StackOverflowError e) {
            throw new SchemaException("it refers to itself without end");
        } catch (SchemaException e) {
            // The validator puts what it ran into in its own message.
            throw String.valueOf(e.getMessage()).contains("Exception")
                    ? new SchemaException("it refers to something that is no schema")
                    : e;
        } catch (RuntimeException e) {
            throw new SchemaException("the validator can't make sense of it");
        }
    }

    private static Finding unusable(String why) {
        return new Finding(
                Finding.Kind.BAD,
                "",
                null,
                "The JSON Schema can't be used: %s.".formatted(Words.shortened(why)),
                List.of(),
                Finding.Depends.NOTHING);
    }

    private Compiled compiled(Map<String, @Nullable Object> schema) {
        var known = asked.get(schema);
        if (known == null) {
            known = alike(schema);
            if (asked.size() >= MOST_KEPT) {
                asked.clear();
            }
            asked.put(schema, known);
        }
        return known;
    }

    private Compiled alike(Map<String, @Nullable Object> schema) {
        synchronized (compiled) {
            var known = compiled.get(schema);
            if (known != null) {
                return known;
            }
        }
        var fresh = compile(schema);
        synchronized (compiled) {
            compiled.put(schema, fresh);
        }
        return fresh;
    }

    private Compiled compile(Map<String, @Nullable Object> schema) {
        var source = node(schema);
        return guarded(() -> new Compiled(registry.getSchema(source), source));
    }

    private synchronized Compiled metaSchema() {
        if (metaSchema == null) {
            var schema = registry(true).getSchema(SchemaLocation.of(META_SCHEMA));
            metaSchema = new Compiled(schema, schema.getSchemaNode());
        }
        return metaSchema;
    }

    /// @param bundled whether the schemas that come with the validator may be read; nothing else
    /// ever is
    private static SchemaRegistry registry(boolean bundled) {
        return SchemaRegistry.withDialect(
                DIALECT,
                builder ->
                        builder.schemaCacheEnabled(bundled)
                                .schemaLoader(
                                        loader ->
                                                loader.allow(
                                                        address -> bundled && isBundled(address)))
                                .schemaRegistryConfig(
                                        SchemaRegistryConfig.builder()
                                                .formatAssertionsEnabled(true)
                                                .losslessNarrowing(true)
                                                .preloadSchema(true)
                                                .pathType(PathType.JSON_POINTER)
                                                .locale(Locale.ROOT)
                                                .regularExpressionFactory(Schemas::linearTime)
                                                .build()));
    }

    private static boolean isBundled(AbsoluteIri address) {
        return address.toString().startsWith("https://json-schema.org/draft/2020-12/");
    }

    /// @throws com.google.re2j.PatternSyntaxException where it isn't RE2's syntax
    static RegularExpression linearTime(String pattern) {
        var compiled = com.google.re2j.Pattern.compile(pattern);
        return text -> compiled.matcher(text).find();
    }

    private static JsonNode node(@Nullable Object value) {
        var make = JsonNodeFactory.instance;
        return switch (value) {
            case null -> make.nullNode();
            case String text -> make.textNode(text);
            case Boolean flag -> make.booleanNode(flag);
            case Long number -> make.numberNode(number.longValue());
            case Integer number -> make.numberNode(number.intValue());
            case Double number -> make.numberNode(number.doubleValue());
            case Map<?, ?> map -> {
                var object = make.objectNode();
                map.forEach((key, item) -> object.set(String.valueOf(key), node(item)));
                yield object;
            }
            case List<?> list -> {
                var array = make.arrayNode(list.size());
                list.forEach(item -> array.add(node(item)));
                yield array;
            }
            default -> throw new IllegalArgumentException("no JSON value: " + value.getClass());
        };
    }

    /// How findings are told.
    record Vocabulary(ProblemCode unknown, ProblemCode missing, ProblemCode bad, String thing) {
        /// @param owner whose properties they are, such as `Task type 'http'`
        Names of(String owner) {
            return new Names(this, owner);
        }
    }

    record Names(Vocabulary words, String owner) {

        Problem problem(Finding finding) {
            return Problem.error(code(finding).text(), finding.pointer(), sentence(finding))
                    .hinting(ParameterCheck.hint(finding));
        }

        ProblemCode code(Finding finding) {
            return switch (finding.kind()) {
                case UNKNOWN -> words.unknown();
                case MISSING -> words.missing();
                case BAD -> words.bad();
            };
        }

        String sentence(Finding finding) {
            var name = Words.quoted(String.valueOf(finding.property()));
            var top = finding.pointer().isEmpty();
            var who = top ? owner : SchemaWords.subject(finding.pointer());
            var what = top ? words.thing() + " " + name : name;
            return switch (finding.kind()) {
                case UNKNOWN -> "%s has no %s.".formatted(who, what);
                case MISSING -> "%s needs %s.".formatted(who, top ? "the " + what : what);
                case BAD ->
                        top
                                ? finding.message()
                                        .replaceFirst("^The value", Matcher.quoteReplacement(owner))
                                : finding.message();
            };
        }
    }
}
