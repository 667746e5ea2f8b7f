// Mails about bookings: to the provider when one is asked for, to who asked when it was accepted or rejected, and the day before
// (booking.md §10). They leave after commit, with the booking as calendars take it.
import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import type { Permission } from '../core/public.ts'
import { type Db, run } from '../platform/db/database.ts'
import { sendMail } from '../platform/mail.ts'
import type { Context, Job } from '../platform/wiring.ts'
import { type CalendarEvent, calendarText } from './ical.ts'
import { zoneOf } from './openings.ts'

type Reason = 'requested' | 'accepted' | 'rejected' | 'expired' | 'moved'

const SUBJECTS: { readonly [R in Reason]: string } = {
  requested: 'A booking waits for your answer',
  accepted: 'Your booking was accepted',
  rejected: 'Your booking was rejected',
  expired: 'Your booking was rejected: its time has passed',
  moved: 'A booking was moved',
}

export type Told = {
  uuid: string
  name: string
  state: string
  offering_id: number
  offering_name: string
  provider_id: number
  provider_name: string
  project_name: string
  creator: string
  /** Empty where nothing is to be sent. */
  email: string
  attributes: { [key: string]: unknown }
  slots: { start: string; end: string; backend_id: string; sequence: number; modified: string }[]
}

/** What mails and calendars tell of a booking; undefined when it is gone. */
export async function toldOf(db: Db, resourceId: number): Promise<Told | undefined> {
  const [row] = await run(
    db,
    sql<Told>`select wire_uuid(r.uuid) as uuid, r.name, r.state, off.id as offering_id, off.name as offering_name, prv.id as provider_id, prv.name as provider_name,
        p.name as project_name, coalesce(u.full_name, '') as creator, off.attributes,
        case when u.is_active and u.notifications_enabled then u.email else '' end as email,
        (select coalesce(jsonb_agg(jsonb_build_object('start', wire_time(s.start), 'end', wire_time(s."end"), 'backend_id', s.backend_id,
          'sequence', s.sequence, 'modified', wire_time(s.modified)) order by s.start), '[]')
          from booking_slot s where s.resource_id = r.id) as slots
      from resource r join offering off on off.id = r.offering_id join customer prv on prv.id = off.customer_id
        join project p on p.id = r.project_id
        left join "order" o on o.id = (select min(first.id) from "order" first where first.resource_id = r.id and first.type = 'Create')
        left join "user" u on u.id = o.created_by_id
      where r.id = ${resourceId}`,
  )
  return row
}

/** Addresses of those who hold a permission on the offering or for its provider. */
async function providersOf(db: Db, { offering_id, provider_id }: Told, permission: Permission): Promise<string[]> {
  const rows = await run(
    db,
    sql<{
      email: string
    }>`select distinct u.email from live_grant g join role_permission rp on rp.role_id = g.role_id and rp.permission = ${permission}
        join "user" u on u.id = g.user_id left join service_provider sp on g.scope_type = 'service_provider' and sp.id = g.scope_id
      where u.is_active and u.notifications_enabled and u.email <> '' and ((g.scope_type = 'offering' and g.scope_id = ${offering_id})
        or (g.scope_type = 'customer' and g.scope_id = ${provider_id}) or sp.customer_id = ${provider_id}) order by u.email`,
  )
  return rows.map(({ email }) => email)
}

const local = (moment: string, zone: string): string => {
  const at = Temporal.Instant.from(moment).toZonedDateTimeISO(zone)
  return `${at.toPlainDate()} ${at.toPlainTime().toString({ smallestUnit: 'minute' })}`
}

/** A period in words, in the zone in which the offering is. */
export const periodText = ({ start, end }: { start: string; end: string }, zone: string): string =>
  `${local(start, zone)} to ${local(end, zone)} (${zone})`

const eventsOf = (told: Told, status: CalendarEvent['status']): CalendarEvent[] =>
  told.slots.map((slot) => ({ ...slot, status, summary: told.name || told.offering_name, location: told.offering_name }))

/** Tells those whom it concerns; each address gets one mail. */
const mail: Job<{ resource_id: number; reason: Reason; comment: string }> = {
  name: 'bookings.mail',
  run: async ({ db, config }, { resource_id, reason, comment }) => {
    const told = await toldOf(db, resource_id)
    if (!told || told.slots.length === 0) return
    const providers = reason === 'requested' || reason === 'moved' ? await providersOf(db, told, 'RESOURCE.ACCEPT_BOOKING_REQUEST') : []
    const recipients = new Set([...providers, ...(reason === 'requested' ? [] : [told.email].filter(Boolean))])
    const zone = zoneOf(told.attributes, config.TIME_ZONE)
    const text = [
      `${SUBJECTS[reason]}.`,
      '',
      `${told.name || 'A booking without a name'} (${told.offering_name})`,
      ...told.slots.map((slot) => periodText(slot, zone)),
      `Project ${told.project_name}, asked for by ${told.creator}`,
      ...(comment === '' ? [] : ['', comment]),
      '',
      `${config.PUBLIC_URL[0]}/`,
    ].join('\n')
    const gone = reason === 'rejected' || reason === 'expired'
    const status = gone ? 'CANCELLED' : told.state === 'OK' ? 'CONFIRMED' : 'TENTATIVE'
    const method = gone ? 'CANCEL' : 'REQUEST'
    const calendar = { method, text: calendarText(config, method, eventsOf(told, status)) }
    for (const to of recipients) await sendMail(config, { to, subject: `${SUBJECTS[reason]} at ${config.SITE_NAME}`, text, calendar })
  },
}

export const mailBooking = ({ tx, jobs }: Context, resource_id: number, reason: Reason, comment = ''): Promise<void> =>
  jobs.send(tx, mail, { resource_id, reason, comment })

export const NOTIFY_JOBS = [mail]
