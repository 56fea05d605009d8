package dev.leat.workflow;

import java.util.List;

/// What each code of a problem means, in plain text for a page.
public final class ProblemGuide {

    /// In the order of the documentation.
    public static final List<Entry> ENTRIES =
            Explanations.ALL.entrySet().stream()
                    .map(
                            entry ->
                                    new Entry(
                                            entry.getKey(),
                                            plain(entry.getValue().means()),
                                            plain(entry.getValue().remedy())))
                    .toList();

    private ProblemGuide() {}

    /// @param means what is so
    /// @param remedy what to do
    public record Entry(String code, String means, String remedy) {}

    private static String plain(String text) {
        return text.replaceAll("\\[([^\\]]*)\\]\\([^)]*\\)", "$1").replace("`", "");
    }
}
