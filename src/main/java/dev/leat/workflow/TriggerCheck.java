package dev.leat.workflow;

import dev.leat.workflow.TriggerSpec.Clock;
import dev.leat.workflow.TriggerSpec.Signature;
import dev.leat.workflow.TriggerSpec.Webhook;
import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.time.Instant;
import java.util.regex.PatternSyntaxException;

/// Checks what a trigger says as a whole: keys that don't go together, and those without effect.
final class TriggerCheck {

    private final Report report;
    private final Instant now;
    private final String workflow;

    /// @param workflow the qualified id of the workflow that has the trigger
    TriggerCheck(Report report, Instant now, String workflow) {
        this.report = report;
        this.now = now;
        this.workflow = workflow;
    }

    void check(Place place, TriggerSpec trigger) {
        bounds(place, trigger);
        switch (trigger.kind()) {
            case Clock clock -> new ClockCheck(report, now).check(place, trigger, clock);
            case Webhook webhook -> webhook(place, webhook);
            case TriggerSpec.AfterWorkflow after -> after(place, after);
            case TriggerSpec.File file -> file(place, file);
        }
    }

    private void bounds(Place place, TriggerSpec trigger) {
        var end = place.member("endAt");
        if (end == null || trigger.endAt() == null) {
            return;
        }
        if (trigger.startAt() != null && !trigger.endAt().isAfter(trigger.startAt())) {
            report.error(
                    end,
                    ProblemCode.BAD_COMBINATION,
                    "'endAt' isn't after 'startAt', so that the trigger never fires.");
        } else if (!trigger.endAt().isAfter(now)) {
            report.warning(
                    end,
                    ProblemCode.NEVER_FIRES,
                    "This never fires again: 'endAt' is in the past.",
                    "move it, or remove the trigger");
        }
    }

    private void webhook(Place place, Webhook webhook) {
        var signature = place.member("signature");
        if (webhook.signature() == Signature.NONE && !webhook.secrets().isEmpty()) {
            report.error(
                    signature == null ? place : signature,
                    ProblemCode.BAD_COMBINATION,
                    "The webhook has a secret, and 'signature' says that none is asked for.",
                    "remove one of them");
        }
        if (webhook.secrets().isEmpty()) {
            if (signature == null) {
                report.error(
                        place,
                        ProblemCode.MISSING_KEY,
                        "The webhook has no 'secret', so that anybody who reaches it could start runs.",
                        "add the name of a secret, or say \"signature\": \"none\" if that is meant");
            }
            if (signature != null && webhook.signature() != Signature.NONE) {
                report.error(
                        signature,
                        ProblemCode.BAD_COMBINATION,
                        "A signature needs a 'secret' that it is checked with.",
                        "add the name of one");
            }
            needless(report, place, "tolerance", "nothing is signed");
        }
    }

    private void after(Place place, TriggerSpec.AfterWorkflow after) {
        var at = place.member("workflow");
        if (at != null && after.workflow().equals(workflow)) {
            report.error(
                    at,
                    ProblemCode.SELF_TRIGGER,
                    "The workflow would start itself again and again: the trigger waits for its own runs.",
                    "a task with 'repeat', or an interval, does something again");
        }
    }

    private void file(Place place, TriggerSpec.File file) {
        var glob = place.member("glob");
        if (glob != null) {
            try {
                FileSystems.getDefault().getPathMatcher("glob:" + file.glob());
            } catch (PatternSyntaxException _) {
                report.error(
                        glob,
                        ProblemCode.BAD_VALUE,
                        "The glob %s can't be read.".formatted(Words.quoted(file.glob())),
                        "such as *.csv or **/orders-*.json");
            }
        }
        var directory = place.member("directory");
        if (directory != null) {
            try {
                FileSystems.getDefault().getPath(file.directory());
            } catch (InvalidPathException e) {
                report.error(
                        directory,
                        ProblemCode.BAD_VALUE,
                        "%s is no path: %s."
                                .formatted(Words.quoted(file.directory()), e.getReason()));
            }
        }
    }

    /// Tells of a key that is there and has no effect.
    static void needless(Report report, Place place, String key, String why) {
        var at = place.member(key);
        if (at != null) {
            report.warning(
                    at,
                    ProblemCode.NEEDLESS_KEY,
                    "'%s' has no effect here: %s.".formatted(key, why),
                    "remove it");
        }
    }
}
