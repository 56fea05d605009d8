package dev.leat.workflow;

import dev.leat.store.Json;
import dev.leat.workflow.WorkflowLoader.Format;
import dev.leat.workflow.WorkflowLoader.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// A definition made from a seed: a good one, made worse in its text, its structure, its values,
/// its expressions, its depth or its size. The same seed always makes the same.
public final class GeneratedDefinition {

    private static final List<String> KEYS =
            List.of(
                    "id",
                    "type",
                    "with",
                    "dependsOn",
                    "when",
                    "triggerRule",
                    "retry",
                    "timeout",
                    "tasks",
                    "vars",
                    "inputs",
                    "outputs",
                    "triggers",
                    "finally",
                    "onFailure",
                    "defaults",
                    "env",
                    "properties",
                    "items",
                    "$ref",
                    "forEach",
                    "as",
                    "cron",
                    "every",
                    "x-a",
                    "",
                    "ключ",
                    "a/b~c",
                    "__proto__",
                    "😀");

    private static final List<String> NAMES =
            List.of(
                    "inputs.day",
                    "inputs",
                    "vars.a",
                    "vars",
                    "tasks.a.output",
                    "tasks.a.status",
                    "tasks",
                    "run.startedAt",
                    "trigger",
                    "error.message",
                    "item",
                    "secrets.x",
                    "'text'",
                    "1",
                    "2.5",
                    "null",
                    "true",
                    "[1, 2]",
                    "{'a': 1}",
                    "x",
                    "nosuch");

    private static final List<String> OPERATORS =
            List.of("+", "-", "*", "/", "%", "==", "!=", "<", ">=", "&&", "||", "in");

    private static final List<String> CALLS =
            List.of(
                    "size(%s)",
                    "string(%s)",
                    "%s.map(x, x)",
                    "%s.filter(x, %s)",
                    "[%s, %s]",
                    "{'k': %s}",
                    "(%s)",
                    "!%s",
                    "-%s",
                    "%s ? %s : %s",
                    "%s.a.b",
                    "%s['k']",
                    "%s[0]",
                    "has(%s.a)",
                    "%s.?a.orValue(%s)",
                    "%s.all(run, run)",
                    "json.parse(%s)",
                    "%s.matches('(a+)+$')",
                    "%s.groupBy(x, %s)",
                    "lists.range(%s)",
                    "now()",
                    "%s.",
                    "%s(",
                    "'%s",
                    "%s.date('Europe/Berlin')",
                    "sum(%s)");

    private static final List<String> TEXTS =
            List.of(
                    "",
                    " ",
                    "a",
                    "all_done",
                    "always",
                    "30s",
                    "PT1H",
                    "9999999999d",
                    "0 0 30 2 *",
                    "*/0 * * * *",
                    "@daily",
                    "http@2",
                    "shell",
                    "log",
                    "nosuch",
                    "Europe/Berlin",
                    "2026-02-30T00:00:00Z",
                    "\u0000",
                    "\ud800",
                    "\u202e",
                    "é\u0301",
                    "😀",
                    "$${",
                    "${",
                    "${}",
                    "${ }",
                    "}",
                    "((a+)+)+$",
                    "(?=a)",
                    "#/$defs/a",
                    "#",
                    "\u2028");

    private static List<Source> seeds = List.of();

    private final Random random;

    private GeneratedDefinition(long seed) {
        this.random = new Random(seed);
    }

    public static Source of(long seed) throws IOException {
        return new GeneratedDefinition(seed).source(seed);
    }

    private Source source(long seed) throws IOException {
        var origin = any(originals());
        var name = "generated " + seed;
        if (random.nextInt(4) == 0) {
            return new Source(Mutation.of(origin.text(), random), origin.format(), name);
        }
        var value = parsed(origin);
        var changes = 1 + random.nextInt(5);
        for (int change = 0; change < changes; change++) {
            value = changed(value, 0);
        }
        if (random.nextInt(50) == 0) {
            value = grown(value);
        }
        return new Source(Json.write(value), Format.JSON, name);
    }

    private static synchronized List<Source> originals() throws IOException {
        if (seeds.isEmpty()) {
            var read = new ArrayList<Source>();
            for (var file : BrokenDefinitionsTest.good().toList()) {
                var yaml = file.toString().endsWith(".yaml");
                var text = Files.readString(file);
                read.add(new Source(text, yaml ? Format.YAML : Format.JSON, file.toString()));
            }
            seeds = List.copyOf(read);
        }
        return seeds;
    }

    private static @Nullable Object parsed(Source origin) {
        return new DocumentReader(Loading.config(Map.of()))
                .read(origin)
                .root()
                .orElseThrow()
                .plain();
    }

    /// The same with one change somewhere below.
    private @Nullable Object changed(@Nullable Object value, int depth) {
        if (depth > 1 && random.nextInt(4) == 0) {
            return replaced(value);
        }
        return switch (value) {
            case Map<?, ?> map when !map.isEmpty() -> changedMap(map, depth);
            case List<?> list when !list.isEmpty() -> changedList(list, depth);
            case null, default -> replaced(value);
        };
    }

    private Object changedMap(Map<?, ?> map, int depth) {
        var copy = new LinkedHashMap<String, @Nullable Object>();
        map.forEach((key, item) -> copy.put(String.valueOf(key), item));
        var key = any(List.copyOf(copy.keySet()));
        switch (random.nextInt(8)) {
            case 0 -> copy.remove(key);
            case 1 -> copy.put(any(KEYS), copy.get(key));
            case 2 -> copy.put(any(KEYS), made(3));
            default -> copy.put(key, changed(copy.get(key), depth + 1));
        }
        return copy;
    }

    private Object changedList(List<?> list, int depth) {
        var copy = new ArrayList<@Nullable Object>(list);
        var at = random.nextInt(copy.size());
        switch (random.nextInt(6)) {
            case 0 -> copy.remove(at);
            case 1 -> copy.add(copy.get(at));
            case 2 -> copy.add(at, made(2));
            default -> copy.set(at, changed(copy.get(at), depth + 1));
        }
        return copy;
    }

    private @Nullable Object replaced(@Nullable Object value) {
        return switch (random.nextInt(6)) {
            case 0 -> "${ " + expression(random.nextInt(6)) + " }";
            case 1 -> String.valueOf(value) + any(TEXTS);
            case 2 -> nested(value, random.nextInt(20) == 0 ? 120 : 1 + random.nextInt(5));
            case 3 -> "x ${ " + expression(2) + " } y";
            default -> made(2);
        };
    }

    private static @Nullable Object nested(@Nullable Object value, int levels) {
        var nested = value;
        for (int level = 0; level < levels; level++) {
            nested =
                    level % 2 == 0
                            ? java.util.Collections.singletonList(nested)
                            : java.util.Collections.singletonMap("a", nested);
        }
        return nested;
    }

    private @Nullable Object made(int depth) {
        return switch (random.nextInt(depth > 0 ? 9 : 7)) {
            case 0 -> null;
            case 1 -> random.nextBoolean();
            case 2 -> random.nextLong();
            case 3 -> (long) (random.nextInt(7) - 1);
            case 4 -> random.nextGaussian() * 1e9;
            case 5 -> any(TEXTS);
            case 6 -> "${ " + expression(3) + " }";
            case 7 -> {
                var list = new ArrayList<@Nullable Object>();
                for (int item = random.nextInt(4); item > 0; item--) {
                    list.add(made(depth - 1));
                }
                yield list;
            }
            default -> {
                var map = new LinkedHashMap<String, @Nullable Object>();
                for (int item = random.nextInt(4); item > 0; item--) {
                    map.put(any(KEYS), made(depth - 1));
                }
                yield map;
            }
        };
    }

    private String expression(int depth) {
        if (depth <= 0) {
            return any(NAMES);
        }
        if (random.nextInt(3) == 0) {
            return expression(depth - 1) + " " + any(OPERATORS) + " " + expression(depth - 1);
        }
        var call = any(CALLS);
        while (call.contains("%s")) {
            var argument = expression(depth - 1);
            var at = call.indexOf("%s");
            call = call.substring(0, at) + argument + call.substring(at + 2);
        }
        return call;
    }

    /// With many tasks that depend on many, or a long text, or a long expression.
    private @Nullable Object grown(@Nullable Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            return value;
        }
        var copy = new LinkedHashMap<String, @Nullable Object>();
        map.forEach((key, item) -> copy.put(String.valueOf(key), item));
        switch (random.nextInt(3)) {
            case 0 -> copy.put("tasks", manyTasks());
            case 1 -> copy.put("description", any(TEXTS).repeat(50_000));
            default ->
                    copy.put(
                            "outputs",
                            Map.of("a", "${ " + "1 + ".repeat(random.nextInt(3_000)) + "1 }"));
        }
        return copy;
    }

    private List<Object> manyTasks() {
        var tasks = new ArrayList<Object>();
        var count = 500 + random.nextInt(1_500);
        for (int task = 0; task < count; task++) {
            var before = new ArrayList<String>();
            for (int one = 0; one < 3; one++) {
                before.add("t" + random.nextInt(random.nextInt(20) == 0 ? count : task + 1));
            }
            tasks.add(
                    Map.of(
                            "id",
                            "t" + task,
                            "type",
                            "log",
                            "dependsOn",
                            before,
                            "with",
                            Map.of("message", "${ tasks." + before.getFirst() + ".status }")));
        }
        return tasks;
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
