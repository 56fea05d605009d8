package dev.leat.plugin.http;

import dev.leat.task.TaskError;

/// There is no whole answer, and why.
public final class OutboundFailure extends Exception {

    private final transient TaskError error;

    OutboundFailure(TaskError error) {
        super(error.message(), null, false, false);
        this.error = error;
    }

    static OutboundFailure passing(String code, String message) {
        return new OutboundFailure(TaskError.transientFailure(code, message));
    }

    static OutboundFailure lasting(String code, String message) {
        return new OutboundFailure(TaskError.permanent(code, message));
    }

    OutboundFailure causedBy(Throwable cause) {
        return new OutboundFailure(error.causedBy(cause));
    }

    public TaskError error() {
        return error;
    }
}
