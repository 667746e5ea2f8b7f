// One calendar and Google, made to agree: our bookings there, what else is there as busy time here (booking.md §8.4).
import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { type Db, run } from '../../platform/db/database.ts'
import { inTransaction, type JobDeps } from '../../platform/wiring.ts'
import { isZone } from '../recurrence.ts'
import type { Account, GoogleEvent } from './client.ts'

export type Calendar = {
  id: number
  offering_id: number
  offering_name: string
  backend_id: string | null
  public: boolean
  latitude: string | null
  longitude: string | null
}

/** What marks an event as one of ours. */
const MARK = 'tradepost_slot'
const DAYS_BACK = 365
const DAYS_AHEAD = 730

type Booked = { backend_id: string; start: string; end: string; name: string; creator: string; email: string }

const bookedSlots = (db: Db, { offering_id }: Calendar, from: string, to: string): Promise<Booked[]> =>
  run(
    db,
    sql<Booked>`select s.backend_id, wire_time(s.start) as start, wire_time(s."end") as "end", r.name, coalesce(u.full_name, '') as creator,
        coalesce(u.email, '') as email
      from booking_slot s join resource r on r.id = s.resource_id
        left join "order" o on o.id = (select min(first.id) from "order" first where first.resource_id = r.id and first.type = 'Create')
        left join "user" u on u.id = o.created_by_id
      where s.offering_id = ${offering_id} and s.blocking and s.placed and s."end" > ${from}::timestamptz and s.start < ${to}::timestamptz
      order by s.id`,
  )

const eventIdOf = ({ backend_id }: Booked) => backend_id.toLowerCase().replace(/[^a-z0-9]/g, '')

const eventOf = ({ offering_name, latitude, longitude }: Calendar, { backend_id, start, end, name, creator, email }: Booked) => ({
  summary: name || offering_name,
  status: 'confirmed',
  start: { dateTime: start, timeZone: 'GMT' },
  end: { dateTime: end, timeZone: 'GMT' },
  ...(latitude !== null && longitude !== null ? { location: `{${latitude}, ${longitude}}` } : {}),
  ...(email === '' ? {} : { attendees: [{ displayName: creator, email }] }),
  extendedProperties: { private: { [MARK]: backend_id } },
})

const momentOf = (text: string | undefined) => {
  try {
    return text === undefined ? undefined : Temporal.Instant.from(text).epochNanoseconds
  } catch {
    return undefined
  }
}

/** Whether the event at Google says what ours does. */
function agrees(there: GoogleEvent, ours: ReturnType<typeof eventOf>): boolean {
  const people = (list: { email?: string | undefined }[] | undefined) =>
    (list ?? [])
      .map(({ email }) => email ?? '')
      .sort()
      .join()
  return (
    momentOf(there.start?.dateTime) === momentOf(ours.start.dateTime) &&
    momentOf(there.end?.dateTime) === momentOf(ours.end.dateTime) &&
    (there.summary ?? '') === ours.summary &&
    (there.location ?? '') === (ours.location ?? '') &&
    people(there.attendees) === people(ours.attendees)
  )
}

/** The moments of an event of somebody else; undefined where it takes no time. Days are days of the calendar's zone. */
function busyTime({ status, transparency, start, end }: GoogleEvent, zone: string): { start: string; end: string } | undefined {
  if (status === 'cancelled' || transparency === 'transparent') return undefined
  try {
    if (start?.dateTime && end?.dateTime) {
      const [from, to] = [Temporal.Instant.from(start.dateTime), Temporal.Instant.from(end.dateTime)]
      return Temporal.Instant.compare(from, to) < 0 ? { start: from.toString(), end: to.toString() } : undefined
    }
    if (!start?.date || !end?.date) return undefined
    const midnight = (day: string) => Temporal.PlainDate.from(day).toZonedDateTime(zone).toInstant()
    const [from, to] = [midnight(start.date), midnight(end.date).subtract({ seconds: 1 })]
    return Temporal.Instant.compare(from, to) < 0 ? { start: from.toString(), end: to.toString() } : undefined
  } catch {
    return undefined
  }
}

/** The calendar at Google, made or made again where it is not there; what it is called and who may read it follow. */
export async function ensureCalendar(deps: JobDeps, account: Account, row: Calendar): Promise<{ id: string; timeZone: string }> {
  const found = row.backend_id === null ? undefined : await account.findCalendar(row.backend_id)
  if (found) {
    if (found.summary !== row.offering_name) await account.renameCalendar(found.id, row.offering_name)
    return found
  }
  const made = await account.createCalendar(row.offering_name)
  await run(deps.db, sql`update google_calendar set backend_id = ${made.id} where id = ${row.id}`)
  if (row.public) await account.share(made.id)
  return made
}

export async function syncCalendar(deps: JobDeps, account: Account, row: Calendar): Promise<void> {
  const { id, timeZone } = await ensureCalendar(deps, account, row)
  const now = Temporal.Now.instant()
  const [from, to] = [now.subtract({ hours: DAYS_BACK * 24 }).toString(), now.add({ hours: DAYS_AHEAD * 24 }).toString()]
  const events = await account.listEvents(id, from, to)
  const booked = new Map((await bookedSlots(deps.db, row, from, to)).map((slot) => [eventIdOf(slot), slot]))

  const theirs: GoogleEvent[] = []
  const there = new Map<string, GoogleEvent>()
  for (const event of events) {
    if (event.extendedProperties?.private?.[MARK] === undefined) theirs.push(event)
    else if (event.status !== 'cancelled') there.set(event.id, event)
  }
  for (const eventId of there.keys()) if (!booked.has(eventId)) await account.deleteEvent(id, eventId)
  for (const [eventId, slot] of booked) {
    const [ours, known] = [eventOf(row, slot), there.get(eventId)]
    if (!known) await account.createEvent(id, eventId, ours)
    else if (!agrees(known, ours)) await account.updateEvent(id, eventId, ours)
  }

  const zone = isZone(timeZone) ? timeZone : 'UTC'
  const busy = theirs.flatMap((event) => {
    const time = busyTime(event, zone)
    return time ? [{ ...time, id: event.id }] : []
  })
  await replaceBusy(deps, row, busy)
}

/** Events of others are the offering's busy time: those that are there now, and no others. */
const replaceBusy = (deps: JobDeps, { offering_id }: Calendar, busy: readonly { start: string; end: string; id: string }[]) =>
  inTransaction(deps, async ({ tx }) => {
    await run(tx, sql`delete from booking_busy where offering_id = ${offering_id} and source = 'calendar'`)
    await run(
      tx,
      sql`insert into booking_busy (offering_id, source, start, "end", backend_id)
        select ${offering_id}, 'calendar', start, "end", id from unnest(${busy.map(({ start }) => start)}::timestamptz[],
          ${busy.map(({ end }) => end)}::timestamptz[], ${busy.map(({ id }) => id)}::text[]) listed (start, "end", id)`,
    )
  })
