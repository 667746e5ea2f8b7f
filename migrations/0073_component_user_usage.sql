-- What of a month's usage fell on whom, by the names that people have at the provider's.
create table component_user_usage (
  id bigint generated always as identity primary key,
  uuid uuid not null unique default gen_random_uuid(),
  created timestamptz not null default now(),
  modified timestamptz not null default now(),
  component_usage_id bigint not null references component_usage on delete cascade,
  username text not null check (length(username) <= 100),
  usage numeric(20, 2) not null default 0,
  date timestamptz not null,
  description text not null default '',
  backend_id text not null default '',
  constraint component_user_usage_key unique (component_usage_id, username)
);
comment on table component_user_usage is 'owner: resources';
create trigger component_user_usage_touch before update on component_user_usage for each row execute function touch_modified();
