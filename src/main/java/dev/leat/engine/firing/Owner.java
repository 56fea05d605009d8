package dev.leat.engine.firing;

import dev.leat.store.StoredDocument;
import dev.leat.task.Problem;
import dev.leat.workflow.DocumentRead;
import org.jspecify.annotations.Nullable;

/// Where a document is from, as people read it.
final class Owner {

    private Owner() {}

    static String origin(StoredDocument stored) {
        return stored.origin().startsWith(CalendarDocuments.FILE) ? "file" : stored.origin();
    }

    static @Nullable String file(StoredDocument stored) {
        return stored.origin().startsWith(CalendarDocuments.FILE)
                ? stored.origin().substring(CalendarDocuments.FILE.length())
                : null;
    }

    static @Nullable String problem(DocumentRead<?> read) {
        return read.document().isPresent()
                ? null
                : read.problems().stream()
                        .filter(Problem::isError)
                        .map(Problem::message)
                        .findFirst()
                        .orElse("It can't be read.");
    }
}
