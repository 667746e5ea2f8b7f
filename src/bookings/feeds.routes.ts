// Bookings in the calendars that people use already: downloads for those who are known, and feeds under secret addresses that may be
// taken back (booking.md §11; docs/decisions/0077).
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type RawBuilder, sql } from 'kysely'
import { providerOfferings, publicOfferingsOf } from '../offerings/public.ts'
import { newToken, tokenDigest } from '../platform/auth/token.ts'
import { type Db, run } from '../platform/db/database.ts'
import { type Api, destroy, list, operation, route } from '../platform/http/api.ts'
import { type Collection, findSubject, listing, requireKey } from '../platform/http/collection.ts'
import { int, type RowOf } from '../platform/http/columns.ts'
import { conflict, invalid, notFound } from '../platform/http/errors.ts'
import type { Call } from '../platform/http/operation.ts'
import type { Query } from '../platform/http/query.ts'
import { actorOf, viewerOf } from '../platform/http/server.ts'
import { body, optional, type Parsed, uuid } from '../platform/http/shapes.ts'
import { namesTagWeakly, textTag } from '../platform/http/tags.ts'
import { absent, datetime, text, uuid as uuidField, type View } from '../platform/http/view.ts'
import { type BusyTime, type CalendarEvent, calendarText, freeBusyText } from './ical.ts'
import { bookings } from './list.ts'

const EVENTS_MAX = 5000
const FEEDS_MAX = 50

// Those who see a booking, by their row `u`: as `visibleBookings` says it of callers.
const SEEN = sql<boolean>`(u.is_staff or u.is_support or o.created_by_id = u.id or exists (select from live_grant g where g.user_id = u.id and (
  (g.scope_type = 'offering' and g.scope_id = r.offering_id) or (g.scope_type = 'customer' and g.scope_id = off.customer_id)
  or (g.scope_type = 'service_provider' and g.scope_id in (select sp.id from service_provider sp where sp.customer_id = off.customer_id))
  or (exists (select from role_permission rp where rp.role_id = g.role_id and rp.permission = 'RESOURCE.LIST') and (
    (g.scope_type = 'project' and g.scope_id = r.project_id and not r.restrict_member_access)
    or (g.scope_type = 'customer' and g.scope_id = p.customer_id))))))`

type Row = Omit<CalendarEvent, 'status'> & { state: string }

/** Events of the bookings for which a condition over r, o, off, p, u and s holds; what has ended is kept a while, so that calendars drop it. */
async function eventsOf(db: Db, base: string, condition: RawBuilder<unknown>, userId: number | null): Promise<CalendarEvent[]> {
  const rows = await run(
    db,
    sql<
      Row & { uuid: string }
    >`select s.backend_id, wire_time(s.start) as start, wire_time(s."end") as "end", s.sequence, r.state, wire_uuid(r.uuid) as uuid,
        wire_time(greatest(s.modified, r.modified)) as modified, coalesce(nullif(r.name, ''), off.name) as summary,
        coalesce(r.attributes ->> 'description', '') as description, off.name as location
      from booking_slot s join resource r on r.id = s.resource_id join offering off on off.id = r.offering_id
        join project p on p.id = r.project_id
        left join "order" o on o.id = (select min(first.id) from "order" first where first.resource_id = r.id and first.type = 'Create')
        left join "user" u on u.id = ${userId}::bigint
      where s.placed and (r.state <> 'Terminated' or r.modified > now() - interval '30 days') and ${condition}
      order by s.start desc, s.id limit ${EVENTS_MAX}::bigint`,
  )
  return rows.map(({ state, uuid: key, ...row }) => ({
    ...row,
    status: state === 'Terminated' ? 'CANCELLED' : state === 'Creating' ? 'TENTATIVE' : 'CONFIRMED',
    url: `${base}${bookings.path}${key}/`,
  }))
}

/** Sends a calendar, unless the reader has it already. */
function sendCalendar(request: FastifyRequest, reply: FastifyReply, text: string) {
  const tag = textTag(text)
  reply.headers({ ETag: tag, 'Cache-Control': 'private, no-cache' })
  const known = request.headers['if-none-match']
  if (known !== undefined && namesTagWeakly(known, tag)) return reply.code(304).send()
  return reply.type('text/calendar; charset=utf-8; method=PUBLISH').send(text)
}

const feedView: View = {
  name: 'BookingFeed',
  from: 'booking_feed f',
  alias: 'f',
  joins: {
    offering: 'left join offering on offering.id = f.offering_id',
    r: 'left join resource r on r.id = f.resource_id',
  },
  fields: {
    uuid: uuidField('f.uuid'),
    created: datetime('f.created'),
    offering_uuid: absent(uuidField('offering.uuid')),
    offering_name: absent(text('offering.name')),
    resource_uuid: absent(uuidField('r.uuid')),
    resource_name: absent(text('r.name')),
  },
}

const FEED = { id: int('f.id'), user_id: int('f.user_id') }

const feeds: Collection<RowOf<typeof FEED>> = {
  path: '/api/booking-feeds/',
  name: 'booking_feeds',
  model: 'BookingFeed',
  view: feedView,
  visible: (actor) => (actor ? { where: sql`f.user_id = ${actor.id}` } : 'none'),
  filters: {},
  orderings: { created: 'f.created' },
  defaultOrder: ['created'],
  subject: FEED,
}

export const feedBody = body('BookingFeedRequest', { offering_uuid: optional(uuid()), resource_uuid: optional(uuid()) })

const GONE = ['Object does not exist.']

async function makeFeed(call: Call<undefined, Parsed<typeof feedBody>>): Promise<{ uuid: string; url: string }> {
  const { tx, actor, viewer, input } = call
  const { offering_uuid, resource_uuid } = input
  if (offering_uuid !== undefined && resource_uuid !== undefined)
    throw invalid({ resource_uuid: ['A feed is of an offering or of a booking.'] })
  const offering = offering_uuid === undefined ? undefined : await findSubject(tx, providerOfferings, viewer, offering_uuid)
  if (offering_uuid !== undefined && offering?.type !== 'Marketplace.Booking') throw invalid({ offering_uuid: GONE })
  const booking = resource_uuid === undefined ? undefined : await findSubject(tx, bookings, viewer, resource_uuid)
  if (resource_uuid !== undefined && !booking) throw invalid({ resource_uuid: GONE })
  const secret = newToken()
  const [made] = await run(
    tx,
    sql<{ uuid: string }>`insert into booking_feed (user_id, digest, offering_id, resource_id)
      select ${actor.id}, ${tokenDigest(secret)}, ${offering?.id ?? null}::bigint, ${booking?.id ?? null}::bigint
      where (select count(*) from booking_feed where user_id = ${actor.id}) < ${FEEDS_MAX} returning wire_uuid(uuid) as uuid`,
  )
  if (!made) throw conflict(`A person has at most ${FEEDS_MAX} feeds.`)
  return { uuid: made.uuid, url: `${viewer.base}/api/booking-calendars/${secret}/` }
}

async function dropFeed({ tx, row }: Call<RowOf<typeof FEED>>): Promise<void> {
  await run(tx, sql`delete from booking_feed where id = ${row.id}`)
}

type Feed = { user_id: number; offering_id: number | null; resource_id: number | null }

const conditionOf = ({ user_id, offering_id, resource_id }: Feed) =>
  offering_id !== null
    ? sql`r.offering_id = ${offering_id} and ${SEEN}`
    : resource_id !== null
      ? sql`r.id = ${resource_id} and ${SEEN}`
      : sql`o.created_by_id = ${user_id}`

export function feedRoutes(api: Api): void {
  const { db, config } = api
  // What is no JSON has no shape to be described.
  const calendar = { status: 200, answersAnything: true }

  list(api, feeds, { summary: 'Calendars of bookings that programs read by a secret address; the addresses are not told again' })
  operation(
    api,
    { path: feeds.path, id: 'booking_feeds_create', tag: feeds.name },
    {
      summary: 'A secret address at which a calendar of bookings is read: of an offering, of a booking, or of all that one has booked',
      permission: 'anyone with a token',
      body: feedBody,
      status: 201,
      answer: {
        type: 'object',
        properties: { uuid: { type: 'string', format: 'uuid' }, url: { type: 'string', format: 'uri' } },
        required: ['uuid', 'url'],
      },
      run: makeFeed,
    },
  )
  destroy(api, feeds, { summary: 'Take the address of a calendar back', permission: 'anyone who sees it', run: dropFeed })

  route(
    api,
    'GET',
    {
      ...calendar,
      path: '/api/booking-calendars/{secret}/',
      id: 'booking_calendars_retrieve',
      tag: feeds.name,
      summary: 'A calendar of bookings, for whoever has its address',
      anonymous: true,
      who: 'whoever has the address',
    },
    async (request, reply) => {
      const { secret = '' } = request.params as { secret?: string }
      const [feed] = await run(
        db,
        sql<Feed>`select f.user_id, f.offering_id, f.resource_id from booking_feed f join "user" u on u.id = f.user_id and u.is_active
          where f.digest = ${tokenDigest(secret)}`,
      )
      if (!feed) throw notFound()
      const { base } = viewerOf(request)
      return sendCalendar(request, reply, calendarText(config, 'PUBLISH', await eventsOf(db, base, conditionOf(feed), feed.user_id)))
    },
  )
  route(
    api,
    'GET',
    {
      ...calendar,
      path: `${bookings.path}ical/`,
      id: 'booking_resources_ical',
      tag: bookings.name,
      summary: 'The bookings of the list as a calendar',
      who: 'anyone with a token',
    },
    async (request, reply) => {
      const viewer = { ...viewerOf(request), actor: actorOf(request) }
      const { statement } = await listing(db, bookings, viewer, { ...(request.query as Query), field: 'uuid' }).all()
      const found = await run(db, sql<{ row: string }>`select row from (${statement}) found limit ${EVENTS_MAX}::bigint`)
      const uuids = found.map(({ row }) => (JSON.parse(row) as { uuid: string }).uuid)
      const events = await eventsOf(db, viewer.base, sql`r.uuid = any(${uuids}::uuid[])`, null)
      return sendCalendar(request, reply, calendarText(config, 'PUBLISH', events))
    },
  )
  route(
    api,
    'GET',
    {
      ...calendar,
      path: `${bookings.path}{uuid}/ical/`,
      id: 'booking_resources_ical_retrieve',
      tag: bookings.name,
      summary: 'A booking as a calendar',
      who: 'anyone who sees it',
    },
    async (request, reply) => {
      const viewer = { ...viewerOf(request), actor: actorOf(request) }
      const row = await findSubject(db, bookings, viewer, requireKey(bookings, (request.params as { uuid?: string }).uuid))
      if (!row) throw notFound(bookings.model)
      return sendCalendar(request, reply, calendarText(config, 'PUBLISH', await eventsOf(db, viewer.base, sql`r.id = ${row.id}`, null)))
    },
  )
  const offerings: Collection<{ id: number }> = { ...publicOfferingsOf(config), subject: { id: int('offering.id') } }
  route(
    api,
    'GET',
    {
      ...calendar,
      path: '/api/marketplace-bookings/{uuid}/ical/',
      id: 'marketplace_bookings_ical_retrieve',
      tag: 'marketplace_bookings',
      summary: 'When an offering is busy, as calendars take it',
      who: 'anyone who sees the offering',
    },
    async (request, reply) => {
      const viewer = { ...viewerOf(request), actor: actorOf(request) }
      const key = requireKey(offerings, (request.params as { uuid?: string }).uuid)
      const row = await findSubject(db, offerings, viewer, key)
      if (!row) throw notFound(offerings.model)
      const busy = await run(
        db,
        sql<
          BusyTime & { stamped: string }
        >`select wire_time(start) as start, wire_time("end") as "end", wire_time(max(made) over ()) as stamped from (
            select start, "end", modified as made from booking_slot where offering_id = ${row.id} and blocking and "end" > now() - interval '30 days'
            union all select start, "end", created from booking_busy where offering_id = ${row.id} and "end" > now() - interval '30 days') taken
          order by start limit ${EVENTS_MAX}::bigint`,
      )
      return sendCalendar(request, reply, freeBusyText(config, key, busy[0]?.stamped ?? '1970-01-01T00:00:00Z', busy))
    },
  )
}
