-- Accounts that are nobody's own at a provider: of programs on a resource, of participants of a course, of services of a project or of
-- an organization.
create table robot_account (
  id bigint generated always as identity primary key,
  uuid uuid not null unique default gen_random_uuid(),
  created timestamptz not null default now(),
  modified timestamptz not null default now(),
  resource_id bigint not null references resource on delete cascade,
  type text not null check (length(type) between 1 and 5),
  username text not null default '' check (length(username) <= 32),
  description text not null default '',
  responsible_user_id bigint references "user" on delete set null,
  keys jsonb not null default '[]',
  -- Of the keys, in their order.
  fingerprints jsonb not null default '[]',
  -- Its id in a system elsewhere, which alone changes it then; none when it is kept here.
  backend_id text check (backend_id <> ''),
  state text not null check (state in ('Requested', 'Creating', 'OK', 'Requested deletion', 'Deleted', 'Error')),
  error_message text not null default '',
  error_traceback text not null default '',
  constraint robot_account_type_key unique (resource_id, type)
);
comment on table robot_account is 'owner: accounts';
create index robot_account_created on robot_account (created, id);
create index robot_account_responsible on robot_account (responsible_user_id) where responsible_user_id is not null;
create trigger robot_account_touch before update on robot_account for each row execute function touch_modified();

create table robot_account_user (
  robot_account_id bigint not null references robot_account on delete cascade,
  user_id bigint not null references "user" on delete cascade,
  primary key (robot_account_id, user_id)
);
comment on table robot_account_user is 'owner: accounts';
create index robot_account_user_user on robot_account_user (user_id);

-- `changed` counts what a system outside is to be told of an account, `told` what it has been told; `tried` is when it was last told.
create table course_account (
  id bigint generated always as identity primary key,
  uuid uuid not null unique default gen_random_uuid(),
  created timestamptz not null default now(),
  modified timestamptz not null default now(),
  project_id bigint not null references project on delete cascade,
  -- The user that was made for it.
  user_id bigint unique references "user" on delete set null,
  email text not null default '' check (length(email) <= 320),
  description text not null default '' check (length(description) <= 4096),
  state text not null check (state in ('OK', 'Closed', 'Erred')),
  error_message text not null default '',
  error_traceback text not null default '',
  changed integer not null default 0,
  told integer not null default 0,
  tried timestamptz
);
comment on table course_account is 'owner: accounts';
create index course_account_project on course_account (project_id);
create index course_account_created on course_account (created, id);
create index course_account_untold on course_account (id) where told < changed;
create trigger course_account_touch before update on course_account for each row execute function touch_modified();
create sequence course_account_number;

create table service_account (
  id bigint generated always as identity primary key,
  uuid uuid not null unique default gen_random_uuid(),
  created timestamptz not null default now(),
  modified timestamptz not null default now(),
  project_id bigint references project on delete cascade,
  customer_id bigint references customer on delete cascade,
  username text not null check (length(username) between 1 and 32),
  preferred_identifier text not null default '' check (length(preferred_identifier) <= 32),
  email text not null default '' check (length(email) <= 320),
  description text not null default '' check (length(description) <= 4096),
  state text not null check (state in ('OK', 'Closed', 'Erred')),
  error_message text not null default '',
  error_traceback text not null default '',
  -- SHA-256 of the key, which is shown once and kept nowhere.
  key_digest bytea not null,
  key_expires_at timestamptz not null,
  changed integer not null default 0,
  told integer not null default 0,
  tried timestamptz,
  constraint service_account_scope_check check (num_nonnulls(project_id, customer_id) = 1)
);
comment on table service_account is 'owner: accounts';
create index service_account_project on service_account (project_id) where project_id is not null;
create index service_account_customer on service_account (customer_id) where customer_id is not null;
create index service_account_created on service_account (created, id);
create index service_account_untold on service_account (id) where told < changed;
-- A name is nobody else's while its account is open.
create unique index service_account_username_key on service_account (username) where state <> 'Closed';
create trigger service_account_touch before update on service_account for each row execute function touch_modified();
