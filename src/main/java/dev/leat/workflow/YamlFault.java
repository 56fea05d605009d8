package dev.leat.workflow;

/// What is wrong where a YAML parser stopped, in words for people who write YAML by hand.
record YamlFault(String sentence, String hint) {

    private static final String CHECK = "check indentation, quotes and colons";

    /// @param context what the parser was at, in its words
    /// @param problem what stopped it, in its words
    static YamlFault of(String context, String problem) {
        if (problem.contains("\\t")) {
            return new YamlFault("A line is indented with a tab.", "indent with spaces");
        }
        if (problem.contains("cannot start any token")) {
            return new YamlFault(
                    "A value can't begin with this character.", "put the text into quotes");
        }
        if (problem.startsWith("mapping values are not allowed")) {
            return new YamlFault(
                    "A ':' stands where no key can be.", "put a text that holds ': ' into quotes");
        }
        if (problem.startsWith("expected <block end>")) {
            return new YamlFault("The indentation fits none of the lines above.", CHECK);
        }
        if (problem.startsWith("could not find expected ':'")) {
            return new YamlFault("A key has no ':' behind it.", CHECK);
        }
        if (problem.startsWith("expected ',' or")) {
            return new YamlFault(
                    "A %s is missing."
                            .formatted(problem.contains("]") ? "',' or ']'" : "',' or '}'"),
                    CHECK);
        }
        if (context.contains("quoted scalar")) {
            return new YamlFault("A text in quotes isn't closed, or holds a wrong escape.", CHECK);
        }
        return new YamlFault("This is no YAML: %s.".formatted(Words.shortened(problem)), CHECK);
    }
}
