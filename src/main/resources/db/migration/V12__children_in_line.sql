-- Runs that wait for their turn in a limited workflow and that another run has started: they get it also where there is no
-- room, as that one may take it.
create index run_child_in_line on run (workflow, priority desc, id)
    where trigger_kind = 'subflow' and limited = 1 and state = 'QUEUED' and owner is null;
