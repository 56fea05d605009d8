-- What tasks wait for that isn't a moment: a person's answer, a signal, another run. And outputs kept from run to run.

-- What a task waits for while it is WAITING: `approval`, `signal <name> <key>`, `run <id>`; null otherwise.
alter table task_run add column awaits text;
-- What the engine has to know of the task besides its state, as JSON; see TaskDetail.java.
alter table task_run add column detail text;
create index task_run_awaits on task_run (awaits, run) where awaits is not null;

-- What somebody or something answered to an attempt that waits. The first answer counts. It is here before the task
-- moves on, so it can't be lost between the two.
create table answer (
    run     bigint  not null,
    task    text    not null,
    attempt integer not null,
    -- JSON.
    answer  text    not null,
    by_whom text,
    at      bigint  not null,
    primary key (run, task, attempt)
) ${clustered};

-- Signals that nobody waited for when they came. The first task that asks gets the oldest.
create table signal (
    id         ${rowid} not null primary key,
    -- As task_run.awaits has it.
    awaits     text   not null,
    payload    text   not null,
    by_whom    text,
    at         bigint not null,
    expires_at bigint not null
);
create index signal_awaits on signal (awaits, id);
create index signal_expires on signal (expires_at);

-- Outputs of tasks with a `cache`, for later runs of the same workflow.
create table step_cache (
    workflow   text   not null,
    task       text   not null,
    -- SHA-256 of the evaluated key and of what the task is, hex.
    key        text   not null,
    output     text   not null,
    run        bigint not null,
    at         bigint not null,
    expires_at bigint not null,
    primary key (workflow, task, key)
) ${clustered};
create index step_cache_expires on step_cache (expires_at);
