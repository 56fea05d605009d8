package dev.leat.cli;

import dev.leat.task.Problem;
import java.io.PrintStream;
import java.util.List;

/// Shows problems as compilers do: place, kind, sentence, the line itself and a caret under it.
final class ProblemPrinter {

    private static final int SHOWN = 100;

    private final PrintStream out;

    ProblemPrinter(PrintStream out) {
        this.out = out;
    }

    /// @param file as it was given
    /// @param text its content
    void print(String file, String text, List<Problem> problems) {
        var lines = text.lines().toList();
        for (var problem : problems) {
            out.println(headline(file, problem));
            if (problem.line() > 0 && problem.line() <= lines.size()) {
                excerpt(lines.get(problem.line() - 1), problem);
            }
            if (problem.hint() != null) {
                out.println("  help: " + Terminal.harmless(problem.hint()));
            }
        }
    }

    private static String headline(String file, Problem problem) {
        var place =
                problem.line() > 0
                        ? ":" + problem.line() + ":" + problem.column()
                        : problem.pointer().isEmpty() ? "" : ":" + problem.pointer();
        var word = problem.isError() ? "error" : "warning";
        var sentence = Terminal.harmless(problem.message());
        return "%s%s: %s[%s]: %s".formatted(file, place, word, problem.code(), sentence);
    }

    /// A long line is shown from a little before the column on.
    private void excerpt(String line, Problem problem) {
        int column = Math.max(0, Math.min(problem.column() - 1, line.length()));
        int from = line.length() <= SHOWN ? 0 : Math.max(0, column - SHOWN / 2);
        var shown = Terminal.harmless(line.substring(from, Math.min(line.length(), from + SHOWN)));
        var gutter = "%5d | ".formatted(problem.line());
        out.println(gutter + shown);
        out.println(" ".repeat(gutter.length() - 2) + "| " + " ".repeat(column - from) + "^");
    }
}
