-- Accounts of people at offerings. One row for a person and an offering, whatever becomes of it: who comes back finds the old one.
create table offering_user (
  id bigint generated always as identity primary key,
  uuid uuid not null unique default gen_random_uuid(),
  created timestamptz not null default now(),
  modified timestamptz not null default now(),
  offering_id bigint not null references offering on delete cascade,
  user_id bigint not null references "user" on delete cascade,
  -- No name yet is null, never blank. Names of one base are numbered, and found by that base in the order of their bytes.
  username text collate "C" check (length(username) between 1 and 100),
  state text not null check (state in ('Requested', 'Creating', 'Pending account linking', 'Pending additional validation', 'OK',
    'Requested deletion', 'Deleting', 'Deleted', 'Error creating', 'Error deleting')),
  is_restricted boolean not null default false,
  service_provider_comment text not null default '',
  service_provider_comment_url text not null default '',
  -- Roles in projects have brought it and hold it: it goes with the last of them. One that the provider made by hand is not tied
  -- until a role ties it.
  is_tied boolean not null default false,
  uidnumber bigint not null,
  primarygroup bigint not null,
  constraint offering_user_key unique (offering_id, user_id),
  constraint offering_user_username_key unique (offering_id, username),
  constraint offering_user_uidnumber_key unique (offering_id, uidnumber)
);
comment on table offering_user is 'owner: offering-users';
create trigger offering_user_touch before update on offering_user for each row execute function touch_modified();

-- Along these lists are walked: in the list's order, behind the keys by which callers see rows, and behind states.
create index offering_user_order on offering_user (username, id);
create index offering_user_created on offering_user (created, id);
create index offering_user_modified on offering_user (modified, id);
create index offering_user_offering on offering_user (offering_id, username, id);
create index offering_user_user on offering_user (user_id, username, id);
create index offering_user_state on offering_user (state, username, id);
create index offering_user_offering_state on offering_user (offering_id, state, username, id);
create index offering_user_user_state on offering_user (user_id, state, username, id);
create index offering_user_texts on offering_user using gin (username gin_trgm_ops);
create index user_username_lower on "user" (lower(username));
create index offering_texts on offering using gin (name gin_trgm_ops);

-- What an offering's accounts are numbered and named by. Whoever names one holds the offering's row.
create table offering_user_naming (
  offering_id bigint primary key references offering on delete cascade,
  next_uidnumber bigint not null,
  next_primarygroup bigint not null,
  -- The rule by which names were made last; when the offering's is another, its accounts are named anew.
  named_by text not null
);
comment on table offering_user_naming is 'owner: offering-users';

-- Which attributes of people the provider of an offering is told; without a row the username, the full name and the address.
create table offering_user_attributes (
  offering_id bigint primary key references offering on delete cascade,
  exposed text[] not null
);
comment on table offering_user_attributes is 'owner: offering-users';
