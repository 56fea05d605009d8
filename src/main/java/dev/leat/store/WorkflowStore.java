package dev.leat.store;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The workflows and their revisions, for those who ask. Reads only: the [Journal] writes.
///
/// Any thread may ask, as with the [RunStore].
@ApplicationScoped
@Transactional(TxType.REQUIRES_NEW)
public class WorkflowStore implements PanacheRepositoryBase<WorkflowHead, String> {

    private final Reads reads;

    WorkflowStore(Reads reads) {
        this.reads = reads;
    }

    /// A revision by its immutable facts.
    public record CurrentRevision(long id, int number, String hash) {}

    /// Present also when deleted.
    public Optional<WorkflowHead> workflow(String id) {
        return findByIdOptional(id);
    }

    /// Those that can be started, by id. Each start of Leat asks, and reading the mapper's own
    /// language for the first time takes far longer than the answer.
    @Transactional(TxType.SUPPORTS)
    public List<WorkflowHead> current() {
        return reads.list(
                """
                select id, namespace, name, description, labels, revision, revision_number, origin,
                    updated_at
                from workflow where deleted = 0 and revision is not null order by id""",
                WorkflowHead::read);
    }

    /// What a start of the workflow takes, without its text; nothing where it can't be started.
    /// Each start asks, so this is a plain statement.
    @Transactional(TxType.SUPPORTS)
    public Optional<CurrentRevision> current(String workflow) {
        return reads.first(
                """
                select v.id, v.number, v.hash from workflow w join revision v on v.id = w.revision
                where w.id = ? and w.deleted = 0""",
                row -> new CurrentRevision(row.number(), row.integer(), row.text()),
                workflow);
    }

    /// A revision without its text, for lists.
    ///
    /// @param message why it was saved; null where nobody said
    public record Version(
            int number,
            String hash,
            String format,
            String origin,
            @Nullable String author,
            @Nullable String message,
            Instant savedAt) {}

    /// Newest first.
    ///
    /// @param before only those with a smaller number
    @Transactional(TxType.SUPPORTS)
    public List<Version> versions(String workflow, int before, int most) {
        return reads.list(
                """
                select number, hash, format, origin, author, message, created_at from revision
                where workflow = ? and number < ? order by number desc limit ?""",
                row ->
                        new Version(
                                row.integer(),
                                row.text(),
                                row.text(),
                                row.text(),
                                row.textOrNull(),
                                row.textOrNull(),
                                Micros.instant(row.number())),
                workflow,
                before,
                most);
    }

    public Optional<Revision> revision(long id) {
        return Optional.ofNullable(getEntityManager().find(Revision.class, id));
    }

    public Optional<Revision> revision(String workflow, int number) {
        return getEntityManager()
                .createQuery(
                        "from Revision r where r.workflow = ?1 and r.number = ?2", Revision.class)
                .setParameter(1, workflow)
                .setParameter(2, number)
                .getResultStream()
                .findFirst();
    }

    /// The newest revision with this source, where the workflow ever had it.
    public Optional<Revision> revisionWithHash(String workflow, String hash) {
        return getEntityManager()
                .createQuery(
                        "from Revision r where r.workflow = ?1 and r.hash = ?2 order by r.number desc",
                        Revision.class)
                .setParameter(1, workflow)
                .setParameter(2, hash)
                .setMaxResults(1)
                .getResultStream()
                .findFirst();
    }
}
