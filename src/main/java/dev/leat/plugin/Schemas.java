package dev.leat.plugin;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import dev.leat.store.Json;
import dev.leat.task.Problem;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Whether a schema is one: JSON Schema 2020-12, whole in itself.
final class Schemas {

    private static final Schema OF_SCHEMAS =
            SchemaRegistry.withDefaultDialect(Dialects.getDraft202012())
                    .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));

    private Schemas() {}

    static void check(
            Map<String, @Nullable Object> schema, String pointer, List<Problem> problems) {
        if (schema.isEmpty()) {
            return;
        }
        for (var error : OF_SCHEMAS.validate(Json.write(schema), InputFormat.JSON)) {
            problems.add(
                    Problem.error(
                            "invalid-schema",
                            pointer + error.getInstanceLocation(),
                            "This is no JSON Schema: " + error.getMessage() + "."));
        }
        checkReferences(schema, pointer, problems);
    }

    /// A reference that leads out of the document would be fetched by whoever validates with it.
    private static void checkReferences(
            @Nullable Object value, String pointer, List<Problem> problems) {
        if (value instanceof Map<?, ?> map) {
            for (var key : List.of("$ref", "$dynamicRef")) {
                if (map.get(key) instanceof String target && !target.startsWith("#")) {
                    problems.add(
                            Problem.error(
                                    "foreign-reference",
                                    pointer + "/" + key,
                                    "'%s' leads out of this schema; write it in with '$defs'."
                                            .formatted(target)));
                }
            }
            map.forEach((key, item) -> checkReferences(item, pointer + "/" + key, problems));
        } else if (value instanceof List<?> list) {
            for (int at = 0; at < list.size(); at++) {
                checkReferences(list.get(at), pointer + "/" + at, problems);
            }
        }
    }
}
