// A booking offering with an open window, and those who book and decide: what tests of bookings begin with.
import { type Person, type Row, urls, type World } from './world.ts'

/** Noon of the first day of a month ahead, so that tests may name days of it: the `n`th day at a time. */
export const MONTH = (() => {
  const now = new Date()
  return new Date(Date.UTC(now.getUTCFullYear() + 1, 1, 1)).toISOString().slice(0, 8)
})()

/** A moment of that month: `at('13:00')`, `at('13:00', 2)` of its second day. */
export const at = (time: string, day = 1): string => `${MONTH}${String(day).padStart(2, '0')}T${time}:00Z`

export const BOOKINGS = '/api/booking-resources/'
export const ORDERS = '/api/marketplace-orders/'

export type Slot = { start: string; end: string }
export const slot = (start: string, end: string, day = 1): Slot => ({ start: at(start, day), end: at(end, day) })

type Given = {
  windows?: readonly object[]
  options?: object
  values?: { [column: string]: unknown }
}

/** People, an offering that may be booked from 8 to 18 on the first day, and how to book it. */
export async function bookable(w: World, { windows = [slot('08:00', '18:00')], options = {}, values = {} }: Given = {}) {
  const people = await w.cast()
  const offering = await w.offering(people.provider, {
    type: 'Marketplace.Booking',
    attributes: JSON.stringify({ schedules: windows }),
    plugin_options: JSON.stringify(options),
    ...values,
  })
  const plan = await w.plan(offering)
  const order = (person: Person, attributes: object, of: { offering: Row; plan: Row } = { offering, plan }) =>
    w.as(person).post(ORDERS, {
      offering: urls.offering(of.offering),
      project: urls.project(people.project),
      plan: urls.plan(of.offering, of.plan),
      attributes,
    })
  /** Asks for periods; the answer. */
  const ask = (schedules: unknown, person: Person = people.projectManager, more: object = {}) =>
    order(person, { name: 'Microscope', ...more, schedules })
  /** Books as who may approve their own orders; the booking's path. */
  const book = async (...schedules: object[]): Promise<string> => {
    const { status, body } = await ask(schedules, people.customerOwner)
    if (status !== 201) throw new Error(`${status} ${JSON.stringify(body)}`)
    return `${BOOKINGS}${body.marketplace_resource_uuid}/`
  }
  /** The same for somebody whose order the consumer's owner approves. */
  const request = async (person: Person, ...schedules: object[]): Promise<string> => {
    const { body } = await ask(schedules, person)
    await w.as(people.customerOwner).post(`${ORDERS}${body.uuid}/approve_by_consumer/`)
    return `${BOOKINGS}${body.marketplace_resource_uuid}/`
  }
  const see = async (path: string, person: Person = people.staff) => (await w.as(person).get(path)).body
  const orderOf = async (path: string) => (await see(path)).creation_order
  const act = (person: Person, path: string, verb: string, body?: unknown) => w.as(person).post(`${path}${verb}/`, body)
  const terminate = async (path: string) => {
    const { uuid } = await see(path)
    return w.as(people.staff).post(`/api/marketplace-resources/${uuid}/terminate/`, {})
  }
  return { ...people, offering, plan, w, order, ask, book, request, see, orderOf, act, terminate }
}

export type Bookable = Awaited<ReturnType<typeof bookable>>
