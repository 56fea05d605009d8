package dev.leat.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.testing.Visitor;
import dev.leat.testing.Visitor.Look;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A visitor who finds no barrier must be one who would find it.
@QuarkusTest
class VisitorTest {

    private static final String PUT_UP_BARRIERS =
            """
            () => {
                const image = document.createElement("img");
                image.src = "/nowhere.png";
                const pale = document.createElement("p");
                pale.textContent = "Hard to read";
                pale.style.color = "#888";
                pale.style.background = "#999";
                document.querySelector("main").append(image, pale);
            }
            """;

    @TestHTTPResource("/")
    URI home;

    @ParameterizedTest
    @EnumSource(
            value = Look.class,
            names = {"LIGHT", "DARK", "PHONE"})
    void barriers_are_found_and_only_those_that_are_there(Look look) {
        try (var visitor = new Visitor(home, look)) {
            var page = visitor.open("/keyboard");
            assertThat(visitor.barriers()).isEmpty();

            page.evaluate(PUT_UP_BARRIERS);
            assertThat(visitor.barriers().stream().map(barrier -> barrier.split(" ")[1]))
                    .containsExactlyInAnyOrder(
                            look == Look.DARK
                                    ? new String[] {"color-contrast:"}
                                    : new String[] {"color-contrast:", "image-alt:"});
        }
    }
}
