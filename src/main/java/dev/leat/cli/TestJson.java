package dev.leat.cli;

import dev.leat.cli.TestVerb.Tested;
import dev.leat.engine.simulation.TestResult;
import dev.leat.engine.simulation.TestResult.Failure;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Results of tests as JSON, as REST answers them.
final class TestJson {

    private TestJson() {}

    static Map<String, @Nullable Object> of(Tested tested) {
        var report = tested.report();
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("file", tested.file());
        json.put("workflow", report.workflow());
        json.put("passed", report.passed());
        json.put(
                "problems",
                report.troubles().stream()
                        .flatMap(trouble -> trouble.problems().stream())
                        .map(ValidateVerb::problemJson)
                        .toList());
        json.put("tests", report.tests().stream().map(TestJson::result).toList());
        return json;
    }

    private static Map<String, @Nullable Object> result(TestResult result) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("name", result.name());
        json.put("pointer", result.pointer());
        json.put("line", (long) result.line());
        json.put("passed", result.passed());
        json.put("state", result.state());
        json.put("duration", result.duration());
        json.put("milliseconds", result.milliseconds());
        json.put("failures", result.failures().stream().map(TestJson::failure).toList());
        json.put("timeline", result.timeline());
        return json;
    }

    private static Map<String, @Nullable Object> failure(Failure failure) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("pointer", failure.pointer());
        json.put("line", (long) failure.line());
        json.put("column", (long) failure.column());
        json.put("message", failure.message());
        json.put("expected", failure.expected());
        json.put("actual", failure.actual());
        json.put("hint", failure.hint());
        return json;
    }
}
