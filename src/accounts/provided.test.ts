// What providers find of these accounts: those at their own customers, and nothing of anybody else's.
import { beforeAll, describe, expect, it } from 'vitest'
import { type Person, type Row, world } from '../../tests/support/world.ts'

const w = world()
type Cast = Awaited<ReturnType<(typeof w)['current']['cast']>>
let people: Cast
let offering: Row
let course: Row
let resource: Row
beforeAll(async () => {
  people = await w.current.cast()
  offering = await w.current.offering(people.provider)
  course = await w.current.project(people.consumer, { kind: 'course', start_date: '2026-01-01', end_date: '2999-06-30' })
  resource = await w.current.resource(offering, course)
})

const as = (person?: Person) => w.current.as(person)
const provider = (verb: string, of: Row = people.serviceProvider) => `/api/marketplace-service-providers/${of.uuid}/${verb}/`
const ofOffering = (verb: string, of: Row = offering) => `/api/marketplace-provider-offerings/${of.uuid}/${verb}/`
const found = async (path: string, query: object = {}, by = people.providerOwner) => {
  const { status, body } = await as(by).get(path, { query: query as never })
  expect(status).toBe(200)
  return body
}
const LISTS = ['project_service_accounts', 'course_accounts', 'robot_account_customers', 'robot_account_projects']
const OFFERING_LISTS = ['list_course_accounts', 'list_project_service_accounts', 'list_customer_service_accounts']

describe('the provider', () => {
  it('finds service accounts of projects that use what it sells, closed ones too, without their keys (service-providers 88)', async () => {
    const { body } = await as(people.customerOwner).post('/api/marketplace-project-service-accounts/', {
      project: course.uuid,
      preferred_identifier: 'svc',
    })
    const [other] = [await as(people.customerOwner).post('/api/marketplace-project-service-accounts/', { project: people.project.uuid })]

    expect(other.status).toBe(201)
    expect(await found(provider('project_service_accounts'))).toMatchObject([
      { uuid: body.uuid, token: null, expires_at: null, state: 'OK' },
    ])
    expect(await found(provider('project_service_accounts'), { username: 'svc' })).toHaveLength(1)
    expect(await found(provider('project_service_accounts'), { project_uuid: people.project.uuid })).toEqual([])
    await as(people.customerOwner).delete(body.url)
    expect(await found(provider('project_service_accounts'))).toMatchObject([{ uuid: body.uuid, state: 'Closed' }])
    expect(await found(ofOffering('list_project_service_accounts'))).toMatchObject([{ uuid: body.uuid, token: null }])
  })

  it('finds accounts of organizations that use an offering', async () => {
    const { body } = await as(people.customerOwner).post('/api/marketplace-customer-service-accounts/', { customer: people.consumer.uuid })
    const unused = await w.current.offering(people.provider)

    expect(await found(ofOffering('list_customer_service_accounts'))).toMatchObject([{ uuid: body.uuid, token: null }])
    expect(await found(ofOffering('list_customer_service_accounts', unused))).toEqual([])
  })

  it('finds course accounts that have a name, by state and by the days of the course (service-providers 94)', async () => {
    const make = async () => (await as(people.customerOwner).post('/api/marketplace-course-accounts/', { project: course.uuid })).body
    const [open, closed] = [await make(), await make()]
    await as(people.customerOwner).delete(closed.url)
    await w.current.insert('course_account', { project_id: course.id, state: 'OK' })
    const uuids = async (query: object = {}) => (await found(provider('course_accounts'), query)).map(({ uuid }: Row) => uuid)

    expect(await uuids()).toEqual([open.uuid, closed.uuid])
    expect(await uuids({ state: 'Closed' })).toEqual([closed.uuid])
    expect(await uuids({ project_end_date_before: '2999-06-30', state: 'OK' })).toEqual([open.uuid])
    expect(await uuids({ project_end_date_before: '2999-06-29' })).toEqual([])
    expect(await uuids({ project_start_date_after: '2026-01-01', o: '-created' })).toEqual([closed.uuid, open.uuid])
    expect((await found(ofOffering('list_course_accounts'))).map(({ uuid }: Row) => uuid)).toEqual([open.uuid, closed.uuid])
  })

  it('finds the organizations and projects whose robots stand, by name (service-providers 84, 85)', async () => {
    const robot = await w.current.insert('robot_account', { resource_id: resource.id, type: 'cicd', state: 'Requested' })
    const [customers, projects] = [provider('robot_account_customers'), provider('robot_account_projects')]
    const standing = { OK: true, 'Requested deletion': true, Requested: false, Creating: false, Deleted: false, Error: false }

    for (const [state, isShown] of Object.entries(standing)) {
      await w.current.db.updateTable('robot_account').set({ state }).where('id', '=', robot.id).execute()
      expect([state, (await found(customers)).map(({ uuid }: Row) => uuid)]).toEqual([state, isShown ? [people.consumer.uuid] : []])
      expect([state, (await found(projects)).map(({ uuid }: Row) => uuid)]).toEqual([state, isShown ? [course.uuid] : []])
    }
    await w.current.db.updateTable('robot_account').set({ state: 'OK' }).where('id', '=', robot.id).execute()
    const [{ name }] = await found(projects)
    expect(await found(projects, { project_name: name.toUpperCase() })).toHaveLength(1)
    expect(await found(customers, { customer_name: 'zz' })).toEqual([])
  })

  it('finds nothing any more once what was used is gone, or is not offered to others', async () => {
    const lists = [provider('project_service_accounts'), provider('course_accounts'), ...OFFERING_LISTS.map((verb) => ofOffering(verb))]
    const counts = () => Promise.all(lists.map(async (path) => (await found(path)).length))
    expect((await counts()).every((n) => n > 0)).toBe(true)

    await w.current.db.updateTable('offering').set({ shared: false }).where('id', '=', offering.id).execute()
    expect((await counts()).map((n) => n > 0)).toEqual([false, false, true, true, true])
    await w.current.db.updateTable('offering').set({ shared: true }).where('id', '=', offering.id).execute()
    await w.current.db.updateTable('resource').set({ state: 'Terminated' }).where('id', '=', resource.id).execute()
    expect(await counts()).toEqual([0, 0, 0, 0, 0])
    await w.current.db.updateTable('resource').set({ state: 'OK' }).where('id', '=', resource.id).execute()
  })
})

describe('another provider', () => {
  it('finds none of this, and is not let into it', async () => {
    const other = await w.current.cast()
    const own = await w.current.offering(other.provider)

    for (const verb of LISTS) {
      expect([verb, await found(provider(verb, other.serviceProvider), {}, other.providerOwner)]).toEqual([verb, []])
      expect([verb, (await as(other.providerOwner).get(provider(verb))).status]).toEqual([verb, 403])
      expect([verb, (await as(people.customerOwner).get(provider(verb))).status]).toEqual([verb, 403])
      expect([verb, (await as(people.support).get(provider(verb))).status]).toEqual([verb, 403])
      expect([verb, (await as(people.staff).get(provider(verb, { id: 0, uuid: '0'.repeat(32) }))).status]).toEqual([verb, 404])
      expect([verb, (await as().get(provider(verb))).status]).toEqual([verb, 401])
    }
    for (const verb of OFFERING_LISTS) {
      expect([verb, await found(ofOffering(verb, own), {}, other.providerOwner)]).toEqual([verb, []])
      const { status } = await as(other.providerOwner).get(ofOffering(verb))
      expect([verb, [403, 404].includes(status)]).toEqual([verb, true])
      expect((await as(people.customerOwner).get(ofOffering(verb))).status).not.toBe(200)
    }
  })
})
