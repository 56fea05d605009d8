package dev.leat.workflow;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a value of the format may look like. [Keys] is made of these; [Structure] holds documents
/// against them, and
/// [WorkflowSchema] writes them as JSON Schema.
sealed interface Shape {

    /// What the value is called in a message: "must be …".
    String wanted();

    /// @param pattern that all of the text matches
    /// @param rule what the pattern says, in words
    record Text(@Nullable Pattern pattern, String rule) implements Shape {
        static final Text ANY = new Text(null, "");

        static Text matching(String pattern, String rule) {
            return new Text(Pattern.compile(pattern), rule);
        }

        @Override
        public String wanted() {
            return "text";
        }
    }

    /// One of a few words.
    record OneOf(List<String> words) implements Shape {
        @Override
        public String wanted() {
            return Words.choice(words);
        }
    }

    record Flag() implements Shape {
        @Override
        public String wanted() {
            return "true or false";
        }
    }

    record Whole(long least, long most) implements Shape {
        @Override
        public String wanted() {
            return "a whole number";
        }
    }

    record Decimal(double least, double most) implements Shape {
        @Override
        public String wanted() {
            return "a number";
        }
    }

    /// @param zero whether nothing is enough
    record Period(boolean zero) implements Shape {
        /// For editors; the loader asks the parser, which also knows what is too long.
        static final String PATTERN =
                "^(?:[0-9]{1,9}d(?:[0-9]{1,9}h)?(?:[0-9]{1,9}m)?(?:[0-9]{1,9}s)?(?:[0-9]{1,12}ms)?"
                        + "|[0-9]{1,9}h(?:[0-9]{1,9}m)?(?:[0-9]{1,9}s)?(?:[0-9]{1,12}ms)?"
                        + "|[0-9]{1,9}m(?:[0-9]{1,9}s)?(?:[0-9]{1,12}ms)?"
                        + "|[0-9]{1,9}s(?:[0-9]{1,12}ms)?"
                        + "|[0-9]{1,12}ms"
                        + "|[Pp][0-9]{1,9}[Dd](?:[Tt][0-9HhMmSs.]{2,40})?"
                        + "|[Pp][Tt][0-9HhMmSs.]{2,40})$";

        @Override
        public String wanted() {
            return "a duration such as 500ms, 30s, 5m, 1h30m or PT30S";
        }
    }

    /// A moment such as `2026-12-24T18:00:00Z`.
    record Moment() implements Shape {
        @Override
        public String wanted() {
            return "a moment such as 2026-12-24T18:00:00Z";
        }
    }

    /// Any JSON value; its strings may hold expressions.
    record AnyValue() implements Shape {
        @Override
        public String wanted() {
            return "a value";
        }
    }

    /// Text, a number, or true or false; becomes text, which may hold expressions.
    record Variable() implements Shape {
        @Override
        public String wanted() {
            return "text";
        }
    }

    /// True, false, or text that is wholly one expression.
    record Condition() implements Shape {
        @Override
        public String wanted() {
            return "an expression such as \"${ inputs.day != '' }\", true or false";
        }
    }

    /// A list, an object, or text that is wholly one expression.
    record Items() implements Shape {
        @Override
        public String wanted() {
            return "a list, an object, or an expression for one";
        }
    }

    /// A JSON Schema of an object.
    record Schema() implements Shape {
        @Override
        public String wanted() {
            return "a JSON Schema, which is an object";
        }
    }

    /// An object whose keys the author chooses.
    record MapOf(Text keys, Shape values) implements Shape {
        @Override
        public String wanted() {
            return "an object";
        }
    }

    record ListOf(Shape items) implements Shape {
        @Override
        public String wanted() {
            return "a list";
        }
    }

    /// A list of texts, or just one of them.
    record OneOrMore(Text items) implements Shape {
        @Override
        public String wanted() {
            return "a list of texts";
        }
    }

    /// An object, or a value that needs none: a list of such objects, or what is said most often.
    record Either(Shape otherwise, Keyed object) implements Shape {
        @Override
        public String wanted() {
            return otherwise.wanted() + ", or an object";
        }
    }

    /// An object with the keys that the format knows; `x-…` is free.
    ///
    /// @param name what such an object is called: `task`
    /// @param variants more keys, by the value of the key `type`; empty where there are none
    record Keyed(String name, List<Key> keys, Map<String, List<Key>> variants) implements Shape {

        static Keyed of(String name, Key... keys) {
            return new Keyed(name, List.of(keys), Map.of());
        }

        @Override
        public String wanted() {
            return "an object";
        }

        Optional<Key> key(String wanted) {
            return keys.stream().filter(key -> key.name().equals(wanted)).findFirst();
        }

        /// With the keys of one variant.
        Keyed with(List<Key> more) {
            var all = new ArrayList<>(keys);
            all.addAll(more);
            return new Keyed(name, all, Map.of());
        }
    }

    /// @param description for editors and documentation
    record Key(String name, Shape shape, boolean required, String description) {
        static Key required(String name, Shape shape, String description) {
            return new Key(name, shape, true, description);
        }

        static Key optional(String name, Shape shape, String description) {
            return new Key(name, shape, false, description);
        }
    }
}
