package dev.leat.workflow.expression;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A type as a value: what `type(x)` answers and what `int` means.
record TypeName(String name) {

    /// Types that expressions can name.
    static final Set<String> NAMES =
            Set.of(
                    "bool",
                    "bytes",
                    "double",
                    "int",
                    "uint",
                    "string",
                    "list",
                    "map",
                    "null_type",
                    "type");

    static TypeName of(@Nullable Object value) {
        return new TypeName(
                switch (value) {
                    case null -> "null_type";
                    case Boolean _ -> "bool";
                    case Long _ -> "int";
                    case Double _ -> "double";
                    case String _ -> "string";
                    case byte[] _ -> "bytes";
                    case List<?> _ -> "list";
                    case Map<?, ?> _ -> "map";
                    case Instant _ -> "google.protobuf.Timestamp";
                    case Duration _ -> "google.protobuf.Duration";
                    case Maybe _ -> "optional_type";
                    default -> "type";
                });
    }

    /// What people call it, for messages.
    static String plain(@Nullable Object value) {
        return plain(of(value).name());
    }

    /// `a list`, `null`.
    static String withArticle(@Nullable Object value) {
        var plain = plain(value);
        return value == null || value instanceof Boolean
                ? plain
                : (plain.startsWith("o") ? "an " : "a ") + plain;
    }

    static String plain(String name) {
        return switch (name) {
            case "bool" -> "true/false";
            case "int", "uint", "double" -> "number";
            case "string" -> "text";
            case "null_type", "null" -> "null";
            case "google.protobuf.Timestamp" -> "timestamp";
            case "google.protobuf.Duration" -> "duration";
            case "optional_type" -> "optional";
            default -> name;
        };
    }
}
