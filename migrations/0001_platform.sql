-- What every module stands on: wire forms, files, events, replayed answers.
create extension if not exists btree_gist;
create extension if not exists pg_trgm;

-- The wire form of a uuid: 32 lower-case hex digits (platform.md §2.2).
create function wire_uuid(uuid) returns text language sql immutable parallel safe
  return encode(uuid_send($1), 'hex');

-- The wire form of a moment: UTC with Z, six digits of a second or none (platform.md §2.3).
create function wire_time(timestamptz) returns text language sql stable parallel safe
  return to_char($1 at time zone 'UTC',
    case when date_trunc('second', $1) = $1 then 'YYYY-MM-DD"T"HH24:MI:SS"Z"' else 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"' end);

-- Keeps `modified` true whoever writes.
create function touch_modified() returns trigger language plpgsql as $$
begin
  new.modified := now();
  return new;
end $$;

create table file (
  id bigint generated always as identity primary key,
  uuid uuid not null unique default gen_random_uuid(),
  created timestamptz not null default now(),
  name text not null,
  content_type text not null,
  size_bytes bigint not null,
  -- Where the bytes lie in the file storage; written before the row, removed after it.
  storage_key text not null unique,
  -- Only who sees this object may read the file; null means anyone who knows the address (platform.md §16).
  guarded_by text,
  created_by_id bigint
);
comment on table file is 'owner: platform/files';

create table event (
  id bigint generated always as identity primary key,
  uuid uuid not null unique default gen_random_uuid(),
  created timestamptz not null default now(),
  event_type text not null,
  message text not null,
  context jsonb not null default '{}'
);
comment on table event is 'owner: platform/events';
create index event_created on event (created, id);
create index event_type_created on event (event_type, created, id);

-- The objects an event is tied to: who sees the object and may audit it sees the event (platform.md §13).
create table event_scope (
  event_id bigint not null references event on delete cascade,
  scope_type text not null,
  scope_id bigint not null,
  primary key (scope_type, scope_id, event_id)
);
comment on table event_scope is 'owner: platform/events';
create index event_scope_event on event_scope (event_id);

-- The first answer to a POST that carried an Idempotency-Key; a row without a status is being answered now.
create table idempotency_key (
  user_id bigint not null,
  key text not null check (length(key) between 1 and 255),
  request_hash bytea not null,
  status integer,
  body text,
  location text,
  created timestamptz not null default now(),
  primary key (user_id, key)
);
comment on table idempotency_key is 'owner: platform/http';
create index idempotency_key_created on idempotency_key (created);
