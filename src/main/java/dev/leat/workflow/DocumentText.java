package dev.leat.workflow;

import org.jspecify.annotations.Nullable;

/// The text of a calendar or a blackout.
///
/// @param name where it is from, for messages: a path, or `request`
/// @param id what the document is called where its text doesn't say; null for nothing
public record DocumentText(String text, Format format, String name, @Nullable String id) {

    public enum Format {
        JSON,
        YAML,
        /// iCalendar, for calendars only.
        ICS
    }

    /// What a file is, by how its name ends.
    public static Format formatOf(String file) {
        if (file.endsWith(".ics")) {
            return Format.ICS;
        }
        return file.endsWith(".json") ? Format.JSON : Format.YAML;
    }

    WorkflowLoader.Source source() {
        return new WorkflowLoader.Source(
                text,
                format == Format.JSON ? WorkflowLoader.Format.JSON : WorkflowLoader.Format.YAML,
                name);
    }
}
