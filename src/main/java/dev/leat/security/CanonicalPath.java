package dev.leat.security;

import org.jspecify.annotations.Nullable;

/// Whether a path can be read in one way only. Parts of a server that read paths differently are
/// how guards are walked around, so everything that could be read twice is refused before anything
/// looks at it.
final class CanonicalPath {

    private static final String NEVER_RAW = ";\\\"<>^`{|}#";
    private static final String NEVER_ENCODED = "/\\;%";
    private static final String UNRESERVED_SIGNS = "-._~";

    private CanonicalPath() {}

    /// What is wrong with a request's target, as a sentence; null for nothing.
    static @Nullable String fault(String target) {
        if (!target.startsWith("/")) {
            return "The request's target must be a path that begins with '/'.";
        }
        int query = target.indexOf('?');
        var path = query < 0 ? target : target.substring(0, query);
        if (path.contains("//")) {
            return "The path has an empty segment ('//').";
        }
        for (var segment : path.split("/", -1)) {
            if (segment.equals(".") || segment.equals("..")) {
                return "The path has a segment '" + segment + "'.";
            }
        }
        return faultyCharacter(path);
    }

    private static @Nullable String faultyCharacter(String path) {
        for (int at = 0; at < path.length(); at++) {
            char sign = path.charAt(at);
            if (sign <= ' ' || sign > '~' || NEVER_RAW.indexOf(sign) >= 0) {
                return "The path has a character that doesn't belong in one.";
            }
            if (sign == '%') {
                if (!meaningfulEscape(path, at)) {
                    return "The path has an escape that is malformed, or stands for a character"
                            + " that isn't escaped in a path of this server.";
                }
                at += 2;
            }
        }
        return null;
    }

    /// Only signs that can't stand for themselves are escaped, and none that a path's readers could
    /// take for structure.
    private static boolean meaningfulEscape(String path, int at) {
        if (at + 2 >= path.length()) {
            return false;
        }
        int high = Character.digit(path.charAt(at + 1), 16);
        int low = Character.digit(path.charAt(at + 2), 16);
        int decoded = high * 16 + low;
        return high >= 0
                && low >= 0
                && decoded >= ' '
                && decoded <= '~'
                && NEVER_ENCODED.indexOf(decoded) < 0
                && UNRESERVED_SIGNS.indexOf(decoded) < 0
                && !Character.isLetterOrDigit(decoded);
    }
}
