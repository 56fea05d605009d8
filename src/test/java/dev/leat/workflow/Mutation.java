package dev.leat.workflow;

import java.util.List;
import java.util.Random;

/// Changes a text a little, in ways that are likely to matter to whoever reads it.
final class Mutation {

    private static final List<String> BITS =
            List.of(
                    "{",
                    "}",
                    "[",
                    "]",
                    ":",
                    ",",
                    "\"",
                    "'",
                    "\\",
                    "\n",
                    "\t",
                    " ",
                    "null",
                    "true",
                    "NaN",
                    "-1",
                    "0",
                    "1e999",
                    "9223372036854775808",
                    "\"\"",
                    "{}",
                    "[]",
                    "${",
                    "${ tasks.",
                    "}}",
                    "$${",
                    "&a",
                    "*a",
                    "!!x",
                    "---\n",
                    "|",
                    ">",
                    "#",
                    "? ",
                    "- ",
                    "\u0000",
                    "\ud800",
                    "\uFEFF",
                    "ü",
                    "😀",
                    "\\u0000",
                    "\\ud800",
                    "id",
                    "tasks",
                    "dependsOn",
                    "a",
                    "PT",
                    "5",
                    "@daily",
                    "$ref",
                    "\"$ref\": \"#\",");

    private Mutation() {}

    static String of(String text, Random random) {
        var mutant = new StringBuilder(text);
        var changes = 1 + random.nextInt(3);
        for (int change = 0; change < changes && !mutant.isEmpty(); change++) {
            var from = random.nextInt(mutant.length());
            var to = Math.min(mutant.length(), from + random.nextInt(12));
            switch (random.nextInt(5)) {
                case 0 -> mutant.delete(from, to);
                case 1 -> mutant.insert(from, BITS.get(random.nextInt(BITS.size())));
                case 2 -> mutant.replace(from, to, BITS.get(random.nextInt(BITS.size())));
                case 3 ->
                        mutant.insert(random.nextInt(mutant.length()), mutant.substring(from, to));
                default -> replaceWord(mutant, from, random);
            }
        }
        return mutant.toString();
    }

    /// A whole word or number, so that the text mostly stays readable and its values don't.
    private static void replaceWord(StringBuilder text, int at, Random random) {
        var from = at;
        while (from > 0 && Character.isLetterOrDigit(text.charAt(from - 1))) {
            from--;
        }
        var to = at;
        while (to < text.length() && Character.isLetterOrDigit(text.charAt(to))) {
            to++;
        }
        text.replace(from, to, BITS.get(random.nextInt(BITS.size())));
    }
}
