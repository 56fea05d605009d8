package dev.leat.security;

import dev.leat.task.Problem;
import java.util.List;

/// A request that is refused for how it was asked, which only doors on the network know of. What
/// can't be done for other reasons is a [dev.leat.task.Refusal].
public final class HttpRefusal extends RuntimeException {

    private final ProblemKind kind;
    private final transient List<Problem> problems;

    public HttpRefusal(ProblemKind kind, String sentence) {
        this(kind, sentence, List.of());
    }

    public HttpRefusal(ProblemKind kind, String sentence, List<Problem> problems) {
        super(sentence, null, false, false);
        this.kind = kind;
        this.problems = List.copyOf(problems);
    }

    ProblemDetail detail() {
        return ProblemDetail.of(kind, String.valueOf(getMessage()), problems);
    }
}
