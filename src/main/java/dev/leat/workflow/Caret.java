package dev.leat.workflow;

import java.util.List;

/// Where in a document somebody is typing.
///
/// @param path keys and indexes down to the value, or for a [Role#KEY] to the object that it is in
/// @param from where the word begins that is being typed, in the text
/// @param to where it ends
/// @param typed the part of it before the caret
/// @param quote in which it stands; 0 for none
record Caret(List<Object> path, Role role, int from, int to, String typed, char quote) {

    static final char NO_QUOTE = 0;

    Caret {
        path = List.copyOf(path);
    }

    enum Role {
        KEY,
        VALUE,
        /// A lone word in YAML may become a key, or be a value.
        EITHER
    }
}
