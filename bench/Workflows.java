import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;

/// The texts of workflows whose tasks do nothing, so that only what Leat does around them counts.
final class Workflows {

    private static final String NOOP = "\"type\":\"noop\"";

    private Workflows() {}

    static String chain(String id, int length) {
        return chain(id, length, NOOP);
    }

    /// @param type what each task is, such as `"type":"noop"`
    static String chain(String id, int length, String type) {
        return workflow(
                id, "", tasks(length, i -> task("t" + i, type, i == 0 ? "" : quoted("t" + (i - 1)))));
    }

    /// One task, then many at once, then one after them all.
    static String fan(String id, int width) {
        var tasks = new ArrayList<String>();
        tasks.add(task("first", NOOP, ""));
        tasks.addAll(tasks(width, i -> task("t" + i, NOOP, "\"first\"")));
        tasks.add(task("last", NOOP, String.join(",", tasks(width, i -> quoted("t" + i)))));
        return workflow(id, "", tasks);
    }

    /// The same, with the many made from a list while the run goes on.
    static String items(String id, int width) {
        var list = String.join(",", tasks(width, String::valueOf));
        return workflow(
                id,
                "",
                List.of(
                        task("first", NOOP, ""),
                        task("t", NOOP + ",\"forEach\":{\"items\":[" + list + "]}", quoted("first")),
                        task("last", NOOP, quoted("t"))));
    }

    /// Each task has one or two of those before it as parents, always the same ones.
    static String graph(String id, int size) {
        var random = new SplittableRandom(size);
        return workflow(
                id,
                "",
                tasks(
                        size,
                        i -> {
                            if (i == 0) {
                                return task("t0", NOOP, "");
                            }
                            int one = (i - 1) / 2;
                            int other = random.nextInt(i);
                            return task(
                                    "t" + i,
                                    NOOP,
                                    other == one || random.nextBoolean()
                                            ? quoted("t" + one)
                                            : quoted("t" + one) + "," + quoted("t" + other));
                        }));
    }

    /// Waits until the input `until`; one task more follows.
    static String sleeper(String id) {
        return workflow(
                id,
                "\"inputs\":{\"type\":\"object\",\"properties\":{\"until\":{\"type\":\"string\"}},\"required\":[\"until\"]},",
                List.of(
                        task("sleep", "\"type\":\"wait\",\"with\":{\"until\":\"${ inputs.until }\"}", ""),
                        task("then", NOOP, "\"sleep\"")));
    }

    /// Runs that wait in line behind the first, which waits for hours.
    static String line(String id) {
        return workflow(
                id,
                "\"concurrency\":{\"limit\":1,\"onConflict\":\"queue\"},",
                List.of(task("sleep", "\"type\":\"wait\",\"with\":{\"duration\":\"6h\"}", "")));
    }

    private static List<String> tasks(int count, IntFunction<String> task) {
        var tasks = new ArrayList<String>(count);
        for (int i = 0; i < count; i++) {
            tasks.add(task.apply(i));
        }
        return tasks;
    }

    private static String workflow(String id, String keys, List<String> tasks) {
        return "{\"id\":\"%s\",%s\"tasks\":[\n%s\n]}".formatted(id, keys, String.join(",\n", tasks));
    }

    private static String task(String id, String type, String dependsOn) {
        return "{\"id\":\"%s\",%s,\"dependsOn\":[%s]}".formatted(id, type, dependsOn);
    }

    private static String quoted(String text) {
        return "\"" + text + "\"";
    }
}
