package dev.leat.dashboard;

import dev.leat.dashboard.Finder.Found;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Objects;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/// The search that every page has, and the keys that it can be had by.
@Path("/")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
class SearchPages {

    private static final int LONGEST = 200;

    private final Finder finder;

    SearchPages(Finder finder) {
        this.finder = finder;
    }

    /// @param q words; what is too long is cut
    @GET
    @Path("search")
    public TemplateInstance search(@RestQuery @Nullable String q) {
        var asked = Objects.requireNonNullElse(q, "");
        var sought = asked.length() > LONGEST ? asked.substring(0, LONGEST) : asked;
        return new results(sought, finder.find(sought));
    }

    @GET
    @Path("keyboard")
    public TemplateInstance keyboard() {
        return new keyboard(Key.ALL);
    }

    /// @param keys as they are typed, one after the other
    record Key(List<String> keys, String does) {

        static final List<Key> ALL =
                List.of(
                        of("search", "/"),
                        of("search and go anywhere", "Ctrl", "K"),
                        of("this help", "?"),
                        of("go to the overview", "g", "h"),
                        of("go to the workflows", "g", "w"),
                        of("go to the runs", "g", "r"),
                        of("go to the triggers", "g", "t"),
                        of("go to the approvals", "g", "a"),
                        of("go to the calendars", "g", "c"),
                        of("search the logs", "g", "l"),
                        of("go to the plugins", "g", "p"),
                        of("go to the system", "g", "s"),
                        of("next row of a list", "j"),
                        of("row before", "k"),
                        of("open the row", "Enter"),
                        of("run it, or run it again", "r"),
                        of("edit it", "e"),
                        of("follow a log, or stop following", "f"),
                        of("from box to box of a graph", "↑", "↓", "←", "→"),
                        of("close, leave a field", "Esc"));

        private static Key of(String does, String... keys) {
            return new Key(List.of(keys), does);
        }
    }

    record results(String sought, List<Found> found) implements TemplateInstance {}

    record keyboard(List<Key> keys) implements TemplateInstance {}
}
