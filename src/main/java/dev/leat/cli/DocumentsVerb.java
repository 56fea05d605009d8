package dev.leat.cli;

import dev.leat.store.Json;
import dev.leat.store.StoredDocument.Kind;
import dev.leat.task.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `leat calendars` and `leat blackouts`.
final class DocumentsVerb {

    private static final List<String> CALENDARS =
            List.of("CALENDAR", "NAME", "WEEKEND", "HOLIDAYS", "FROM");
    private static final List<String> BLACKOUTS =
            List.of("BLACKOUT", "NAME", "ACTION", "WORKFLOWS", "NOW UNTIL", "NEXT", "FROM");

    private final RunHost host;
    private final Kind kind;

    DocumentsVerb(RunHost host, Kind kind) {
        this.host = host;
        this.kind = kind;
    }

    int list(boolean json) {
        var documents = host.documents(kind);
        if (json) {
            System.out.println(Json.writePretty(documents));
        } else if (documents.isEmpty()) {
            System.out.println("There is no %s.".formatted(word()));
        } else {
            var rows = new ArrayList<List<String>>();
            rows.add(kind == Kind.CALENDAR ? CALENDARS : BLACKOUTS);
            documents.forEach(each -> rows.add(row(each)));
            new Table(rows).print(System.out);
        }
        return Exit.SUCCESS;
    }

    /// @param id what it is called where its text doesn't say
    int set(String file, @Nullable String id) {
        try {
            var text = Sources.document(file, id);
            var saved = host.saveDocument(kind, text, System.getProperty("user.name", "cli"));
            System.out.println("The %s '%s' is stored.".formatted(word(), saved));
            return Exit.SUCCESS;
        } catch (Refusal.Invalid e) {
            e.problems().forEach(problem -> System.err.println(file + ":" + problem));
            return e.problems().isEmpty() ? Remote.refused(e) : Exit.REFUSED;
        } catch (RuntimeException e) {
            return refused(e);
        }
    }

    int delete(String id) {
        try {
            host.removeDocument(kind, id);
            System.out.println("The %s '%s' is gone.".formatted(word(), id));
            return Exit.SUCCESS;
        } catch (RuntimeException e) {
            return refused(e);
        }
    }

    private static int refused(RuntimeException e) {
        if (Remote.isRefusal(e)) {
            return Remote.refused(e);
        }
        throw e;
    }

    private String word() {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private List<String> row(Map<?, ?> document) {
        var from = document.get("file") == null ? text(document, "origin") : text(document, "file");
        return switch (kind) {
            case CALENDAR ->
                    List.of(
                            text(document, "id"),
                            text(document, "name"),
                            list(document.get("weekend"), "none"),
                            text(document, "holidays"),
                            from);
            case BLACKOUT ->
                    List.of(
                            text(document, "id"),
                            text(document, "name"),
                            text(document, "action"),
                            list(document.get("workflows"), "all"),
                            window(document.get("now"), "until"),
                            window(document.get("next"), "from"),
                            from);
        };
    }

    private static String window(@Nullable Object window, String edge) {
        return window instanceof Map<?, ?> map ? text(map, edge) : "-";
    }

    private static String list(@Nullable Object list, String none) {
        return list instanceof List<?> items && !items.isEmpty()
                ? String.join(", ", items.stream().map(String::valueOf).toList())
                : none;
    }

    private static String text(Map<?, ?> map, String key) {
        return String.valueOf(map.get(key));
    }
}
