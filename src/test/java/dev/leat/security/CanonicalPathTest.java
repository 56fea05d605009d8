package dev.leat.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalPathTest {

    private static final List<UnaryOperator<String>> MUTATIONS =
            List.of(
                    path -> path + ";a",
                    path -> path + ";",
                    path -> path + "%3Ba",
                    path -> path + "%3b",
                    path -> "/" + path,
                    path -> path + "//",
                    path -> path + "/.",
                    path -> path + "/..",
                    path -> path + "/../x",
                    path -> path + "/./x",
                    path -> "/." + path,
                    path -> "/.." + path,
                    path -> path + "%2f",
                    path -> path + "%2F",
                    path -> path + "%5c",
                    path -> path + "%5C",
                    path -> path + "\\",
                    path -> path + "/%2e%2e",
                    path -> path + "/%2E",
                    path -> path + "/.%2e",
                    path -> path + "%00",
                    path -> path + "%0a",
                    path -> path + "%0D%0A",
                    path -> path + "%7f",
                    path -> path + "%25",
                    path -> path + "%252f",
                    path -> path + "%c0%af",
                    path -> path + "%C3%A9",
                    path -> path + "é",
                    path -> path + "\uff0f",
                    path -> path + "%",
                    path -> path + "%2",
                    path -> path + "%zz",
                    path -> path + "%61",
                    path -> path + "%2d",
                    path -> path + "%7E",
                    path -> path + "#x",
                    path -> path + " x",
                    path -> path + "\tx",
                    path -> path + "|",
                    path -> path + "<x>",
                    path -> path + "\"",
                    path -> path + "`",
                    path -> path + "{x}",
                    path -> path + "^",
                    path -> "http://localhost" + path,
                    path -> path.substring(1),
                    path -> "*");

    static Stream<String> mutated() {
        var paths = new ArrayList<String>();
        for (var path : List.of("/api/workflows", "/api/runs/0ns3k7x2v9d4m/cancel", "/openapi")) {
            MUTATIONS.forEach(mutation -> paths.add(mutation.apply(path)));
        }
        return paths.stream();
    }

    @ParameterizedTest
    @MethodSource("mutated")
    void what_could_be_read_in_two_ways_is_refused(String path) {
        assertThat(CanonicalPath.fault(path)).isNotNull().endsWith(".");
        assertThat(CanonicalPath.fault(path + "?a=b")).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/api/workflows/sales.nightly-orders",
                "/api/task-types/http@2",
                "/api/task-types/http%402",
                "/api/runs/0ns3k7x2v9d4m/tasks/load[3]",
                "/api/runs/0ns3k7x2v9d4m/tasks/load%5B3%5D",
                "/runs/0ns3k7x2v9d4m/",
                "/assets/app.css",
                "/a..b/c.",
                "/api/runs?after=12-345;x&since=%2F..%2f//é"
            })
    void what_can_be_read_in_one_way_only_passes(String path) {
        assertThat(CanonicalPath.fault(path)).isNull();
    }

    @Test
    void the_sentence_says_what_is_wrong() {
        assertThat(CanonicalPath.fault("/api/../q")).contains("'..'");
        assertThat(CanonicalPath.fault("/api//q")).contains("'//'");
    }
}
