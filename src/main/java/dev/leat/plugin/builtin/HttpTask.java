package dev.leat.plugin.builtin;

import dev.leat.plugin.BuiltIn;
import dev.leat.plugin.TaskType;
import dev.leat.plugin.TaskTypes;
import dev.leat.plugin.http.OutboundAnswer;
import dev.leat.plugin.http.OutboundFailure;
import dev.leat.plugin.http.OutboundHttp;
import dev.leat.task.Outcome;
import dev.leat.task.TaskContext;
import dev.leat.task.TaskError;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Sends one request and gives back the answer, or says why there is none.
@Singleton
class HttpTask implements BuiltIn {

    private static final int SHOWN_OF_BODY = 2_000;

    private final TaskType type = TaskTypes.builtIn("http", TaskTypes.JAVA);
    private final OutboundHttp http;

    HttpTask(OutboundHttp http) {
        this.http = http;
    }

    @Override
    public TaskType type() {
        return type;
    }

    @Override
    public Outcome perform(TaskContext context) throws InterruptedException {
        long start = System.nanoTime();
        try {
            var parameters = new HttpParameters(context);
            var answer = http.send(parameters.request());
            var took = Duration.ofNanos(System.nanoTime() - start);
            context.log()
                    .info(
                            "%s %s: %d in %d ms"
                                    .formatted(
                                            parameters.method(),
                                            withoutQuery(answer.url()),
                                            answer.status(),
                                            took.toMillis()));
            return parameters.expects(answer.status())
                    ? succeeded(answer, took)
                    : Outcome.failed(unexpected(context, parameters.method(), answer));
        } catch (OutboundFailure e) {
            return Outcome.failed(e.error());
        } catch (IllegalArgumentException e) {
            return Outcome.failed(
                    TaskError.permanent("parameters", String.valueOf(e.getMessage())));
        }
    }

    private static Outcome succeeded(OutboundAnswer answer, Duration took) {
        var output = new LinkedHashMap<String, @Nullable Object>();
        output.put("status", (long) answer.status());
        output.put("headers", answer.headers());
        try {
            output.put("body", HttpBody.of(answer).value());
        } catch (IllegalArgumentException e) {
            return Outcome.failed(
                    TaskError.permanent(
                                    "http.invalid-json",
                                    "%s says that its answer is JSON, but it isn't: %s."
                                            .formatted(withoutQuery(answer.url()), e.getMessage()))
                            .withDetails(Map.of("status", (long) answer.status())));
        }
        output.put("url", answer.url());
        output.put("durationMs", took.toMillis());
        return Outcome.succeeded(output);
    }

    private static TaskError unexpected(TaskContext context, String method, OutboundAnswer answer) {
        int status = answer.status();
        var message =
                "%s %s answered %d %s"
                        .formatted(method, withoutQuery(answer.url()), status, answer.reason())
                        .strip();
        var code = "http." + status;
        var error =
                mayPass(status)
                        ? TaskError.transientFailure(code, message + ".")
                        : TaskError.permanent(code, message + ".");
        return error.withRetryAfter(
                        RetryAfter.read(answer.header("retry-after"), context.clock().instant()))
                .withDetails(
                        Map.of(
                                "status",
                                (long) status,
                                "body",
                                HttpBody.of(answer).excerpt(SHOWN_OF_BODY)));
    }

    private static boolean mayPass(int status) {
        return switch (status) {
            case 408, 425, 429 -> true;
            default -> status >= 500;
        };
    }

    /// A query often holds what no log should.
    private static String withoutQuery(String url) {
        int query = url.indexOf('?');
        return query < 0 ? url : url.substring(0, query);
    }
}
