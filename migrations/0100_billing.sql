-- Billing: what was used, what it costs, who owes whom. An organization has one invoice a month; what was created is never
-- rewritten, so a line that turns out otherwise later is corrected by another on the invoice that is open then.

-- The months that have begun: with each the prices announced for it became those in force.
create table billing_month (
  month date primary key check (extract(day from month) = 1),
  begun timestamptz not null default now()
);
comment on table billing_month is 'owner: billing';
insert into billing_month (month) values (date_trunc('month', now() at time zone 'UTC'));

-- Prices as they were until a month began.
create table billing_past_price (
  plan_component_id bigint not null references plan_component (id) on delete cascade,
  until date not null,
  price numeric(22, 10) not null,
  primary key (plan_component_id, until)
);
comment on table billing_past_price is 'owner: billing';

-- The month that is open for an organization; all before it are closed. Who bills anything to it holds this row.
create table billing_account (
  id bigint generated always as identity primary key,
  customer_id bigint not null unique references customer (id) on delete cascade,
  month date not null check (extract(day from month) = 1)
);
comment on table billing_account is 'owner: billing';
create index billing_account_month on billing_account (month, customer_id);

-- What a resource's limits were, from when on. No limit and an unlimited one are 0: neither is billed.
create table billing_limit (
  resource_id bigint not null references resource (id) on delete cascade,
  component_id bigint not null references offering_component (id) on delete cascade,
  since timestamptz not null,
  "limit" numeric(20) not null check ("limit" >= 0),
  primary key (resource_id, component_id, since)
);
comment on table billing_limit is 'owner: billing';
create index billing_limit_component on billing_limit (component_id);

create table invoice (
  id bigint generated always as identity primary key,
  uuid uuid not null default gen_random_uuid() unique,
  created timestamptz not null default now(),
  modified timestamptz not null default now(),
  customer_id bigint not null references customer (id),
  month date not null check (extract(day from month) = 1),
  state text not null check (state in ('pending', 'created', 'paid', 'canceled')),
  tax_percent numeric(5, 2) not null,
  -- Kept by triggers of its items.
  price numeric(22, 2) not null default 0,
  tax numeric(22, 2) not null default 0,
  invoice_date date,
  -- Who asks to be paid, by the name of the site.
  issuer_details jsonb,
  -- The organization as it was when the invoice was created.
  customer_details jsonb,
  backend_id text not null default '' check (length(backend_id) <= 255),
  payment_url text not null default '' check (length(payment_url) <= 200),
  reference_number text not null default '' check (length(reference_number) <= 300),
  paid_on date,
  proof_id bigint references file (id),
  constraint invoice_month_key unique (customer_id, month),
  constraint invoice_date_check check ((state = 'pending') = (invoice_date is null)),
  constraint invoice_details_check check (state = 'pending' or customer_details is not null),
  constraint invoice_paid_check check (state = 'paid' or (paid_on is null and proof_id is null))
);
comment on table invoice is 'owner: billing';
create trigger invoice_touch before update on invoice for each row execute function touch_modified();
create index invoice_month on invoice (month, id);
create index invoice_state on invoice (state, month, id);
create index invoice_customer on invoice (customer_id, month, id);
create index invoice_proof on invoice (proof_id) where proof_id is not null;

-- Cents, rounded away from zero.
create function cents(amount numeric) returns numeric language sql immutable parallel safe
  return sign(amount) * ceil(abs(amount) * 100) / 100;

create function tax_of(price numeric, percent numeric) returns numeric language sql immutable parallel safe
  return round(price * percent / 100, 2);

create table invoice_item (
  id bigint generated always as identity primary key,
  uuid uuid not null default gen_random_uuid() unique,
  created timestamptz not null default now(),
  modified timestamptz not null default now(),
  invoice_id bigint not null references invoice (id),
  -- Whose invoice it is on, and whose offering it is of; null where nobody provides.
  customer_id bigint not null references customer (id),
  provider_id bigint references customer (id),
  project_id bigint references project (id),
  resource_id bigint references resource (id) on delete set null,
  offering_id bigint references offering (id) on delete set null,
  plan_component_id bigint references plan_component (id) on delete set null,
  -- A charge is what was used; a discount lowers one; a correction is what an invoice that was created says wrongly; a
  -- compensation was granted by hand.
  kind text not null check (kind in ('charge', 'discount', 'correction', 'compensation')),
  corrects_id bigint references invoice_item (id),
  billing_type text not null default '',
  name text not null,
  article_code text not null default '',
  measured_unit text not null default '',
  unit text not null check (unit in ('month', 'quarter', 'half_month', 'day', 'hour', 'quantity')),
  unit_price numeric(22, 10) not null,
  quantity numeric(22, 10) not null,
  price numeric(22, 2) not null generated always as (cents(unit_price * quantity)) stored,
  start timestamptz not null,
  "end" timestamptz not null,
  details jsonb not null default '{}',
  -- Staff has written it: what happens to the resource does not change it any more.
  by_hand boolean not null default false,
  constraint invoice_item_period_check check ("end" >= start),
  constraint invoice_item_corrects_check check ((corrects_id is not null) = (kind in ('correction', 'compensation'))),
  constraint invoice_item_once exclude using gist (
    resource_id with =, plan_component_id with =, kind with =, tstzrange(start, "end") with &&)
    where (kind in ('charge', 'discount')) deferrable initially immediate
);
comment on table invoice_item is 'owner: billing';
create trigger invoice_item_touch before update on invoice_item for each row execute function touch_modified();
create index invoice_item_invoice on invoice_item (invoice_id, id) include (price);
create index invoice_item_customer on invoice_item (customer_id, id);
create index invoice_item_provider on invoice_item (provider_id, id);
create index invoice_item_project on invoice_item (project_id, id);
create index invoice_item_resource on invoice_item (resource_id, start);
create index invoice_item_offering on invoice_item (offering_id, id);
create index invoice_item_plan_component on invoice_item (plan_component_id);
create index invoice_item_corrects on invoice_item (corrects_id) where corrects_id is not null;
-- A line is corrected once on each invoice; what changes again changes that correction.
create unique index invoice_item_correction_key on invoice_item (invoice_id, corrects_id) where kind = 'correction';

-- Lines that staff removed: what they are of is not billed again.
create table billing_waiver (
  resource_id bigint not null references resource (id) on delete cascade,
  plan_component_id bigint not null references plan_component (id) on delete cascade,
  kind text not null check (kind in ('charge', 'discount')),
  start timestamptz not null,
  primary key (resource_id, plan_component_id, kind, start)
);
comment on table billing_waiver is 'owner: billing';
create index billing_waiver_plan_component on billing_waiver (plan_component_id);

-- The sum of the items is the invoice.
create function invoice_totals() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    update invoice set price = invoice.price + d.price, tax = invoice.tax + d.tax from (
      select i.id, sum(c.price) as price, sum(tax_of(c.price, i.tax_percent)) as tax
      from changed c join invoice i on i.id = c.invoice_id group by i.id) d where d.id = invoice.id;
  elsif tg_op = 'DELETE' then
    update invoice set price = invoice.price - d.price, tax = invoice.tax - d.tax from (
      select i.id, sum(c.price) as price, sum(tax_of(c.price, i.tax_percent)) as tax
      from changed c join invoice i on i.id = c.invoice_id group by i.id) d where d.id = invoice.id;
  else
    update invoice set price = invoice.price + d.price, tax = invoice.tax + d.tax from (
      select i.id, sum(c.sign * c.price) as price, sum(c.sign * tax_of(c.price, i.tax_percent)) as tax
      from (select 1 as sign, invoice_id, price from added union all select -1, invoice_id, price from removed) c
      join invoice i on i.id = c.invoice_id group by i.id) d where d.id = invoice.id and (d.price <> 0 or d.tax <> 0);
  end if;
  return null;
end $$;
create trigger invoice_totals_insert after insert on invoice_item referencing new table as changed
  for each statement execute function invoice_totals();
create trigger invoice_totals_delete after delete on invoice_item referencing old table as changed
  for each statement execute function invoice_totals();
create trigger invoice_totals_update after update on invoice_item referencing new table as added old table as removed
  for each statement execute function invoice_totals();

select keep_counts('invoice_item_count', 'invoice_item', '{customer_id, provider_id}', '{kind}',
  '{all, customer_id, provider_id, "customer_id,provider_id"}', 'billing');

-- What ran before there was billing is billed from the present month on, by the limits it has.
insert into billing_limit (resource_id, component_id, since, "limit")
select r.id, oc.id, rp.start, (r.limits ->> oc.type)::numeric from resource r
  join (select resource_id, min(start) as start from resource_plan_period group by resource_id) rp on rp.resource_id = r.id
  join offering_component oc on oc.offering_id = r.offering_id and (oc.billing_type = 'limit' or (oc.billing_type = 'one' and oc.is_prepaid))
where jsonb_typeof(r.limits -> oc.type) = 'number' and (r.limits ->> oc.type)::numeric > 0;
insert into billing_account (customer_id, month)
select distinct p.customer_id, (date_trunc('month', now() at time zone 'UTC') - interval '1 month')::date
from resource_plan_period rp join resource r on r.id = rp.resource_id join project p on p.id = r.project_id where rp."end" is null;
