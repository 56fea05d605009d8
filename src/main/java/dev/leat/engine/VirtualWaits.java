package dev.leat.engine;

import dev.leat.engine.Approvals.Decision;
import dev.leat.engine.VirtualRun.When;
import dev.leat.store.WaitStore;
import dev.leat.task.Awaited;
import dev.leat.task.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The questions and signals of a [VirtualWorld]: what [Answers] is to real runs.
final class VirtualWaits {

    private final VirtualWorld world;
    private final List<Waiting> waiting = new ArrayList<>();
    private final List<Kept> kept = new ArrayList<>();

    /// What is said once somebody asks, each once.
    private final List<OnceAsked> onceAsked = new ArrayList<>();

    /// Answers that have their moment, until it has come.
    private final List<Runnable> answers = new ArrayList<>();

    VirtualWaits(VirtualWorld world) {
        this.world = world;
    }

    /// A signal, with what comes with it.
    record Sent(
            Awaited.Signal signal, @Nullable Object payload, Duration keep, @Nullable String by) {}

    private record Kept(Sent sent, Instant expires) {}

    private record OnceAsked(Predicate<Waiting> by, Duration delay, Runnable action) {}

    /// An attempt that waits for something.
    private record Waiting(VirtualExecution run, TaskCell task, int attempt, Awaited awaited) {
        boolean open() {
            return run.awaits(task, attempt);
        }

        boolean waitsFor(Awaited.Signal signal) {
            return open() && awaited.equals(signal);
        }

        String path() {
            return run.path(task);
        }

        void give(WaitStore.Answer answer) {
            run.answered(task, attempt, AnswerRules.given(awaited, answer));
        }
    }

    void answer(When when, String task, Decision decision, Consumer<Optional<String>> told) {
        Runnable action = () -> decide(task, decision, told);
        if (when.afterAsked()) {
            onceAsked.add(
                    new OnceAsked(
                            asking ->
                                    asking.path().equals(task)
                                            && asking.awaited instanceof Awaited.Approval,
                            when.time(),
                            action));
        } else {
            answers.add(action);
            world.atTime(
                    when.time(),
                    () -> {
                        answers.remove(action);
                        action.run();
                    });
        }
    }

    void signal(When when, Sent sent, Runnable done) {
        Runnable action =
                () -> {
                    done.run();
                    send(sent);
                };
        if (when.afterAsked()) {
            onceAsked.add(
                    new OnceAsked(
                            asking -> asking.awaited.equals(sent.signal()), when.time(), action));
        } else {
            world.atTime(when.time(), action);
        }
    }

    /// An attempt waits, or asks again whether what it waits for has come.
    void await(VirtualExecution run, TaskCell task, int attempt, Awaited awaited) {
        var asking = new Waiting(run, task, attempt, awaited);
        if (!waiting.contains(asking)) {
            waiting.add(asking);
            onceAsked.stream()
                    .filter(each -> each.by.test(asking))
                    .findFirst()
                    .ifPresent(
                            each -> {
                                onceAsked.remove(each);
                                world.after(each.delay, each.action);
                            });
        }
        world.next(() -> look(asking));
    }

    private void look(Waiting asking) {
        if (!asking.open()) {
            return;
        }
        var now = world.now();
        kept.removeIf(each -> !each.expires.isAfter(now));
        var come = kept.stream().filter(each -> asking.waitsFor(each.sent.signal())).findFirst();
        if (come.isPresent()) {
            kept.remove(come.get());
            asking.give(came(come.get().sent));
        } else {
            asking.run.unanswered(asking.task, asking.attempt);
        }
    }

    /// @return how many got it
    int send(Sent sent) {
        var told = waiting.stream().filter(each -> each.waitsFor(sent.signal())).toList();
        if (told.isEmpty()) {
            kept.add(new Kept(sent, world.now().plus(sent.keep())));
        }
        told.forEach(each -> each.give(came(sent)));
        return told.size();
    }

    private WaitStore.Answer came(Sent sent) {
        return new WaitStore.Answer(AnswerRules.payload(sent.payload()), sent.by(), world.now());
    }

    private void decide(String task, Decision decision, Consumer<Optional<String>> told) {
        var asking =
                waiting.stream()
                        .filter(each -> each.path().equals(task) && each.open())
                        .findFirst();
        if (asking.isEmpty() || !(asking.get().awaited instanceof Awaited.Approval approval)) {
            told.accept(
                    Optional.of(
                            "Task '%s' asks nobody anything at the moment; it is %s."
                                    .formatted(task, world.history().state(task))));
            return;
        }
        try {
            var answer = AnswerRules.answer(approval, decision, world.around().schemas());
            told.accept(Optional.empty());
            asking.get().give(new WaitStore.Answer(answer, decision.by(), world.now()));
        } catch (Refusal refused) {
            told.accept(Optional.of(SubflowRules.sentence(refused)));
        }
    }

    /// The run is over, and what would have been answered later isn't asked any more.
    void tellLate() {
        List.copyOf(answers).forEach(Runnable::run);
        answers.clear();
    }
}
