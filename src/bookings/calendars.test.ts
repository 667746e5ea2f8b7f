// Bookings in calendars: downloads and feeds, read by a parser that is not ours (booking.md §11).
import ICAL from 'ical.js'
import { describe, expect, it } from 'vitest'
import { at, BOOKINGS, bookable, slot } from '../../tests/support/bookings.ts'
import { type Person, world } from '../../tests/support/world.ts'

const w = world()

/** What a calendar says, read as programs read it; throws for what is no iCalendar. */
function read(text: string) {
  for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
  expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
  const calendar = new ICAL.Component(ICAL.parse(text))
  expect([calendar.name, calendar.getFirstPropertyValue('version')]).toEqual(['vcalendar', '2.0'])
  return calendar.getAllSubcomponents('vevent').map((component: ICAL.Component) => {
    const event = new ICAL.Event(component)
    return {
      uid: event.uid,
      summary: event.summary,
      description: event.description,
      location: event.location,
      sequence: event.sequence,
      status: String(component.getFirstPropertyValue('status')),
      start: event.startDate.toJSDate().toISOString(),
      end: event.endDate.toJSDate().toISOString(),
    }
  })
}

const path = (url: string) => url.replace('http://testserver', '')

async function feedOf(person: Person, of: object = {}) {
  const made = await w.current.as(person).post('/api/booking-feeds/', of)
  expect(made.status).toBe(201)
  const get = async () => w.current.as().get(path(made.body.url))
  const { uuid, url }: { uuid: string; url: string } = made.body
  return { uuid, url, get, events: async () => read((await get()).text) }
}

const iso = (slots: { start: string; end: string }[]) =>
  slots.map(({ start, end }) => [new Date(start).toISOString(), new Date(end).toISOString()])

/** On the local clock of a zone, as a person there reads it. */
const clock = (moment: string, timeZone: string) =>
  new Intl.DateTimeFormat('en-GB', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(new Date(moment))

const openFor = (year: number) => [{ start: `${year}-01-01T00:00:00Z`, end: `${year + 1}-01-01T00:00:00Z` }]

describe('a feed', () => {
  it('has the bookings of its owner, with what is told of them, whatever they are called', async () => {
    const b = await bookable(w.current)
    const name = 'Mikroskoop; õhtu, \\ 顕微鏡 at the far end of the long corridor behind the library'
    const description = 'First line\nSecond; line'
    const { body } = await b.ask([slot('10:00', '12:00'), slot('13:00', '14:00')], b.customerOwner, { name, description })
    const feed = await feedOf(b.customerOwner)

    const answer = await feed.get()
    const events = read(answer.text)

    expect(answer.headers['content-type']).toContain('text/calendar')
    expect(events.map(({ start, end }) => [start, end]).sort()).toEqual(iso([slot('10:00', '12:00'), slot('13:00', '14:00')]))
    const [kept] = (await b.see(`${BOOKINGS}${body.marketplace_resource_uuid}/`)).slots
    expect(events.map(({ uid }) => uid)).toContain(`${kept.backend_id}@testserver`)
    expect(events[0]).toMatchObject({ summary: name, description, status: 'TENTATIVE', sequence: 0 })
  })

  it.each(['Europe/Tallinn', 'America/New_York', 'Australia/Lord_Howe'])(
    'tells the right clock across both changes in %s',
    async (zone) => {
      const b = await bookable(w.current, { windows: openFor(2028) })
      // The hours around each change of 2028, in all three.
      const days = ['2028-03-12', '2028-03-26', '2028-04-02', '2028-10-01', '2028-10-29', '2028-11-05']
      const slots = days.flatMap((day: string) =>
        [0, 6, 15, 21].map((hour) => {
          const start = `${day}T${String(hour).padStart(2, '0')}:30:00Z`
          return { start, end: start.replace(':30:', ':45:') }
        }),
      )
      await b.book(...slots)
      const feed = await feedOf(b.customerOwner)

      const told = (await feed.events()).map(({ start, end }) => [clock(start, zone), clock(end, zone)])

      expect(told.sort()).toEqual(slots.map(({ start, end }) => [clock(start, zone), clock(end, zone)]).sort())
    },
  )

  it('follows what becomes of a booking, and keeps what ended as canceled', async () => {
    const b = await bookable(w.current)
    const booked = await b.book(slot('10:00', '12:00'))
    const feed = await feedOf(b.customerOwner)
    const [before] = await feed.events()

    await b.act(b.providerOwner, booked, 'accept')
    const [accepted] = await feed.events()
    await b.terminate(booked)
    const [ended] = await feed.events()

    expect([before?.status, accepted?.status, ended?.status]).toEqual(['TENTATIVE', 'CONFIRMED', 'CANCELLED'])
    expect(ended?.uid).toBe(before?.uid)
    expect(ended?.sequence).toBeGreaterThan(before?.sequence ?? 0)
    await w.current.database.pool.query(`alter table resource disable trigger resource_touch; update resource set modified = now() - interval '31 days' where state = 'Terminated';
      alter table resource enable trigger resource_touch`)
    expect(await feed.events()).toEqual([])
  })

  it('is the same until something changes, and not sent again', async () => {
    const b = await bookable(w.current)
    await b.book(slot('10:00', '12:00'))
    const feed = await feedOf(b.customerOwner)
    const { etag } = (await feed.get()).headers

    const again = () => w.current.as().get(path(feed.url), { headers: { 'if-none-match': String(etag) } })
    expect((await again()).status).toBe(304)
    await b.book(slot('13:00', '14:00'))
    expect((await again()).status).toBe(200)
  })

  it('of an offering or of a booking shows what its owner sees, and nothing once they see it no more', async () => {
    const b = await bookable(w.current)
    const [one, other] = [await b.book(slot('10:00', '12:00')), await b.book(slot('13:00', '14:00'))]
    const ofOffering = await feedOf(b.providerOwner, { offering_uuid: b.offering.uuid })
    const ofBooking = await feedOf(b.projectMember, { resource_uuid: (await b.see(one)).uuid })
    expect([(await ofOffering.events()).length, (await ofBooking.events()).length]).toEqual([2, 1])
    expect(other).not.toBe(one)

    for (const person of [b.providerOwner, b.projectMember]) {
      await w.current.database.pool.query('update role_grant set is_active = false where user_id = $1', [person.id])
    }

    expect([(await ofOffering.events()).length, (await ofBooking.events()).length]).toEqual([0, 0])
  })

  it('is made of what one sees alone', async () => {
    const b = await bookable(w.current)
    const booked = await b.see(await b.book(slot('10:00', '12:00')))
    const make = (person: Person, of: object) => w.current.as(person).post('/api/booking-feeds/', of)

    expect(await make(b.outsider, { resource_uuid: booked.uuid })).toMatchObject({
      status: 400,
      body: { resource_uuid: ['Object does not exist.'] },
    })
    expect((await make(b.outsider, { offering_uuid: b.offering.uuid })).status).toBe(400)
    expect((await make(b.staff, { offering_uuid: b.offering.uuid, resource_uuid: booked.uuid })).status).toBe(400)
  })

  it('is listed without its address, and gone when it is taken back', async () => {
    const b = await bookable(w.current)
    const feed = await feedOf(b.customerOwner)
    const list = async (person: Person) => (await w.current.as(person).get('/api/booking-feeds/')).body
    expect(await list(b.customerOwner)).toEqual([{ uuid: feed.uuid, created: expect.any(String) }])
    expect(await list(b.outsider)).toEqual([])
    expect((await w.current.as(b.outsider).delete(`/api/booking-feeds/${feed.uuid}/`)).status).toBe(404)

    expect((await w.current.as(b.customerOwner).delete(`/api/booking-feeds/${feed.uuid}/`)).status).toBe(204)

    expect((await feed.get()).status).toBe(404)
    expect((await w.current.as().get('/api/booking-calendars/guessed/')).status).toBe(404)
  })

  it('of somebody who is no user any more is gone', async () => {
    const b = await bookable(w.current)
    const feed = await feedOf(b.customerOwner)
    await w.current.db.updateTable('user').set({ is_active: false }).where('id', '=', b.customerOwner.id).execute()

    expect((await feed.get()).status).toBe(404)
  })
})

describe('a calendar for those who are known', () => {
  const ical = (person: Person, at: string) => w.current.as(person).get(at)

  it('is had of one booking, and of those that a list finds', async () => {
    const b = await bookable(w.current)
    const [one, other] = [await b.book(slot('10:00', '12:00')), await b.book(slot('13:00', '14:00'))]
    await b.act(b.providerOwner, other, 'accept')

    expect(read((await ical(b.customerOwner, `${one}ical/`)).text).map(({ status }) => status)).toEqual(['TENTATIVE'])
    const found = read((await ical(b.providerOwner, `${BOOKINGS}ical/?state=OK`)).text)
    expect(found.map(({ start, status }) => [start, status])).toEqual([[new Date(at('13:00')).toISOString(), 'CONFIRMED']])
    expect((await ical(b.outsider, `${one}ical/`)).status).toBe(404)
    expect((await w.current.as().get(`${BOOKINGS}ical/`)).status).toBe(401)
  })

  it('of an offering says when it is busy, and nothing else', async () => {
    const b = await bookable(w.current)
    await b.book(slot('10:00', '12:00'))
    await w.current.insert('booking_busy', { offering_id: b.offering.id, source: 'provider', ...slot('14:00', '15:00') })

    const { text } = await ical(b.outsider, `/api/marketplace-bookings/${b.offering.uuid}/ical/`)

    read(text)
    const [busy] = new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vfreebusy')
    const periods = busy?.getAllProperties('freebusy').map((property: ICAL.Property) => {
      const { start, end } = property.getFirstValue() as unknown as { start: ICAL.Time; end: ICAL.Time }
      return [start.toJSDate().toISOString(), end.toJSDate().toISOString()]
    })
    expect(periods).toEqual(iso([slot('10:00', '12:00'), slot('14:00', '15:00')]))
    expect(text).not.toContain('Microscope')
  })
})
