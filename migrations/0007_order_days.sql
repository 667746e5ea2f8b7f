-- How many orders were made on each day (UTC), so that a deep page skips whole days instead of walking row by row. Kept like
-- order_count: differences are appended by each writing statement and folded by a job; the sum of both is exact.
create table order_day_delta (
  id bigint generated always as identity primary key,
  day timestamptz not null,
  n bigint not null
);
comment on table order_day_delta is 'owner: orders';

create table order_day (
  day timestamptz primary key,
  n bigint not null
);
comment on table order_day is 'owner: orders';

create function order_day_changed() returns trigger language plpgsql as $$
begin
  insert into order_day_delta (day, n)
    select date_trunc('day', created, 'UTC'), case tg_op when 'INSERT' then count(*) else -count(*) end from changed group by 1;
  return null;
end $$;
create trigger order_day_insert after insert on "order" referencing new table as changed for each statement execute function order_day_changed();
create trigger order_day_delete after delete on "order" referencing old table as changed for each statement execute function order_day_changed();

-- `created` is written once; who would write it again would have to move the order from day to day here too.
create function order_created_is_fixed() returns trigger language plpgsql as $$
begin
  raise exception 'The day on which an order was made does not change';
end $$;
create trigger order_created_fixed before update of created on "order" for each row
  when (old.created is distinct from new.created) execute function order_created_is_fixed();

create function order_day_fold() returns bigint language plpgsql as $$
declare
  folded_rows bigint;
begin
  perform pg_advisory_xact_lock(hashtextextended('order_day', 0));
  with folded as (delete from order_day_delta returning day, n),
    written as (
      insert into order_day as d (day, n) select day, sum(n) from folded group by day
      on conflict (day) do update set n = d.n + excluded.n)
  select count(*) from folded into folded_rows;
  return folded_rows;
end $$;
