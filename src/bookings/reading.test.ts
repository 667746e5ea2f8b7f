// Who sees bookings, and how they are found (booking.md §5, §6, §15).
import { describe, expect, it } from 'vitest'
import { at, BOOKINGS, bookable, MONTH, slot } from '../../tests/support/bookings.ts'
import { type Person, urls, world } from '../../tests/support/world.ts'

const w = world()
const dashed = (hex: string) => hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')

/** Three bookings of a new offering: early and late in one hand, one in another organization; and how to list them. */
async function three() {
  const b = await bookable(w.current)
  const other = await bookable(w.current)
  const early = await b.book({ start: `${MONTH}01T12:00:00+03:00`, end: `${MONTH}01T13:00:00+03:00` })
  const late = await b.book({ start: `${MONTH}01T11:00:00+01:00`, end: `${MONTH}01T12:00:00+01:00` })
  const foreign = await other.book(slot('10:00', '12:00'))
  const list = (person: Person | undefined, query: object = {}) =>
    w.current.as(person).get(BOOKINGS, { query: { page_size: 300, ...query } as never })
  const found = async (person: Person, query: object = {}) =>
    (await list(person, query)).body
      .map(({ uuid }: { uuid: string }) => `${BOOKINGS}${uuid}/`)
      .filter((path: string) => [early, late, foreign].includes(path))
  return { ...b, other, early, late, foreign, list, found }
}

describe('bookings', () => {
  it('booking 29: are seen by staff and support, by their provider, by who asked for them and in their project', async () => {
    const t = await three()
    const { creation_order, uuid } = await t.see(t.early)
    expect(creation_order.created_by_username).toBe(t.customerOwner.username)

    expect((await t.found(t.staff)).length).toBe(3)
    expect((await t.found(t.support)).length).toBe(3)
    expect((await t.found(t.providerOwner)).length).toBe(2)
    expect((await t.found(t.providerManager)).length).toBe(2)
    expect((await t.found(t.customerOwner)).length).toBe(2)
    expect((await t.found(t.projectMember)).length).toBe(2)
    expect((await t.list(t.outsider)).body).toEqual([])
    expect((await w.current.as(t.outsider).get(`${BOOKINGS}${uuid}/`)).status).toBe(404)
    expect((await t.list(undefined)).status).toBe(401)
  })

  it('stay with who asked for them when they have left the project', async () => {
    const t = await three()
    const { body } = await t.ask([slot('15:00', '16:00')])
    await w.current.db
      .updateTable('role_grant')
      .set({ is_active: false } as never)
      .where('user_id', '=', t.projectManager.id)
      .execute()
    const again = { ...t.projectManager }

    const listed = await w.current.as(again).get(BOOKINGS)
    expect(listed.body.map(({ uuid }: { uuid: string }) => uuid)).toContain(body.marketplace_resource_uuid)
  })

  it('booking 30: are found by either organization', async () => {
    const t = await three()
    const by = (customer: { uuid: string }) => t.found(t.staff, { connected_customer_uuid: customer.uuid })

    expect((await by(t.consumer)).length).toBe(2)
    expect((await by(t.provider)).length).toBe(2)
    expect(await by(t.other.consumer)).toEqual([t.foreign])
    expect(await by(await w.current.customer())).toEqual([])
    expect(await t.list(t.staff, { connected_customer_uuid: 'x' })).toMatchObject({
      status: 400,
      body: { connected_customer_uuid: ['Enter a valid UUID.'] },
    })
  })

  it('booking 31: are found by several states', async () => {
    const t = await three()
    await t.act(t.providerOwner, t.early, 'accept')

    expect((await t.found(t.providerOwner, { state: ['Creating', 'OK'] })).length).toBe(2)
    expect(await t.found(t.providerOwner, { state: 'OK' })).toEqual([t.early])
    expect(await t.list(t.staff, { state: 'Foo' })).toMatchObject({
      status: 400,
      body: { state: ['Select a valid choice. Foo is not one of the available choices.'] },
    })
  })

  it('booking 32: are ordered by when they begin, whatever offsets were sent', async () => {
    const t = await three()

    expect(await t.found(t.providerOwner, { o: 'schedules' })).toEqual([t.early, t.late])
    expect(await t.found(t.providerOwner, { o: '-schedules' })).toEqual([t.late, t.early])
    expect((await t.found(t.staff, { o: '-schedules,name' })).length).toBe(3)
    expect((await t.list(t.staff, { o: 'type' })).status).toBe(200)
    expect(await t.list(t.staff, { o: '-foo' })).toMatchObject({
      status: 400,
      body: { o: ['Select a valid choice. -foo is not one of the available choices.'] },
    })
  })

  it('booking 33: show the fields that are asked for', async () => {
    const t = await three()

    expect(Object.keys((await w.current.as(t.staff).get(t.early, { query: { field: ['uuid', 'slots'] } })).body).sort()).toEqual([
      'slots',
      'uuid',
    ])
    expect(Object.keys((await w.current.as(t.staff).get(t.early, { query: { field: 'nonsense' } })).body).length).toBeGreaterThan(70)
  })

  it('booking 34: show their order alone, and in a list where it is named', async () => {
    const t = await three()

    const [row] = (await t.list(t.providerOwner)).body
    expect(row).not.toHaveProperty('creation_order')
    expect((await w.current.as(t.providerOwner).get(t.early)).body.creation_order.uuid).toMatch(/^[0-9a-f]{32}$/)
    expect((await t.list(t.providerOwner, { field: ['creation_order'] })).body[0].creation_order.type).toBe('Create')
  })

  it('booking 35, 36: name who asked, what for, and their own address', async () => {
    const b = await bookable(w.current)
    const { body } = await b.ask([slot('10:00', '12:00')], b.customerOwner, { description: 'Sample 12' })
    const path = `${BOOKINGS}${body.marketplace_resource_uuid}/`

    expect(await b.see(path)).toMatchObject({
      url: `http://testserver${path}`,
      created_by: urls.user(b.customerOwner),
      created_by_full_name: `Some ${b.customerOwner.username}`,
      consumer_reviewed_by: urls.user(b.customerOwner),
      description: 'Sample 12',
      resource_uuid: null,
      backend_id: '',
      available_actions: [],
      can_terminate: false,
    })
    expect(await b.see(await b.book(slot('13:00', '14:00')))).toMatchObject({ description: '' })
  })

  it('booking 37: are found by dashed uuids too, 38: and by several offerings', async () => {
    const t = await three()
    const { uuid } = await t.see(t.early)

    expect((await w.current.as(t.staff).get(`${BOOKINGS}${dashed(uuid)}/`)).body.uuid).toBe(uuid)
    expect((await t.found(t.staff, { offering_uuid: `${t.offering.uuid},${dashed(t.other.offering.uuid)}` })).length).toBe(3)
    expect((await t.list(t.staff, { offering_uuid: `${t.offering.uuid},x` })).status).toBe(400)
    expect((await t.found(t.staff, { offering: urls.providerOffering(t.offering) })).length).toBe(2)
    expect((await t.found(t.staff, { offering: urls.offering(t.offering) })).length).toBe(2)
    expect(await t.found(t.staff, { offering_type: 'Marketplace.Basic' })).toEqual([])
  })

  it('booking 39: are not written by their address', async () => {
    const t = await three()
    const as = w.current.as(t.staff)

    for (const answer of [await as.put(t.early, {}), await as.patch(t.early, {}), await as.delete(t.early), await as.post(BOOKINGS, {})]) {
      expect(answer.status).toBe(405)
    }
    expect((await as.get(`${t.early}accept/`)).status).toBe(405)
  })
})

describe('a booking offering', () => {
  it('booking 59: is shown without windows that are over, and with one that runs from now; what is stored stays', async () => {
    const [past, soon] = [new Date(Date.now() - 86_400_000).toISOString(), new Date(Date.now() + 86_400_000).toISOString()]
    const windows = [
      { start: '2021-01-01T08:00:00Z', end: '2021-01-01T18:00:00Z', id: 'over' },
      { start: past, end: soon, id: 'running', title: 'Kept' },
      { ...slot('08:00', '18:00'), id: 'coming' },
      { start: '2021-01-01T08:00:00Z', end: '2021-01-01T18:00:00Z', id: 'again', rrule: 'FREQ=DAILY' },
    ]
    const b = await bookable(w.current, { windows })

    for (const path of [urls.offering(b.offering), urls.providerOffering(b.offering)]) {
      const { schedules } = (await w.current.as(b.providerOwner).get(path.replace('http://testserver', ''))).body.attributes
      expect(schedules.map(({ id }: { id: string }) => id)).toEqual(['running', 'coming', 'again'])
      expect(schedules[0]).toMatchObject({ title: 'Kept', end: soon, start: expect.stringMatching(/T\d\d:\d\d:\d\d\.000Z$/) })
      expect(Math.abs(Date.parse(schedules[0].start) - Date.now())).toBeLessThan(60_000)
      expect(schedules[1].start).toBe(at('08:00'))
    }
    const stored = await w.current.db.selectFrom('offering').select('attributes').where('id', '=', b.offering.id).executeTakeFirstOrThrow()
    expect(stored.attributes).toEqual({ schedules: windows })
  })

  it('without windows shows none', async () => {
    const b = await bookable(w.current, { values: { attributes: '{"colour": "red"}' } })

    const { body } = await w.current.as(b.providerOwner).get(`/api/marketplace-public-offerings/${b.offering.uuid}/`)
    expect(body.attributes).toEqual({ colour: 'red', schedules: [] })
  })
})
