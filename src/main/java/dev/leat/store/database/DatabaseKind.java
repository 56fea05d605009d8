package dev.leat.store.database;

/// Which database a URL means.
public enum DatabaseKind {
    SQLITE("jdbc:sqlite:"),
    POSTGRESQL("jdbc:postgresql:");

    private final String prefix;

    DatabaseKind(String prefix) {
        this.prefix = prefix;
    }

    /// @throws IllegalArgumentException for the URL of any other database
    public static DatabaseKind of(String url) {
        for (var kind : values()) {
            if (url.startsWith(kind.prefix)) {
                return kind;
            }
        }
        throw new IllegalArgumentException(
                "The database URL '%s' is of no known kind. Set leat.database.url to jdbc:sqlite:<file> or jdbc:postgresql://<host>/<database>."
                        .formatted(withoutParameters(url)));
    }

    boolean accepts(String url) {
        return url.startsWith(prefix);
    }

    /// What follows the prefix.
    String rest(String url) {
        return url.substring(prefix.length());
    }

    /// Parameters may hold a password.
    static String withoutParameters(String url) {
        var start = url.indexOf('?');
        return start < 0 ? url : url.substring(0, start);
    }
}
