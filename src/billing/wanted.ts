// What resources come to in a month: the one computation from which invoices are written, previews are told and lines are
// explained. It reads what happened (plan periods, limits from when on, usage reported, prices) and says which lines there are
// to be, whatever was written before. In SQL, for thousands of resources at once (docs/decisions/0060).
import { type RawBuilder, sql } from 'kysely'
import type { Condition } from '../platform/http/filters.ts'
import { PAID_AHEAD } from './wanted.prepaid.ts'

/** The month, and when it begins and ends in the site's zone. `instant` before the end: what goes on ends then. */
const monthOf = (month: string, zone: string) => sql`m as materialized (
  select *, next - day as days, "end" - interval '1 microsecond' as instant from (
    select day, next, day::timestamp at time zone zone as start, next::timestamp at time zone zone as "end", zone from (
      select ${month}::date as day, (${month}::date + interval '1 month')::date as next, ${zone}::text as zone) asked) asked)`

// A plan period as far as it lies in the month and the organization is billed. A day is billed once, to the plan that ran on it
// last: `to_day` is the day after the last one.
const RAN = `
  select rp.id as period_id, rp.resource_id, rp.plan_id, rp.start as began, pl.unit, r.offering_id,
    greatest(rp.start, m.start, c.accounting_start_date) as start, least(rp."end", m.instant) as "end",
    (rp."end" is null or rp."end" >= m."end") as goes_on,
    site_day(greatest(rp.start, m.start, c.accounting_start_date), m.zone) as from_day,
    least(site_day(least(rp."end" - interval '1 microsecond', m.instant), m.zone) + 1, site_day(next.start, m.zone)) as to_day,
    not exists (select 1 from resource_plan_period former where former.resource_id = rp.resource_id and former.start < rp.start) as first
  from resource r join project p on p.id = r.project_id join customer c on c.id = p.customer_id
    join offering off on off.id = r.offering_id and off.billable join resource_plan_period rp on rp.resource_id = r.id
    join plan pl on pl.id = rp.plan_id cross join m
    left join lateral (select min(later.start) as start from resource_plan_period later
      where later.resource_id = rp.resource_id and later.start >= rp."end" and later.id <> rp.id) next on rp."end" is not null`

const RAN_WHERE = `rp.start < m."end" and (rp."end" is null or (rp."end" > m.start and rp."end" > rp.start and rp."end" > c.accounting_start_date))
  and c.accounting_start_date < m."end"`

/** Fractions of a unit: two places, rounded up (orders.md §1.12). */
const upTwo = (amount: string) => `ceil((${amount}) * 100) / 100`

// Days of the two halves of a month: to the 15th, and from the 16th on.
const FIRST_HALF = 'greatest(least(ran.to_day, m.day + 15) - ran.from_day, 0)'
const SECOND_HALF = 'greatest(ran.to_day - greatest(ran.from_day, m.day + 15), 0)'
const half = (used: string, whole: string) => `case when ${used} = ${whole} then 1 else ${used} * 2.0 / m.days end`

/** Units of a plan in the part of the month in which it ran. */
const UNITS = `case ran.unit
  when 'hour' then ceil(extract(epoch from ran."end" - ran.start) / 3600)
  when 'day' then ran.to_day - ran.from_day
  when 'half_month' then ${upTwo(`${half(FIRST_HALF, '15')} + ${half(SECOND_HALF, 'm.days - 15')}`)}
  when 'quarter' then (extract(month from m.day) in (1, 4, 7, 10) and ran.from_day = m.day and ran.to_day > m.day)::int
  else ${upTwo('(ran.to_day - ran.from_day) * 1.0 / m.days')} end`

const LINE = 'ran.resource_id, ran.plan_id, ran.start, ran."end"'

const FIXED = `select ${LINE}, oc.id as component_id, ran.unit, ${UNITS} as quantity, null::jsonb as periods, 1 as sign
  from ran cross join m join offering_component oc on oc.offering_id = ran.offering_id and oc.billing_type = 'fixed'
  where ran.to_day > ran.from_day or ran.unit = 'hour'`

// What is charged once: when the resource began, and when it came to the plan from another.
const ONCE = `select ${LINE}, oc.id as component_id, 'quantity' as unit, 1 as quantity, null::jsonb as periods, 1 as sign
  from ran cross join m join offering_component oc on oc.offering_id = ran.offering_id
  where ran.start = ran.began and case oc.billing_type
    when 'one' then not oc.is_prepaid and ran.first
    when 'few' then exists (select 1 from resource_plan_period former
      where former.resource_id = ran.resource_id and former."end" = ran.began and former.plan_id <> ran.plan_id) end`

// Limits: the days of a cycle on which each stood, at the highest that it had on a day. A cycle is billed ahead in the month in
// which it begins, as far as the resource is there; in a later month of the cycle only what was raised since, to its end.
const CYCLES = `
  select ran.*, oc.id as component_id, cycle.start as cycle_start, cycle."end" as cycle_end,
    case when cycle.start = m.day then 0 else coalesce((
      select max(at_end."limit") from generate_series(cycle.start::timestamp, (m.day - 1)::timestamp, interval '1 month') former
        cross join lateral (select (former + interval '1 month') at time zone m.zone as moment) ended
        cross join lateral (select l."limit" from billing_limit l where l.resource_id = ran.resource_id and l.component_id = oc.id
          and l.since < ended.moment order by l.since desc limit 1) at_end
      where exists (select 1 from resource_plan_period rp join resource r on r.id = rp.resource_id join project p on p.id = r.project_id
        join customer c on c.id = p.customer_id where rp.resource_id = ran.resource_id and rp.start < ended.moment
          and (rp."end" is null or rp."end" >= ended.moment) and c.accounting_start_date < ended.moment)), 0) end as billed
  from ran cross join m join resource r on r.id = ran.resource_id
    join offering_component oc on oc.offering_id = ran.offering_id and oc.billing_type = 'limit' and not oc.is_prepaid
      and oc.limit_period is distinct from 'total'
    cross join lateral (select case oc.limit_period when 'quarterly' then date_trunc('quarter', m.day::timestamp)
      when 'annual' then make_date(extract(year from m.day)::int
        - (extract(month from m.day) < extract(month from site_day(r.created, m.zone)))::int, extract(month from site_day(r.created, m.zone))::int, 1)
      else m.day end::date as start) begins
    cross join lateral (select begins.start, (begins.start + case oc.limit_period when 'quarterly' then interval '3 months'
      when 'annual' then interval '1 year' else interval '1 month' end)::date as "end") cycle
  where ran.to_day > ran.from_day`

// What was set on each day: the highest of it, with what stood before, and the last.
const STEPS = `
  select period_id, component_id, day, greatest(most, lag(last) over of_one) as most, last, lead(day, 1, to_day) over of_one as until
  from (select cycles.period_id, cycles.component_id, cycles.to_day, greatest(site_day(l.since, m.zone), cycles.from_day) as day,
      max(l."limit") as most, (array_agg(l."limit" order by l.since desc))[1] as last
    from cycles cross join m cross join lateral (
      (select former.since, former."limit" from billing_limit former where former.resource_id = cycles.resource_id
        and former.component_id = cycles.component_id and former.since < cycles.start order by former.since desc limit 1)
      union all
      select set.since, set."limit" from billing_limit set where set.resource_id = cycles.resource_id
        and set.component_id = cycles.component_id and set.since >= cycles.start and set.since <= cycles."end") l
    where site_day(l.since, m.zone) < cycles.to_day group by 1, 2, 3, 4) by_day
  window of_one as (partition by period_id, component_id order by day)`

// Parts of the month with one limit each, and the rest of the cycle at the last.
const PARTS = `
  select period_id, component_id, day as first_day, day + 1 as to_day, most as "limit" from steps
  union all select period_id, component_id, day + 1, until, last from steps where until > day + 1
  union all select steps.period_id, component_id, m.next, cycle_end, last from steps cross join m join cycles using (period_id, component_id)
    where until = cycles.to_day and goes_on and cycle_end > m.next`

const LIMITED = `
  select ran.resource_id, ran.plan_id, ran.start, ran."end", component_id, ran.unit,
    ${upTwo(`sum((part.to_day - part.first_day) * greatest(part."limit" - billed, 0)) * case ran.unit when 'hour' then 24 when 'half_month' then 2 else 1 end
      / case when ran.unit in ('day', 'hour') then 1 else cycle_end - cycle_start end`)} as quantity,
    jsonb_agg(jsonb_build_object('start', part.first_day, 'end', part.to_day - 1, 'quantity', part."limit", 'billing_periods', part.to_day - part.first_day,
      'total', ((part.to_day - part.first_day) * greatest(part."limit" - billed, 0))::text) order by part.first_day) as periods, 1 as sign
  from (select period_id, component_id, min(first_day) as first_day, max(to_day) as to_day, "limit" from (
      select *, count(*) filter (where changed) over (partition by period_id, component_id order by first_day) as run from (
        select *, "limit" is distinct from lag("limit") over (partition by period_id, component_id order by first_day) as changed from parts) told) runs
    group by period_id, component_id, run, "limit") part
  join cycles ran using (period_id, component_id)
  group by period_id, component_id, ran.resource_id, ran.plan_id, ran.start, ran."end", ran.unit, cycle_start, cycle_end`

// A limit in total is bought once: each change is billed, or given back, by its difference.
const IN_TOTAL = `
  select r.id as resource_id, rp.plan_id, l.since as start, coalesce(least(
      (select min(later.since) from billing_limit later where later.resource_id = r.id and later.component_id = oc.id and later.since > l.since),
      m.instant), m.instant) as "end",
    oc.id as component_id, 'quantity' as unit, abs(l."limit" - coalesce(former."limit", 0)) as quantity, null::jsonb as periods,
    sign(l."limit" - coalesce(former."limit", 0))::int as sign
  from scope r cross join m join offering_component oc on oc.offering_id = r.offering_id and oc.billing_type = 'limit' and not oc.is_prepaid
      and oc.limit_period = 'total'
    join billing_limit l on l.resource_id = r.id and l.component_id = oc.id and l.since >= greatest(m.start, r.accounting_start_date) and l.since < m."end"
    join lateral (select rp.plan_id from resource_plan_period rp where rp.resource_id = r.id and rp.start <= l.since order by rp.start desc limit 1) rp on true
    left join lateral (select before."limit" from billing_limit before where before.resource_id = r.id and before.component_id = oc.id
      and before.since < l.since order by before.since desc limit 1) former on true
  where l."limit" <> coalesce(former."limit", 0)`

// What was used in the month, and what of it goes beyond what was paid ahead. Its plan is the one under which it was reported,
// unless that one had no part in the month.
const USED = `
  select used.resource_id, rp.plan_id, greatest(rp.start, m.start) as start, greatest(rp.start, m.start, least(rp."end", m.instant)) as "end",
    used.component_id, 'quantity' as unit, used.quantity, null::jsonb as periods, 1 as sign
  from (select r.id as resource_id, coalesce(oc.overage_component_id, oc.id) as component_id, max(cu.plan_period_id) as plan_period_id,
      sum(case when oc.is_prepaid then greatest(cu.usage - ahead."limit", 0) else cu.usage end) as quantity
    from scope r cross join m join component_usage cu on cu.resource_id = r.id and cu.billing_period = m.day
      join offering_component oc on oc.id = cu.component_id
      left join lateral (select l."limit" from billing_limit l where l.resource_id = r.id and l.component_id = oc.id and l.since < m."end"
        order by l.since desc limit 1) ahead on oc.is_prepaid
    where m."end" > r.accounting_start_date and case when oc.is_prepaid then oc.overage_component_id is not null else oc.billing_type = 'usage' end
    group by 1, 2) used
  cross join m join lateral (
    select period.plan_id, case when touches then period.start end as start, case when touches then period."end" end as "end"
    from resource_plan_period period cross join lateral (select period.start < m."end" and (period."end" is null or period."end" > m.start) as touches) t
    where period.resource_id = used.resource_id
    order by touches desc, (period.id = used.plan_period_id) desc nulls last, period.start desc limit 1) rp on true
  where used.quantity > 0`

/**
 * The lines, as `wanted`, of the resources (alias `r`, in project `p`) for which `of` holds: parts of a `with`. The price is
 * what is in force in the month, as the plan says; what was billed at another keeps that (settle.ts). `usageOnly`: only lines of use.
 */
export const wantedIn = (month: string, zone: string, of: Condition, usageOnly = false): RawBuilder<unknown> => sql`${monthOf(month, zone)},
  scope as materialized (
    select r.id, r.offering_id, r.end_date, r.attributes, c.accounting_start_date from resource r
      join project p on p.id = r.project_id join customer c on c.id = p.customer_id join offering off on off.id = r.offering_id and off.billable
    where ${of}),
  ran as materialized (${sql.raw(RAN)} where ${sql.raw(RAN_WHERE)} and ${of}),
  cycles as materialized (${sql.raw(CYCLES)}),
  steps as materialized (${sql.raw(STEPS)}),
  parts as materialized (${sql.raw(PARTS)}),
  priced as materialized (
    select line.*, pc.id as plan_component_id, pl.unit as plan_unit, oc.billing_type, oc.name as component_name, oc.type as component_type, oc.measured_unit,
      coalesce(nullif(oc.article_code, ''), pl.article_code) as article_code, pc.discount_threshold, pc.discount_rate,
      coalesce((select former.price from billing_past_price former where former.plan_component_id = pc.id and former.until > m.day
        order by former.until limit 1), pc.price) * line.sign * case when oc.billing_type = 'fixed' then pc.amount else 1 end as unit_price
    from (${sql.raw([FIXED, ONCE, LIMITED, IN_TOTAL, USED, PAID_AHEAD].join(' union all '))}) line cross join m
      join plan pl on pl.id = line.plan_id join offering_component oc on oc.id = line.component_id
      join plan_component pc on pc.plan_id = line.plan_id and pc.component_id = line.component_id
    where line.quantity <> 0 and (not ${usageOnly}::boolean or oc.billing_type = 'usage')),
  wanted as materialized (
    select *, 'charge' as kind from priced
    union all
    select resource_id, plan_id, start, "end", component_id, 'quantity', 1, null, sign, plan_component_id, plan_unit, billing_type, component_name, component_type,
      measured_unit, article_code, discount_threshold, discount_rate, -unit_price * quantity * discount_rate / 100, 'discount'
    from priced where billing_type = 'limit' and sign > 0 and quantity >= discount_threshold and discount_rate > 0)`
