package dev.leat.security;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.leat.task.Problem;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// Why a request was refused, as RFC 9457 writes it.
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Problem", description = "Why a request was refused (RFC 9457).")
public record ProblemDetail(
        @Schema(
                        description = "Names the kind of problem; programs compare this one.",
                        examples = "urn:leat:problem:not-found")
                String type,
        @Schema(description = "The kind of problem in a few words.", examples = "Not found")
                String title,
        @Schema(description = "The HTTP status of this answer.", examples = "404") int status,
        @Schema(
                        description = "One sentence: what is wrong, and what to do.",
                        examples = "There is no workflow 'nightly'. Known: hourly, weekly.")
                String detail,
        @Schema(
                        description =
                                "Names this one failure. Only with status 500: the server's log has"
                                        + " the same name.")
                @Nullable String instance,
        @Schema(description = "Everything that is wrong with what was sent, in order.")
                List<Item> problems) {

    public ProblemDetail {
        problems = List.copyOf(problems);
    }

    /// One thing wrong with what was sent.
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "ProblemItem", description = "One thing wrong with what was sent.")
    public record Item(
            @Schema(description = "`error`, or `warning` where it can be used all the same.")
                    String severity,
            @Schema(description = "Stable and documented.", examples = "unknown-task-type")
                    String code,
            @Schema(description = "JSON Pointer to the value.", examples = "/tasks/0/type")
                    String pointer,
            @Schema(description = "From 1; 0 where the value has no place in a text.") int line,
            @Schema(description = "From 1; 0 where the value has no place in a text.") int column,
            @Schema(description = "One sentence.") String message,
            @Schema(description = "What to do.", examples = "did you mean 'http'?")
                    @Nullable String hint) {

        public static Item of(Problem problem) {
            return new Item(
                    problem.severity().name().toLowerCase(Locale.ROOT),
                    problem.code(),
                    problem.pointer(),
                    problem.line(),
                    problem.column(),
                    problem.message(),
                    problem.hint());
        }

        public static List<Item> of(List<Problem> problems) {
            return problems.stream().map(Item::of).toList();
        }
    }

    static ProblemDetail of(ProblemKind kind, String detail) {
        return of(kind, detail, List.of());
    }

    static ProblemDetail of(ProblemKind kind, String detail, List<Problem> problems) {
        return new ProblemDetail(
                kind.type(), kind.title(), kind.status(), detail, null, Item.of(problems));
    }
}
