-- Calendars and blackouts: documents of their own, which triggers and workflows share.

-- The text as it was given, and who gave it. There are few, and each node keeps them in memory; they have no revisions.
create table document (
    kind     text   not null check (kind in ('CALENDAR', 'BLACKOUT')),
    id       text   not null,
    source   text   not null,
    format   text   not null check (format in ('JSON', 'YAML', 'ICS')),
    -- Where it is from: api, cli, dashboard, or file:<path>.
    origin   text   not null,
    author   text,
    saved_at bigint not null,
    primary key (kind, id)
) ${clustered};
