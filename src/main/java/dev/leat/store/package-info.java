/// What happened, kept: workflows and their revisions, runs and their history, outputs, and what
/// tasks wrote.
///
/// In come [dev.leat.store.Change]s through the one [dev.leat.store.Journal] and lines through
/// [dev.leat.store.RunLogs]; out go answers of [dev.leat.store.RunStore] and
/// [dev.leat.store.WorkflowStore], and news through [dev.leat.store.RunFeed]. Whatever was
/// acknowledged is on disk. [dev.leat.store.Store] opens and closes it all; start reading at
/// `Journal`, then `Committer`. The tables are told in `db/migration`.
@NullMarked
package dev.leat.store;

import org.jspecify.annotations.NullMarked;
