// The periods that bookings hold. What overlaps is refused by a constraint of the table (`booking_slot_overlap`), whoever else asks
// at the same moment: nothing is looked up first.
import { sql } from 'kysely'
import { run, type Tx } from '../platform/db/database.ts'
import { asked, isoOf, type Period, taken } from './periods.ts'

type Holder = { resource_id: number; offering_id: number }
type Room = { capacity: number; pause: number }

const startsOf = (periods: readonly Period[]) => sql`${periods.map(({ from }) => isoOf(from))}::timestamptz[]`
const endsOf = (periods: readonly Period[]) => sql`${periods.map(({ to }) => isoOf(to))}::timestamptz[]`

/** Takes what is free of the periods at one of the places that may be booked at once; gives those that are not. */
async function takeAt(
  tx: Tx,
  { resource_id, offering_id }: Holder,
  place: number,
  pause: number,
  periods: readonly Period[],
): Promise<Period[]> {
  // In the order of time, so that no two orders hold each other up.
  const left = await run(
    tx,
    sql<{ n: number }>`with wanted as (
        select p.start, p."end", p.n from unnest(${startsOf(periods)}, ${endsOf(periods)}) with ordinality p (start, "end", n)),
      made as (
        insert into booking_slot (resource_id, offering_id, place, start, "end", held)
        select ${resource_id}, ${offering_id}, ${place}, start, "end", tstzrange(start, "end" + make_interval(mins => ${pause}::integer))
        from wanted order by start
        on conflict on constraint booking_slot_overlap do nothing returning start)
      select n::integer as n from wanted where start not in (select start from made) order by n`,
  )
  return left.map(({ n }) => periods[n - 1] as Period)
}

/** Takes the periods for a resource; gives those that others have, or that are kept busy. */
export async function takeSlots(tx: Tx, holder: Holder, { capacity, pause }: Room, periods: readonly Period[]): Promise<Period[]> {
  const busy = await busyOf(tx, holder.offering_id, periods)
  let left = periods.filter((period) => !busy.includes(period))
  for (let place = 1; place <= capacity && left.length > 0; place++) left = await takeAt(tx, holder, place, pause, left)
  return periods.filter((period) => busy.includes(period) || left.includes(period))
}

async function busyOf(tx: Tx, offeringId: number, periods: readonly Period[]): Promise<Period[]> {
  const rows = await run(
    tx,
    sql<{ n: number }>`select p.n::integer as n from unnest(${startsOf(periods)}, ${endsOf(periods)}) with ordinality p (start, "end", n)
      where exists (select from booking_busy b where b.offering_id = ${offeringId}
        and tstzrange(b.start, b."end") && tstzrange(p.start, p."end")) order by p.n`,
  )
  return rows.map(({ n }) => periods[n - 1] as Period)
}

/** Why periods were not to be had: somebody's booking or a busy slot first, then an order that still waits (booking.md §3.1, 9 and 10). */
export async function refusalOf(tx: Tx, offeringId: number, refused: readonly Period[]) {
  const rows = await run(
    tx,
    sql<{ n: number }>`select p.n::integer as n from unnest(${startsOf(refused)}, ${endsOf(refused)}) with ordinality p (start, "end", n)
      where exists (select from booking_busy b where b.offering_id = ${offeringId} and tstzrange(b.start, b."end") && tstzrange(p.start, p."end"))
        or exists (select from booking_slot s where s.offering_id = ${offeringId} and s.blocking and s.placed
          and s.held && tstzrange(p.start, p."end")) order by p.n`,
  )
  const placed = rows[0] && refused[rows[0].n - 1]
  return placed ? taken(placed) : asked(refused[0] as Period)
}

type Name = { backend_id: string; sequence: number }

/** Lets go of what a resource held before it asked for other periods; says what those were called. */
export const dropSlots = (tx: Tx, resourceId: number): Promise<Name[]> =>
  run(
    tx,
    sql<Name>`with gone as (delete from booking_slot where resource_id = ${resourceId} returning start, backend_id, sequence)
      select backend_id, sequence from gone order by start`,
  )

/** What takes the place of a period is called as that was, so that calendars move it. */
export async function keepNames(tx: Tx, resourceId: number, before: readonly Name[]): Promise<void> {
  if (before.length === 0) return
  await run(
    tx,
    sql`update booking_slot s set backend_id = was.backend_id, sequence = was.sequence + 1
      from (select id, row_number() over (order by start) as n from booking_slot where resource_id = ${resourceId}) now
        join unnest(${before.map((one) => one.backend_id)}::text[], ${before.map((one) => one.sequence)}::integer[])
          with ordinality was (backend_id, sequence, n) using (n)
      where s.id = now.id`,
  )
}

/** The order is carried out: its periods are a booking, and shown. */
export const placeSlots = (tx: Tx, resourceId: number) =>
  run(tx, sql`update booking_slot set placed = true where resource_id = ${resourceId} and not placed`)

/** The booking is not to be, or is over: its periods are a record, and free for others. */
export const releaseSlots = (tx: Tx, resourceId: number) =>
  run(tx, sql`update booking_slot set blocking = false, sequence = sequence + 1 where resource_id = ${resourceId} and blocking`)

/** When the first of a resource's periods begins. */
export async function firstBegin(tx: Tx, resourceId: number): Promise<bigint | undefined> {
  const [row] = await run(
    tx,
    sql<{
      seconds: string | null
    }>`select extract(epoch from min(start))::text as seconds from booking_slot where resource_id = ${resourceId}`,
  )
  return row?.seconds == null ? undefined : BigInt(Math.round(Number(row.seconds) * 1e6)) * 1000n
}
