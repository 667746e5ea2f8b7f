// What of an offering's time is taken, for those who choose a time: the busy view, and the search for free time, both answered by the
// database (booking.md §9, §13).
import type { FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import { publicOfferingsOf } from '../offerings/public.ts'
import { type Actor, scopeIds } from '../platform/auth/actor.ts'
import { run } from '../platform/db/database.ts'
import { type Api, route } from '../platform/http/api.ts'
import { type Collection, findSubject, requireKey } from '../platform/http/collection.ts'
import { as, bool, int, str } from '../platform/http/columns.ts'
import { invalid, notFound } from '../platform/http/errors.ts'
import { BadValue, requireMoment } from '../platform/http/filters.ts'
import { type Query, valuesOf } from '../platform/http/query.ts'
import { actorOf, viewerOf } from '../platform/http/server.ts'
import { namesTagWeakly, textTag } from '../platform/http/tags.ts'
import type { JsonSchema } from '../platform/http/view.ts'
import { nowOf } from './driver.ts'
import { openingsIn, readWindows } from './openings.ts'
import { isoOf, LAST, readMoment } from './periods.ts'
import type { Span } from './recurrence.ts'
import { rulesOf } from './rules.ts'

const OFFERING = {
  id: int('offering.id'),
  type: str('offering.type'),
  is_booking: bool(`(offering.type = 'Marketplace.Booking')`),
  attributes: as<{ [key: string]: unknown }>('offering.attributes'),
  plugin_options: as<{ [key: string]: unknown }>('offering.plugin_options'),
}
type Offering = { id: number; is_booking: boolean; attributes: { [key: string]: unknown }; plugin_options: { [key: string]: unknown } }

const MOMENT = { type: 'string', format: 'date-time' }
const busySchema: JsonSchema = {
  type: 'array',
  items: {
    type: 'object',
    properties: { created_by_full_name: { type: ['string', 'null'] }, start: MOMENT, end: MOMENT },
    required: ['created_by_full_name', 'start', 'end'],
  },
}
const freeSchema: JsonSchema = {
  type: 'array',
  items: { type: 'object', properties: { start: MOMENT, end: MOMENT }, required: ['start', 'end'] },
}

/** What a query's moments say; 400 naming each that says nothing. */
function momentsIn(query: Query, names: readonly string[]): (string | undefined)[] {
  const errors: { [name: string]: string[] } = {}
  const moments = names.map((name) => {
    const value = valuesOf(query, name).at(-1)
    if (value === undefined || value === '') return undefined
    try {
      return requireMoment(value)
    } catch (error) {
      if (!(error instanceof BadValue)) throw error
      errors[name] = [error.message]
      return undefined
    }
  })
  if (Object.keys(errors).length > 0) throw invalid(errors)
  return moments
}

/**
 * SQL for the lines of the busy view. Names are shown to those who share an organization with who booked; requests that still wait
 * are nobody's.
 */
function linesOf(offering: Offering, actor: Actor, start: string | undefined, end: string | undefined) {
  const during = sql`tstzrange(${start ?? '-infinity'}::timestamptz, ${end ?? 'infinity'}::timestamptz)`
  const near = sql`select g.user_id from live_grant g where g.scope_type = 'customer' and g.scope_id = any(${scopeIds(actor, 'customer')}::bigint[])`
  return sql<{ n: number; text: string }>`select count(*) as n, coalesce('[' || string_agg(
      concat('{"created_by_full_name":', coalesce(to_json(name)::text, 'null'), ',"start":"', wire_time(start), '","end":"', wire_time("end"), '"}'),
      ',' order by kind, made, start) || ']', '[]') as text
    from (
      select 1 as kind, r.id as made, s.start, s."end",
        case when s.placed and (o.created_by_id = ${actor.id} or o.created_by_id in (${near})) then u.full_name end as name
      from booking_slot s join resource r on r.id = s.resource_id
        left join "order" o on o.id = (select min(first.id) from "order" first where first.resource_id = r.id and first.type = 'Create')
        left join "user" u on u.id = o.created_by_id
      where s.offering_id = ${offering.id} and s.blocking and s.held && ${during} and tstzrange(s.start, s."end") && ${during}
      union all
      select 2, b.id, b.start, b."end", case b.source when 'calendar' then 'google calendar' end from booking_busy b
      where b.offering_id = ${offering.id} and tstzrange(b.start, b."end") && ${during}) lines`
}

const DAY = 86_400_000_000_000n
const DAYS_MAX = 366n
const FREE_MAX = 1000

type Wanted = Span & { minutes: number }

/** A week from now for an hour, where nothing else is said. */
function wantedIn(query: Query): Wanted {
  const [start, end] = momentsIn(query, ['from', 'to']).map((moment) => readMoment(moment))
  const length = valuesOf(query, 'length').at(-1) ?? '60'
  const from = start ?? nowOf()
  const to = end ?? from + 7n * DAY
  if (to <= from || to - from > DAYS_MAX * DAY || to > LAST) throw invalid({ to: [`It must lie after from, by at most ${DAYS_MAX} days.`] })
  if (!/^\d{1,6}$/.test(length) || Number(length) < 1) throw invalid({ length: ['Enter a whole number of minutes.'] })
  return { from, to, minutes: Number(length) }
}

/** SQL for free time: what is left of each opening when all places are taken away that are. Openings that touch are not one. */
function freeIn({ id, attributes, plugin_options }: Offering, { from, to, minutes }: Wanted) {
  const { capacity, enforced, pause, lead } = rulesOf(plugin_options)
  const soonest = nowOf() + BigInt(lead) * 60_000_000_000n
  const during = { from: from > soonest ? from : soonest, to }
  const openings = during.to > during.from ? openingsIn(readWindows(attributes), during, enforced) : []
  const [starts, ends] = [openings.map((one) => isoOf(one.from)), openings.map((one) => isoOf(one.to))]
  return sql<{
    n: number
    text: string
  }>`with asked as (select tstzrange(${isoOf(during.from)}::timestamptz, greatest(${isoOf(during.to)}::timestamptz, ${isoOf(during.from)}::timestamptz)) as during),
    opening as (select tstzmultirange(tstzrange(start, "end") * during) as open, n from asked,
      unnest(${starts}::timestamptz[], ${ends}::timestamptz[]) with ordinality listed (start, "end", n)),
    busy as (select coalesce(range_agg(tstzrange(b.start, b."end")), '{}') as busy from booking_busy b, asked
      where b.offering_id = ${id} and tstzrange(b.start, b."end") && during),
    place as (select p.place, coalesce((select range_agg(tstzrange(s.start - make_interval(mins => ${pause}::integer), upper(s.held)))
        from booking_slot s, asked where s.offering_id = ${id} and s.place = p.place and s.blocking
          and s.held && tstzrange(lower(during), upper(during) + make_interval(mins => ${pause}::integer))), '{}') as taken
      from generate_series(1, ${capacity}::integer) p (place)),
    free as (select n, range_agg(part) as parts from (
      select n, unnest(open - busy - taken) as part from opening, busy, place) pieces where upper(part) > lower(part) group by n),
    long as (select distinct part from free, unnest(parts) part
      where upper(part) - lower(part) >= make_interval(mins => ${minutes}::integer) order by part limit ${FREE_MAX}::bigint)
    select count(*) as n, coalesce('[' || string_agg(concat('{"start":"', wire_time(lower(part)), '","end":"', wire_time(upper(part)), '"}'), ','
      order by part) || ']', '[]') as text from long`
}

export function busyRoutes(api: Api): void {
  // As the catalogue shows it to the caller, who is known here.
  const offerings: Collection<Offering> = { ...publicOfferingsOf(api.config), subject: OFFERING }
  const path = '/api/marketplace-bookings/{uuid}/'
  const facts = { tag: 'marketplace_bookings', who: 'anyone who sees the offering', status: 200 }

  const offeringOf = async (request: FastifyRequest): Promise<Offering> => {
    const key = requireKey(offerings, (request.params as { uuid?: string }).uuid)
    const found = await findSubject(api.db, offerings, viewerOf(request), key)
    if (!found) throw notFound(offerings.model)
    return found
  }

  route(
    api,
    'GET',
    {
      ...facts,
      path,
      id: 'marketplace_bookings_list',
      summary: 'When an offering is booked: all of it, or what lies between start and end',
      query: { start: { schema: MOMENT }, end: { schema: MOMENT } },
      answer: { schema: busySchema },
    },
    async (request, reply) => {
      const actor = actorOf(request)
      const [start, end] = momentsIn(request.query as Query, ['start', 'end'])
      if (start !== undefined && end !== undefined && end < start) throw invalid({ end: ['It must not lie before start.'] })
      const offering = await offeringOf(request)
      const [row] = offering.is_booking ? await run(api.db, linesOf(offering, actor, start, end)) : []
      const { n, text } = row ?? { n: 0, text: '[]' }
      const tag = textTag(text)
      reply.headers({ 'X-Result-Count': String(n), ETag: tag })
      const known = request.headers['if-none-match']
      return known !== undefined && namesTagWeakly(known, tag) ? reply.code(304).send() : reply.type('application/json').send(text)
    },
  )
  route(
    api,
    'GET',
    {
      ...facts,
      path: `${path}free/`,
      id: 'marketplace_bookings_free_list',
      summary: 'Free time of an offering between from and to, of at least length minutes',
      query: { from: { schema: MOMENT }, to: { schema: MOMENT }, length: { schema: { type: 'integer', minimum: 1 } } },
      answer: { schema: freeSchema },
    },
    async (request, reply) => {
      const wanted = wantedIn(request.query as Query)
      const offering = await offeringOf(request)
      const [row] = offering.is_booking ? await run(api.db, freeIn(offering, wanted)) : []
      const { n, text } = row ?? { n: 0, text: '[]' }
      return reply.header('X-Result-Count', String(n)).type('application/json').send(text)
    },
  )
}
