// How much of an offering one person, or one project, may book in a week.
import { sql } from 'kysely'
import { run } from '../platform/db/database.ts'
import { refused } from '../platform/http/errors.ts'
import type { Context } from '../platform/wiring.ts'
import type { Rules } from './rules.ts'

type Booked = {
  offering: { offering_id: number }
  project: { project_id: number }
  resource: { id: number }
}

/** 400 when the booking that was just taken makes it more in a week of the zone; those who ask at the same moment are counted one after the other. */
export async function requireQuota(
  { tx, actor }: Context,
  { offering, project, resource }: Booked,
  rules: Rules,
  zone: string,
): Promise<void> {
  const { weekOfUser, weekOfProject } = rules
  if (weekOfUser === undefined && weekOfProject === undefined) return
  await run(tx, sql`select pg_advisory_xact_lock(hashtext('booking quota'), ${offering.offering_id}::integer)`)
  const most = async (whose: ReturnType<typeof sql>) => {
    const [row] = await run(
      tx,
      sql<{ hours: string }>`with own as (
          select distinct date_trunc('week', start at time zone ${zone}) as week from booking_slot where resource_id = ${resource.id} and blocking),
        bounds as (select min(start) - interval '8 days' as first, max(start) + interval '8 days' as last from booking_slot
          where resource_id = ${resource.id} and blocking)
        select coalesce(max(hours), 0)::text as hours from (
          select sum(extract(epoch from s."end" - s.start)) / 3600 as hours from bounds, booking_slot s join resource r on r.id = s.resource_id
          where s.offering_id = ${offering.offering_id} and s.blocking and s.start between bounds.first and bounds.last
            and date_trunc('week', s.start at time zone ${zone}) in (select week from own) and (s.resource_id = ${resource.id} or ${whose})
          group by date_trunc('week', s.start at time zone ${zone})) weeks`,
    )
    return Number(row?.hours ?? 0)
  }
  const limits = [
    [
      'user',
      weekOfUser,
      sql`exists (select from "order" o where o.resource_id = r.id and o.type = 'Create' and o.created_by_id = ${actor?.id ?? null})`,
    ],
    ['project', weekOfProject, sql`r.project_id = ${project.project_id}`],
  ] as const
  for (const [who, limit, whose] of limits) {
    if (limit === undefined || (await most(whose)) <= limit) continue
    throw refused(`Bookings of this offering are limited to ${limit} hours a week for each ${who}.`)
  }
}
