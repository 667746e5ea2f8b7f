-- Of which last day the people of a resource have been told; a table of its own, so that telling does not count as a change of the resource.
create table resource_end_notice (
  resource_id bigint primary key references resource on delete cascade,
  end_date date not null,
  created timestamptz not null default now()
);
comment on table resource_end_notice is 'owner: resources';
