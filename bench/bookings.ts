// Bookings at scale: ten offerings of 100,000 bookings each, made inside PostgreSQL; what creating one costs with eight callers, and
// what the busy view of a month and the search for free time cost, against `retrieve one order` of the same minutes.
import pg from 'pg'
import { type Command, type Commanded, changing } from './commands.ts'
import { latency, percentile, rate, type Target } from './load-generator.ts'

const CONNECTIONS = 8
const OFFERINGS = 10
const MINUTE = 60_000
const BEGIN = Date.parse('2027-01-01T00:00:00Z')
/** Of each hour and a half the first hour is booked: what lies behind it is free. */
const EVERY = 90 * MINUTE
const READ_MS = 2000
const CREATE_MS = 8000

/** Adds the bookings to a world; their offerings are the last ones. */
export async function loadBookings(url: string, bookings: number): Promise<void> {
  const db = new pg.Client({ connectionString: url })
  await db.connect()
  const each = Math.ceil(bookings / OFFERINGS)
  try {
    await db.query('set synchronous_commit = off; set session_replication_role = replica')
    const window = { start: '2026-01-01T00:00:00Z', end: '2090-01-01T00:00:00Z' }
    await db.query(
      `with sold as (insert into offering (customer_id, category_id, name, slug, type, state, attributes)
          select 1 + n % 5, 1 + n % 10, 'Room ' || n, 'room-' || n, 'Marketplace.Booking', 'Active', $1::jsonb from generate_series(1, ${OFFERINGS}) n returning id)
        insert into plan (offering_id, name, unit, unit_price) select id, 'Room', 'hour', 1 from sold`,
      [JSON.stringify({ schedules: [window] })],
    )
    await db.query(`create temporary table booked as
      select nextval(pg_get_serial_sequence('resource', 'id')) as id, room.id as offering_id, room.plan_id, i,
        timestamptz '2027-01-01T00:00:00Z' + i * interval '90 minutes' as start
      from (select offering.id, plan.id as plan_id from offering join plan on plan.offering_id = offering.id where offering.type = 'Marketplace.Booking') room
        cross join generate_series(0, ${each - 1}) i order by i, room.id`)
    await db.query(`insert into resource (id, project_id, offering_id, plan_id, name, slug, state, attributes, created)
      overriding system value select id, 1 + id % 1000, offering_id, plan_id, 'booking ' || id, 'booking-' || id,
        case when id % 10 = 0 then 'Creating' else 'OK' end,
        jsonb_build_object('name', 'booking ' || id, 'schedules', jsonb_build_array(jsonb_build_object(
          'start', wire_time(start), 'end', wire_time(start + interval '1 hour')))), now() - (i % 700) * interval '1 day' from booked`)
    await db.query(`insert into "order" (project_id, offering_id, resource_id, plan_id, type, state, slug, attributes, created_by_id, consumer_reviewed_by_id,
        consumer_reviewed_at, created)
      select r.project_id, r.offering_id, r.id, r.plan_id, 'Create', case when r.state = 'OK' then 'done' else 'executing' end, r.slug, r.attributes,
        1 + r.id % 100000, 1 + r.id % 100000, r.created, r.created from resource r join booked on booked.id = r.id`)
    await db.query(`insert into booking_slot (resource_id, offering_id, start, "end", held, placed)
      select id, offering_id, start, start + interval '1 hour', tstzrange(start, start + interval '1 hour'), true from booked`)
    await db.query('set session_replication_role = origin')
    await db.query('select recount(name) from kept_count')
    await db.query('vacuum analyze')
  } finally {
    await db.end()
  }
}

export type Seen = { name: string; ms: number; one: number }

/** What creating costs, and what looking for a time costs. */
export async function bookings(world: Commanded): Promise<{ made: Command; seen: Seen[] }> {
  const db = new pg.Client({ connectionString: world.url })
  await db.connect()
  const { rows } = await db.query<{ offering: string; plan: string; project: string; taken: number }>(
    `select offering.uuid as offering, plan.uuid as plan, (select uuid from project where id = 131) as project,
        (select count(*)::integer from booking_slot where offering_id = offering.id and "end" - start = interval '20 minutes') as taken
      from offering join plan on plan.offering_id = offering.id where offering.type = 'Marketplace.Booking' order by offering.id limit 1`,
  )
  await db.end()
  const [room] = rows
  if (!room) throw new Error('There are no bookings here')
  const target = (path: string): Target => ({ port: world.port, path, headers: { authorization: `Token ${world.token}` } })
  const one = `/api/marketplace-orders/${world.one}/`
  const read = () => rate(target(one), CONNECTIONS, READ_MS)
  // In the gaps between bookings; those of runs before are taken.
  const body = (i: number) => {
    const start = BEGIN + (room.taken + i) * EVERY + 65 * MINUTE
    const [from, to] = [start, start + 20 * MINUTE].map((moment) => new Date(moment).toISOString())
    return {
      offering: `/api/marketplace-public-offerings/${room.offering}/`,
      project: `/api/projects/${room.project}/`,
      plan: `/api/marketplace-public-offerings/${room.offering}/plans/${room.plan}/`,
      attributes: { name: `measured ${i}`, schedules: [{ start: from, end: to }] },
    }
  }
  const before = await read()
  const until = performance.now() + CREATE_MS
  const created = await changing(target, (i) => (performance.now() < until ? ['/api/marketplace-orders/', body(i)] : undefined))
  const after = await read()
  const made = {
    name: 'book',
    rate: created.perSecond,
    read: (before + after) / 2,
    p50: percentile(created.taken, 0.5),
    p99: percentile(created.taken, 0.99),
    least: 0.06,
  }

  const seen: Seen[] = []
  const month = 'start=2030-03-01T00:00:00Z&end=2030-04-01T00:00:00Z'
  for (const [name, path] of [
    ['the busy view of a month', `/api/marketplace-bookings/${room.offering}/?${month}`],
    [
      'free time in a month',
      `/api/marketplace-bookings/${room.offering}/free/?from=2030-03-01T00:00:00Z&to=2030-04-01T00:00:00Z&length=30`,
    ],
  ] as const) {
    seen.push({ name, ms: await latency(target(path), 30), one: await latency(target(one), 30) })
  }
  return { made, seen }
}
