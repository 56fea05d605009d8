package dev.leat.dashboard;

import static io.restassured.RestAssured.given;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.testing.Paths;
import dev.leat.testing.Scenes;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.config.DecoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What pages may cost: bytes on the wire and questions to the database. Each page in [Paths] is
/// held to it.
@QuarkusTest
class PageBudgetsTest {

    private static final int MOST_BYTES = 60_000;
    private static final int MOST_BYTES_OF_THE_EDITOR = 220_000;
    private static final int MOST_QUESTIONS = 24;
    private static final int TRIES = 5;

    private static final Pattern ASSET = Pattern.compile("(?:src|href)=\"(/assets/[^\"]+)\"");

    @Inject Scenes scenes;

    @Inject MeterRegistry metrics;

    private final Map<String, Integer> assets = new HashMap<>();

    @Test
    void no_page_is_heavier_than_its_budget_with_everything_it_loads() {
        var heavy = new LinkedHashMap<String, Integer>();
        for (var path : paths().entrySet()) {
            var bytes = weight(path.getValue());
            var most = path.getKey().startsWith("editor") ? MOST_BYTES_OF_THE_EDITOR : MOST_BYTES;
            if (bytes > most) {
                heavy.put(path.toString(), bytes);
            }
        }
        assertThat(heavy).isEmpty();
    }

    @Test
    void no_page_asks_the_database_more_often_when_there_is_ten_times_the_history() {
        var before = questions();

        assertThat(before).allSatisfy((_, asked) -> assertThat(asked).isLessThan(MOST_QUESTIONS));
        scenes.longHistory();
        var after = questions();
        assertThat(after)
                .allSatisfy(
                        (page, asked) -> assertThat(asked).isLessThanOrEqualTo(before.get(page)));
    }

    private Map<String, String> paths() {
        var paths = new LinkedHashMap<>(Paths.of(scenes.set()));
        paths.putAll(Paths.ofHuge(scenes.huge()));
        return paths;
    }

    /// All that travels on a first visit, headers included.
    private int weight(String path) {
        var loaded = assets(fetch(path).asString());
        assertThat(loaded).isNotEmpty();
        return travelling(path)
                + loaded.stream()
                        .mapToInt(asset -> assets.computeIfAbsent(asset, this::travelling))
                        .sum();
    }

    private static Set<String> assets(String html) {
        var found = new TreeSet<String>();
        var matcher = ASSET.matcher(html);
        while (matcher.find()) {
            found.add(matcher.group(1).replace("&amp;", "&"));
        }
        return found;
    }

    private static Response fetch(String path) {
        return given().urlEncodingEnabled(false).accept("text/html, */*").get(path);
    }

    private int travelling(String path) {
        var answer =
                given().config(
                                RestAssuredConfig.config()
                                        .decoderConfig(
                                                DecoderConfig.decoderConfig().noContentDecoders()))
                        .urlEncodingEnabled(false)
                        .accept("text/html, */*")
                        .header("Accept-Encoding", "gzip")
                        .get(path);
        return answer.asByteArray().length + answer.headers().toString().length();
    }

    private Map<String, Integer> questions() {
        return paths().entrySet().stream()
                .collect(toMap(Map.Entry::getKey, path -> fewest(path.getValue())));
    }

    /// The server may ask for something of its own meanwhile, so the best of several counts.
    private int fewest(String path) {
        return IntStream.range(0, TRIES)
                .map(
                        _ -> {
                            var before = asked();
                            assertThat(fetch(path).statusCode()).isLessThan(500);
                            return asked() - before;
                        })
                .min()
                .orElseThrow();
    }

    private int asked() {
        return (int) metrics.get("leat.store.questions").functionCounter().count();
    }
}
