/// One set of tables, two databases: SQLite in the data directory by default, PostgreSQL where
/// the operator gives its URL.
///
/// Quarkus wants driver and dialect named at build time and the operator wants to give only a URL
/// at start; [dev.leat.store.database.DatabaseDriver] and
/// [dev.leat.store.database.PortableDialect] stand in for both and pass on to the real ones. All
/// that the two databases do differently is said here.
@NullMarked
package dev.leat.store.database;

import org.jspecify.annotations.NullMarked;
