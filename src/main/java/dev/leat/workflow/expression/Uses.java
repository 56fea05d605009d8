package dev.leat.workflow.expression;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Which inputs, vars and the like an expression names: `inputs.day`, or `inputs` where it takes
/// all of them at once.
final class Uses {

    private final Set<String> fields = new TreeSet<>();

    /// How often a root is named without a field after it.
    private final Map<String, Integer> bare = new HashMap<>();

    void root(String root) {
        bare.merge(root, 1, Integer::sum);
    }

    /// @param path of what the field is asked of; only those of roots count
    void field(String path, String name) {
        if (bare.containsKey(path)) {
            bare.merge(path, -1, Integer::sum);
            fields.add(path + "." + name);
        }
    }

    Set<String> all() {
        var all = new TreeSet<>(fields);
        bare.forEach(
                (root, times) -> {
                    if (times > 0) {
                        all.add(root);
                    }
                });
        return all;
    }
}
