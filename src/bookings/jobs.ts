// What happens to bookings by the clock: requests whose time has passed are rejected, and people are reminded (booking.md §7.4, §10).
import { sql } from 'kysely'
import { endOrder, holdOrder } from '../orders/public.ts'
import { run } from '../platform/db/database.ts'
import { forEach } from '../platform/jobs/for-each.ts'
import { stateIn } from '../platform/states/sql.ts'
import type { AnyJob, Job } from '../platform/wiring.ts'
import { OPEN_ORDER_STATES } from '../resources/public.ts'
import { followInCalendar } from './google/calendars.ts'
import { mailBooking, NOTIFY_JOBS } from './notify.ts'
import { REMINDER_JOBS } from './reminders.ts'

const PASSED = sql.raw(`o.type = 'Create' and ${stateIn('o.state', OPEN_ORDER_STATES)}
  and (select max(s.start) from booking_slot s where s.resource_id = o.resource_id) < now()`)

/** Nobody answered in time: the order is canceled, whatever review it waited for. */
export const rejectPassed: Job = {
  name: 'bookings.reject-passed',
  cron: '11 * * * *',
  run: (deps, _, attempt) => {
    const passed = (condition: ReturnType<typeof sql>) => sql<{ id: number }>`select o.id from "order" o
      join offering off on off.id = o.offering_id and off.type = 'Marketplace.Booking' where ${condition} and ${PASSED}`
    return forEach(deps, {
      job: rejectPassed.name,
      attempt,
      find: async (after, limit) =>
        (await run(deps.db, sql<{ id: number }>`${passed(sql`o.id > ${after}`)} order by o.id limit ${limit}::bigint`)).map(({ id }) => id),
      work: async (context, id) => {
        const order = await holdOrder(context.tx, id, context.config.TIME_ZONE)
        const [still] = await run(context.tx, passed(sql`o.id = ${id}`))
        if (!order || !still) return
        await endOrder(context, order, 'cancel', { termination_comment: 'Its time has passed, and nobody has accepted it.' })
        await followInCalendar(context, order.offering_id)
        await mailBooking(context, order.resource_id, 'expired')
      },
    })
  },
}

export const BOOKING_JOBS: readonly AnyJob[] = [rejectPassed, ...NOTIFY_JOBS, ...REMINDER_JOBS]
