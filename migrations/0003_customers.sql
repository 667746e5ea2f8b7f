-- Organizations and their projects.
create table organization_group (
  id bigint generated always as identity primary key,
  uuid uuid not null unique default gen_random_uuid(),
  created timestamptz not null default now(),
  name text not null check (length(name) <= 150),
  parent_id bigint references organization_group on delete set null
);
comment on table organization_group is 'owner: core/organization-groups';

create table customer (
  id bigint generated always as identity primary key,
  uuid uuid not null unique default gen_random_uuid(),
  created timestamptz not null default now(),
  modified timestamptz not null default now(),
  name text not null check (length(name) <= 150),
  slug text not null default '',
  native_name text not null default '',
  abbreviation text not null default '',
  description text not null default '',
  email text not null default '',
  notification_emails text not null default '',
  phone_number text not null default '',
  contact_details text not null default '',
  registration_code text not null default '',
  agreement_number text not null default '',
  backend_id text not null default '',
  domain text not null default '',
  homepage text not null default '',
  vat_code text not null default '',
  postal text not null default '',
  address text not null default '',
  city text not null default '',
  household text not null default '',
  state text not null default '',
  parish text not null default '',
  street text not null default '',
  house_nr text not null default '',
  apartment_nr text not null default '',
  bank_name text not null default '',
  bank_account text not null default '',
  country text not null default '',
  latitude double precision,
  longitude double precision,
  access_subnets text not null default '',
  accounting_start_date timestamptz not null default now(),
  default_tax_percent numeric(5, 2) not null default 0,
  sponsor_number integer,
  max_service_accounts integer,
  grace_period_days integer,
  project_metadata_checklist_id bigint,
  display_billing_info_in_projects boolean not null default false,
  blocked boolean not null default false,
  archived boolean not null default false,
  -- Who may be a member, as sent.
  user_email_patterns jsonb not null default '[]',
  user_affiliations jsonb not null default '[]',
  user_identity_sources jsonb not null default '[]',
  -- Deleted, and kept unseen because resources were once ordered here: providers' history names it.
  is_removed boolean not null default false,
  image_id bigint references file
);
comment on table customer is 'owner: core/customers';
create index customer_name on customer (name, id);
create trigger customer_touch before update on customer for each row execute function touch_modified();

create table customer_organization_group (
  customer_id bigint not null references customer on delete cascade,
  organization_group_id bigint not null references organization_group on delete cascade,
  primary key (customer_id, organization_group_id)
);
comment on table customer_organization_group is 'owner: core/customers';
create index customer_organization_group_group on customer_organization_group (organization_group_id);

create table project_type (
  id bigint generated always as identity primary key,
  uuid uuid not null unique default gen_random_uuid(),
  name text not null,
  description text not null default ''
);
comment on table project_type is 'owner: core/projects';

create table project (
  id bigint generated always as identity primary key,
  uuid uuid not null unique default gen_random_uuid(),
  created timestamptz not null default now(),
  modified timestamptz not null default now(),
  customer_id bigint not null references customer,
  name text not null check (length(name) <= 500),
  slug text not null default '',
  description text not null default '',
  staff_notes text not null default '',
  backend_id text not null default '',
  type_id bigint references project_type on delete set null,
  kind text not null default 'default' check (kind in ('default', 'course', 'public')),
  oecd_fos_2007_code text,
  is_industry boolean not null default false,
  max_service_accounts integer,
  grace_period_days integer,
  user_email_patterns jsonb not null default '[]',
  user_affiliations jsonb not null default '[]',
  user_identity_sources jsonb not null default '[]',
  start_date date,
  end_date date,
  end_date_requested_by_id bigint references "user" on delete set null,
  -- Soft delete: out of lists, still found by uuid, recoverable (platform.md §17).
  is_removed boolean not null default false,
  removed timestamptz,
  removed_by_id bigint references "user" on delete set null,
  termination_metadata jsonb,
  image_id bigint references file
);
comment on table project is 'owner: core/projects';
create index project_customer on project (customer_id);
create index project_name on project (name, id);
create trigger project_touch before update on project for each row execute function touch_modified();

-- From where an organization is reached decides which grants count (platform.md §1.9): what servers keep of callers ends.
create trigger customer_networks_notify after update of access_subnets on customer for each row
  when (old.access_subnets is distinct from new.access_subnets) execute function notify_actor('');
create trigger project_customer_notify after update of customer_id on project for each row
  when (old.customer_id is distinct from new.customer_id) execute function notify_actor('');
