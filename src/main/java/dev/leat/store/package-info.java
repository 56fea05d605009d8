/// What happened, kept: runs, tasks, attempts, revisions, outputs and logs.
///
/// Changes of state come in as [dev.leat.store.Change] and go to disk through
/// [dev.leat.store.Journal], the only place that writes them; what has been written goes out by the
/// questions that [dev.leat.store.RunStore] and [dev.leat.store.WorkflowStore] answer, and as
// events
/// by [dev.leat.store.RunWatch]. What tasks print is in files, [dev.leat.store.RunLogs]. Start with
/// [dev.leat.store.Journal]; which database it is, only the package `database` knows.
@NullMarked
package dev.leat.store;

import org.jspecify.annotations.NullMarked;
