-- Why somebody saved a revision, in their words; null where nobody said.
alter table revision add column message text;
