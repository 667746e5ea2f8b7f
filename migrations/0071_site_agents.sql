-- The programs that carry out orders at a provider's site, and what they say of themselves: an agent, the services that it runs, and
-- what those work with. Each is known by its name, so that an agent that says the same again changes what is there.
create table site_agent_identity (
  id bigint generated always as identity primary key,
  uuid uuid not null unique default gen_random_uuid(),
  created timestamptz not null default now(),
  modified timestamptz not null default now(),
  offering_id bigint not null references offering on delete cascade,
  name text not null check (length(name) <= 150),
  version text,
  dependencies jsonb not null default '[]',
  config_file_path text,
  config_file_content text,
  last_restarted timestamptz not null default now(),
  created_by_id bigint references "user" on delete set null,
  constraint site_agent_identity_name_key unique (offering_id, name)
);
comment on table site_agent_identity is 'owner: site-agents';
create index site_agent_identity_created_by on site_agent_identity (created_by_id);
create trigger site_agent_identity_touch before update on site_agent_identity for each row execute function touch_modified();

create table site_agent_service (
  id bigint generated always as identity primary key,
  uuid uuid not null unique default gen_random_uuid(),
  created timestamptz not null default now(),
  modified timestamptz not null default now(),
  identity_id bigint not null references site_agent_identity on delete cascade,
  name text not null check (length(name) <= 150),
  mode text,
  statistics jsonb not null default '{}',
  -- When it was last heard of, by itself or by one of its processors.
  last_seen timestamptz not null,
  constraint site_agent_service_name_key unique (identity_id, name)
);
comment on table site_agent_service is 'owner: site-agents';
create trigger site_agent_service_touch before update on site_agent_service for each row execute function touch_modified();

create table site_agent_processor (
  id bigint generated always as identity primary key,
  uuid uuid not null unique default gen_random_uuid(),
  created timestamptz not null default now(),
  modified timestamptz not null default now(),
  service_id bigint not null references site_agent_service on delete cascade,
  name text not null check (length(name) <= 150),
  backend_type text not null,
  backend_version text,
  last_run timestamptz,
  constraint site_agent_processor_name_key unique (service_id, name)
);
comment on table site_agent_processor is 'owner: site-agents';
create trigger site_agent_processor_touch before update on site_agent_processor for each row execute function touch_modified();

-- A service that says nothing for an hour is idle: agents come by every few minutes.
create function site_agent_state(last_seen timestamptz) returns text language sql stable parallel safe
  return case when last_seen > now() - interval '1 hour' then 'Active' else 'Idle' end;
