package dev.leat.workflow;

import dev.leat.workflow.schedule.BusinessCalendar;

/// A calendar as somebody wrote it.
///
/// @param name for people; the id where none was given
public record CalendarDocument(
        String id, String name, String description, BusinessCalendar calendar) {}
