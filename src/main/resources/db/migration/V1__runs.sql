-- Workflows, their revisions, and what happened in their runs.
--
-- One text for SQLite and PostgreSQL, so only types that both have: text, bigint, integer. Times are microseconds since
-- 1970 in UTC; truths are 0 or 1; JSON is text. Ids are made by Leat and grow with time. See Migrations.java for the
-- placeholders.

-- A workflow as lists show it. Written together with its revisions.
create table workflow (
    id              text    not null primary key,
    namespace       text    not null,
    name            text    not null,
    description     text    not null,
    labels          text    not null,
    -- The current revision; null while only one-off texts of it have run.
    revision        bigint,
    -- The number of the newest revision, current or not.
    revision_number integer not null,
    origin          text    not null,
    updated_at      bigint  not null,
    deleted         integer not null default 0 check (deleted in (0, 1))
) ${clustered};

-- An immutable text of a workflow. A run pins one.
create table revision (
    id         ${rowid} not null primary key,
    workflow   text     not null,
    number     integer  not null check (number >= 1),
    -- SHA-256 of the source, hex.
    hash       text     not null,
    source     text     not null,
    format     text     not null check (format in ('JSON', 'YAML')),
    origin     text     not null,
    author     text,
    created_at bigint   not null
);
create unique index revision_number on revision (workflow, number);
create index revision_hash on revision (workflow, hash);

create table run (
    id                  ${rowid} not null primary key,
    workflow            text     not null,
    revision            bigint   not null references revision (id),
    revision_number     integer  not null,
    state               text     not null
        check (state in ('QUEUED', 'RUNNING', 'PAUSED', 'SUCCESS', 'FAILED', 'CANCELLED', 'TIMED_OUT')),
    reason              text,
    inputs              text     not null,
    outputs             text,
    error               text,
    trigger_kind        text     not null,
    trigger_facts       text     not null,
    started_by          text,
    labels              text     not null,
    idempotency_key     text,
    payload_hash        text,
    task_count          integer  not null check (task_count >= 0),
    created_at          bigint   not null,
    started_at          bigint,
    finished_at         bigint,
    cancel_requested_at bigint,
    -- Who carries the run, and until when without being heard of. The fence grows with each change of owner.
    owner               text,
    lease_until         bigint,
    fence               bigint   not null default 0,
    -- A run has an end exactly when its state is final.
    check ((finished_at is not null) = (state in ('SUCCESS', 'FAILED', 'CANCELLED', 'TIMED_OUT')))
);
-- Ids grow with time, so these serve "the latest of …" by key, counts since a moment, and what a start takes up again.
create index run_workflow on run (workflow, id);
create index run_state on run (state, id);
create unique index run_idempotency_key on run (workflow, idempotency_key) where idempotency_key is not null;

-- Where a task of a run is now. A task without a row is pending.
-- The tables below have no foreign key to run: the journal alone writes them, always after their run, and checking each
-- row again would cost it a quarter of its speed.
create table task_run (
    run         bigint  not null,
    task        text    not null,
    state       text    not null
        check (state in ('PENDING', 'READY', 'RUNNING', 'RETRYING', 'WAITING', 'SUCCESS', 'FAILED', 'TIMED_OUT',
                         'SKIPPED', 'UPSTREAM_FAILED', 'CANCELLED', 'UNKNOWN')),
    attempt     integer not null check (attempt >= 0),
    -- How many of the attempts were lost with their process.
    lost        integer not null default 0 check (lost >= 0),
    reason      text,
    due_at      bigint,
    started_at  bigint,
    finished_at bigint,
    error       text,
    has_output  integer not null default 0 check (has_output in (0, 1)),
    primary key (run, task)
) ${clustered};

-- Apart from task_run, so that lists of tasks stay small.
create table task_output (
    run  bigint not null,
    task text   not null,
    json text   not null,
    primary key (run, task)
) ${clustered};

-- A run's history, never changed: numbered from 1 in its run without a gap. `task` is null where the run itself changed.
create table transition (
    run     bigint  not null,
    seq     bigint  not null check (seq >= 1),
    task    text,
    state   text    not null
        check (state in ('PENDING', 'READY', 'RUNNING', 'RETRYING', 'WAITING', 'SUCCESS', 'FAILED', 'TIMED_OUT',
                         'SKIPPED', 'UPSTREAM_FAILED', 'CANCELLED', 'UNKNOWN', 'QUEUED', 'PAUSED', 'CANCEL_REQUESTED')),
    attempt integer not null,
    reason  text,
    error   text,
    due_at  bigint,
    at      bigint  not null,
    primary key (run, seq)
) ${clustered};
