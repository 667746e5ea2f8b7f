-- What is sent to addresses that users chose, with what became of it. A line is written in the transaction of what it tells.
create table delivery (
  id bigint generated always as identity primary key,
  uuid uuid not null unique default gen_random_uuid(),
  created timestamptz not null default now(),
  url text not null,
  -- Sent exactly so: the signature is over these bytes.
  body text not null,
  -- Whose secret signs it.
  user_id bigint not null references "user" on delete cascade,
  -- What it tells of, as in event_scope.
  scope_type text not null,
  scope_id bigint not null,
  state text not null default 'waiting' check (state in ('waiting', 'delivered', 'failed')),
  -- [{"at", "status" or "error", "ms"}], the first first.
  attempts jsonb not null default '[]'
);
comment on table delivery is 'owner: platform/deliveries';
create index delivery_scope on delivery (scope_type, scope_id, created, id);
create index delivery_user on delivery (user_id);
create index delivery_created on delivery (created);
