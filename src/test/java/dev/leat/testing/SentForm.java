package dev.leat.testing;

import static io.restassured.RestAssured.given;

import io.restassured.specification.RequestSpecification;

/// A form as a browser sends it that was shown the form before.
public final class SentForm {

    private static final String TOKEN = "AAAAAAAAAAAAAAAAAAAAAA";

    private SentForm() {}

    public static RequestSpecification form() {
        return given().accept("text/html")
                .redirects()
                .follow(false)
                .cookie("leat-form", TOKEN)
                .formParam("form-token", TOKEN);
    }
}
