package dev.leat.dashboard;

import dev.leat.engine.SavedViews;
import dev.leat.security.WithFormToken;
import dev.leat.store.SavedView;
import dev.leat.task.Refusal;
import io.quarkus.qute.TemplateExtension;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.RestForm;
import org.jspecify.annotations.Nullable;

/// Lists with their filters, under names that somebody gave them.
@Path("/views")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
@WithFormToken
class ViewPages {

    private static final Set<String> PAGING = Set.of("before", "after", "page", "still");

    private final SavedViews views;
    private final InstantSource clock;

    ViewPages(SavedViews views, InstantSource clock) {
        this.views = views;
        this.clock = clock;
    }

    @GET
    public TemplateInstance list() {
        return page(Typed.NOTHING);
    }

    private list page(Typed typed) {
        return new list(views.all(), typed, clock.instant());
    }

    /// Leads back to the list that is kept.
    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response save(
            @RestForm @Nullable String name,
            @RestForm @Nullable String path,
            @RestForm @Nullable String query) {
        var typed = new Typed(text(name), text(path), text(query), "");
        try {
            var saved = views.save(typed.name, typed.path, typed.query);
            return Response.seeOther(URI.create(href(saved))).build();
        } catch (Refusal.Invalid invalid) {
            return Answer.of(Answer.UNPROCESSABLE, page(typed.with(invalid.sentence())));
        }
    }

    private static String text(@Nullable String typed) {
        return Objects.requireNonNullElse(typed, "");
    }

    @POST
    @Path("/delete")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response delete(@RestForm @Nullable String name) {
        views.delete(text(name));
        return Response.seeOther(URI.create("/views")).build();
    }

    static String href(SavedView view) {
        return view.query().isEmpty() ? view.path() : view.path() + "?" + view.query();
    }

    /// @param problem why it can't be kept; empty where nothing is wrong
    record Typed(String name, String path, String query, String problem) {

        static final Typed NOTHING = new Typed("", "", "", "");

        Typed with(String sentence) {
            return new Typed(name, path, query, sentence);
        }
    }

    record list(List<SavedView> views, Typed typed, Instant now) implements TemplateInstance {}

    /// What templates ask about views.
    @TemplateExtension(namespace = "view")
    static final class Asked {

        private Asked() {}

        /// The views of a list, by name.
        static List<SavedView> of(String path) {
            return CDI.current().select(SavedViews.class).get().all().stream()
                    .filter(view -> view.path().equals(path))
                    .toList();
        }

        static String href(SavedView view) {
            return ViewPages.href(view);
        }

        /// The filter of the page that is asked for: its query without what is empty, and without
        /// where the page begins.
        static String query() {
            var request = CDI.current().select(CurrentVertxRequest.class).get().getCurrent();
            var query = Objects.requireNonNullElse(request.request().query(), "");
            return Stream.of(query.split("&"))
                    .filter(part -> part.indexOf('=') > 0 && !part.endsWith("="))
                    .filter(part -> !PAGING.contains(part.substring(0, part.indexOf('='))))
                    .collect(Collectors.joining("&"));
        }
    }
}
