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

    /// Whether a file is a calendar, by its name.
    public static boolean isCalendar(String file) {
        return file.matches(".*\\.calendar\\.(json|yaml|yml|ics)");
    }

    /// Whether a file is a blackout, by its name.
    public static boolean isBlackout(String file) {
        return file.matches(".*\\.blackout\\.(json|yaml|yml)");
    }

    public static boolean isDocument(String file) {
        return isCalendar(file) || isBlackout(file);
    }

    /// What a file's name calls its document: `german` for `german.calendar.ics`.
    public static String idOf(String file) {
        var dot = file.indexOf('.');
        return dot < 0 ? file : file.substring(0, dot);
    }

    WorkflowLoader.Source source() {
        return new WorkflowLoader.Source(
                text,
                format == Format.JSON ? WorkflowLoader.Format.JSON : WorkflowLoader.Format.YAML,
                name);
    }
}
