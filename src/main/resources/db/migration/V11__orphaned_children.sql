-- Runs whose node is gone and that another run has started: they go on also where there is no room, as that one may take it.
create index run_orphan_child on run (owner, id)
    where trigger_kind = 'subflow' and state in ('RUNNING', 'PAUSED') and owner is null;
