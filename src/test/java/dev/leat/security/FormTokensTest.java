package dev.leat.security;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class FormTokensTest {

    private static final Pattern FIELD = Pattern.compile("name=\"form-token\" value=\"([^\"]+)\"");
    private static final String OTHER = "BBBBBBBBBBBBBBBBBBBBBB";

    @Test
    void a_page_with_a_form_gives_its_browser_the_token_that_the_form_carries() {
        var page = given().accept("text/html").get("/system");
        var cookie = page.getDetailedCookie("leat-form");

        assertThat(cookie.getSameSite()).isEqualTo("Strict");
        assertThat(cookie.isHttpOnly()).isTrue();
        assertThat(tokens(page.asString())).isNotEmpty().containsOnly(cookie.getValue());
        sent(cookie.getValue(), cookie.getValue()).statusCode(303);
    }

    @Test
    void a_browser_that_has_a_token_keeps_it() {
        var page = given().accept("text/html").cookie("leat-form", OTHER).get("/system");

        assertThat(page.getDetailedCookie("leat-form")).isNull();
        assertThat(tokens(page.asString())).isNotEmpty().containsOnly(OTHER);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "none, none",
                "BBBBBBBBBBBBBBBBBBBBBB, none",
                "none, BBBBBBBBBBBBBBBBBBBBBB",
                "BBBBBBBBBBBBBBBBBBBBBB, CCCCCCCCCCCCCCCCCCCCCC",
                "short, short"
            })
    void a_form_without_the_token_of_its_browser_changes_nothing(String cookie, String field) {
        sent(cookie, field).statusCode(403).body(containsString("load the page again"));
        given().get("/api/pools/f-token").then().body("named", equalTo(false));
    }

    @Test
    void a_form_can_not_be_sent_as_something_else() {
        given().accept("text/html")
                .contentType("text/plain")
                .body("pool=f-token&places=3")
                .post("/system/pools/f-token/delete")
                .then()
                .statusCode(403);
        given().accept("text/html").post("/system/pools/f-token/delete").then().statusCode(403);
    }

    @Test
    void what_is_no_page_asks_for_no_token() {
        given().contentType("application/json")
                .body("{\"places\": 2}")
                .put("/api/pools/f-token-api")
                .then()
                .statusCode(not(403));
    }

    @Test
    void every_page_that_takes_forms_asks_for_the_token() {
        var pages =
                new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("dev.leat.dashboard");
        classes()
                .that(changeSomething())
                .should()
                .beAnnotatedWith(WithFormToken.class)
                .check(pages);
    }

    private static DescribedPredicate<JavaClass> changeSomething() {
        var ways = List.of(POST.class, PUT.class, PATCH.class, DELETE.class);
        return DescribedPredicate.describe(
                "change something",
                type ->
                        type.getMethods().stream()
                                .anyMatch(
                                        method -> ways.stream().anyMatch(method::isAnnotatedWith)));
    }

    private static io.restassured.response.ValidatableResponse sent(String cookie, String field) {
        var form = given().accept("text/html").redirects().follow(false);
        if (cookie != null) {
            form.cookie("leat-form", cookie);
        }
        if (field != null) {
            form.formParam("form-token", field);
        }
        var pool =
                cookie != null && cookie.equals(field) && cookie.length() == 22
                        ? "f-own"
                        : "f-token";
        return form.formParam("pool", pool).formParam("places", "2").post("/system/pools").then();
    }

    private static List<String> tokens(String page) {
        return FIELD.matcher(page).results().map(found -> found.group(1)).toList();
    }
}
