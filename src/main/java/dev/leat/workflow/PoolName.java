package dev.leat.workflow;

import dev.leat.task.Refusal;
import java.util.List;
import java.util.regex.Pattern;

/// What a pool may be called: the same in a workflow's text and wherever places are given to it.
public final class PoolName {

    static final String RULE = "[a-z0-9][a-z0-9._-]{0,62}";
    static final String WORDS =
            "lower-case letters, digits, dots, hyphens and underscores, at most 63";

    private static final Pattern PATTERN = Pattern.compile(RULE);

    private PoolName() {}

    /// The name itself.
    ///
    /// @throws Refusal.Invalid where no task could name a pool like this
    public static String checked(String name) {
        if (!PATTERN.matcher(name).matches()) {
            throw new Refusal.Invalid(
                    "A pool's name has %s, the first a letter or digit.".formatted(WORDS),
                    List.of());
        }
        return name;
    }
}
