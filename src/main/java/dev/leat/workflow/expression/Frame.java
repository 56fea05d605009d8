package dev.leat.workflow.expression;

import com.google.re2j.Pattern;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What one evaluation works with.
final class Frame {

    private static final String NOW = "now";

    private final Template.Scope scope;
    private final InstantSource clock;
    private final Map<String, @Nullable Object> roots = HashMap.newHashMap(8);
    private @Nullable Instant now;
    private @Nullable Object[] locals = new Object[0];

    final Meter meter;

    /// Regular expressions of this evaluation; there are never more than texts that it could build.
    final Map<String, Pattern> patterns = new HashMap<>();

    Frame(Template.Scope scope, InstantSource clock, Meter meter) {
        this.scope = scope;
        this.clock = clock;
        this.meter = meter;
    }

    /// Makes room for an expression's variables.
    void enter(int variables) {
        if (locals.length < variables) {
            locals = new Object[variables];
        }
    }

    @Nullable Object root(String name) {
        if (roots.containsKey(name)) {
            return roots.get(name);
        }
        var value = Values.read(scope.root(name));
        roots.put(name, value);
        return value;
    }

    @Nullable Object local(int slot) {
        return locals[slot];
    }

    void local(int slot, @Nullable Object value) {
        locals[slot] = value;
    }

    /// The same moment throughout the evaluation: the scope's, where it answers one.
    Instant now() {
        var known = now;
        if (known == null) {
            known = root(NOW) instanceof Instant given ? given : clock.instant();
            now = known;
        }
        return known;
    }
}
