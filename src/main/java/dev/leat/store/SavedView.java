package dev.leat.store;

import java.time.Instant;

/// A list with its filter, under a name.
///
/// @param path of the list, such as `/runs`
/// @param query the filter, as it stands in an address
public record SavedView(String name, String path, String query, Instant savedAt) {}
