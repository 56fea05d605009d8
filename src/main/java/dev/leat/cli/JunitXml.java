package dev.leat.cli;

import dev.leat.cli.TestVerb.Tested;
import dev.leat.engine.simulation.TestResult;
import dev.leat.engine.simulation.TestResult.Failure;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Results of tests as build servers read them: a suite for each file.
final class JunitXml {

    private JunitXml() {}

    static String of(List<Tested> all) {
        var xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n");
        all.forEach(each -> suite(each, xml));
        return xml.append("</testsuites>\n").toString();
    }

    private static void suite(Tested tested, StringBuilder xml) {
        var results = tested.report().tests();
        var troubles = tested.report().troubles();
        xml.append(
                "  <testsuite name=\"%s\" tests=\"%d\" failures=\"%d\" errors=\"%d\" time=\"%s\">\n"
                        .formatted(
                                escaped(tested.file()),
                                results.size() + troubles.size(),
                                results.stream().filter(result -> !result.passed()).count(),
                                troubles.size(),
                                seconds(
                                        results.stream()
                                                .mapToDouble(TestResult::milliseconds)
                                                .sum())));
        for (var trouble : troubles) {
            var problems =
                    trouble.problems().stream()
                            .map(problem -> trouble.source().name() + ":" + problem)
                            .collect(Collectors.joining("\n"));
            xml.append(
                            "    <testcase name=\"can be used\" classname=\"%s\" time=\"0\">\n"
                                    .formatted(escaped(tested.file())))
                    .append("      <error>%s</error>\n".formatted(escaped(problems)))
                    .append("    </testcase>\n");
        }
        results.forEach(result -> testCase(tested.file(), result, xml));
        xml.append("  </testsuite>\n");
    }

    private static void testCase(String file, TestResult result, StringBuilder xml) {
        xml.append(
                "    <testcase name=\"%s\" classname=\"%s\" time=\"%s\""
                        .formatted(
                                escaped(result.name()),
                                escaped(file),
                                seconds(result.milliseconds())));
        if (result.passed()) {
            xml.append("/>\n");
            return;
        }
        xml.append(">\n");
        var first = result.failures().getFirst();
        var text =
                result.failures().stream()
                        .map(failure -> line(file, failure))
                        .collect(Collectors.joining("\n"));
        xml.append(
                        "      <failure message=\"%s\">%s\n\n%s</failure>\n"
                                .formatted(
                                        escaped(first.message()),
                                        escaped(text),
                                        escaped(String.join("\n", result.timeline()))))
                .append("    </testcase>\n");
    }

    private static String line(String file, Failure failure) {
        var compared =
                failure.expected() == null
                        ? ""
                        : "\n  expected %s\n  actual   %s"
                                .formatted(failure.expected(), failure.actual());
        return "%s:%d:%d: %s (%s)%s"
                .formatted(
                        file,
                        failure.line(),
                        failure.column(),
                        failure.message(),
                        failure.pointer(),
                        compared);
    }

    private static String seconds(double milliseconds) {
        return String.format(Locale.ROOT, "%.4f", milliseconds / 1000);
    }

    /// Also without the characters that XML has no word for.
    static String escaped(String text) {
        var escaped = new StringBuilder(text.length() + 16);
        text.codePoints()
                .forEach(
                        sign -> {
                            switch (sign) {
                                case '<' -> escaped.append("&lt;");
                                case '>' -> escaped.append("&gt;");
                                case '&' -> escaped.append("&amp;");
                                case '"' -> escaped.append("&quot;");
                                // As they are, an attribute would have spaces in their place.
                                case '\n', '\t', '\r' ->
                                        escaped.append("&#").append(sign).append(';');
                                default -> escaped.appendCodePoint(isXml(sign) ? sign : 0xFFFD);
                            }
                        });
        return escaped.toString();
    }

    private static boolean isXml(int sign) {
        return sign >= 0x20 && sign < 0xD800 || sign >= 0xE000 && sign < 0xFFFE || sign >= 0x10000;
    }
}
