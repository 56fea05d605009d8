/// What is known of a run, put together for people and programs: comes in as rows of the store and
/// the revision's text, goes out as records that every door shows alike. Start with [RunReports].
@NullMarked
package dev.leat.engine.report;

import org.jspecify.annotations.NullMarked;
