// Word of bookings that begin tomorrow, in the zone in which the offering is: one mail for each person and day (booking.md §10).
import { sql } from 'kysely'
import { run } from '../platform/db/database.ts'
import { forEach } from '../platform/jobs/for-each.ts'
import { sendMail } from '../platform/mail.ts'
import type { Job } from '../platform/wiring.ts'
import { periodText } from './notify.ts'
import { zoneOf } from './openings.ts'
import { dayAt, nextDayIn } from './recurrence.ts'

type Due = {
  id: number
  user_id: number
  start: string
  end: string
  name: string
  offering_name: string
  attributes: { [key: string]: unknown }
}

/** Accepted bookings whose first period begins within two days and was not told of; which of them begin tomorrow is a question to their zone. */
const due = (condition: ReturnType<typeof sql>) => sql<Due>`
  select s.id, u.id as user_id, wire_time(s.start) as start, wire_time(s."end") as "end", r.name, off.name as offering_name, off.attributes
  from booking_slot s join resource r on r.id = s.resource_id and r.state = 'OK' join offering off on off.id = r.offering_id
    join "order" o on o.id = (select min(first.id) from "order" first where first.resource_id = r.id and first.type = 'Create')
    join "user" u on u.id = o.created_by_id and u.is_active and u.notifications_enabled and u.email <> ''
  where s.blocking and s.placed and s.reminded_at is null and s.start > now() and s.start < now() + interval '60 hours'
    and not exists (select from booking_slot earlier where earlier.resource_id = s.resource_id and earlier.start < s.start) and ${condition}`

/** The day before, once for each booking. */
export const remind: Job = {
  name: 'bookings.remind',
  cron: '0 9 * * *',
  run: (deps, _, attempt) =>
    forEach(deps, {
      job: remind.name,
      attempt,
      find: async (after, limit) =>
        (
          await run(
            deps.db,
            sql<{
              id: number
            }>`select distinct user_id as id from (${due(sql`u.id > ${after}`)}) waiting order by id limit ${limit}::bigint`,
          )
        ).map(({ id }) => id),
      work: async ({ tx, jobs, config }, id) => {
        const rows = await run(tx, sql<Due>`${due(sql`u.id = ${id}`)} order by s.start, s.id for no key update of s`)
        const begins = rows.filter(({ start, attributes }) => {
          const zone = zoneOf(attributes, config.TIME_ZONE)
          return dayAt(start, zone) === nextDayIn(zone)
        })
        if (begins.length === 0) return
        await run(tx, sql`update booking_slot set reminded_at = now() where id = any(${begins.map((one) => one.id)}::bigint[])`)
        const lines = begins.map(
          (one) => `${one.name || 'A booking'} (${one.offering_name}): ${periodText(one, zoneOf(one.attributes, config.TIME_ZONE))}`,
        )
        await jobs.send(tx, mailReminder, { user_id: id, lines })
      },
    }),
}

const mailReminder: Job<{ user_id: number; lines: string[] }> = {
  name: 'bookings.mail-reminder',
  run: async ({ db, config }, { user_id, lines }) => {
    const [person] = await run(
      db,
      sql<{
        email: string
        full_name: string
      }>`select email, full_name from "user" where id = ${user_id} and is_active and notifications_enabled and email <> ''`,
    )
    if (!person) return
    const text = [`Hello ${person.full_name},`, '', 'this begins tomorrow:', '', ...lines, '', `${config.PUBLIC_URL[0]}/`].join('\n')
    await sendMail(config, { to: person.email, subject: 'Reminder about upcoming booking.', text })
  },
}

export const REMINDER_JOBS = [remind, mailReminder]
