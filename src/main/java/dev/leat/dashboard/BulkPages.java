package dev.leat.dashboard;

import dev.leat.engine.BulkOperations;
import dev.leat.engine.BulkOperations.Outcome;
import dev.leat.engine.BulkOperations.What;
import dev.leat.security.WithFormToken;
import dev.leat.store.Ids;
import dev.leat.task.Refusal;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Locale;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/// Asks before the same is done with many runs, and does it: with those that were chosen in the
/// list, or with all that fit its filter.
@Path("/steer/bulk")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
@WithFormToken
class BulkPages {

    private static final int FAILURES_SHOWN = 50;

    private final BulkOperations bulk;

    BulkPages(BulkOperations bulk) {
        this.bulk = bulk;
    }

    /// @param all the runs are those of the filter, whatever was chosen
    @GET
    public TemplateInstance ask(
            @RestQuery @Nullable String action,
            @RestQuery List<String> run,
            @RestQuery boolean all,
            @RestQuery @Nullable String workflow,
            @RestQuery @Nullable String state,
            @RestQuery @Nullable String trigger,
            @RestQuery @Nullable String label) {
        var asked = Action.of(action);
        var filter = RunFilter.of(workflow, state, trigger, label);
        if (!all) {
            var chosen = run.stream().distinct().toList();
            return new ask(asked, chosen.size(), chosen, filter, "");
        }
        var found = bulk.found(filter.filter());
        return new ask(
                asked,
                found.size(),
                List.of(),
                filter,
                found.isEmpty() ? "" : Ids.text(found.getFirst()));
    }

    /// @param newest of the runs that fitted the filter when it was asked: what came later was
    /// asked of nobody
    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public TemplateInstance perform(
            @RestForm @Nullable String action,
            @RestForm List<String> run,
            @RestForm @Nullable String newest,
            @RestForm @Nullable String workflow,
            @RestForm @Nullable String state,
            @RestForm @Nullable String trigger,
            @RestForm @Nullable String label,
            @RestForm @Nullable String why) {
        var asked = Action.of(action);
        var filter = RunFilter.of(workflow, state, trigger, label);
        var runs =
                newest == null || newest.isEmpty()
                        ? BulkOperations.parsed(run)
                        : upTo(newest, bulk.found(filter.filter()));
        return done(asked, filter, bulk.perform(asked.what(), runs, Asker.because(why)));
    }

    private static List<Long> upTo(String newest, List<Long> found) {
        var last = BulkOperations.parsed(List.of(newest)).getFirst();
        return found.stream().filter(id -> id <= last).toList();
    }

    private static done done(Action action, RunFilter filter, Outcome outcome) {
        var failures = outcome.failures();
        return new done(
                action,
                outcome.found(),
                outcome.done(),
                failures.stream()
                        .limit(FAILURES_SHOWN)
                        .map(each -> new Failed(Ids.text(each.run()), each.reason()))
                        .toList(),
                Math.max(0, failures.size() - FAILURES_SHOWN),
                filter);
    }

    /// What can be done with many runs.
    enum Action {
        CANCEL("Cancel"),
        PAUSE("Pause"),
        RESUME("Resume"),
        RERUN("Retry what failed in");

        private final String words;

        Action(String words) {
            this.words = words;
        }

        static Action of(@Nullable String text) {
            for (var action : values()) {
                if (action.word().equals(text)) {
                    return action;
                }
            }
            throw new Refusal.Invalid(
                    "Choose what to do: cancel, pause, resume or rerun.", List.of());
        }

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        public String words() {
            return words;
        }

        What what() {
            return switch (this) {
                case CANCEL -> new What.Cancel();
                case PAUSE -> new What.Pause();
                case RESUME -> new What.Resume();
                case RERUN -> new What.Again("failed");
            };
        }
    }

    record Failed(String run, String reason) {}

    /// @param runs those that were chosen; empty where it is those of the filter
    /// @param newest of the filter's runs; empty where runs were chosen, or none fits
    record ask(Action action, int count, List<String> runs, RunFilter filter, String newest)
            implements TemplateInstance {}

    /// @param more failures that aren't among those
    record done(
            Action action, int found, int done, List<Failed> failures, int more, RunFilter filter)
            implements TemplateInstance {}
}
