package dev.leat.engine.simulation;

import dev.leat.engine.Approvals.Decision;
import dev.leat.engine.VirtualRun;
import dev.leat.task.Awaited;
import dev.leat.workflow.TestCase;
import dev.leat.workflow.TestCase.Event;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Lets the events of a test happen in its run, and remembers what came of each.
final class EventLog {

    private final TestCase test;

    /// Why an answer was refused, by the event's pointer; nothing where it counted. Events that
    /// haven't happened aren't there.
    private final Map<String, Optional<String>> happened = new HashMap<>();

    EventLog(TestCase test) {
        this.test = test;
    }

    void happenIn(VirtualRun run) {
        for (var event : test.events()) {
            switch (event) {
                case Event.Cancel(var at, var by, var reason) -> run.cancelAt(at, by, reason);
                case Event.Answer answer ->
                        run.answer(
                                when(answer.when()),
                                answer.task(),
                                new Decision(
                                        answer.approved(),
                                        answer.values(),
                                        answer.comment(),
                                        answer.by()),
                                told -> happened.put(answer.pointer(), told));
                case Event.Signal signal ->
                        run.signal(
                                when(signal.when()),
                                new Awaited.Signal(signal.name(), signal.key()),
                                signal.payload(),
                                signal.keep(),
                                signal.by(),
                                () -> happened.put(signal.pointer(), Optional.empty()));
            }
        }
    }

    private static VirtualRun.When when(TestCase.When when) {
        return new VirtualRun.When(when.time(), when.afterAsked());
    }

    /// Events that didn't go as the test says.
    void addTo(Comparison comparison) {
        for (var event : test.events()) {
            switch (event) {
                case Event.Cancel _ -> {}
                case Event.Answer answer -> add(answer, comparison);
                case Event.Signal signal -> {
                    if (signal.when().afterAsked() && !happened.containsKey(signal.pointer())) {
                        comparison.add(
                                Difference.saying(
                                        signal.pointer(),
                                        "This never happens: no task waits for the signal '%s'%s"
                                                .formatted(
                                                        signal.name(),
                                                        signal.key().isEmpty()
                                                                ? ""
                                                                : " for " + signal.key())));
                    }
                }
            }
        }
    }

    private void add(Event.Answer answer, Comparison comparison) {
        var told = happened.get(answer.pointer());
        var refused = answer.pointer() + "/refused";
        if (told == null) {
            comparison.add(
                    Difference.saying(
                            answer.pointer(),
                            "This never happens: '%s' asks nobody anything"
                                    .formatted(answer.task())));
        } else if (answer.refused() != null) {
            told.ifPresentOrElse(
                    sentence ->
                            comparison.text(
                                    refused, "Why it is refused", answer.refused(), sentence),
                    () ->
                            comparison.add(
                                    Difference.saying(
                                            refused, "The answer was to be refused, and counts")));
        } else {
            told.ifPresent(
                    sentence ->
                            comparison.add(
                                    Difference.saying(
                                            answer.pointer(),
                                            "The answer is refused: "
                                                    + sentence.replaceFirst("\\.$", ""))));
        }
    }
}
