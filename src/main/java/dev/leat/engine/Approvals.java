package dev.leat.engine;

import dev.leat.store.Ids;
import dev.leat.store.Json;
import dev.leat.store.RunStore;
import dev.leat.store.TaskRun;
import dev.leat.store.WaitStore;
import dev.leat.task.Awaited;
import dev.leat.task.Refusal;
import dev.leat.workflow.Schemas;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The questions that tasks ask people: which are open, and what is answered.
@ApplicationScoped
public class Approvals {

    private static final String AWAITS = "approval";

    private final WaitStore waits;
    private final Answers answers;
    private final RunStore runs;
    private final Schemas schemas;

    Approvals(WaitStore waits, Answers answers, RunStore runs, Schemas schemas) {
        this.waits = waits;
        this.answers = answers;
        this.runs = runs;
        this.schemas = schemas;
    }

    /// A question nobody has answered yet.
    public record Open(WaitStore.Waiting task, Awaited.Approval approval) {}

    /// @param approved whether it is approved or rejected
    /// @param values what the form was filled in with
    public record Decision(
            boolean approved,
            Map<String, @Nullable Object> values,
            @Nullable String comment,
            @Nullable String by) {}

    /// Oldest first.
    public List<Open> open(int limit) {
        return waits.waiting(AWAITS, limit).stream().flatMap(each -> read(each).stream()).toList();
    }

    /// How many there are; counts no further than asked.
    public long count(int atMost) {
        return waits.count(AWAITS, atMost);
    }

    /// The open question of a task.
    ///
    /// @throws Refusal.NotFound where there is no such run
    /// @throws Refusal.Conflict where the task asks nothing, or not any more
    public Open open(long run, String task) {
        return waits.waiting(AWAITS, run).stream()
                .filter(each -> each.task().equals(task))
                .findFirst()
                .flatMap(Approvals::read)
                .orElseThrow(() -> notOpen(run, task));
    }

    private static Optional<Open> read(WaitStore.Waiting task) {
        var detail = task.detail() == null ? Map.of() : Json.readObject(task.detail());
        return detail.get("awaited") instanceof Map<?, ?> map
                        && TaskDetail.awaited(map) instanceof Awaited.Approval approval
                ? Optional.of(new Open(task, approval))
                : Optional.empty();
    }

    private Refusal notOpen(long run, String task) {
        if (runs.run(run).isEmpty()) {
            return new Refusal.NotFound("There is no run " + Ids.text(run) + ".");
        }
        var state = runs.task(run, task).map((TaskRun row) -> row.state.name()).orElse("PENDING");
        return new Refusal.Conflict(
                "Task '%s' of run %s asks nobody anything at the moment; it is %s."
                        .formatted(task, Ids.text(run), state));
    }

    /// Answers a task's question. The answer is on disk when this returns.
    ///
    /// @throws Refusal.Forbidden where others are asked
    /// @throws Refusal.Invalid where the values don't fit the form
    /// @throws Refusal.Conflict where it is answered already
    void decide(long run, String task, Decision decision) {
        var open = open(run, task);
        var answer = AnswerRules.answer(open.approval(), decision, schemas);
        answers.give(open.task(), answer, decision.by())
                .ifPresent(
                        earlier -> {
                            throw new Refusal.Conflict(
                                    AnswerRules.isTooLate(earlier)
                                            ? "Task '%s' of run %s takes no answer any more: its time was up just now."
                                                    .formatted(task, Ids.text(run))
                                            : "Task '%s' of run %s was answered just now by somebody else."
                                                    .formatted(task, Ids.text(run)));
                        });
    }
}
