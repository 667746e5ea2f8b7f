-- What an offering calls the parts that people play at it, such as `gpu-users`; no right of the platform hangs on them.
create table offering_user_role (
  id bigint generated always as identity primary key,
  uuid uuid not null unique default gen_random_uuid(),
  created timestamptz not null default now(),
  modified timestamptz not null default now(),
  offering_id bigint not null references offering on delete cascade,
  name text not null check (length(name) between 1 and 150),
  constraint offering_user_role_key unique (offering_id, name)
);
comment on table offering_user_role is 'owner: offering-users';
create trigger offering_user_role_touch before update on offering_user_role for each row execute function touch_modified();
