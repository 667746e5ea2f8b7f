// Many who want the same time: one has it, and every other is told so (booking.md §13, §15).
import { describe, expect, it } from 'vitest'
import { at, bookable, slot } from '../../tests/support/bookings.ts'
import { randomFrom } from '../../tests/support/random.ts'
import { world } from '../../tests/support/world.ts'

const w = world()

/** Ten thousand with BOOKINGS=10000; a part of them with every run of the suite. */
const ATTEMPTS = Number(process.env.BOOKINGS ?? 200)
const CLIENTS = 16
const ROUNDS = 100
const MINUTE = 60_000
const BEGIN = Date.parse(at('00:00'))

type Held = { from: number; to: number; path: string; asked: number; ended: number }

/** What no two bookings of the offering may do. */
const overlaps = async (offering: number) =>
  (
    await w.current.database.pool.query(
      `select a.id from booking_slot a join booking_slot b on a.offering_id = b.offering_id and a.id < b.id and a.blocking and b.blocking
        and tstzrange(a.start, a."end") && tstzrange(b.start, b."end") where a.offering_id = $1`,
      [offering],
    )
  ).rows

describe('bookings at the same moment', () => {
  it(`booking 23: of two alike one is had, ${ROUNDS} times`, { timeout: 60_000 }, async () => {
    const b = await bookable(w.current, { windows: [{ start: at('00:00'), end: at('00:00', 28) }] })
    const wrong: unknown[] = []
    for (let round = 0; round < ROUNDS; round++) {
      const [start, end] = [round, round + 1].map((n) => new Date(BEGIN + n * 5 * MINUTE).toISOString().replace('.000', ''))
      const answers = await Promise.all([b.ask([{ start, end }]), b.ask([{ start, end }])])
      const refused = answers.find(({ status }) => status !== 201)
      const told = [`Time period from ${start} to ${end} is not available. Other booking request exists.`]
      if (answers.filter(({ status }) => status === 201).length !== 1 || refused?.status !== 400)
        wrong.push(answers.map(({ body }) => body))
      else expect(refused.body).toEqual(told)
    }

    expect(wrong).toEqual([])
  })

  it('of as many as there are places are had, and no more', async () => {
    const b = await bookable(w.current, { options: { booking_capacity: 3 } })

    const answers = await Promise.all(Array.from({ length: 8 }, () => b.ask([slot('10:00', '11:00')])))

    expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 201, 400, 400, 400, 400, 400])
  })

  it('of several periods at once stand in nobody’s way for long, and overlap with none', async () => {
    const b = await bookable(w.current)
    const forth = [slot('08:00', '10:00'), slot('12:00', '14:00'), slot('16:00', '18:00')]
    const back = [slot('17:00', '18:00'), slot('13:00', '15:00'), slot('09:00', '11:00')]

    for (let round = 0; round < 5; round++) {
      const answers = await Promise.all([b.ask(forth, b.staff), b.ask(back, b.staff), b.ask(forth, b.staff), b.ask(back, b.staff)])
      const had = answers.filter(({ status }) => status === 201)
      expect([had.length, answers.filter(({ status }) => status === 400).length]).toEqual([1, 3])
      for (const { body } of had) await b.act(b.staff, `/api/booking-resources/${body.marketplace_resource_uuid}/`, 'reject')
    }
  })

  it(`${ATTEMPTS} of ${CLIENTS} clients: none overlaps, none is lost, none is refused without a reason`, { timeout: 600_000 }, async () => {
    const b = await bookable(w.current, { windows: [{ start: at('00:00'), end: at('00:00', 28) }] })
    const random = randomFrom(23)
    const held: Held[] = []
    const refused: { from: number; to: number; asked: number; told: number }[] = []
    const strange: unknown[] = []
    let left = ATTEMPTS
    let clock = 0

    const ask = async () => {
      const from = BEGIN + Math.floor(random() * 26 * 24 * 4) * 15 * MINUTE
      const to = from + (1 + Math.floor(random() * 12)) * 15 * MINUTE
      const [start, end] = [from, to].map((moment) => new Date(moment).toISOString())
      const asked = clock++
      const { status, body } = await b.ask([{ start, end }], b.staff)
      const path = `/api/booking-resources/${body.marketplace_resource_uuid}/`
      if (status === 201) held.push({ from, to, path, asked, ended: Number.POSITIVE_INFINITY })
      else if (status === 400 && body[0] === `Time period from ${start} to ${end} is not available.`)
        refused.push({ from, to, asked, told: clock++ })
      else strange.push([status, body])
    }
    /** One of those that nobody has decided about is decided: what is rejected may be taken from then on. */
    const decide = async () => {
      const free = held.filter(({ ended }) => ended === Number.POSITIVE_INFINITY)
      const other = free[Math.floor(random() * free.length)]
      if (!other) return
      other.ended = Number.MAX_SAFE_INTEGER
      const verb = random() < 0.5 ? 'accept' : 'reject'
      const answer = await b.act(b.staff, other.path, verb)
      if (answer.status !== 200) strange.push([answer.status, answer.body])
      if (verb === 'reject') other.ended = clock++
    }
    const client = async () => {
      while (left-- > 0) {
        await ask()
        if (random() < 0.3) await decide()
      }
    }
    await Promise.all(Array.from({ length: CLIENTS }, client))

    expect(strange).toEqual([])
    expect(await overlaps(b.offering.id)).toEqual([])
    const kept = held.filter(({ ended }) => ended >= Number.MAX_SAFE_INTEGER)
    const { rows } = await w.current.database.pool.query(
      'select count(*)::int as n from booking_slot where offering_id = $1 and blocking',
      [b.offering.id],
    )
    expect(rows[0].n).toBe(kept.length)
    const meets = (a: { from: number; to: number }, c: { from: number; to: number }) => a.from < c.to && c.from < a.to
    const wronged = refused.filter((one) => !held.some((other) => meets(one, other) && other.asked < one.told && other.ended > one.asked))
    expect(wronged).toEqual([])
    expect(refused.length).toBeGreaterThan(ATTEMPTS / 20)
  })
})
