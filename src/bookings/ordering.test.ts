// What may be booked, and what is told of what may not (booking.md §3, §15).
import { describe, expect, it } from 'vitest'
import { at, BOOKINGS, bookable, MONTH, ORDERS, slot } from '../../tests/support/bookings.ts'
import { world } from '../../tests/support/world.ts'

const w = world()

const notOffered = (start: string, end: string) => [`Time period from ${start} to ${end} is not available for selected offering.`]
const isTaken = (start: string, end: string) => [`Time period from ${start} to ${end} is not available.`]
const isAsked = (start: string, end: string) => [`Time period from ${start} to ${end} is not available. Other booking request exists.`]
const noMatch = (value: string) => [`The value ${value} does not match the format.`]

const counts = async () => {
  const [orders, resources, slots] = await Promise.all(
    (['order', 'resource', 'booking_slot'] as const).map((table) =>
      w.current.db
        .selectFrom(table)
        .select(({ fn }) => fn.countAll().as('n'))
        .executeTakeFirstOrThrow(),
    ),
  )
  return [orders, resources, slots].map((row) => Number(row?.n))
}

describe('a booking', () => {
  it('booking 1: is asked for by an order that executes at once, with one slot', async () => {
    const b = await bookable(w.current)

    const { status, body } = await b.ask([{ ...slot('10:00', '12:00'), id: '17', extendedProps: { type: 'Schedule' } }], b.customerOwner)

    expect([status, body.state]).toEqual([201, 'executing'])
    const seen = await b.see(`${BOOKINGS}${body.marketplace_resource_uuid}/`)
    expect(seen).toMatchObject({ state: 'Creating', name: 'Microscope', offering_type: 'Marketplace.Booking' })
    expect(seen.slots).toEqual([{ ...slot('10:00', '12:00'), backend_id: expect.stringMatching(/^booking_[0-9a-f]{32}$/) }])
    expect(seen.attributes.schedules).toEqual([{ ...slot('10:00', '12:00'), id: '17', extendedProps: { type: 'Schedule' } }])
  })

  it.each([
    ['booking 2: without schedules', undefined, ['Schedules are required.']],
    ['booking 3: with none', [], ['Schedules are required.']],
    ['with null', null, ['Schedules are required.']],
    ['with what is no list', 'soon', ['Schedules are required.']],
    ['with a period that is no object', ['soon'], ["Key 'start' or 'end' does not exist in schedules item."]],
    ['booking 4: without a start', [{ end: at('12:00') }], ["Key 'start' or 'end' does not exist in schedules item."]],
    [
      'booking 5: with an end that is null',
      [{ start: at('10:00'), end: null }],
      ["Value 'start' or 'end' does not exist in schedules item."],
    ],
    ['with a start that is empty', [{ start: '', end: at('12:00') }], ["Value 'start' or 'end' does not exist in schedules item."]],
    ['booking 6: with a start without a zone', [{ start: `${MONTH}01T10:00:00`, end: at('12:00') }], noMatch(`${MONTH}01T10:00:00`)],
    ['booking 7: with a start that is no moment', [{ start: 'abc', end: at('12:00') }], noMatch('abc')],
    ['with a start that is a number', [{ start: 12, end: at('12:00') }], noMatch('12')],
    ['with an end that is a list', [{ start: at('10:00'), end: [at('12:00')] }], noMatch(`["${at('12:00')}"]`)],
    ['booking 8: with a start without seconds', [{ start: `${MONTH}01T10:00Z`, end: at('12:00') }], noMatch(`${MONTH}01T10:00Z`)],
    ['with a leap second', [{ start: `${MONTH}01T10:00:60Z`, end: at('12:00') }], noMatch(`${MONTH}01T10:00:60Z`)],
    ['with a day that there is not', [{ start: `${MONTH}31T10:00:00Z`, end: at('12:00') }], noMatch(`${MONTH}31T10:00:00Z`)],
    ['with an end without a zone', [{ start: at('10:00'), end: `${MONTH}01T12:00:00` }], noMatch(`${MONTH}01T12:00:00`)],
    ['booking 9: in the past', [{ start: '2021-12-31T10:00:00Z', end: at('12:00') }], ['Past slots are not available for selection.']],
    ['booking 10: past the window', [slot('17:00', '19:00')], notOffered(at('17:00'), at('19:00'))],
    ['before the window', [slot('07:00', '09:00')], notOffered(at('07:00'), at('09:00'))],
    ['booking 21: whose own periods overlap', [slot('10:00', '12:00'), slot('11:00', '13:00')], isTaken(at('11:00'), at('13:00'))],
    ['booking 22: that ends before it starts', [slot('12:00', '10:00')], notOffered(at('12:00'), at('10:00'))],
    ['that ends as it starts', [slot('12:00', '12:00')], notOffered(at('12:00'), at('12:00'))],
    [
      'of which the first fault is told',
      [slot('10:00', '12:00'), { start: at('13:00') }, { start: 'abc', end: 'x' }],
      ["Key 'start' or 'end' does not exist in schedules item."],
    ],
    [
      'whose window is asked for before overlaps',
      [slot('10:00', '12:00'), slot('11:00', '13:00'), slot('17:00', '19:00')],
      notOffered(at('17:00'), at('19:00')),
    ],
  ])('%s is refused, and nothing is kept', async (_, schedules, body) => {
    const b = await bookable(w.current)
    const before = await counts()

    expect(await b.ask(schedules)).toMatchObject({ status: 400, body })
    expect(await counts()).toEqual(before)
  })

  it('booking 11: of the whole window is had, its ends included', async () => {
    const b = await bookable(w.current)

    expect((await b.ask([slot('08:00', '18:00')])).status).toBe(201)
  })

  it('booking 12: across the seam of two windows is not', async () => {
    const b = await bookable(w.current, { windows: [slot('08:00', '12:00'), slot('12:00', '18:00')] })

    expect(await b.ask([slot('11:00', '13:00')])).toMatchObject({ status: 400, body: notOffered(at('11:00'), at('13:00')) })
    expect((await b.ask([slot('11:00', '12:00')])).status).toBe(201)
  })

  it('booking 13, 14: is refused for a request that waits in other words than for one that was placed', async () => {
    const b = await bookable(w.current)
    const wanted = [slot('10:00', '12:00')]
    const first = await b.ask(wanted, b.projectMember)
    expect([first.status, first.body.state]).toEqual([201, 'pending-consumer'])

    expect(await b.ask(wanted)).toMatchObject({ status: 400, body: isAsked(at('10:00'), at('12:00')) })

    await w.current.as(b.customerOwner).post(`${ORDERS}${first.body.uuid}/approve_by_consumer/`)
    expect(await b.ask(wanted)).toMatchObject({ status: 400, body: isTaken(at('10:00'), at('12:00')) })
  })

  it.each([
    ['booking 15: overlapping at its start', slot('11:00', '13:00'), 400],
    ['overlapping at its end', slot('09:00', '11:00'), 400],
    ['booking 16: surrounding it', slot('09:00', '13:00'), 400],
    ['within it', slot('10:30', '11:00'), 400],
    ['booking 17: touching its end', slot('12:00', '13:00'), 201],
    ['touching its start', slot('09:00', '10:00'), 201],
  ])('%s', async (_, wanted, status) => {
    const b = await bookable(w.current)
    await b.book(slot('10:00', '12:00'))

    const answer = await b.ask([wanted])

    expect(answer.status).toBe(status)
    if (status === 400) expect(answer.body).toEqual(isTaken(wanted.start, wanted.end))
  })

  it('booking 18: at the same time of another offering is had', async () => {
    const b = await bookable(w.current)
    const other = await w.current.offering(b.provider, {
      type: 'Marketplace.Booking',
      attributes: JSON.stringify({ schedules: [slot('08:00', '18:00')] }),
    })
    await b.book(slot('10:00', '12:00'))

    const answer = await b.order(
      b.customerOwner,
      { schedules: [slot('10:00', '12:00')] },
      { offering: other, plan: await w.current.plan(other) },
    )

    expect(answer.status).toBe(201)
  })

  it('booking 19: is had once another was rejected, 20: and once it was terminated', async () => {
    const b = await bookable(w.current)
    const wanted = slot('10:00', '12:00')

    const rejected = await b.book(wanted)
    await b.act(b.providerOwner, rejected, 'reject')
    const accepted = await b.book(wanted)
    await b.act(b.providerOwner, accepted, 'accept')
    expect((await b.ask([wanted])).status).toBe(400)
    expect((await b.terminate(accepted)).status).toBe(200)

    expect(await b.see(accepted)).toMatchObject({ state: 'Terminated' })
    expect((await b.ask([wanted])).status).toBe(201)
  })

  it('is had once a request was withdrawn or rejected before it was placed', async () => {
    const b = await bookable(w.current)
    const wanted = [slot('10:00', '12:00')]
    const waiting = await b.ask(wanted, b.projectMember)
    await w.current.as(b.customerOwner).post(`${ORDERS}${waiting.body.uuid}/reject_by_consumer/`)
    const deleted = await b.ask(wanted, b.projectMember)
    await w.current.as(b.customerOwner).delete(`${ORDERS}${deleted.body.uuid}/`)

    expect((await b.ask(wanted)).status).toBe(201)
  })

  it('booking 24: counts offsets, and is told as it was sent', async () => {
    const b = await bookable(w.current)
    await b.book({ start: `${MONTH}01T13:00:00+03:00`, end: `${MONTH}01T15:00:00+0300` })

    const [start, end] = [`${MONTH}01 06:00:00.123456789-04:00`, `${MONTH}01T11:00:00Z`]
    expect(await b.ask([{ start, end }])).toMatchObject({ status: 400, body: isTaken(start, end) })
    expect((await b.ask([slot('12:00', '13:00')])).status).toBe(201)
  })

  it('booking 25: does not lie in time that is kept busy', async () => {
    const b = await bookable(w.current)
    await w.current.insert('booking_busy', { offering_id: b.offering.id, source: 'calendar', ...slot('14:00', '15:00') })

    expect(await b.ask([slot('14:30', '14:45')])).toMatchObject({ status: 400, body: isTaken(at('14:30'), at('14:45')) })
  })

  it('booking 26: of an archived offering is refused before its time is looked at', async () => {
    const b = await bookable(w.current, { values: { state: 'Archived' } })

    expect(await b.ask('nonsense')).toMatchObject({ status: 400, body: { offering: ['Offering is not available.'] } })
  })

  it('booking 27: that waits for the consumer shows its slots once it was approved', async () => {
    const b = await bookable(w.current)
    const { body } = await b.ask([slot('10:00', '12:00')], b.projectMember)
    const path = `${BOOKINGS}${body.marketplace_resource_uuid}/`
    expect(await b.see(path)).toMatchObject({ slots: [], created_by_username: b.projectMember.username })
    expect(await b.see(path)).not.toHaveProperty('consumer_reviewed_by')

    await w.current.as(b.customerOwner).post(`${ORDERS}${body.uuid}/approve_by_consumer/`)

    expect(await b.see(path)).toMatchObject({ slots: [slot('10:00', '12:00')], consumer_reviewed_by_username: b.customerOwner.username })
  })

  it('booking 28: of three periods has three slots, in the order of time', async () => {
    const b = await bookable(w.current)

    const path = await b.book(slot('14:00', '15:00'), slot('08:00', '09:00'), slot('10:00', '11:00'))

    expect((await b.see(path)).slots).toMatchObject([slot('08:00', '09:00'), slot('10:00', '11:00'), slot('14:00', '15:00')])
  })

  it('moves with its order while that waits', async () => {
    const b = await bookable(w.current)
    const { body } = await b.ask([slot('10:00', '12:00')], b.projectMember)
    const change = (schedules: object[]) => w.current.as(b.customerOwner).patch(`${ORDERS}${body.uuid}/`, { attributes: { schedules } })
    await b.book(slot('14:00', '15:00'))

    expect(await change([slot('14:30', '16:00')])).toMatchObject({ status: 400, body: isTaken(at('14:30'), at('16:00')) })
    expect((await b.ask([slot('10:00', '11:00')])).status).toBe(400)

    expect((await change([slot('11:00', '13:00')])).status).toBe(200)
    expect((await b.ask([slot('10:00', '11:00')])).status).toBe(201)
    expect((await b.ask([slot('12:00', '13:00')])).status).toBe(400)
  })

  it('booking 60: across a change of clocks keeps its length, and is stored as moments', async () => {
    const b = await bookable(w.current, { windows: [{ start: '2027-03-01T00:00:00Z', end: '2027-04-30T00:00:00Z' }] })

    const path = await b.book({ start: '2027-03-28T01:30:00+02:00', end: '2027-03-28T04:30:00+03:00' })

    const [kept] = (await b.see(path)).slots
    expect(kept).toMatchObject({ start: '2027-03-27T23:30:00Z', end: '2027-03-28T01:30:00Z' })
  })

  it('has none of the verbs of orders that somebody else carries out', async () => {
    const b = await bookable(w.current)
    const { body } = await b.ask([slot('10:00', '12:00')], b.customerOwner)
    const told = `Method "The order's offering with Marketplace.Booking type does not support this action" not allowed.`

    for (const verb of ['cancel', 'set_state_done', 'set_state_erred']) {
      expect(await w.current.as(b.staff).post(`${ORDERS}${body.uuid}/${verb}/`, {}), verb).toMatchObject({
        status: 405,
        body: { detail: told },
      })
    }
    expect((await w.current.as(b.staff).get(`${ORDERS}${body.uuid}/`)).body.can_terminate).toBe(false)
  })

  it('that has ended is not restored', async () => {
    const b = await bookable(w.current, { options: { can_restore_resource: true } })
    const path = await b.book(slot('10:00', '12:00'))
    await b.act(b.providerOwner, path, 'accept')
    await b.terminate(path)

    const { uuid } = await b.see(path)
    expect((await w.current.as(b.staff).post(`/api/marketplace-resources/${uuid}/restore/`, {})).status).toBe(400)
  })
})
