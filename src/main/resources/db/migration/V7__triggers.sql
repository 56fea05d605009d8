-- What starts runs by itself: where each trigger stands, and what became of each fire that was expected of it.

-- A trigger of a workflow's current revision.
create table trigger_state (
    workflow      text   not null,
    trigger_id    text   not null,
    -- Of what the definition says of the trigger, SHA-256, hex; and the revision that said it first.
    hash          text   not null,
    revision      bigint not null,
    -- Where it fires by the clock: each of its fires up to this moment is in the ledger, or was before its time.
    settled_until bigint not null,
    paused_at     bigint,
    paused_by     text,
    paused_why    text,
    -- Runs that it started before this don't count where it looks whether its runs fail.
    counted_from  bigint not null,
    -- Where it paused itself: when it tries a single run, and the run that it tries.
    trial_at      bigint,
    trial_run     bigint,
    primary key (workflow, trigger_id),
    check (paused_at is not null or trial_at is null)
) ${clustered};

-- The ledger. A row is what one expected fire came to, whatever happened; DUE and HELD alone aren't an end.
create table fire (
    id         ${rowid} not null primary key,
    workflow   text     not null,
    trigger_id text     not null,
    -- Which fire of the trigger it is: the nominal moment, a delivery's id, a run, a file. No fire happens twice.
    slot       text     not null,
    nominal    bigint   not null,
    -- When it should have started a run: the nominal moment with its jitter, or the end of what holds it.
    due_at     bigint   not null,
    state      text     not null check (state in ('DUE', 'HELD', 'STARTED', 'SKIPPED', 'CATCH_UP', 'MISSED')),
    cause      text     check (cause in ('OVERLAP', 'CALENDAR', 'BLACKOUT', 'DISABLED', 'PAUSED', 'BOUNDS', 'ABSENT',
                                         'REFUSED')),
    -- Why, one sentence.
    reason     text,
    run        bigint,
    -- Of the backfill that asked for it.
    backfill   bigint,
    -- What `trigger` says in expressions, as JSON, while the fire is open.
    facts      text,
    -- When it ended so; until then, when it was noticed.
    at         bigint   not null,
    check ((run is not null) = (state in ('STARTED', 'CATCH_UP')))
);
create unique index fire_slot on fire (workflow, trigger_id, slot);
create index fire_of_trigger on fire (workflow, trigger_id, id);
create index fire_state on fire (state, id);
create index fire_open on fire (due_at) where state in ('DUE', 'HELD');
create index fire_run on fire (run) where run is not null;
create index fire_backfill on fire (backfill, id) where backfill is not null;

-- A range of a trigger's nominal moments that somebody wants runs for.
create table backfill (
    id          ${rowid} not null primary key,
    workflow    text     not null,
    trigger_id  text     not null,
    -- The first moment that counts, and the first that doesn't any more.
    from_at     bigint   not null,
    to_at       bigint   not null,
    -- How many of its runs may be unfinished at once; with 1 they go in order.
    at_once     integer  not null check (at_once >= 1),
    total       integer  not null check (total >= 0),
    started     integer  not null default 0 check (started >= 0),
    -- Moments up to this one have their runs.
    cursor_at   bigint,
    state       text     not null check (state in ('RUNNING', 'DONE', 'CANCELLED', 'FAILED')),
    reason      text,
    who         text,
    via         text     not null,
    why         text,
    asked_at    bigint   not null,
    finished_at bigint,
    check ((finished_at is null) = (state = 'RUNNING'))
);
create index backfill_of_trigger on backfill (workflow, trigger_id, id);
create index backfill_running on backfill (id) where state = 'RUNNING';
