package dev.leat.cli;

import io.quarkus.runtime.PreventFurtherStepsException;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/// Refuses a start with numbers that nothing could work with, before anything else reads them.
///
/// By hand, because a validator of beans takes a fifth of a start's processor time to do the same.
@Singleton
class SettingBounds {

    private static final Logger LOG = Logger.getLogger(SettingBounds.class);
    private static final int BEFORE_ALL = Interceptor.Priority.PLATFORM_BEFORE;

    static final Map<String, Bounds> BOUNDS = bounds();

    private final Config config;

    SettingBounds(Config config) {
        this.config = config;
    }

    /// @param least, most both allowed
    record Bounds(long least, long most) {

        private static Bounds atLeast(long least) {
            return new Bounds(least, Long.MAX_VALUE);
        }

        Optional<String> problem(String name, long value) {
            if (value >= least && value <= most) {
                return Optional.empty();
            }
            var allowed =
                    most == Long.MAX_VALUE
                            ? "at least %,d".formatted(least)
                            : "from %,d to %,d".formatted(least, most);
            return Optional.of("%s is %,d; it must be %s.".formatted(name, value, allowed));
        }
    }

    private static Map<String, Bounds> bounds() {
        var bounds = new LinkedHashMap<String, Bounds>();
        bounds.put("leat.engine.max-running-tasks", Bounds.atLeast(1));
        bounds.put("leat.engine.max-running-runs", Bounds.atLeast(1));
        bounds.put("leat.engine.max-unfinished-runs", Bounds.atLeast(1));
        bounds.put("leat.engine.max-output-bytes", Bounds.atLeast(1_024));
        bounds.put("leat.database.readers", new Bounds(1, 1_000));
        bounds.put("leat.logs.max-bytes-per-attempt", Bounds.atLeast(100_000));
        bounds.put("leat.logs.keep", Bounds.atLeast(0));
        bounds.put("leat.logs.max-total-bytes", Bounds.atLeast(0));
        bounds.put("leat.workflow.max-bytes", Bounds.atLeast(1_024));
        bounds.put("leat.workflow.max-depth", new Bounds(10, 150));
        bounds.put("leat.workflow.max-values", Bounds.atLeast(1_000));
        bounds.put("leat.workflow.max-text", Bounds.atLeast(1_000));
        bounds.put("leat.workflow.max-tasks", Bounds.atLeast(1));
        bounds.put("leat.workflow.max-problems", Bounds.atLeast(1));
        bounds.put("leat.expressions.max-text", Bounds.atLeast(1));
        bounds.put("leat.expressions.max-nesting", new Bounds(1, 250));
        bounds.put("leat.expressions.max-iterations", Bounds.atLeast(1));
        bounds.put("leat.expressions.max-size", Bounds.atLeast(1));
        bounds.put("leat.expressions.max-memory", Bounds.atLeast(1));
        bounds.put("leat.api.page-size", new Bounds(1, 500));
        bounds.put("leat.api.largest-page", Bounds.atLeast(1));
        bounds.put("leat.api.inline-output-bytes", Bounds.atLeast(0));
        bounds.put("leat.api.most-streams", Bounds.atLeast(1));
        bounds.put("leat.webhooks.at-once", new Bounds(1, 10_000));
        bounds.put("leat.triggers.most-files", new Bounds(1, 10_000_000));
        bounds.put("leat.dashboard.watchers", Bounds.atLeast(0));
        return bounds;
    }

    void check(@Observes @Priority(BEFORE_ALL) StartupEvent event) {
        BOUNDS.forEach(
                (name, bounds) ->
                        config.getOptionalValue(name, Long.class)
                                .flatMap(value -> bounds.problem(name, value))
                                .ifPresent(SettingBounds::refuse));
    }

    private static void refuse(String sentence) {
        // What becomes of the exception depends on how Leat was started.
        LOG.error(sentence);
        throw new PreventFurtherStepsException(sentence, Exit.REFUSED);
    }
}
