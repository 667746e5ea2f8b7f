-- The calendar of the site: everything that asks for the day or the month of a moment asks here, with the site's zone
-- (TIME_ZONE). src/platform/time.ts answers the same in TypeScript.
create function site_day(moment timestamptz, zone text) returns date language sql immutable parallel safe
  return (moment at time zone zone)::date;

-- The first day of the month.
create function site_month(moment timestamptz, zone text) returns date language sql immutable parallel safe
  return date_trunc('month', moment at time zone zone)::date;

-- The first day of the period around a day in which usage counts against a limit (orders.md §1.7).
create function period_start(limit_period text, day date) returns date language sql immutable parallel safe
  return case limit_period when 'annual' then date_trunc('year', day::timestamp)::date
    when 'quarterly' then date_trunc('quarter', day::timestamp)::date
    when 'total' then '-infinity'::date else date_trunc('month', day::timestamp)::date end;

-- The month that current_usages tells of: in the next one nothing has been used yet.
alter table resource add column current_usages_month date;
update resource r set current_usages_month = (
    select date_trunc('month', max(cu.modified) at time zone 'UTC')::date from component_usage cu where cu.resource_id = r.id)
  where r.current_usages <> '{}';
