-- GET /api/events-stats/
-- Generated: npm run gen

-- staff
with computed as materialized (select row_number() over (order by kept.month desc) as id, extract(year
  from kept.month at time zone 'UTC')::integer as year, extract(month
  from kept.month at time zone 'UTC')::integer as month, sum(kept.n)::bigint as count
  from event_counted kept
  where true
  and kept.grain = 'month'
  group by kept.month having sum(kept.n) > 0) select (select count(*)
  from computed) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
    ',"year":', (stat.year)::text,
    ',"month":', (stat.month)::text,
    ',"count":', (stat.count)::text), 2) || '}', ','
  order by stat.id) || ']', '[]')
  from (select id
  from (select stat.id
  from computed stat
  where true
  order by stat.id
  limit 10) sized
  limit :id::bigint) cut
  join computed stat on stat.id = cut.id ) as page;

-- the owner of an organization
with computed as materialized (select row_number() over (order by kept.month desc) as id, extract(year
  from kept.month at time zone 'UTC')::integer as year, extract(month
  from kept.month at time zone 'UTC')::integer as month, sum(kept.n)::bigint as count
  from event_counted kept
  where (false)
  and kept.grain = 'month'
  group by kept.month having sum(kept.n) > 0) select (select count(*)
  from computed) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
    ',"year":', (stat.year)::text,
    ',"month":', (stat.month)::text,
    ',"count":', (stat.count)::text), 2) || '}', ','
  order by stat.id) || ']', '[]')
  from (select id
  from (select stat.id
  from computed stat
  where true
  order by stat.id
  limit 10) sized
  limit :id::bigint) cut
  join computed stat on stat.id = cut.id ) as page;
