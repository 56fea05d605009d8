package dev.leat.api;

import dev.leat.security.HttpRefusal;
import dev.leat.security.ProblemKind;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Revision numbers as entity tags: `"3"`.
final class Tags {

    static final String ANY = "*";
    private static final Pattern TAG = Pattern.compile("\"(\\d{1,9})\"");

    private Tags() {}

    static String of(int revision) {
        return "\"" + revision + "\"";
    }

    /// The revision that somebody has seen; 0 where they don't say, or `*`.
    static int seen(@Nullable String ifMatch) {
        if (ifMatch == null || ifMatch.strip().equals(ANY)) {
            return 0;
        }
        var tag = TAG.matcher(ifMatch.strip());
        if (!tag.matches()) {
            throw new HttpRefusal(
                    ProblemKind.BAD_REQUEST,
                    "If-Match must be a revision's ETag, such as \"3\", or *.");
        }
        return Integer.parseInt(tag.group(1));
    }
}
