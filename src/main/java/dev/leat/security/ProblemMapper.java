package dev.leat.security;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.leat.task.Refusal;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.Locale;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/// Answers every failure of every door: `application/problem+json` to programs, a page to people.
@ApplicationScoped
class ProblemMapper {

    static final String PROBLEM_JSON = "application/problem+json";
    private static final String HTML = "text/html;charset=UTF-8";

    private final Problems problems;
    private final ErrorPages pages;
    private final ObjectMapper mapper;

    ProblemMapper(Problems problems, ErrorPages pages, ObjectMapper mapper) {
        this.problems = problems;
        this.pages = pages;
        this.mapper = mapper;
    }

    @ServerExceptionMapper(Throwable.class)
    @Priority(Priorities.USER)
    public Response failed(Throwable failure, RoutingContext context) {
        return answer(failure, context);
    }

    @ServerExceptionMapper(WebApplicationException.class)
    @Priority(Priorities.USER)
    public Response framework(WebApplicationException failure, RoutingContext context) {
        // A redirect is no failure.
        return failure.getResponse().getStatus() < 400
                ? failure.getResponse()
                : answer(failure, context);
    }

    private Response answer(Throwable thrown, RoutingContext context) {
        var failure = problems.meaning(thrown);
        var problem = problems.of(failure, request(context));
        var html = wantsPage(context);
        var answer =
                Response.status(problem.status())
                        .type(html ? HTML : PROBLEM_JSON)
                        .entity(body(problem, context, html));
        if (failure instanceof Refusal.Unavailable unavailable) {
            answer.header("Retry-After", Math.max(1, unavailable.retryAfter().toSeconds()));
        }
        if (problem.status() == ProblemKind.UNAUTHORIZED.status()) {
            answer.header(
                    jakarta.ws.rs.core.HttpHeaders.WWW_AUTHENTICATE, "Signature realm=\"leat\"");
        }
        if (failure instanceof WebApplicationException web) {
            var allow = web.getResponse().getHeaderString("Allow");
            if (allow != null) {
                answer.header("Allow", allow);
            }
        }
        return answer.build();
    }

    /// What no resource answers: addresses that don't exist, and requests that fail on their way.
    void atTheEnd(@Observes Router router) {
        router.route()
                .order(Integer.MAX_VALUE)
                .handler(context -> write(context, problems.framework(404)));
        router.route().order(-RequestGuard.PRIORITY).failureHandler(this::failedOnTheWay);
    }

    private void failedOnTheWay(RoutingContext context) {
        if (context.response().headWritten() || context.response().ended()) {
            context.response().reset();
            return;
        }
        int status = context.statusCode();
        write(
                context,
                status >= 400 && status < 500 || context.failure() == null
                        ? problems.framework(status)
                        : problems.of(context.failure(), request(context)));
    }

    Future<Void> write(RoutingContext context, ProblemDetail problem) {
        var html = wantsPage(context);
        var response = context.response();
        SecurityHeaders.put(response);
        response.setStatusCode(problem.status());
        response.putHeader(HttpHeaders.CONTENT_TYPE, html ? HTML : PROBLEM_JSON);
        return context.request().method() == HttpMethod.HEAD
                ? response.end()
                : response.end(body(problem, context, html));
    }

    private String body(ProblemDetail problem, RoutingContext context, boolean html) {
        if (html) {
            return pages.page(problem, String.valueOf(context.request().path()));
        }
        try {
            return mapper.writeValueAsString(problem);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A problem can't be written as JSON.", e);
        }
    }

    private static String request(RoutingContext context) {
        return context.request().method() + " " + context.request().path();
    }

    /// Browsers name HTML; programs and `*/*` get JSON. Under `/api` everybody is a program.
    private static boolean wantsPage(RoutingContext context) {
        var path = context.request().path();
        if (path != null && (path.equals("/api") || path.startsWith("/api/"))) {
            return false;
        }
        @Nullable String accept = context.request().getHeader(HttpHeaders.ACCEPT);
        return accept != null && accept.toLowerCase(Locale.ROOT).contains("text/html");
    }
}
