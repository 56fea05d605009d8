package dev.leat.store.search;

import dev.leat.task.LogKind;
import java.util.Locale;

/// What else is known of a part of a log, as words that no line can have: so a search for few of
/// many logs looks at few.
final class LogTraits {

    /// For private use, so neither letter nor digit.
    private static final char MARK = '\ue000';

    private static final int FIRST = '\ue010';

    private LogTraits() {}

    static String workflow(String id) {
        return trait('w', id);
    }

    static String task(String id) {
        return trait('t', id);
    }

    static String run(long id) {
        return trait('r', Long.toString(id));
    }

    static String kind(LogKind kind) {
        return trait('k', kind.name());
    }

    private static String trait(char what, String value) {
        var word = new StringBuilder().append(MARK).append(what);
        for (int at = 0; at < value.length(); at++) {
            char letter = value.charAt(at);
            // What would end a word becomes something that doesn't.
            word.append(Character.isLetterOrDigit(letter) ? letter : (char) (FIRST + letter % 128));
        }
        return word.toString().toLowerCase(Locale.ROOT);
    }
}
