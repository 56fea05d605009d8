package dev.leat.trigger.file;

/// What tells that a file has changed.
///
/// @param modified in microseconds since 1970
record Stamp(long size, long modified) {}
