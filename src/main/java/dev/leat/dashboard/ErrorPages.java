package dev.leat.dashboard;

import dev.leat.security.ProblemDetail;
import dev.leat.security.ProblemDetail.Item;
import io.quarkus.qute.TemplateInstance;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/// Answers what went wrong with a page that says what happened and what to do.
@ApplicationScoped
class ErrorPages implements dev.leat.security.ErrorPages {

    @Override
    public String page(ProblemDetail problem, String path) {
        return new error(
                        problem.status(),
                        title(problem),
                        sentence(problem),
                        remedy(problem),
                        problem.problems())
                .render();
    }

    private static String title(ProblemDetail problem) {
        return switch (problem.status()) {
            case 409 -> "Not possible now";
            case 422 -> "It can't be used as it is";
            case 500 -> "Something went wrong in Leat";
            case 503 -> "Not now";
            default -> problem.title();
        };
    }

    private static String sentence(ProblemDetail problem) {
        return problem.status() == 500 ? "This page could not be made." : problem.detail();
    }

    private static String remedy(ProblemDetail problem) {
        return switch (problem.status()) {
            case 404 -> "It may have been deleted, or the address may be mistyped.";
            case 409 -> "Look at how things are now, and try again.";
            case 422 -> "Go back, mend what is listed here, and send it again.";
            case 500 ->
                    "That is a mistake of Leat's, not yours. The server's log tells more under "
                            + problem.instance()
                            + ".";
            case 503 -> "Try again in a moment.";
            default -> "Go back and try another way.";
        };
    }

    record error(int status, String title, String sentence, String remedy, List<Item> problems)
            implements TemplateInstance {}
}
