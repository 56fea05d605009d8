package dev.leat.dashboard;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.testing.Paths;
import dev.leat.testing.Scenes;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

@QuarkusTest
class PagesTest {

    @Inject Scenes scenes;

    @Test
    void every_page_answers() {
        var day = scenes.set();
        var wrong = new ArrayList<String>();
        for (var path : Paths.of(day).values()) {
            var answer = given().accept("text/html").redirects().follow(false).get(path);
            if (answer.statusCode() >= 500 || answer.body().asString().contains("NOT_FOUND")) {
                wrong.add(path + " " + answer.statusCode() + answer.body().asString());
            }
        }
        assertThat(wrong).isEmpty();
    }
}
