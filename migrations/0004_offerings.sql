-- What is sold, and by whom.
create table service_provider (
  id bigint generated always as identity primary key,
  uuid uuid not null unique default gen_random_uuid(),
  created timestamptz not null default now(),
  modified timestamptz not null default now(),
  customer_id bigint not null constraint service_provider_customer_key unique references customer on delete cascade,
  description text not null default '',
  enable_notifications boolean not null default true,
  -- Sealed: it signs the provider's reports and is shown again on request.
  api_secret_code bytea not null,
  image_id bigint references file
);
comment on table service_provider is 'owner: service-providers';
create trigger service_provider_touch before update on service_provider for each row execute function touch_modified();

create table category_group (
  id bigint generated always as identity primary key,
  uuid uuid not null unique default gen_random_uuid(),
  created timestamptz not null default now(),
  title text not null check (length(title) <= 255),
  description text not null default '',
  icon_id bigint references file
);
comment on table category_group is 'owner: offerings';

create table category (
  id bigint generated always as identity primary key,
  uuid uuid not null unique default gen_random_uuid(),
  created timestamptz not null default now(),
  modified timestamptz not null default now(),
  title text not null check (length(title) <= 255),
  description text not null default '',
  icon_id bigint references file,
  group_id bigint references category_group on delete set null,
  default_vm_category boolean not null default false,
  default_volume_category boolean not null default false,
  default_tenant_category boolean not null default false,
  -- [{key, title, is_standalone, attributes: [{key, title, type, required, default, options: [{key, title}]}]}]
  sections jsonb not null default '[]',
  -- [{index, title, attribute, widget}]
  columns jsonb not null default '[]',
  -- [{type, name, description, measured_unit}]
  components jsonb not null default '[]',
  -- [{title, url}]
  articles jsonb not null default '[]'
);
comment on table category is 'owner: offerings';
create unique index category_default_vm_key on category (default_vm_category) where default_vm_category;
create unique index category_default_volume_key on category (default_volume_category) where default_volume_category;
create unique index category_default_tenant_key on category (default_tenant_category) where default_tenant_category;
create trigger category_touch before update on category for each row execute function touch_modified();

create table offering (
  id bigint generated always as identity primary key,
  uuid uuid not null unique default gen_random_uuid(),
  created timestamptz not null default now(),
  modified timestamptz not null default now(),
  customer_id bigint not null references customer,
  category_id bigint not null references category,
  project_id bigint references project,
  parent_id bigint references offering,
  name text not null check (length(name) <= 150),
  slug text not null default '',
  description text not null default '',
  full_description text not null default '',
  getting_started text not null default '',
  integration_guide text not null default '',
  privacy_policy_link text not null default '',
  vendor_details text not null default '',
  access_url text not null default '',
  type text not null,
  state text not null default 'Draft' check (state in ('Draft', 'Active', 'Paused', 'Archived', 'Unavailable')),
  paused_reason text not null default '',
  shared boolean not null default true,
  billable boolean not null default true,
  attributes jsonb not null default '{}',
  options jsonb not null default '{}',
  resource_options jsonb not null default '{}',
  plugin_options jsonb not null default '{}',
  -- Sealed as a whole: passwords of the provider's systems.
  secret_options bytea,
  service_attributes jsonb not null default '{}',
  backend_id text not null default '',
  backend_id_rules jsonb not null default '{}',
  backend_metadata jsonb not null default '{}',
  datacite_doi text not null default '',
  country text not null default '',
  latitude double precision,
  longitude double precision,
  image_id bigint references file,
  thumbnail_id bigint references file,
  compliance_checklist_id bigint
);
comment on table offering is 'owner: offerings';
create index offering_customer on offering (customer_id);
create index offering_category on offering (category_id);
create index offering_project on offering (project_id);
create index offering_parent on offering (parent_id);
create index offering_state on offering (state, shared);
create trigger offering_touch before update on offering for each row execute function touch_modified();

create table offering_organization_group (
  offering_id bigint not null references offering on delete cascade,
  organization_group_id bigint not null references organization_group on delete cascade,
  primary key (offering_id, organization_group_id)
);
comment on table offering_organization_group is 'owner: offerings';

create table offering_component (
  id bigint generated always as identity primary key,
  uuid uuid not null unique default gen_random_uuid(),
  created timestamptz not null default now(),
  offering_id bigint not null references offering on delete cascade,
  type text not null check (type ~ '^[a-zA-Z0-9_\-/:]+$' and length(type) <= 50),
  name text not null check (length(name) <= 150),
  description text not null default '',
  measured_unit text not null default '',
  unit_factor integer not null default 1,
  billing_type text not null check (billing_type in ('fixed', 'usage', 'limit', 'one', 'few')),
  limit_period text check (limit_period in ('month', 'quarterly', 'annual', 'total')),
  limit_amount integer,
  article_code text not null default '',
  min_value integer,
  max_value integer,
  max_available_limit integer,
  default_limit integer,
  is_boolean boolean not null default false,
  is_prepaid boolean not null default false,
  is_builtin boolean not null default false,
  overage_component_id bigint references offering_component,
  min_prepaid_duration integer,
  max_prepaid_duration integer,
  min_renewal_duration integer,
  max_renewal_duration integer,
  constraint offering_component_type_key unique (offering_id, type)
);
comment on table offering_component is 'owner: offerings';

create table offering_endpoint (
  id bigint generated always as identity primary key,
  uuid uuid not null unique default gen_random_uuid(),
  offering_id bigint not null references offering on delete cascade,
  name text not null,
  url text not null
);
comment on table offering_endpoint is 'owner: offerings';
create index offering_endpoint_offering on offering_endpoint (offering_id);

create table plan (
  id bigint generated always as identity primary key,
  uuid uuid not null unique default gen_random_uuid(),
  created timestamptz not null default now(),
  modified timestamptz not null default now(),
  offering_id bigint not null references offering on delete cascade,
  name text not null check (length(name) <= 150),
  description text not null default '',
  unit text not null default 'month' check (unit in ('month', 'quarter', 'half_month', 'day', 'hour', 'quantity')),
  -- Σ price × amount of the fixed components; written whenever a price or an amount is.
  unit_price numeric(22, 10) not null default 0 check (unit_price >= 0),
  article_code text not null default '',
  backend_id text not null default '',
  max_amount integer check (max_amount >= 1),
  archived boolean not null default false
);
comment on table plan is 'owner: offerings';
create index plan_offering on plan (offering_id);
create trigger plan_touch before update on plan for each row execute function touch_modified();

create table plan_organization_group (
  plan_id bigint not null references plan on delete cascade,
  organization_group_id bigint not null references organization_group on delete cascade,
  primary key (plan_id, organization_group_id)
);
comment on table plan_organization_group is 'owner: offerings';

create table plan_component (
  id bigint generated always as identity primary key,
  plan_id bigint not null references plan on delete cascade,
  component_id bigint not null references offering_component on delete cascade,
  amount integer not null default 0 check (amount >= 0),
  price numeric(22, 10) not null default 0 check (price >= 0),
  future_price numeric(22, 10) check (future_price >= 0),
  discount_threshold integer,
  discount_rate integer,
  constraint plan_component_key unique (plan_id, component_id)
);
comment on table plan_component is 'owner: offerings';
create index plan_component_component on plan_component (component_id);

-- Groups of the organizations to which a user belongs: those where they hold a role that counts now, and those of such projects.
-- Offerings and plans that are kept for groups are open to them (orders.md §5.3).
create function organization_groups_of(actor_id bigint) returns table (organization_group_id bigint) language sql stable as $$
  select cog.organization_group_id
  from role_grant g
  left join project p on g.scope_type = 'project' and p.id = g.scope_id
  left join service_provider sp on g.scope_type = 'service_provider' and sp.id = g.scope_id
  left join offering o on g.scope_type = 'offering' and o.id = g.scope_id
  join customer_organization_group cog on cog.customer_id = coalesce(
    case when g.scope_type = 'customer' then g.scope_id end, p.customer_id, sp.customer_id, o.customer_id)
  where g.user_id = actor_id and g.is_active and (g.expiration_time is null or g.expiration_time > now())
$$;
