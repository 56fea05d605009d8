package dev.leat.task;

import org.jspecify.annotations.Nullable;

/// One thing wrong with a document somebody wrote: a workflow, a plugin's manifest, a run's inputs.
///
/// @param code stable and documented, such as `unknown-task-type`
/// @param pointer an RFC 6901 JSON Pointer to the value at fault; empty for the whole document
/// @param line from 1; 0 where the document has no text
/// @param column from 1; 0 where the document has no text
/// @param message one sentence: what is wrong and where
/// @param hint what to do, such as `did you mean 'dependsOn'?`; may be null
public record Problem(
        Severity severity,
        String code,
        String pointer,
        int line,
        int column,
        String message,
        @Nullable String hint) {

    public enum Severity {
        /// The document can't be used.
        ERROR,
        /// It can be used; something in it is likely not meant.
        WARNING
    }

    public static Problem error(String code, String pointer, String message) {
        return new Problem(Severity.ERROR, code, pointer, 0, 0, message, null);
    }

    public static Problem warning(String code, String pointer, String message) {
        return new Problem(Severity.WARNING, code, pointer, 0, 0, message, null);
    }

    public Problem at(int newLine, int newColumn) {
        return new Problem(severity, code, pointer, newLine, newColumn, message, hint);
    }

    public Problem hinting(@Nullable String newHint) {
        return new Problem(severity, code, pointer, line, column, message, newHint);
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }

    /// `4:13 error unknown-key: …` as compilers print it.
    @Override
    public String toString() {
        var place = line > 0 ? line + ":" + column + " " : pointer.isEmpty() ? "" : pointer + " ";
        var word = isError() ? "error" : "warning";
        return place + word + " " + code + ": " + message + (hint == null ? "" : " (" + hint + ")");
    }
}
