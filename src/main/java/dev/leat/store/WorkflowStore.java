package dev.leat.store;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/// The workflows and their revisions, for those who ask. Reads only: the [Journal] writes.
///
/// Any thread may ask, as with the [RunStore].
@ApplicationScoped
public class WorkflowStore {

    private static final String HEAD = "select " + WorkflowHead.COLUMNS + " from workflow w ";
    private static final String REVISION = "select " + Revision.COLUMNS + " from revision v ";

    private final Reads reads;

    WorkflowStore(Reads reads) {
        this.reads = reads;
    }

    /// Present also when deleted.
    public Optional<WorkflowHead> workflow(String id) {
        return reads.first(HEAD + "where w.id = ?", WorkflowHead::new, id);
    }

    /// Those that can be started, by id.
    public List<WorkflowHead> current() {
        return reads.list(
                HEAD + "where w.deleted = 0 and w.revision is not null order by w.id",
                WorkflowHead::new);
    }

    /// What a start of the workflow takes, without its text; nothing where it can't be started.
    public Optional<CurrentRevision> current(String workflow) {
        return reads.first(
                """
                select v.id, v.number, v.hash from workflow w join revision v on v.id = w.revision
                where w.id = ? and w.deleted = 0""",
                row -> new CurrentRevision(row.number(), row.integer(), row.text()),
                workflow);
    }

    public Optional<Revision> revision(long id) {
        return reads.first(REVISION + "where v.id = ?", Revision::new, id);
    }

    public Optional<Revision> revision(String workflow, int number) {
        return reads.first(
                REVISION + "where v.workflow = ? and v.number = ?",
                Revision::new,
                workflow,
                number);
    }

    /// The newest revision with this source, where the workflow ever had it.
    public Optional<Revision> revisionWithHash(String workflow, String hash) {
        return reads.first(
                REVISION + "where v.workflow = ? and v.hash = ? order by v.number desc limit 1",
                Revision::new,
                workflow,
                hash);
    }

    /// Newest first.
    public List<Revision> revisions(String workflow) {
        return reads.list(
                REVISION + "where v.workflow = ? order by v.number desc", Revision::new, workflow);
    }

    /// A revision by its immutable facts.
    public record CurrentRevision(long id, int number, String hash) {}
}
