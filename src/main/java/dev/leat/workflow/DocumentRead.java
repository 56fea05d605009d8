package dev.leat.workflow;

import dev.leat.task.Problem;
import java.util.List;
import java.util.Optional;

/// What a document's text came to.
///
/// @param document empty where there are errors
/// @param problems errors and warnings, in the order of the text
public record DocumentRead<T>(Optional<T> document, List<Problem> problems) {
    public DocumentRead {
        problems = List.copyOf(problems);
    }

    static <T> DocumentRead<T> of(T document, List<Problem> problems) {
        var broken = problems.stream().anyMatch(Problem::isError);
        return new DocumentRead<>(broken ? Optional.empty() : Optional.of(document), problems);
    }
}
