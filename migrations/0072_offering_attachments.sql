-- Pictures of an offering, and files that come with it. The names of what is stored, and what it is, stand in the files' own table.
create table offering_screenshot (
  id bigint generated always as identity primary key,
  uuid uuid not null unique default gen_random_uuid(),
  created timestamptz not null default now(),
  offering_id bigint not null references offering on delete cascade,
  name text not null check (length(name) <= 150),
  description text not null default '',
  image_id bigint not null references file
);
comment on table offering_screenshot is 'owner: offerings';
create index offering_screenshot_offering on offering_screenshot (offering_id);
create index offering_screenshot_image on offering_screenshot (image_id);

create table offering_file (
  id bigint generated always as identity primary key,
  uuid uuid not null unique default gen_random_uuid(),
  created timestamptz not null default now(),
  offering_id bigint not null references offering on delete cascade,
  name text not null check (length(name) <= 150),
  file_id bigint not null references file
);
comment on table offering_file is 'owner: offerings';
create index offering_file_offering on offering_file (offering_id);
create index offering_file_file on offering_file (file_id);
