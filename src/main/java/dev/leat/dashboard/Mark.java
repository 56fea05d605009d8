package dev.leat.dashboard;

import dev.leat.engine.report.TriggerReport;
import dev.leat.store.Backfill;
import dev.leat.store.Fire;
import dev.leat.store.Node;
import dev.leat.store.RunState;
import dev.leat.store.TaskState;

/// How a state is shown, everywhere the same: as a word, an icon and a colour.
///
/// @param css the class that gives the colour, and the icon's name
/// @param word what people read
record Mark(String css, String word) {

    static final Mark PLANNED = new Mark("planned", "Planned");

    static Mark of(TaskState state) {
        return switch (state) {
            case PENDING -> new Mark("pending", "Pending");
            case READY -> new Mark("ready", "Ready");
            case RUNNING -> new Mark("running", "Running");
            case RETRYING -> new Mark("retrying", "Retrying");
            case WAITING -> new Mark("waiting", "Waiting");
            case SUCCESS -> new Mark("success", "Success");
            case FAILED -> new Mark("failed", "Failed");
            case TIMED_OUT -> new Mark("timed-out", "Timed out");
            case SKIPPED -> new Mark("skipped", "Skipped");
            case UPSTREAM_FAILED -> new Mark("upstream-failed", "Upstream failed");
            case CANCELLED -> new Mark("cancelled", "Cancelled");
            case UNKNOWN -> new Mark("unknown", "Unknown");
        };
    }

    static Mark of(RunState state) {
        return switch (state) {
            case QUEUED -> new Mark("queued", "Queued");
            case RUNNING -> new Mark("running", "Running");
            case PAUSED -> new Mark("paused", "Paused");
            case SUCCESS -> new Mark("success", "Success");
            case FAILED -> new Mark("failed", "Failed");
            case CANCELLED -> new Mark("cancelled", "Cancelled");
            case TIMED_OUT -> new Mark("timed-out", "Timed out");
        };
    }

    static Mark of(Node.State state) {
        return switch (state) {
            case LIVE -> new Mark("success", "Live");
            case DRAINING -> new Mark("waiting", "Draining");
            case STOPPED -> new Mark("cancelled", "Stopped");
            case LOST -> new Mark("failed", "Lost");
        };
    }

    static Mark of(Fire.State state) {
        return switch (state) {
            case DUE -> new Mark("queued", "Due");
            case HELD -> new Mark("waiting", "Held");
            case STARTED -> new Mark("success", "Started");
            case SKIPPED -> new Mark("skipped", "Skipped");
            case CATCH_UP -> new Mark("success", "Caught up");
            case MISSED -> new Mark("failed", "Missed");
        };
    }

    static Mark of(Backfill.State state) {
        return switch (state) {
            case RUNNING -> new Mark("running", "Running");
            case DONE -> new Mark("success", "Done");
            case CANCELLED -> new Mark("cancelled", "Cancelled");
            case FAILED -> new Mark("failed", "Failed");
        };
    }

    static Mark of(TriggerReport trigger) {
        if (trigger.paused()) {
            return new Mark("paused", "Paused");
        }
        if (!trigger.enabled()) {
            return new Mark("skipped", "Disabled");
        }
        return trigger.trouble() == null
                ? new Mark("success", "On")
                : new Mark("failed", "In trouble");
    }

    /// The favicon that a page about it carries.
    public String favicon() {
        return switch (css) {
            case "success" -> "icon-success.svg";
            case "failed", "timed-out" -> "icon-failed.svg";
            case "running", "queued", "paused" -> "icon-running.svg";
            default -> "icon.svg";
        };
    }
}
