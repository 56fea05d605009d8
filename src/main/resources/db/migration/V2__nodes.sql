-- Several nodes share the work; what waits for a node, a workflow's limit or a pool is a row.

-- A process that carries runs, from its start to its end. A process that was cut off and comes back is another node.
create table node (
    id          bigint  not null primary key,
    -- The data directory it holds. Whoever holds that directory next knows that this process is gone.
    home        text    not null,
    name        text    not null,
    url         text,
    version     text    not null,
    -- LOST: its lease ran out, its runs went to others, and nothing that it still writes is kept.
    state       text    not null check (state in ('LIVE', 'DRAINING', 'STOPPED', 'LOST')),
    -- Attempts that may run at once, those that do, and runs in memory, as of seen_at.
    slots       integer not null,
    running     integer not null,
    runs        integer not null,
    started_at  bigint  not null,
    seen_at     bigint  not null,
    -- By the database's clock. Null where nobody else could take over: an embedded database has one process.
    lease_until bigint
);
create index node_live on node (id) where state in ('LIVE', 'DRAINING');

-- run.owner was text and never written. It names a node now; null while nobody carries the run.
alter table run drop column owner;
alter table run drop column lease_until;
alter table run add column owner bigint;
-- Larger goes first among those that wait.
alter table run add column priority integer not null default 0;
-- Whether the workflow limits how many of its runs go on at once.
alter table run add column limited integer not null default 0 check (limited in (0, 1));
-- Who asked for its end and why, until its node has heard of it.
alter table run add column cancel_by text;
alter table run add column cancel_reason text;

-- What the next free node takes: runs in line, and runs whose node is gone.
create index run_queue on run (priority desc, id) where state = 'QUEUED' and owner is null and limited = 0;
create index run_orphan on run (id) where state in ('RUNNING', 'PAUSED') and owner is null;
-- What a node has.
create index run_owner on run (owner, id) where state in ('QUEUED', 'RUNNING', 'PAUSED') and owner is not null;
-- A limited workflow's runs that go on or wait.
create index run_limited on run (workflow, state, id) where state in ('QUEUED', 'RUNNING', 'PAUSED') and limited = 1;
-- Ends that were asked for and haven't come.
create index run_cancel on run (id) where state in ('QUEUED', 'RUNNING', 'PAUSED') and cancel_requested_at is not null;

-- Named semaphores, shared by all workflows. One without a row has a single place.
create table pool (
    name       text    not null primary key,
    places     integer not null check (places >= 0),
    updated_at bigint  not null
) ${clustered};

-- Who is in: an attempt takes its place before it starts, and gives it back with its end.
create table pool_place (
    pool text   not null,
    run  bigint not null,
    task text   not null,
    primary key (pool, run, task)
) ${clustered};
create index pool_place_run on pool_place (run);
