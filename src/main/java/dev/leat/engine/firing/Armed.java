package dev.leat.engine.firing;

import dev.leat.store.TriggerState;
import dev.leat.workflow.TriggerSpec;
import org.jspecify.annotations.Nullable;

/// A trigger of a workflow's current revision, as it stands in this process.
public final class Armed {

    private final String workflow;
    private final long revisionId;
    private final int revision;
    private final TriggerSpec spec;
    private final Standing standing;

    /// What is wrong with it, so that it can't fire; null for nothing.
    private volatile @Nullable String trouble;

    Armed(String workflow, long revisionId, int revision, TriggerSpec spec, Standing standing) {
        this.workflow = workflow;
        this.revisionId = revisionId;
        this.revision = revision;
        this.spec = spec;
        this.standing = standing;
    }

    /// The workflow's qualified id.
    public String workflow() {
        return workflow;
    }

    public String id() {
        return spec.id();
    }

    long revisionId() {
        return revisionId;
    }

    /// The number of the revision that declares it.
    public int revision() {
        return revision;
    }

    public TriggerSpec spec() {
        return spec;
    }

    public TriggerState state() {
        return standing.state();
    }

    public boolean paused() {
        return state().pause() != null;
    }

    /// A sentence about why it can't fire as it is; null where it can.
    public @Nullable String trouble() {
        return trouble;
    }

    /// A door that can't serve it says why; null once it can.
    public void trouble(@Nullable String sentence) {
        trouble = sentence;
    }

    String key() {
        return key(workflow, spec.id());
    }

    static String key(String workflow, String trigger) {
        return workflow + '/' + trigger;
    }

    Standing standing() {
        return standing;
    }
}
