// What becomes of requests: accepted, rejected, passed (booking.md §7, §15).
import { describe, expect, it } from 'vitest'
import { at, BOOKINGS, type Bookable, bookable, ORDERS, slot } from '../../tests/support/bookings.ts'
import { world } from '../../tests/support/world.ts'
import { rejectPassed } from './jobs.ts'

const w = world()

const eventsOf = async (b: Bookable, path: string): Promise<string[]> => {
  const { uuid } = await b.see(path)
  const { rows } = await w.current.database.pool.query(
    `select event_type || ': ' || message as told from event where replace(context ->> 'resource_uuid', '-', '') = $1`,
    [uuid],
  )
  return rows.map(({ told }) => told)
}

const WRONG_STATE = { status: 409, body: { detail: 'Valid states for operation: Creating.' } }
const FORBIDDEN = { status: 403, body: { detail: 'You do not have permission to perform this action.' } }

describe('a request', () => {
  it('booking 40: accepted is a resource in order, whose order is done and whose plan runs', async () => {
    const b = await bookable(w.current)
    const path = await b.book(slot('10:00', '12:00'))

    const answer = await b.act(b.providerOwner, path, 'accept')

    expect([answer.status, answer.text]).toEqual([200, ''])
    const seen = await b.see(path)
    expect(seen).toMatchObject({ state: 'OK', slots: [slot('10:00', '12:00')], can_terminate: true, order_in_progress: null })
    expect(seen.creation_order).toMatchObject({ state: 'done', provider_reviewed_by: null, completed_at: expect.any(String) })
    const periods = await w.current.as(b.staff).get(`/api/marketplace-resources/${seen.uuid}/plan_periods/`)
    expect(periods.body).toMatchObject([{ plan_uuid: b.plan.uuid, end: null }])
    expect(await eventsOf(b, path)).toEqual(
      expect.arrayContaining([
        'marketplace_resource_create_succeeded: Resource Microscope has been created.',
        'marketplace_order_completed: Marketplace order has been completed.',
      ]),
    )
  })

  it('booking 41: is not accepted by who asked for it without the right, 42: nor by a stranger, who does not see it', async () => {
    const b = await bookable(w.current)
    const { body } = await b.ask([slot('10:00', '12:00')])
    const path = `${BOOKINGS}${body.marketplace_resource_uuid}/`

    expect(await b.act(b.projectManager, path, 'accept')).toMatchObject(FORBIDDEN)
    expect((await b.act(b.outsider, path, 'accept')).status).toBe(404)
    expect((await b.act(b.outsider, path, 'reject')).status).toBe(404)
    expect((await w.current.as().post(`${path}accept/`)).status).toBe(401)
    expect(await b.see(path)).toMatchObject({ state: 'Creating' })
  })

  it('booking 43: is accepted once, and not rejected after that', async () => {
    const b = await bookable(w.current)
    const path = await b.book(slot('10:00', '12:00'))
    await b.act(b.providerOwner, path, 'accept')

    expect(await b.act(b.providerOwner, path, 'accept')).toMatchObject(WRONG_STATE)
    expect(await b.act(b.providerOwner, path, 'reject')).toMatchObject(WRONG_STATE)
  })

  it('booking 44: is taken back by who asked for it', async () => {
    const b = await bookable(w.current)
    const path = await b.request(b.projectManager, slot('10:00', '12:00'))

    const answer = await b.act(b.projectManager, path, 'reject')

    expect([answer.status, answer.text]).toEqual([200, ''])
    const seen = await b.see(path)
    expect(seen).toMatchObject({ state: 'Terminated', slots: [slot('10:00', '12:00')] })
    expect(seen.creation_order).toMatchObject({ state: 'canceled' })
    expect(await eventsOf(b, path)).toEqual(
      expect.arrayContaining([
        'marketplace_resource_create_canceled: Resource Microscope creation has been canceled.',
        'marketplace_order_terminated: Marketplace order has been terminated.',
      ]),
    )
  })

  it('booking 45: is rejected by the provider, with a reason', async () => {
    const b = await bookable(w.current)
    const path = await b.book(slot('10:00', '12:00'))

    expect((await b.act(b.providerOwner, path, 'reject', { comment: 'It is broken.' })).status).toBe(200)

    expect(await b.orderOf(path)).toMatchObject({ state: 'canceled', provider_rejection_comment: 'It is broken.' })
  })

  it('booking 46: can be neither accepted nor rejected while its order waits for the consumer', async () => {
    const b = await bookable(w.current)
    const { body } = await b.ask([slot('10:00', '12:00')], b.projectMember)
    const path = `${BOOKINGS}${body.marketplace_resource_uuid}/`
    const unable = { status: 400, body: ['Unable to complete action because related order is not found.'] }

    expect(await b.act(b.providerOwner, path, 'accept')).toMatchObject(unable)
    expect(await b.act(b.providerOwner, path, 'reject')).toMatchObject(unable)
    expect(await b.act(b.projectMember, path, 'reject')).toMatchObject(unable)
  })

  it('booking 47: is seen and accepted by the offering’s manager', async () => {
    const b = await bookable(w.current)
    await w.current.grant(b.offeringManager, 'OFFERING.MANAGER', b.offering)
    const path = await b.book(slot('10:00', '12:00'))

    expect((await w.current.as(b.offeringManager).get(path)).status).toBe(200)
    expect((await b.act(b.offeringManager, path, 'accept')).status).toBe(200)
  })

  it('booking 48: that is accepted and rejected at once ends in one way, and the other is told', async () => {
    const b = await bookable(w.current)
    for (let round = 0; round < 5; round++) {
      const path = await b.book(slot('10:00', '12:00'))

      const answers = await Promise.all([
        b.act(b.providerOwner, path, 'accept'),
        b.act(b.staff, path, 'reject'),
        b.act(b.staff, path, 'accept'),
      ])

      const statuses = answers.map(({ status }) => status)
      expect([...statuses].sort()).toEqual([200, 409, 409])
      const accepted = statuses[1] !== 200
      const seen = await b.see(path)
      expect([seen.state, seen.creation_order.state]).toEqual(accepted ? ['OK', 'done'] : ['Terminated', 'canceled'])
      if (accepted) await b.terminate(path)
    }
  })

  it('is accepted at once where its offering says so', async () => {
    const b = await bookable(w.current, { options: { booking_auto_accept: true } })

    const path = await b.book(slot('10:00', '12:00'))

    expect(await b.see(path)).toMatchObject({ state: 'OK', creation_order: { state: 'done' } })
  })

  it('is taken back in time, where its offering asks that; the provider rejects when it must', async () => {
    const b = await bookable(w.current, { options: { booking_withdrawal_minutes: 527_040 } })
    const path = await b.request(b.projectManager, slot('10:00', '12:00'))

    const told = ['Bookings of this offering can be given up until 527040 minutes before they begin.']
    expect(await b.act(b.projectManager, path, 'reject')).toMatchObject({ status: 400, body: told })
    expect((await b.act(b.providerOwner, path, 'reject')).status).toBe(200)
  })
})

describe('requests whose time has passed', () => {
  /** Makes it as if the periods had been asked for some days ago. */
  const agedBy = async (path: string, days: number) => {
    const { uuid } = (await w.current.as(await w.current.user({ is_staff: true })).get(path)).body
    const rows = await w.current.db.selectFrom('resource').select('id').where('uuid', '=', uuid).execute()
    const slots = await w.current.db
      .selectFrom('booking_slot')
      .select(['id', 'start', 'end'])
      .where('resource_id', '=', rows[0]?.id as number)
      .execute()
    for (const { id, start, end } of slots) {
      const [from, to] = [start, end].map((moment) =>
        new Date(new Date(moment as unknown as string).getTime() - days * 86_400_000).toISOString(),
      )
      await w.current.db
        .updateTable('booking_slot')
        .set({ start: from, end: to, held: `[${from},${to})` } as never)
        .where('id', '=', id)
        .execute()
    }
  }

  it('booking 49: are rejected, whatever they wait for; one with a start to come stays, and one that cannot be ended stops no other', async () => {
    const b = await bookable(w.current, { windows: [slot('08:00', '18:00'), slot('08:00', '18:00', 20)] })
    const broken = await b.book(slot('08:00', '09:00'))
    const passed = await b.book(slot('10:00', '11:00'), slot('09:00', '10:00'))
    const waiting = `${BOOKINGS}${(await b.ask([slot('12:00', '13:00')], b.projectMember)).body.marketplace_resource_uuid}/`
    const partly = await b.book(slot('13:00', '14:00'), slot('13:00', '14:00', 20))
    const daysAhead = Math.ceil((Date.parse(at('18:00')) - Date.now()) / 86_400_000)
    for (const path of [broken, passed, waiting, partly]) await agedBy(path, daysAhead + 1)
    const { uuid } = await b.orderOf(broken)
    await w.current.database.pool.query(`create function refuse() returns trigger language plpgsql as $$ begin raise 'not this one'; end $$;
      create trigger refuse before update on "order" for each row when (old.uuid = '${uuid}') execute function refuse()`)

    await w.current.runJob(rejectPassed, {})

    expect(await b.see(passed)).toMatchObject({ state: 'Terminated', creation_order: { state: 'canceled' } })
    expect(await b.orderOf(passed)).toMatchObject({ termination_comment: 'Its time has passed, and nobody has accepted it.' })
    expect(await b.see(waiting)).toMatchObject({ state: 'Terminated', creation_order: { state: 'canceled' } })
    expect(await b.see(partly)).toMatchObject({ state: 'Creating', creation_order: { state: 'executing' } })
  })
})

describe('the time of a booking', () => {
  it('booking 50: is busy while it is asked for and accepted, and not after it has ended', async () => {
    const b = await bookable(w.current)
    const busy = async () =>
      (await w.current.as(b.outsider).get(`/api/marketplace-bookings/${b.offering.uuid}/`)).body.map(
        ({ start }: { start: string }) => start,
      )
    const path = await b.book(slot('10:00', '12:00'))
    expect(await busy()).toEqual([at('10:00')])

    await b.act(b.providerOwner, path, 'accept')
    expect(await busy()).toEqual([at('10:00')])

    await b.terminate(path)
    expect(await busy()).toEqual([])
  })

  it('booking 57: is shown with the name of who booked to those of the same organization, and to nobody else', async () => {
    const b = await bookable(w.current)
    await b.book(slot('10:00', '12:00'))
    await w.current.insert('booking_busy', { offering_id: b.offering.id, source: 'calendar', ...slot('14:00', '15:00') })
    await b.ask([slot('15:00', '16:00')], b.projectMember)
    const colleague = await w.current.user()
    await w.current.grant(colleague, 'CUSTOMER.SUPPORT', b.consumer)
    const path = `/api/marketplace-bookings/${b.offering.uuid}/`
    const namesFor = async (person: typeof colleague) =>
      (await w.current.as(person).get(path)).body.map((line: { created_by_full_name: string | null }) => line.created_by_full_name)

    const { status, headers, body } = await w.current.as(colleague).get(path)
    expect([status, headers['x-result-count']]).toEqual([200, '3'])
    expect(body[1]).toEqual({ created_by_full_name: null, ...slot('15:00', '16:00') })
    expect(await namesFor(colleague)).toEqual([`Some ${b.customerOwner.username}`, null, 'google calendar'])
    expect(await namesFor(b.providerOwner)).toEqual([null, null, 'google calendar'])
    expect((await w.current.as().get(path)).status).toBe(401)
  })

  it('is shown for a part of it, and not again to who has it', async () => {
    const b = await bookable(w.current)
    await b.book(slot('10:00', '12:00'))
    const path = `/api/marketplace-bookings/${b.offering.uuid}/`
    const shown = async (start: string, end: string) =>
      (await w.current.as(b.outsider).get(path, { query: { start: at(start), end: at(end) } })).body.length

    expect([await shown('08:00', '10:00'), await shown('11:00', '11:30'), await shown('12:00', '13:00')]).toEqual([0, 1, 0])
    const { etag } = (await w.current.as(b.outsider).get(path)).headers
    expect((await w.current.as(b.outsider).get(path, { headers: { 'if-none-match': String(etag) } })).status).toBe(304)
    expect(await w.current.as(b.outsider).get(path, { query: { start: 'soon' } })).toMatchObject({
      status: 400,
      body: { start: ['Enter a valid date/time.'] },
    })
  })

  it('is none of an offering that is not for booking, or not to be seen', async () => {
    const b = await bookable(w.current)
    const basic = await w.current.offering(b.provider)
    const draft = await w.current.offering(b.provider, { type: 'Marketplace.Booking', state: 'Draft' })
    const get = (uuid: string) => w.current.as(b.outsider).get(`/api/marketplace-bookings/${uuid}/`)

    expect(await get(basic.uuid)).toMatchObject({ status: 200, body: [] })
    expect((await get(draft.uuid)).status).toBe(404)
    const dashed = b.offering.uuid.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
    expect((await get(dashed)).status).toBe(200)
  })

  it('that is free is found by its length: between bookings, within windows, at any of the places', async () => {
    const b = await bookable(w.current, { windows: [slot('08:00', '12:00'), slot('12:00', '18:00')] })
    await b.book(slot('09:00', '10:00'))
    await w.current.insert('booking_busy', { offering_id: b.offering.id, source: 'provider', ...slot('14:00', '15:00') })
    const free = async (length: number, from = '00:00', to = '23:00') =>
      (
        await w.current
          .as(b.outsider)
          .get(`/api/marketplace-bookings/${b.offering.uuid}/free/`, { query: { from: at(from), to: at(to), length } })
      ).body

    expect(await free(60)).toEqual([slot('08:00', '09:00'), slot('10:00', '12:00'), slot('12:00', '14:00'), slot('15:00', '18:00')])
    expect(await free(121)).toEqual([slot('15:00', '18:00')])
    expect(await free(30, '11:00', '12:30')).toEqual([slot('11:00', '12:00'), slot('12:00', '12:30')])
    expect(await free(600)).toEqual([])
    const bad = await w.current
      .as(b.outsider)
      .get(`/api/marketplace-bookings/${b.offering.uuid}/free/`, { query: { from: at('08:00'), to: at('07:00'), length: 0 } })
    expect(bad.status).toBe(400)
  })

  it('ends with it also where the order of its termination waits for the consumer first', async () => {
    const b = await bookable(w.current)
    const path = await b.book(slot('10:00', '12:00'))
    await b.act(b.providerOwner, path, 'accept')
    const { uuid } = await b.see(path)
    const { body } = await w.current.as(b.projectAdmin).post(`/api/marketplace-resources/${uuid}/terminate/`, {})
    const order = `${ORDERS}${body.order_uuid}/`
    const { state } = (await w.current.as(b.staff).get(order)).body
    if (state === 'pending-consumer') await w.current.as(b.customerOwner).post(`${order}approve_by_consumer/`)

    expect((await w.current.as(b.staff).get(order)).body.state).toBe('done')
    expect((await b.ask([slot('10:00', '12:00')])).status).toBe(201)
  })
})

describe('a booking that is moved', () => {
  const move = (b: Bookable, person: Parameters<Bookable['act']>[0], path: string, ...schedules: object[]) =>
    b.act(person, path, 'reschedule', { schedules })

  it('keeps what it is, and what was decided about it; its time before is free', async () => {
    const b = await bookable(w.current)
    const path = await b.book(slot('10:00', '12:00'))
    await b.act(b.providerOwner, path, 'accept')
    const [{ backend_id }] = (await b.see(path)).slots

    const { status, body } = await move(b, b.providerOwner, path, slot('11:00', '13:00'))

    expect(status).toBe(200)
    expect(body).toMatchObject({
      state: 'OK',
      slots: [{ ...slot('11:00', '13:00'), backend_id }],
      attributes: { schedules: [slot('11:00', '13:00')] },
    })
    expect((await b.ask([slot('10:00', '11:00')])).status).toBe(201)
    expect((await b.ask([slot('12:00', '14:00')])).status).toBe(400)
  })

  it('is moved under the rules of ordering, and stays where it was when it cannot be had', async () => {
    const b = await bookable(w.current)
    const path = await b.book(slot('10:00', '12:00'))
    await b.book(slot('14:00', '15:00'))

    expect((await move(b, b.customerOwner, path, slot('13:00', '14:30'))).body).toEqual([
      `Time period from ${at('13:00')} to ${at('14:30')} is not available.`,
    ])
    expect((await move(b, b.customerOwner, path)).body).toEqual(['Schedules are required.'])
    expect((await move(b, b.customerOwner, path, slot('17:00', '19:00'))).status).toBe(400)
    expect((await b.see(path)).slots).toMatchObject([slot('10:00', '12:00')])
    expect((await b.ask([slot('10:30', '11:00')])).status).toBe(400)
  })

  it('is moved by who asked for it until it is accepted, after that by the provider, and never once it has ended', async () => {
    const b = await bookable(w.current)
    const path = await b.request(b.projectManager, slot('10:00', '12:00'))
    expect((await move(b, b.projectManager, path, slot('09:00', '10:00'))).status).toBe(200)
    expect((await move(b, b.projectAdmin, path, slot('09:00', '10:00'))).status).toBe(403)

    await b.act(b.providerOwner, path, 'accept')
    expect((await move(b, b.projectManager, path, slot('10:00', '11:00'))).status).toBe(403)
    await b.terminate(path)

    expect((await move(b, b.providerOwner, path, slot('10:00', '11:00'))).status).toBe(409)
  })
})

describe('time that a provider keeps', () => {
  const BUSY = '/api/booking-busy-times/'

  it('cannot be booked until it is let go', async () => {
    const b = await bookable(w.current)
    const made = await w.current
      .as(b.providerOwner)
      .post(BUSY, { offering_uuid: b.offering.uuid, ...slot('10:00', '12:00'), comment: 'Cleaning' })
    expect(made).toMatchObject({ status: 201, body: { source: 'provider', ...slot('10:00', '12:00'), comment: 'Cleaning' } })

    expect((await b.ask([slot('11:00', '13:00')])).body).toEqual([`Time period from ${at('11:00')} to ${at('13:00')} is not available.`])
    expect((await w.current.as(b.providerOwner).delete(`${BUSY}${made.body.uuid}/`)).status).toBe(204)

    expect((await b.ask([slot('11:00', '13:00')])).status).toBe(201)
  })

  it('is the provider’s to keep and to see', async () => {
    const b = await bookable(w.current)
    const keep = (person: Parameters<Bookable['act']>[0], more: object = {}) =>
      w.current.as(person).post(BUSY, { offering_uuid: b.offering.uuid, ...slot('10:00', '12:00'), ...more })

    expect((await keep(b.outsider)).status).toBe(400)
    expect((await keep(b.support)).status).toBe(403)
    expect((await keep(b.providerOwner, { end: at('09:00') })).status).toBe(400)
    await keep(b.providerOwner)
    expect((await w.current.as(b.providerOwner).get(BUSY)).body.length).toBe(1)
    expect((await w.current.as(b.outsider).get(BUSY)).body).toEqual([])
  })
})
