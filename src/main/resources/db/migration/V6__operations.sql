-- What people do with runs, who and why; and runs that were made from others.

-- A run's end is final: who retries it makes a new run, which says here from which one it was made.
alter table run add column rerun_of bigint;
create index run_rerun on run (rerun_of, id) where rerun_of is not null;

-- One thing that somebody asked for. It is written together with its effect; where another node carries the run, or none,
-- it is written first as ASKED, and whoever carries the run next takes it from here.
create table operation (
    id       ${rowid} not null primary key,
    run      bigint   not null,
    action   text     not null
        check (action in ('CANCEL', 'PAUSE', 'RESUME', 'MARK', 'SKIP', 'RERUN', 'LABEL')),
    task     text,
    -- Who, as far as that is known, and by which door they came.
    who      text,
    via      text     not null,
    why      text,
    -- What was asked for, as JSON.
    details  text     not null,
    -- ASKED: waits for the node that carries the run. REFUSED: by then it couldn't be done any more.
    state    text     not null check (state in ('ASKED', 'DONE', 'REFUSED')),
    -- Why it was refused.
    answer   text,
    asked_at bigint   not null,
    done_at  bigint,
    check ((done_at is null) = (state = 'ASKED'))
);
create index operation_run on operation (run, id);
create index operation_asked on operation (run, id) where state = 'ASKED';

-- The labels of runs once more, so that runs are found by them; run.labels shows them.
create table run_label (
    run   bigint not null,
    name  text   not null,
    value text   not null,
    primary key (run, name)
) ${clustered};
create index run_label_value on run_label (name, value, run);
insert into run_label (run, name, value) select r.id, l.key, l.value from run r, ${labels} l where r.labels <> '{}';
