/// One set of tables, two databases: SQLite in the data directory by default, PostgreSQL where
/// the operator gives its URL.
///
/// Quarkus wants the driver named at build time and the operator wants to give only a URL at
/// start; [dev.leat.store.database.DatabaseDriver] stands in for both and passes on to the real
/// one. All that the two databases do differently is said here.
@NullMarked
package dev.leat.store.database;

import org.jspecify.annotations.NullMarked;
