// Bookings in each state, of two offerings that differ in everything that lists may be asked for.
import { seal, tokenDigest } from '../../src/platform/auth/token.ts'
import type { ResourceState } from '../../src/resources/states.ts'
import type { Sold } from './populate.sold.ts'
import { fillerOf } from './tell-apart.ts'
import type { Cast, Row, World } from './world.ts'

const hour = (n: number) => `2998-02-01T${String(n).padStart(2, '0')}:00:00Z`
const WINDOW = { start: '2998-02-01T00:00:00Z', end: '2998-03-01T00:00:00Z' }

const ORDER_OF: { readonly [State in ResourceState]?: string } = { Creating: 'executing', OK: 'done', Terminated: 'canceled' }

export async function bookingsOf(w: World, people: Cast, { category }: Sold) {
  const attributes = JSON.stringify({ schedules: [WINDOW] })
  const of = { type: 'Marketplace.Booking', attributes }
  const room = await w.offering(people.provider, { ...of, category_id: category.id })
  const seller = await w.customer()
  await w.serviceProvider(seller)
  const desks = await w.offering(seller, {
    ...of,
    billable: false,
    parent_id: room.id,
    plugin_options: JSON.stringify({ heappe_url: 'https://example.com/' }),
  })
  const den = await w.offering(people.provider, { ...of, category_id: category.id })
  await w.component(room, { type: 'hours', billing_type: 'limit' })
  for (const type of ['uses', 'visits']) await w.component(desks, { type, billing_type: 'usage' })
  // Plans of an offering within another are that one's.
  const [plan, otherPlan] = [await w.plan(room), await w.plan(room)]
  await w.grant(people.offeringManager, 'OFFERING.MANAGER', room)
  const elsewhere = await w.project(await w.customer())
  await w.grant(people.projectManager, 'PROJECT.MANAGER', elsewhere)

  /** A booking that begins at an hour, with its order and its slot. */
  const book = async (offering: Row, project: Row, state: ResourceState, at: number, more: { [column: string]: unknown } = {}) => {
    const schedules = [{ start: hour(at), end: hour(at + 1) }]
    const values = {
      state,
      attributes: JSON.stringify({ schedules }),
      plan_id: offering === den ? null : (offering === room ? plan : otherPlan).id,
      ...more,
    }
    const resource = await w.resource(offering, project, values)
    const order = { project_id: project.id, offering_id: offering.id, resource_id: resource.id, plan_id: values.plan_id }
    await w.insert('order', { ...order, type: 'Create', state: ORDER_OF[state], created_by_id: people.projectManager.id })
    await w.db
      .insertInto('booking_slot')
      .values({
        resource_id: resource.id,
        offering_id: offering.id,
        start: hour(at),
        end: hour(at + 1),
        held: `[${hour(at)},${hour(at + 1)})`,
        placed: true,
        blocking: state !== 'Terminated',
      } as never)
      .execute()
    return resource
  }
  const runtime = { backend_metadata: JSON.stringify({ runtime_state: fillerOf('runtime_state') }) }
  const requested = await book(room, people.project, 'Creating', 9, runtime)
  const accepted = await book(room, people.project, 'OK', 6, { paused: true, downscaled: true, end_date: '2999-01-01' })
  await book(desks, elsewhere, 'OK', 7, { restrict_member_access: true })
  await book(desks, elsewhere, 'Terminated', 3)
  await book(den, elsewhere, 'OK', 4)
  const kept = await w.insert('booking_busy', { offering_id: room.id, source: 'provider', start: hour(20), end: hour(21) })
  await w.insert('booking_busy', { offering_id: den.id, source: 'calendar', start: hour(22), end: hour(23), comment: 'Calendar' })
  await w.insert('booking_busy', { offering_id: desks.id, source: 'provider', start: hour(18), end: hour(19) })
  const sealed = seal(w.config.SECRET_KEY, 'refresh')
  await w.db.insertInto('google_credential').values({ service_provider_id: people.serviceProvider.id, refresh_token: sealed }).execute()
  const calendars = [
    { offering_id: room.id, state: 'OK', backend_id: 'room@group.calendar.google.com' },
    { offering_id: den.id, state: 'OK', backend_id: 'den@group.calendar.google.com', public: true },
  ]
  await w.db.insertInto('google_calendar').values(calendars).execute()
  const feedOf = (person: Row, of: object, n = 0) =>
    w.insert('booking_feed', { user_id: person.id, digest: tokenDigest(`feed ${n} of ${person.id}`), ...of })
  await feedOf(people.staff, { offering_id: desks.id })
  await feedOf(people.staff, { offering_id: room.id }, 1)
  const feed = await feedOf(people.projectMember, { resource_id: accepted.id })
  return { den, feed, room, desks, roomPlan: plan, requested, accepted, kept }
}
