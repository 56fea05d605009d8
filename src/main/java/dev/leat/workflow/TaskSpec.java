package dev.leat.workflow;

import dev.leat.workflow.expression.Template;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One task of a workflow, with everything its defaults gave it.
///
/// @param type as written: `http`, or `http@2`
/// @param with the parameters, an object
/// @param when null where it always runs
/// @param forEach null where it runs once
/// @param repeat null where one success is enough
/// @param cache null where nothing is kept from run to run
/// @param timeout of each attempt; null for none
/// @param priority larger goes first; 0 is ordinary
/// @param pool null for none
public record TaskSpec(
        String id,
        String name,
        String description,
        String type,
        Template with,
        List<String> dependsOn,
        @Nullable Template when,
        TriggerRule triggerRule,
        @Nullable ForEach forEach,
        @Nullable Repeat repeat,
        @Nullable Cache cache,
        RetryPolicy retry,
        @Nullable Duration timeout,
        boolean retrySafe,
        int priority,
        @Nullable String pool,
        boolean allowFailure,
        boolean disabled,
        Map<String, Template> env) {

    public TaskSpec {
        dependsOn = List.copyOf(dependsOn);
        env = Collections.unmodifiableMap(new LinkedHashMap<>(env));
    }

    /// @param concurrency items at once; 0 for no limit of its own
    /// @param as the name of the item's root, `item` by default
    public record ForEach(Template items, int concurrency, String as, boolean failFast) {}

    /// The task runs again after each success, until a condition over its `output` ends it.
    ///
    /// @param ends the condition that ends it where true; null where `goesOn` does where false
    /// @param atMost how often it runs at most
    public record Repeat(
            @Nullable Template ends, @Nullable Template goesOn, int atMost, Duration delay) {}

    /// Earlier outputs of the task under the same key are taken instead of running it.
    ///
    /// @param ttl how long an output is good for
    public record Cache(Template key, Duration ttl) {}
}
