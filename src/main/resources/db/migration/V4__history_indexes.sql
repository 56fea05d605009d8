-- Each question about a long history is answered from an index, newest first. Those below hold few of the runs, so that
-- they cost those that pass through little.

-- "The latest that a schedule started", "… by hand".
create index run_trigger on run (trigger_kind, id);
-- "The latest failures of …". Runs that succeed never enter it.
create index run_failure on run (workflow, state, id) where state in ('FAILED', 'CANCELLED', 'TIMED_OUT');
-- "What goes on or waits in …". A run enters with its start and leaves with its end.
create index run_open on run (workflow, id) where state in ('QUEUED', 'RUNNING', 'PAUSED');
-- "The latest failures that a schedule started".
create index run_failure_trigger on run (trigger_kind, state, id) where state in ('FAILED', 'CANCELLED', 'TIMED_OUT');

-- What the next free node takes, in the order in which it takes them. They begin with a column that each question names,
-- because SQLite otherwise takes the index on states, and sorts all that wait.
drop index run_queue;
create index run_queue on run (state, priority desc, id) where state = 'QUEUED' and owner is null and limited = 0;
drop index run_orphan;
create index run_orphan on run (owner, id) where state in ('RUNNING', 'PAUSED') and owner is null;

-- Of a workflow that limits its runs: who waits, in line, and who goes on or is about to.
drop index run_limited;
create index run_line on run (state, workflow, priority desc, id)
    where limited = 1 and state = 'QUEUED' and owner is null;
create index run_active on run (workflow, id)
    where limited = 1 and state in ('QUEUED', 'RUNNING', 'PAUSED') and (state <> 'QUEUED' or owner is not null);
