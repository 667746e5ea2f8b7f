-- What was bought, and the orders that change it.
create table resource (
  id bigint generated always as identity primary key,
  uuid uuid not null unique default gen_random_uuid(),
  created timestamptz not null default now(),
  modified timestamptz not null default now(),
  project_id bigint not null references project,
  offering_id bigint not null references offering,
  plan_id bigint references plan,
  parent_id bigint references resource,
  name text not null default '' check (length(name) <= 150),
  slug text not null default '',
  description text not null default '',
  state text not null default 'Creating' check (state in ('Creating', 'OK', 'Erred', 'Updating', 'Terminating', 'Terminated')),
  limits jsonb not null default '{}',
  attributes jsonb not null default '{}',
  options jsonb not null default '{}',
  current_usages jsonb not null default '{}',
  report jsonb,
  cost numeric(22, 10),
  backend_id text not null default '',
  effective_id text not null default '',
  backend_metadata jsonb not null default '{}',
  error_message text not null default '',
  error_traceback text not null default '',
  end_date date,
  end_date_requested_by_id bigint references "user" on delete set null,
  paused boolean not null default false,
  downscaled boolean not null default false,
  restrict_member_access boolean not null default false,
  last_sync timestamptz not null default now()
);
comment on table resource is 'owner: resources';
create index resource_project on resource (project_id, created, id);
create index resource_offering on resource (offering_id, created, id);
create index resource_plan on resource (plan_id) where state <> 'Terminated';
create index resource_created on resource (created, id);
create index resource_backend_id on resource (backend_id) where backend_id <> '';
create trigger resource_touch before update on resource for each row execute function touch_modified();

create table resource_plan_period (
  id bigint generated always as identity primary key,
  uuid uuid not null unique default gen_random_uuid(),
  resource_id bigint not null references resource on delete cascade,
  plan_id bigint not null references plan,
  start timestamptz not null,
  "end" timestamptz,
  check ("end" is null or "end" >= start)
);
comment on table resource_plan_period is 'owner: resources';
create unique index resource_plan_period_open_key on resource_plan_period (resource_id) where "end" is null;
create index resource_plan_period_resource on resource_plan_period (resource_id, start);

create table component_usage (
  id bigint generated always as identity primary key,
  uuid uuid not null unique default gen_random_uuid(),
  created timestamptz not null default now(),
  modified timestamptz not null default now(),
  resource_id bigint not null references resource on delete cascade,
  component_id bigint not null references offering_component,
  plan_period_id bigint references resource_plan_period,
  -- The first day of the month that is billed.
  billing_period date not null,
  date timestamptz not null,
  usage numeric(20, 2) not null default 0,
  description text not null default '',
  recurring boolean not null default false,
  modified_by_id bigint references "user" on delete set null,
  constraint component_usage_key unique (resource_id, component_id, billing_period)
);
comment on table component_usage is 'owner: resources';

-- The order in which lists sort by state: that of the field's own codes (orders.md §3.3).
create function order_state_rank(text) returns integer language sql immutable parallel safe
  return case $1 when 'pending-consumer' then 1 when 'executing' then 2 when 'done' then 3 when 'erred' then 4 when 'canceled' then 5
    when 'rejected' then 6 when 'pending-provider' then 7 when 'pending-project' then 8 else 9 end;

create table "order" (
  id bigint generated always as identity primary key,
  uuid uuid not null unique default gen_random_uuid(),
  created timestamptz not null default now(),
  modified timestamptz not null default now(),
  slug text not null default '',
  project_id bigint not null references project,
  offering_id bigint not null references offering,
  resource_id bigint not null references resource,
  plan_id bigint references plan,
  old_plan_id bigint references plan,
  type text not null check (type in ('Create', 'Update', 'Terminate', 'Restore')),
  state text not null check (state in ('pending-consumer', 'pending-provider', 'pending-project', 'pending-start-date',
    'executing', 'done', 'erred', 'canceled', 'rejected')),
  attributes jsonb not null default '{}',
  limits jsonb not null default '{}',
  -- Money per plan unit, computed when the order is made (orders.md §1.11).
  cost numeric(22, 10),
  old_cost_estimate numeric(22, 10),
  fixed_price numeric(22, 10) not null default 0,
  activation_price numeric(22, 10) not null default 0,
  backend_id text not null default '',
  output text not null default '',
  error_message text not null default '',
  error_traceback text not null default '',
  callback_url text,
  request_comment text,
  termination_comment text,
  start_date date,
  completed_at timestamptz,
  created_by_id bigint not null references "user",
  consumer_reviewed_by_id bigint references "user",
  consumer_reviewed_at timestamptz,
  consumer_rejection_comment text not null default '',
  provider_reviewed_by_id bigint references "user",
  provider_reviewed_at timestamptz,
  provider_rejection_comment text not null default '',
  provider_message text not null default '',
  provider_message_url text not null default '',
  provider_message_attachment_id bigint references file,
  consumer_message text not null default '',
  consumer_message_attachment_id bigint references file,
  attachment_id bigint references file
);
comment on table "order" is 'owner: orders';
-- One index serves each arm of visibility, in the default order of the list (stack.md, the hot path 6).
create index order_created on "order" (created, id);
create index order_project on "order" (project_id, created, id);
create index order_offering on "order" (offering_id, created, id);
create index order_state on "order" (state, created, id);
create index order_resource on "order" (resource_id, created, id);
create index order_created_by on "order" (created_by_id);
-- Two orders never change one resource at the same time (orders.md §7 row 2).
create unique index order_in_progress_key on "order" (resource_id)
  where state in ('pending-consumer', 'pending-provider', 'pending-project', 'pending-start-date', 'executing');
create trigger order_touch before update on "order" for each row execute function touch_modified();

-- Every change of an order's state: who, when, from where, to where (orders.md §7 row 31).
create table order_transition (
  id bigint generated always as identity primary key,
  order_id bigint not null references "order" on delete cascade,
  created timestamptz not null default now(),
  action text not null,
  from_state text,
  to_state text not null,
  user_id bigint references "user" on delete set null
);
comment on table order_transition is 'owner: orders';
create index order_transition_order on order_transition (order_id);

-- Exact counts without a scan. Each writing statement appends signed differences, so that no writer waits for another;
-- a job folds them into order_count. A count is the sum of both, read in one snapshot.
create table order_count_delta (
  id bigint generated always as identity primary key,
  project_id bigint not null,
  offering_id bigint not null,
  type text not null,
  state text not null,
  n bigint not null
);
comment on table order_count_delta is 'owner: orders';

-- Folded counts by four grains: all orders (both keys null), one project, one offering, one project and offering.
create table order_count (
  project_id bigint,
  offering_id bigint,
  type text not null,
  state text not null,
  n bigint not null,
  constraint order_count_key unique nulls not distinct (project_id, offering_id, type, state)
);
comment on table order_count is 'owner: orders';

-- Adds the differences written so far, at most so many of them, to the four grains and removes them; says how many they were.
create function order_count_fold(most bigint default null) returns bigint language plpgsql as $$
declare
  folded_rows bigint;
begin
  -- Two folding at once would wait for each other's rows in different order.
  perform pg_advisory_xact_lock(hashtextextended('order_count', 0));
  with folded as (
      delete from order_count_delta where id in (select id from order_count_delta order by id limit most)
      returning project_id, offering_id, type, state, n),
    added as (
      select project_id, offering_id, type, state, sum(n) as n from folded
      group by grouping sets ((type, state), (project_id, type, state), (offering_id, type, state), (project_id, offering_id, type, state))
      having sum(n) <> 0),
    written as (
      insert into order_count as c (project_id, offering_id, type, state, n) select * from added
      on conflict on constraint order_count_key do update set n = c.n + excluded.n)
  select count(*) from folded into folded_rows;
  return folded_rows;
end $$;

create function order_count_inserted() returns trigger language plpgsql as $$
begin
  insert into order_count_delta (project_id, offering_id, type, state, n)
    select project_id, offering_id, type, state, count(*) from added group by 1, 2, 3, 4;
  return null;
end $$;
create function order_count_deleted() returns trigger language plpgsql as $$
begin
  insert into order_count_delta (project_id, offering_id, type, state, n)
    select project_id, offering_id, type, state, -count(*) from removed group by 1, 2, 3, 4;
  return null;
end $$;
create function order_count_updated() returns trigger language plpgsql as $$
begin
  insert into order_count_delta (project_id, offering_id, type, state, n)
    select project_id, offering_id, type, state, sum(n) from (
      select project_id, offering_id, type, state, 1 as n from added
      union all select project_id, offering_id, type, state, -1 from removed) changed
    group by 1, 2, 3, 4 having sum(n) <> 0;
  return null;
end $$;
create trigger order_count_insert after insert on "order" referencing new table as added for each statement execute function order_count_inserted();
create trigger order_count_delete after delete on "order" referencing old table as removed for each statement execute function order_count_deleted();
create trigger order_count_update after update on "order" referencing new table as added old table as removed for each statement execute function order_count_updated();
