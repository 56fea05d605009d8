package dev.leat.dashboard;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Words that somebody looks for, each of which must be there, in any order and case.
record Sought(List<String> words) {

    static Sought of(@Nullable String typed) {
        return new Sought(
                Stream.of((typed == null ? "" : typed).toLowerCase(Locale.ROOT).split("\\s+"))
                        .filter(word -> !word.isEmpty())
                        .toList());
    }

    boolean nothing() {
        return words.isEmpty();
    }

    /// Whether each word is in one of the texts. Nothing is in all.
    boolean in(String... texts) {
        var text = String.join("\n", texts).toLowerCase(Locale.ROOT);
        return words.stream().allMatch(text::contains);
    }
}
