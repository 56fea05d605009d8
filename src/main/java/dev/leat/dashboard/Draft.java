package dev.leat.dashboard;

import dev.leat.workflow.WorkflowLoader.Format;
import dev.leat.workflow.WorkflowLoader.Source;

/// A definition while somebody writes it, as the editor's form carries it.
///
/// @param workflow the id that the text must have; empty for a new one
/// @param revision the newest number when the text was loaded; 0 for a new one
/// @param base the number of the revision that was loaded; 0 for none
record Draft(String workflow, int revision, int base, String text, String format) {

    /// Browsers send line breaks as CR LF; positions count lines the same either way.
    static Draft sent(String workflow, int revision, int base, String text, String format) {
        return new Draft(workflow, revision, base, text.replace("\r\n", "\n"), format);
    }

    Draft seen(String id, int newest) {
        return new Draft(id, newest, base, text, format);
    }

    Source source() {
        return new Source(text, format.equals("YAML") ? Format.YAML : Format.JSON, "editor");
    }
}
