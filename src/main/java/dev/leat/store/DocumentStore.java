package dev.leat.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The calendars, blackouts and saved views there are. Reads only: the [Journal] writes.
@ApplicationScoped
@Transactional(TxType.REQUIRES_NEW)
public class DocumentStore {

    private final EntityManager entities;

    DocumentStore(EntityManager entities) {
        this.entities = entities;
    }

    /// By kind and id.
    public List<StoredDocument> all() {
        List<?> rows =
                entities.createNativeQuery(
                                """
                                select kind, id, source, format, origin, author, saved_at
                                from document order by kind, id""")
                        .getResultList();
        return rows.stream().map(row -> document((Object[]) row)).toList();
    }

    /// By name.
    public List<SavedView> views() {
        List<?> rows =
                entities.createNativeQuery(
                                "select name, path, query, saved_at from saved_view order by name")
                        .getResultList();
        return rows.stream().map(row -> view((Object[]) row)).toList();
    }

    private static SavedView view(@Nullable Object[] columns) {
        return new SavedView(
                String.valueOf(columns[0]),
                String.valueOf(columns[1]),
                String.valueOf(columns[2]),
                Micros.instant(((Number) Objects.requireNonNull(columns[3])).longValue()));
    }

    private static StoredDocument document(@Nullable Object[] columns) {
        return new StoredDocument(
                StoredDocument.Kind.valueOf(String.valueOf(columns[0])),
                String.valueOf(columns[1]),
                String.valueOf(columns[2]),
                String.valueOf(columns[3]),
                String.valueOf(columns[4]),
                (String) columns[5],
                Micros.instant(((Number) Objects.requireNonNull(columns[6])).longValue()));
    }
}
