package dev.leat.workflow;

import dev.leat.workflow.expression.Template;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A workflow after normalisation: what was left out is filled in, `defaults` are pushed down to
/// each task, durations are
/// durations and expressions are compiled. `docs/spec/` says what each key means.
///
/// @param inputs the JSON Schema of the run's inputs; `{"type": "object"}` where the document has
/// none
/// @param vars templates over `inputs`, in the document's order
/// @param timeout of the whole run; null for none
/// @param last the `finally` tasks
public record Workflow(
        String namespace,
        String id,
        String name,
        String description,
        Map<String, String> labels,
        Map<String, @Nullable Object> inputs,
        Map<String, Template> vars,
        Concurrency concurrency,
        @Nullable Duration timeout,
        List<TaskSpec> tasks,
        Map<String, Template> outputs,
        List<TaskSpec> onFailure,
        List<TaskSpec> last,
        List<TriggerSpec> triggers) {

    public static final String DEFAULT_NAMESPACE = "default";

    public Workflow {
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
        inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
        vars = Collections.unmodifiableMap(new LinkedHashMap<>(vars));
        tasks = List.copyOf(tasks);
        outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
        onFailure = List.copyOf(onFailure);
        last = List.copyOf(last);
        triggers = List.copyOf(triggers);
    }

    /// How the workflow is named everywhere outside its document: `sales.nightly-orders`, or just
    /// `hello` in the default
    /// namespace. An id has no dot, so the last dot tells the two apart.
    public String qualifiedId() {
        return qualifiedId(namespace, id);
    }

    static String qualifiedId(String namespace, String id) {
        return namespace.equals(DEFAULT_NAMESPACE) ? id : namespace + "." + id;
    }

    /// @param limit runs at once; 0 for no limit
    public record Concurrency(int limit, OnConflict onConflict) {
        public static final Concurrency NONE = new Concurrency(0, OnConflict.ALLOW);
    }

    /// What a run does that would be one too many.
    public enum OnConflict {
        QUEUE,
        SKIP,
        CANCEL_RUNNING,
        ALLOW
    }
}
