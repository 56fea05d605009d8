package dev.leat.store;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/// The workflows and their revisions, for those who ask. Reads only.
@ApplicationScoped
public class WorkflowStore implements PanacheRepositoryBase<WorkflowHead, String> {

    /// Present also when deleted.
    public Optional<WorkflowHead> workflow(String id) {
        throw new UnsupportedOperationException("not yet");
    }

    /// Those that can be started, by id.
    public List<WorkflowHead> current() {
        throw new UnsupportedOperationException("not yet");
    }

    public Optional<Revision> revision(long id) {
        throw new UnsupportedOperationException("not yet");
    }

    public Optional<Revision> revision(String workflow, int number) {
        throw new UnsupportedOperationException("not yet");
    }

    /// Newest first.
    public List<Revision> revisions(String workflow) {
        throw new UnsupportedOperationException("not yet");
    }
}
