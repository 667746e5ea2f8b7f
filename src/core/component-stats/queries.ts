// How much of each offering component the resources of some projects use and may use (platform.md §10.1).
import { sql } from 'kysely'
import { type Db, run } from '../../platform/db/database.ts'
import type { Condition } from '../../platform/http/filters.ts'
import type { JsonSchema } from '../../platform/http/view.ts'

const TEXTS = ['type', 'name', 'description', 'measured_unit', 'billing_type'] as const
const NUMBERS = ['usage', 'limit_usage', 'limit'] as const

export const COMPONENT_STATS: JsonSchema = {
  type: 'object',
  properties: {
    components: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          ...Object.fromEntries(TEXTS.map((name) => [name, { type: 'string' }])),
          ...Object.fromEntries(NUMBERS.map((name) => [name, { type: 'integer' }])),
          offering_name: { type: 'string' },
          offering_uuid: { type: 'string', format: 'uuid' },
        },
        required: [...TEXTS, ...NUMBERS, 'offering_name', 'offering_uuid'],
      },
    },
  },
  required: ['components'],
}

/**
 * Sums over the resources that are not terminated, one row for each component of their offerings: `limit` of the limits, `usage` of
 * what was reported, of this month alone if asked, and `limit_usage` of that part of it which falls on components with limits.
 * `resources` is a condition over `r` and its project `p`. Sums are whole numbers, rounded up; the answer's JSON text.
 */
export async function componentStats(
  db: Db,
  resources: Condition,
  { currentMonth, timeZone }: { currentMonth: boolean; timeZone: string },
): Promise<string> {
  const month = currentMonth ? sql`and used.billing_period = site_month(now(), ${timeZone}::text)` : sql``
  // As text, for sums have more digits than a number of JavaScript, or one of 64 bits.
  const [found] = await run(
    db,
    sql<{ text: string }>`select json_build_object('components', coalesce(json_agg(found), '[]'))::text as text
      from (select oc.type, oc.name, oc.description, oc.measured_unit, oc.billing_type,
        ceil(coalesce(sum(reported.usage), 0)) as usage,
        ceil(coalesce(sum(reported.usage) filter (where oc.billing_type = 'limit'), 0)) as limit_usage,
        ceil(coalesce(sum(case when jsonb_typeof(r.limits -> oc.type) = 'number' then (r.limits ->> oc.type)::numeric end), 0)) as "limit",
        o.name as offering_name, wire_uuid(o.uuid) as offering_uuid
      from resource r join project p on p.id = r.project_id join offering o on o.id = r.offering_id
      join offering_component oc on oc.offering_id = o.id
      left join lateral (select sum(used.usage) as usage from component_usage used
        where used.resource_id = r.id and used.component_id = oc.id ${month}) reported on true
      where r.state <> 'Terminated' and ${resources}
      group by oc.id, o.id order by o.name, o.id, oc.id) found`,
  )
  return found?.text ?? ''
}
