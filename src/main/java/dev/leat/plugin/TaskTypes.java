package dev.leat.plugin;

import dev.leat.store.Json;
import dev.leat.task.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the metadata of task types, which built-in types and plugins write in the same way.
public final class TaskTypes {

    public static final String JAVA = "java";
    public static final String PROCESS = "process";
    public static final String ENGINE = "engine";

    private static final Set<String> KEYS =
            Set.of("type", "version", "title", "description", "parameters", "output", "examples");
    private static final Pattern NAME =
            Pattern.compile("[a-z][A-Za-z0-9-]*(\\.[a-z][A-Za-z0-9-]*)*");
    private static final int LONGEST_NAME = 100;

    private TaskTypes() {}

    /// The metadata of a built-in type, from the resource `task-types/<name>.json`.
    ///
    /// @param execution [#JAVA], [#PROCESS] or [#ENGINE]
    public static TaskType builtIn(String name, String execution) {
        var problems = new ArrayList<Problem>();
        var values = Json.readObject(resource("/task-types/" + name + ".json"));
        var type = read(values, "", "built-in", execution, problems);
        if (!problems.isEmpty() || !type.name().equals(name)) {
            throw new IllegalStateException("task-types/" + name + ".json is wrong: " + problems);
        }
        return type;
    }

    /// @param pointer to these values in their document
    /// @param problems gets what is wrong; the answer is of use only where nothing was added
    static TaskType read(
            Map<?, ?> values,
            String pointer,
            String origin,
            String execution,
            List<Problem> problems) {
        var document = new Document(values, pointer, problems);
        document.allows(KEYS);
        var name =
                document.text(
                        "type",
                        NAME,
                        "lower-case words of letters, digits and '-', joined by dots, such as"
                                + " 'csv.profile'");
        if (name.length() > LONGEST_NAME) {
            document.wrong("too-long", "type", "is longer than %d characters", LONGEST_NAME);
        }
        var type =
                new TaskType(
                        name,
                        document.wholeNumber("version", 1),
                        document.text("title"),
                        document.text("description"),
                        parameters(document),
                        document.object("output"),
                        origin,
                        execution);
        Schemas.check(type.parameters(), document.at("parameters"), problems);
        Schemas.check(type.output(), document.at("output"), problems);
        return type;
    }

    private static Map<String, @Nullable Object> parameters(Document document) {
        var schema = new LinkedHashMap<String, @Nullable Object>(document.object("parameters"));
        if (!"object".equals(schema.getOrDefault("type", "object"))) {
            document.wrong("wrong-kind", "parameters", "must describe an object");
        }
        schema.putIfAbsent("type", "object");
        var examples = document.list("examples");
        if (!examples.isEmpty()) {
            schema.putIfAbsent("examples", examples);
        }
        return schema;
    }

    private static String resource(String path) {
        try (var in = TaskTypes.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("The resource " + path + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
