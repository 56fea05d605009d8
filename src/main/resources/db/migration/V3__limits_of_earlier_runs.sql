-- A run says since V2 whether its workflow limits how many go on at once; those of earlier versions didn't. Until these have
-- ended they are taken for limited: where their workflow has no limit, that changes nothing but the way they are taken.
update run set limited = 1 where state in ('QUEUED', 'RUNNING', 'PAUSED') and owner is null;
