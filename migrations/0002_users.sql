-- People, what they log in with, and the roles they hold.
create table "user" (
  id bigint generated always as identity primary key,
  uuid uuid not null unique default gen_random_uuid(),
  created timestamptz not null default now(),
  modified timestamptz not null default now(),
  date_joined timestamptz not null default now(),
  username text not null constraint user_username_key unique check (length(username) between 1 and 128),
  slug text not null default '',
  first_name text not null default '',
  last_name text not null default '',
  -- Kept beside the parts because nearly every view shows it.
  full_name text generated always as (trim(first_name || ' ' || last_name)) stored,
  native_name text not null default '',
  email text not null default '',
  job_title text not null default '',
  phone_number text not null default '',
  organization text not null default '',
  description text not null default '',
  preferred_language text not null default '',
  civil_number text,
  registration_method text not null default 'default',
  identity_source text not null default '',
  affiliations jsonb not null default '[]',
  attributes jsonb not null default '{}',
  notifications_enabled boolean not null default true,
  is_active boolean not null default true,
  is_staff boolean not null default false,
  is_support boolean not null default false,
  is_identity_manager boolean not null default false,
  agreement_date timestamptz,
  last_login timestamptz,
  -- Seconds a token lives without being used; null is for ever.
  token_lifetime integer check (token_lifetime >= 60),
  password text,
  image_id bigint references file,
  last_ip_address text
);
comment on table "user" is 'owner: core/users';
create index user_full_name on "user" using gin (full_name gin_trgm_ops);
create index user_email on "user" (lower(email));
create trigger user_touch before update on "user" for each row execute function touch_modified();
alter table file add foreign key (created_by_id) references "user" on delete set null;

-- One login token a user (platform.md §1.4). Looked up by digest; the sealed copy exists because the API shows it again.
create table user_token (
  user_id bigint primary key references "user" on delete cascade,
  created timestamptz not null default now(),
  digest bytea not null unique,
  sealed bytea not null,
  -- The start of the sliding lifetime, moved by use.
  used timestamptz not null default now()
);
comment on table user_token is 'owner: core/users';

create table login_failure (
  username text not null,
  address text not null,
  failed timestamptz not null default now()
);
comment on table login_failure is 'owner: core/users';
create index login_failure_username on login_failure (username, address, failed);

create table change_email_request (
  id bigint generated always as identity primary key,
  uuid uuid not null unique default gen_random_uuid(),
  created timestamptz not null default now(),
  user_id bigint not null unique references "user" on delete cascade,
  email text not null
);
comment on table change_email_request is 'owner: core/users';

create table ssh_key (
  id bigint generated always as identity primary key,
  uuid uuid not null unique default gen_random_uuid(),
  created timestamptz not null default now(),
  modified timestamptz not null default now(),
  user_id bigint not null references "user" on delete cascade,
  name text not null check (length(name) <= 150),
  public_key text not null,
  key_type text not null,
  fingerprint_md5 text not null,
  fingerprint_sha256 text not null,
  fingerprint_sha512 text not null,
  is_shared boolean not null default false,
  constraint ssh_key_user_name_key unique (user_id, name)
);
comment on table ssh_key is 'owner: core/keys';
create trigger ssh_key_touch before update on ssh_key for each row execute function touch_modified();

create table role (
  id bigint generated always as identity primary key,
  uuid uuid not null unique default gen_random_uuid(),
  created timestamptz not null default now(),
  modified timestamptz not null default now(),
  name text not null constraint role_name_key unique check (length(name) <= 150),
  description text not null default '',
  -- description_<language>, as sent.
  translations jsonb not null default '{}',
  scope_type text not null check (scope_type in ('customer', 'service_provider', 'call_organizer', 'project', 'offering', 'call', 'proposal')),
  is_system_role boolean not null default false,
  is_active boolean not null default true
);
comment on table role is 'owner: core/roles';
create trigger role_touch before update on role for each row execute function touch_modified();

create table role_permission (
  role_id bigint not null references role on delete cascade,
  permission text not null,
  primary key (role_id, permission)
);
comment on table role_permission is 'owner: core/roles';

-- A user holds a role on a scope. Never deleted: revoking ends it and keeps who and when (platform.md §7.4).
create table role_grant (
  id bigint generated always as identity primary key,
  uuid uuid not null unique default gen_random_uuid(),
  created timestamptz not null default now(),
  modified timestamptz not null default now(),
  user_id bigint not null references "user" on delete cascade,
  role_id bigint not null references role,
  scope_type text not null,
  scope_id bigint not null,
  is_active boolean not null default true,
  -- A grant is without effect from this moment on, whether or not a job has recorded the end.
  expiration_time timestamptz,
  created_by_id bigint references "user" on delete set null,
  revoked_by_id bigint references "user" on delete set null,
  revoked timestamptz
);
comment on table role_grant is 'owner: core/roles';
create unique index role_grant_active_key on role_grant (user_id, role_id, scope_type, scope_id) where is_active;
create index role_grant_scope on role_grant (scope_type, scope_id) where is_active;
create index role_grant_role on role_grant (role_id) where is_active;
create trigger role_grant_touch before update on role_grant for each row execute function touch_modified();

-- Servers keep who a token belongs to for a few seconds; whatever changes that says so to all of them at once.
create function notify_actor() returns trigger language plpgsql as $$
begin
  perform pg_notify('actor', coalesce(case when tg_op = 'DELETE' then to_jsonb(old) else to_jsonb(new) end ->> tg_argv[0], '*'));
  return null;
end $$;
create trigger user_notify after update or delete on "user" for each row execute function notify_actor('id');
create trigger user_token_notify after insert or update of digest or delete on user_token for each row execute function notify_actor('user_id');
create trigger role_grant_notify after insert or update or delete on role_grant for each row execute function notify_actor('user_id');
create trigger role_notify after update or delete on role for each row execute function notify_actor('');
create trigger role_permission_notify after insert or delete on role_permission for each row execute function notify_actor('');
