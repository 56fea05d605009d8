package dev.leat.dashboard;

import dev.leat.security.FormTokens;
import io.quarkus.arc.Arc;
import io.quarkus.qute.EngineBuilder;
import io.quarkus.qute.ParserHelper;
import io.quarkus.qute.TemplateExtension;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.regex.Pattern;

/// Puts the token that proves where a form is from into each form of each template, so that none
/// can be forgotten.
final class Forms {

    /// Bound where a page's parts are made outside of a request.
    private static final ScopedValue<String> TOKEN = ScopedValue.newInstance();

    private static final Pattern FORM = Pattern.compile("<form\\b[^>]*\\bmethod=\"post\"[^>]*>");
    private static final String WITH_FIELD =
            "$0<input type=\"hidden\" name=\""
                    + FormTokens.FIELD
                    + "\" value=\"{formToken:value}\">";

    private Forms() {}

    /// Sees each template before it is read.
    @Singleton
    static final class Fields {
        void add(@Observes EngineBuilder engine) {
            engine.addParserHook((ParserHelper helper) -> helper.addContentFilter(Forms::filled));
        }
    }

    static String filled(String template) {
        return FORM.matcher(template).replaceAll(WITH_FIELD);
    }

    /// The token of the browser that is answered.
    static String token() {
        if (TOKEN.isBound()) {
            return TOKEN.get();
        }
        var container = Arc.container();
        var request = container.instance(CurrentVertxRequest.class).get().getCurrent();
        return container.instance(FormTokens.class).get().of(request);
    }

    /// Makes parts of a page as if in the request that the token is of.
    static void with(String token, Making making) throws InterruptedException {
        ScopedValue.where(TOKEN, token)
                .call(
                        () -> {
                            making.make();
                            return token;
                        });
    }

    @FunctionalInterface
    interface Making {
        void make() throws InterruptedException;
    }

    @TemplateExtension(namespace = "formToken")
    static final class Token {

        private Token() {}

        static String value() {
            return token();
        }
    }
}
