package dev.leat.dashboard;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Which workflows a list shows and in which order, as it stands in its address; empty for any.
///
/// @param words that the id, name or description must have
/// @param label a label's name, or `name=value`
/// @param page from 1
record WorkflowQuery(String words, Show show, String namespace, String label, Sort sort, int page) {

    /// What sets a workflow apart.
    enum Show {
        ALL("All"),
        FAILING("Failing"),
        RUNNING("Running now"),
        PAUSED("With paused triggers"),
        NEVER("Never run");

        private final String word;

        Show(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }

        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    enum Sort {
        NAME("Name"),
        LAST("Last run, newest first"),
        SUCCESS("Success, worst first"),
        DURATION("Duration, longest first"),
        NEXT("Next fire, soonest first");

        private final String word;

        Sort(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }

        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static WorkflowQuery of(
            @Nullable String words,
            @Nullable String show,
            @Nullable String namespace,
            @Nullable String label,
            @Nullable String sort,
            int page) {
        return new WorkflowQuery(
                given(words),
                of(Show.values(), show, Show.ALL),
                given(namespace),
                given(label),
                of(Sort.values(), sort, Sort.NAME),
                Math.max(1, page));
    }

    private static String given(@Nullable String value) {
        return value == null ? "" : value.strip();
    }

    private static <E extends Enum<E>> E of(E[] known, @Nullable String name, E otherwise) {
        for (var each : known) {
            if (each.name().equalsIgnoreCase(given(name))) {
                return each;
            }
        }
        return otherwise;
    }

    /// Whether the runs of all workflows have to be looked at.
    boolean asksForRuns() {
        return switch (show) {
            case FAILING, RUNNING, NEVER -> true;
            case ALL, PAUSED ->
                    switch (sort) {
                        case LAST, SUCCESS, DURATION -> true;
                        case NAME, NEXT -> false;
                    };
        };
    }

    /// Whether some workflows may be left out.
    public boolean narrows() {
        return show != Show.ALL || !(words + namespace + label).isEmpty();
    }

    /// The same list in another order, from its beginning.
    public String by(String order) {
        return new WorkflowQuery(
                        words, show, namespace, label, of(Sort.values(), order, Sort.NAME), 1)
                .href();
    }

    /// As `aria-sort` says it of a column.
    public String sorted(String order) {
        if (!sort.key().equals(order)) {
            return "none";
        }
        return switch (sort) {
            case NAME, SUCCESS, NEXT -> "ascending";
            case LAST, DURATION -> "descending";
        };
    }

    public String at(int number) {
        return new WorkflowQuery(words, show, namespace, label, sort, number).href();
    }

    private String href() {
        return Address.of("/workflows")
                .with("q", words)
                .with("show", show == Show.ALL ? "" : show.key())
                .with("namespace", namespace)
                .with("label", label)
                .with("sort", sort == Sort.NAME ? "" : sort.key())
                .with("page", page == 1 ? "" : page)
                .toString();
    }
}
