/// When things are due: the moments of cron expressions, intervals and single times, with what
/// clock changes and calendars make of them.
///
/// In comes what a trigger says of time; out comes a [Schedule], which answers for any moment what
/// the next [Occurrence] is. Nothing here reads a clock, keeps a state or has an effect, and none
/// of it counts steps of time: the next fire is found from the fields of the calendar and the
/// changes of the zone's clock.
///
/// Start with [Schedule], then `CronSchedule`.
@NullMarked
package dev.leat.workflow.schedule;

import org.jspecify.annotations.NullMarked;
