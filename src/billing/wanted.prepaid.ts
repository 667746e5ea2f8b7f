// What is paid ahead, as lines of a month: the term when the resource begins, each renewal by its months, and what a limit was
// raised by for the days that remain of its term (docs/decisions/0053, 0060).

const PREPAID = `offering_component oc on oc.offering_id = r.offering_id and oc.is_prepaid and oc.billing_type in ('limit', 'one')`

// The history of renewals that a resource keeps.
const RENEWALS = `left join lateral jsonb_array_elements(case when jsonb_typeof(r.attributes -> 'renewal_history') = 'array'
  then r.attributes -> 'renewal_history' else '[]' end) renewal on true`

const limitAt = (moment: string) => `(select l."limit" from billing_limit l where l.resource_id = r.id and l.component_id = oc.id
  and l.since <= ${moment} order by l.since desc limit 1)`

// The day on which it would have ended at a moment: renewals after it have moved that.
const endAt = (moment: string) => `(select case when count(*) = 0 then r.end_date
    else (array_agg((later ->> 'old_end_date')::date order by (later ->> 'date')::timestamptz))[1] end
  from jsonb_array_elements(case when jsonb_typeof(r.attributes -> 'renewal_history') = 'array' then r.attributes -> 'renewal_history' else '[]' end) later
  where (later ->> 'date')::timestamptz >= ${moment})`

/** Months from one day to another, a started one counted whole, at least one; one without an end. */
const monthsTo = (
  start: string,
  end: string,
) => `(select greatest(1, coalesce(whole + (${start} + make_interval(months => whole) < ${end})::int, 1))
  from (select ((extract(year from ${end}) - extract(year from ${start})) * 12 + extract(month from ${end}) - extract(month from ${start}))::int as whole) n)`

const DAYS_OF_MONTH = 30

// Each is what was paid at a moment: periods of lines of one component go from one to the next.
const PAID = `
  select r.id as resource_id, oc.id as component_id, term.began as moment, ${limitAt('term.began')} * ${monthsTo('term.day', 'term.ends')} as quantity
  from scope r join ${PREPAID}
    cross join lateral (select min(rp.start) as began from resource_plan_period rp where rp.resource_id = r.id) first
    cross join m cross join lateral (select first.began, site_day(first.began, m.zone) as day, ${endAt('first.began')} as ends) term
  where term.began is not null
  union all
  select r.id, oc.id, (renewal ->> 'date')::timestamptz, ${limitAt("(renewal ->> 'date')::timestamptz")} * (renewal ->> 'extension_months')::int
  from scope r join ${PREPAID} ${RENEWALS} where renewal is not null
  union all
  select r.id, oc.id, l.since, greatest(l."limit" - former."limit", 0) * greatest(${endAt('l.since')} - site_day(l.since, m.zone), 0)::numeric / ${DAYS_OF_MONTH}
  from scope r join ${PREPAID} cross join m join billing_limit l on l.resource_id = r.id and l.component_id = oc.id
    join lateral (select before."limit" from billing_limit before where before.resource_id = r.id and before.component_id = oc.id
      and before.since < l.since order by before.since desc limit 1) former on true`

export const PAID_AHEAD = `
  select paid.resource_id, rp.plan_id, paid.moment as start, least(lead(paid.moment) over (partition by paid.resource_id, paid.component_id
      order by paid.moment), m.instant) as "end", paid.component_id, 'quantity' as unit, ceil(paid.quantity * 100) / 100 as quantity, null::jsonb as periods, 1 as sign
  from (${PAID}) paid cross join m join scope r on r.id = paid.resource_id
    join lateral (select rp.plan_id from resource_plan_period rp where rp.resource_id = paid.resource_id and rp.start <= paid.moment
      order by rp.start desc limit 1) rp on true
  where paid.moment >= greatest(m.start, r.accounting_start_date) and paid.moment < m."end" and paid.quantity > 0`
