package dev.leat.workflow;

import dev.leat.task.Problem;
import dev.leat.workflow.Explanations.Explanation;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Problems as SARIF 2.1.0, the form in which code review tools read what checkers find.
public final class Sarif {

    public static final String MEDIA_TYPE = "application/sarif+json";

    private static final String SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";
    private static final String FOLDER = "docs/spec/";
    private static final String PAGE = FOLDER + "02-problems.md";

    private Sarif() {}

    /// @param file as it was named, relative to where the tool ran
    public record Checked(String file, List<Problem> problems) {
        public Checked {
            problems = List.copyOf(problems);
        }
    }

    /// One log with one run: the rules that were broken, and every problem at its place.
    ///
    /// @param version of Leat
    public static Map<String, @Nullable Object> log(String version, List<Checked> files) {
        var codes = new TreeSet<String>();
        files.forEach(file -> file.problems().forEach(problem -> codes.add(problem.code())));
        var numbers = List.copyOf(codes);
        var results = new ArrayList<@Nullable Object>();
        for (var file : files) {
            for (var problem : file.problems()) {
                results.add(result(file.file(), problem, numbers.indexOf(problem.code())));
            }
        }
        var driver = object("name", "leat");
        driver.put("version", version);
        driver.put("rules", numbers.stream().map(Sarif::rule).toList());
        var run = object("tool", object("driver", driver));
        run.put("columnKind", "utf16CodeUnits");
        run.put("results", results);
        var log = object("$schema", SCHEMA);
        log.put("version", "2.1.0");
        log.put("runs", List.of(run));
        return log;
    }

    /// Without `helpUri`, which has to be absolute: the pages come with Leat and have no address of
    /// their own. The help says all instead, and where its page is.
    private static Map<String, @Nullable Object> rule(String code) {
        var known = Explanations.ALL.getOrDefault(code, new Explanation(code, ""));
        var means = sentence(known.means());
        var help = means + (known.remedy().isEmpty() ? "" : " " + sentence(known.remedy()));
        var rule = object("id", code);
        rule.put("shortDescription", object("text", plain(means)));
        var text = object("text", plain(help) + " See " + PAGE + "#" + code + ".");
        text.put("markdown", linked(help) + " See [%s](%s#%s).".formatted(code, PAGE, code));
        rule.put("help", text);
        return rule;
    }

    /// Links of the page count from its folder.
    private static String linked(String markdown) {
        return markdown.replaceAll("\\]\\((?=[0-9])", "](" + FOLDER);
    }

    private static String plain(String markdown) {
        return markdown.replaceAll("\\[([^\\]]*)\\]\\(([^)]*)\\)", "$1 (" + FOLDER + "$2)");
    }

    static String sentence(String words) {
        return Character.toUpperCase(words.charAt(0))
                + words.substring(1)
                + (words.endsWith(".") ? "" : ".");
    }

    private static Map<String, @Nullable Object> result(String file, Problem problem, int rule) {
        var hint = problem.hint() == null ? "" : " (" + problem.hint() + ")";
        var result = object("ruleId", problem.code());
        result.put("ruleIndex", rule);
        result.put("level", problem.isError() ? "error" : "warning");
        result.put("message", object("text", problem.message() + hint));
        result.put("locations", List.of(location(file, problem)));
        return result;
    }

    private static Map<String, @Nullable Object> location(String file, Problem problem) {
        var physical = object("artifactLocation", object("uri", uri(file)));
        if (problem.line() > 0) {
            var region = object("startLine", problem.line());
            region.put("startColumn", problem.column());
            physical.put("region", region);
        }
        var location = object("physicalLocation", physical);
        if (!problem.pointer().isEmpty()) {
            location.put(
                    "logicalLocations", List.of(object("fullyQualifiedName", problem.pointer())));
        }
        return location;
    }

    private static String uri(String file) {
        try {
            var path = file.replace('\\', '/');
            return path.startsWith("/")
                    ? new URI("file", "", path, null).toASCIIString()
                    : new URI(null, null, "./" + path, null).toASCIIString().substring(2);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("no path: " + file, e);
        }
    }

    private static Map<String, @Nullable Object> object(String key, Object value) {
        var object = new LinkedHashMap<String, @Nullable Object>();
        object.put(key, value);
        return object;
    }
}
