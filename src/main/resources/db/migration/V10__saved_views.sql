-- What people look at again and again: a list with its filter, under a name. Everybody shares them.
create table saved_view (
    name     text   not null primary key,
    -- The list, such as /runs.
    path     text   not null,
    -- The filter, as it stands in an address.
    query    text   not null,
    saved_at bigint not null
) ${clustered};
