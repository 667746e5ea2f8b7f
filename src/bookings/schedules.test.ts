// Schedules and rules of offerings, in their own time zone, and what comes again (booking.md §12, §13).
import { describe, expect, it } from 'vitest'
import { at, bookable, slot } from '../../tests/support/bookings.ts'
import { world } from '../../tests/support/world.ts'

const w = world()
const notOffered = (start: string, end: string) => [`Time period from ${start} to ${end} is not available for selected offering.`]

/** A window of all 2028 with office hours in Tallinn, where clocks change on 26 March and 29 October. */
const office = (config: object = {}, more: object = {}) => ({
  start: '2028-01-01T00:00:00Z',
  end: '2029-01-01T00:00:00Z',
  extendedProps: {
    type: 'Availability',
    config: {
      timeZone: 'Europe/Tallinn',
      businessHours: { startTime: '09:00', endTime: '17:00', daysOfWeek: [1, 2, 3, 4, 5, 6, 0] },
      ...config,
    },
  },
  ...more,
})
const enforced = { booking_enforce_schedule: true }

describe('business hours', () => {
  it.each([
    ['before the change in spring', '2028-03-25T07:00:00Z', '2028-03-25T15:00:00Z', 201],
    ['after it, an hour earlier', '2028-03-27T06:00:00Z', '2028-03-27T14:00:00Z', 201],
    ['after it, past the end', '2028-03-27T06:00:00Z', '2028-03-27T15:00:00Z', 400],
    ['after it, before the begin', '2028-03-27T05:00:00Z', '2028-03-27T07:00:00Z', 400],
    ['after the change in autumn', '2028-10-30T07:00:00Z', '2028-10-30T15:00:00Z', 201],
  ])('are those of the offering’s zone: %s', async (_, start, end, status) => {
    const b = await bookable(w.current, { windows: [office()], options: enforced })

    const answer = await b.ask([{ start, end }])

    expect(answer.status).toBe(status)
    if (status === 400) expect(answer.body).toEqual(notOffered(start, end))
  })

  it('that begin at a time that there is not begin when clocks are set; that end at one that comes twice end with the second', async () => {
    const spring = await bookable(w.current, {
      windows: [office({ businessHours: { startTime: '03:30', endTime: '06:00', daysOfWeek: [0] } })],
      options: enforced,
    })
    // 03:00 to 04:00 is left out on that day: the hours begin at 01:00 UTC.
    expect((await spring.ask([{ start: '2028-03-26T01:00:00Z', end: '2028-03-26T03:00:00Z' }])).status).toBe(201)
    expect((await spring.ask([{ start: '2028-03-26T00:45:00Z', end: '2028-03-26T00:50:00Z' }])).status).toBe(400)

    const autumn = await bookable(w.current, {
      windows: [office({ businessHours: { startTime: '03:30', endTime: '03:45', daysOfWeek: [0] } })],
      options: enforced,
    })
    // From the first 03:30, in summer time, to the second 03:45, in winter time.
    expect((await autumn.ask([{ start: '2028-10-29T00:30:00Z', end: '2028-10-29T01:45:00Z' }])).status).toBe(201)
    expect((await autumn.ask([{ start: '2028-10-29T01:40:00Z', end: '2028-10-29T01:50:00Z' }])).status).toBe(400)
  })

  it('of whole days last from midnight to midnight, 23 hours or 25, and join each other', async () => {
    const b = await bookable(w.current, {
      windows: [office({ businessHours: { startTime: '00:00', endTime: '24:00', daysOfWeek: [0, 6] } })],
      options: enforced,
    })

    const day = { start: '2028-03-25T22:00:00Z', end: '2028-03-26T21:00:00Z' }
    expect((await b.ask([{ ...day, end: '2028-03-26T21:30:00Z' }])).status).toBe(400)
    expect((await b.ask([day])).status).toBe(201)
    // Saturday and Sunday.
    expect((await b.ask([{ start: '2028-04-01T10:00:00Z', end: '2028-04-02T10:00:00Z' }])).status).toBe(201)
  })

  it('are shown, and not kept to, where the offering does not say so', async () => {
    const b = await bookable(w.current, { windows: [office()] })

    expect((await b.ask([{ start: '2028-03-27T01:00:00Z', end: '2028-03-27T02:00:00Z' }])).status).toBe(201)
  })

  it('bound what is found free', async () => {
    const b = await bookable(w.current, { windows: [office()], options: enforced })
    await b.book({ start: '2028-03-27T08:00:00Z', end: '2028-03-27T09:00:00Z' })
    const query = { from: '2028-03-26T00:00:00Z', to: '2028-03-28T00:00:00Z', length: 60 }

    const { body } = await w.current.as(b.outsider).get(`/api/marketplace-bookings/${b.offering.uuid}/free/`, { query })

    expect(body).toEqual([
      { start: '2028-03-26T06:00:00Z', end: '2028-03-26T14:00:00Z' },
      { start: '2028-03-27T06:00:00Z', end: '2028-03-27T08:00:00Z' },
      { start: '2028-03-27T09:00:00Z', end: '2028-03-27T14:00:00Z' },
    ])
  })
})

describe('windows that come again', () => {
  it('do so at their local time, but for their exceptions', async () => {
    const tallinn = { extendedProps: { config: { timeZone: 'Europe/Tallinn' } } }
    const b = await bookable(w.current, {
      windows: [
        {
          start: '2028-03-20T09:00:00+02:00',
          end: '2028-03-20T12:00:00+02:00',
          rrule: 'FREQ=WEEKLY;BYDAY=MO,TU',
          exdates: ['2028-04-03T06:00:00Z'],
          ...tallinn,
        },
      ],
    })
    const status = async (start: string, end: string) => (await b.ask([{ start, end }])).status

    expect(await status('2028-03-21T07:00:00Z', '2028-03-21T10:00:00Z')).toBe(201)
    expect(await status('2028-03-27T06:00:00Z', '2028-03-27T09:00:00Z')).toBe(201)
    expect(await status('2028-03-28T09:00:00Z', '2028-03-28T10:00:00Z')).toBe(400)
    expect(await status('2028-03-29T06:00:00Z', '2028-03-29T09:00:00Z')).toBe(400)
    expect(await status('2028-04-03T06:00:00Z', '2028-04-03T09:00:00Z')).toBe(400)
  })
})

describe('periods that come again', () => {
  const weekly = (more: object = {}) => ({
    start: '2028-03-20T10:00:00+02:00',
    end: '2028-03-20T11:00:00+02:00',
    rrule: 'FREQ=WEEKLY;COUNT=3',
    timeZone: 'Europe/Tallinn',
    ...more,
  })
  const starts = ['2028-03-20T08:00:00Z', '2028-03-27T07:00:00Z', '2028-04-03T07:00:00Z']

  it('are booked one by one, at the same local time', async () => {
    const b = await bookable(w.current, { windows: [office()] })

    const { slots } = await b.see(await b.book(weekly()))

    expect(slots.map(({ start }: { start: string }) => start)).toEqual(starts)
  })

  it('are had all or none, or those that are free, as is asked', async () => {
    const b = await bookable(w.current, { windows: [office()] })
    await b.book({ start: '2028-03-27T07:30:00Z', end: '2028-03-27T09:00:00Z' })

    const none = await b.ask([weekly()], b.customerOwner)
    const some = await b.ask([weekly()], b.customerOwner, { on_conflict: 'skip' })
    const again = await b.ask([weekly()], b.customerOwner, { on_conflict: 'skip' })

    expect(none).toMatchObject({ status: 400, body: ['Time period from 2028-03-27T07:00:00Z to 2028-03-27T08:00:00Z is not available.'] })
    expect(some.status).toBe(201)
    const { slots } = await b.see(`/api/booking-resources/${some.body.marketplace_resource_uuid}/`)
    expect(slots.map(({ start }: { start: string }) => start)).toEqual([starts[0], starts[2]])
    expect(again.status).toBe(400)
  })

  it.each([
    ['more than a year of days', 'FREQ=DAILY;COUNT=400', 'An order takes at most 366 periods.'],
    ['without an end', 'FREQ=DAILY', 'An order takes at most 366 periods.'],
    ['each second', 'FREQ=SECONDLY;COUNT=3', 'The recurrence FREQ=SECONDLY;COUNT=3 does not match the format.'],
    ['several times a day', 'FREQ=DAILY;BYHOUR=1,2;COUNT=3', 'The recurrence FREQ=DAILY;BYHOUR=1,2;COUNT=3 does not match the format.'],
    [
      'never',
      'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=3',
      'The recurrence FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=3 does not match the format.',
    ],
    ['by nothing', 'every now and then', 'The recurrence every now and then does not match the format.'],
  ])('are refused: %s', async (_, rrule, told) => {
    const b = await bookable(w.current, { windows: [office()] })

    expect(await b.ask([weekly({ rrule })])).toMatchObject({ status: 400, body: [told] })
  })

  it('leave exceptions out', async () => {
    const b = await bookable(w.current, { windows: [office()] })

    const { slots } = await b.see(await b.book(weekly({ exdates: [starts[1]] })))

    expect(slots.map(({ start }: { start: string }) => start)).toEqual([starts[0], starts[2]])
  })
})

describe('an offering that has rules of its own', () => {
  const period = (start: string, end: string) => `Time period from ${at(start)} to ${at(end)}`

  it.each([
    ['is booked for a while at least', { booking_min_minutes: 60 }, ['10:00', '10:30'], 'is shorter than 60 minutes.'],
    ['is booked for a while at most', { booking_max_minutes: 60 }, ['10:00', '12:00'], 'is longer than 60 minutes.'],
    ['is booked ahead', { booking_lead_minutes: 527_040 }, ['10:00', '12:00'], 'begins in less than 527040 minutes.'],
    ['is booked not too far ahead', { booking_horizon_days: 1 }, ['10:00', '12:00'], 'is further ahead than 1 days.'],
  ] as const)('%s', async (_, options, [start, end], told) => {
    const b = await bookable(w.current, { options })

    expect(await b.ask([slot(start, end)])).toMatchObject({ status: 400, body: [`${period(start, end)} ${told}`] })
  })

  it('is booked by the slots of its window', async () => {
    const window = { ...slot('08:00', '18:00'), extendedProps: { config: { slotDuration: '00:30:00' } } }
    const b = await bookable(w.current, { windows: [window], options: enforced })

    expect((await b.ask([slot('10:15', '11:00')])).body).toEqual([
      `${period('10:15', '11:00')} does not fit the slots that begin at ${at('08:00')}.`,
    ])
    expect((await b.ask([slot('10:30', '11:30')])).status).toBe(201)
  })

  it('keeps a pause between bookings, on both sides', async () => {
    const b = await bookable(w.current, { options: { booking_pause_minutes: 15 } })
    await b.book(slot('10:00', '11:00'))

    for (const wanted of [slot('11:10', '12:00'), slot('09:00', '09:50')]) expect((await b.ask([wanted])).status).toBe(400)
    for (const wanted of [slot('11:15', '12:00'), slot('09:00', '09:45')]) expect((await b.ask([wanted])).status).toBe(201)
    const free = await w.current
      .as(b.outsider)
      .get(`/api/marketplace-bookings/${b.offering.uuid}/free/`, { query: { from: at('08:00'), to: at('18:00'), length: 1 } })
    expect(free.body).toEqual([slot('08:00', '08:45'), slot('12:15', '18:00')])
  })

  it('is booked so much a week by each, and by each project', async () => {
    const b = await bookable(w.current, {
      windows: [slot('00:00', '23:00'), { start: at('00:00', 8), end: at('23:00', 8) }],
      options: { booking_weekly_hours_per_user: 3, booking_weekly_hours_per_project: 5 },
    })
    const limited = (whose: string, n: number) => [`Bookings of this offering are limited to ${n} hours a week for each ${whose}.`]
    await b.book(slot('08:00', '10:00'))

    expect(await b.ask([slot('10:00', '12:00')], b.customerOwner)).toMatchObject({ status: 400, body: limited('user', 3) })
    expect((await b.ask([slot('10:00', '12:00', 8)], b.customerOwner)).status).toBe(201)
    expect((await b.ask([slot('10:00', '12:00')], b.projectManager)).status).toBe(201)
    expect(await b.ask([slot('12:00', '14:00')], b.projectAdmin)).toMatchObject({ status: 400, body: limited('project', 5) })
  })

  it('has as many places as it says', async () => {
    const b = await bookable(w.current, { options: { booking_capacity: 2 } })
    await b.book(slot('10:00', '12:00'))
    await b.book(slot('11:00', '13:00'))

    expect((await b.ask([slot('11:30', '11:45')])).status).toBe(400)
    expect((await b.ask([slot('12:00', '14:00')])).status).toBe(201)
    const free = await w.current
      .as(b.outsider)
      .get(`/api/marketplace-bookings/${b.offering.uuid}/free/`, { query: { from: at('08:00'), to: at('18:00'), length: 30 } })
    expect(free.body).toEqual([slot('08:00', '11:00'), slot('13:00', '18:00')])
  })

  it('says them by its options, which are read as such', async () => {
    const b = await bookable(w.current)
    const set = (plugin_options: object) =>
      w.current.as(b.staff).post(`/api/marketplace-provider-offerings/${b.offering.uuid}/update_integration/`, { plugin_options })

    expect((await set({ booking_capacity: 2, booking_auto_accept: true })).status).toBe(200)
    expect((await set({ booking_capacity: 0 })).status).toBe(400)
  })
})
