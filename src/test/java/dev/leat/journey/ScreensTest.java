package dev.leat.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page.ScreenshotOptions;
import dev.leat.testing.Paths;
import dev.leat.testing.Scenes;
import dev.leat.testing.Visitor;
import dev.leat.testing.Visitor.Look;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every page, looked at in every way. Leaves a picture of each in `target/screens`.
@QuarkusTest
class ScreensTest {

    private static final Path PICTURES = Path.of("target", "screens");

    @TestHTTPResource("/")
    URI home;

    @Inject Scenes scenes;

    @ParameterizedTest
    @EnumSource(
            value = Look.class,
            names = {"LIGHT", "DARK", "PHONE"})
    void every_page_is_clean_reachable_for_all_and_as_wide_as_the_window(Look look) {
        var day = scenes.set();
        var wrong = new ArrayList<String>();
        try (var visitor = new Visitor(home, look)) {
            for (var path : Paths.of(day).entrySet()) {
                var page = visitor.open(path.getValue());
                page.screenshot(
                        new ScreenshotOptions()
                                .setFullPage(true)
                                .setPath(PICTURES.resolve(look + "-" + path.getKey() + ".png")));
                wrong.addAll(visitor.barriers());
                if (visitor.overflow() > 0) {
                    wrong.add(path + " is wider than the window by " + visitor.overflow());
                }
            }
            visitor.complaints().stream()
                    .filter(complaint -> !complaint.contains("status of 404"))
                    .forEach(wrong::add);
        }
        assertThat(wrong).isEmpty();
    }
}
