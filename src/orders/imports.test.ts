// Resources that a provider ran before the marketplace knew them (docs/decisions/0055).
import { beforeEach, describe, expect, it } from 'vitest'
import { type Person, type Row, world } from '../../tests/support/world.ts'

const w = world()
type Cast = Awaited<ReturnType<(typeof w)['current']['cast']>>
let c: Cast & { offering: Row; plan: Row }
beforeEach(async () => {
  const cast = await w.current.cast()
  const offering = await w.current.offering(cast.provider)
  c = { ...cast, offering, plan: await w.current.plan(offering, { unit_price: '5' }) }
  await w.current.grant(c.providerOwner, 'PROJECT.MEMBER', c.project)
})

const at = (verb: string) => `/api/marketplace-provider-offerings/${c.offering.uuid}/${verb}/`
const report = (person: Person, ...names: string[]) =>
  w.current.as(person).post(at('set_importable_resources'), { resources: names.map((name) => ({ backend_id: `id-${name}`, name })) })
const found = async (person: Person) =>
  ((await w.current.as(person).get(at('importable_resources'))).body as { backend_id: string }[]).map(({ backend_id }) => backend_id)
const bring = (person: Person, name: string, more: object = {}) =>
  w.current.as(person).post(at('import_resource'), { backend_id: `id-${name}`, project: c.project.uuid, plan: c.plan.uuid, ...more })

describe('resources that exist at the provider’s site', () => {
  it('are reported whole, and listed until they are known', async () => {
    expect((await report(c.providerOwner, 'a', 'b', 'c')).status).toBe(200)
    expect(await found(c.providerOwner)).toEqual(['id-a', 'id-b', 'id-c'])
    await report(c.providerOwner, 'b', 'd')
    expect(await found(c.providerOwner)).toEqual(['id-b', 'id-d'])
    expect((await report(c.providerOwner, 'b', 'b')).body).toEqual({ resources: ['id-b is named twice.'] })

    expect((await bring(c.staff, 'b')).status).toBe(200)
    expect(await found(c.providerOwner)).toEqual(['id-d'])
    expect((await bring(c.staff, 'b')).body).toEqual({ backend_id: ['Resource has been imported already.'] })
    expect((await bring(c.staff, 'a')).body).toEqual({ backend_id: ['There is no such resource to import.'] })
  })

  it('become resources in order, which run on their plan from now on', async () => {
    await report(c.providerOwner, 'a')
    const { body } = await bring(c.staff, 'a', { additional_details: { host: 'n1' } })

    expect(body).toMatchObject({
      state: 'OK',
      name: 'a',
      backend_id: 'id-a',
      plan_uuid: c.plan.uuid,
      project_uuid: c.project.uuid,
      attributes: { host: 'n1' },
    })
    const periods = await w.current.as(c.customerOwner).get(`/api/marketplace-resources/${body.uuid}/plan_periods/`)
    expect(periods.body).toMatchObject([{ plan_uuid: c.plan.uuid, end: null }])
    const told = await w.current.db.selectFrom('event').select('event_type').orderBy('id', 'desc').executeTakeFirst()
    expect(told?.event_type).toBe('marketplace_resource_create_succeeded')
    const ended = await w.current.as(c.customerOwner).post(`/api/marketplace-resources/${body.uuid}/terminate/`)
    expect(ended.status).toBe(200)
  })

  it('are imported by who may decide for the project as well, and into projects that they see', async () => {
    await report(c.providerOwner, 'a')
    const foreign = await w.current.project(await w.current.customer())

    expect((await bring(c.providerOwner, 'a')).status).toBe(403)
    expect((await bring(c.providerOwner, 'a', { project: foreign.uuid })).body).toEqual({ project: ['Object does not exist.'] })
    expect((await bring(c.customerOwner, 'a')).status).toBe(404)
    const both = await w.current.user()
    await w.current.grant(both, 'CUSTOMER.OWNER', c.consumer)
    await w.current.grant(both, 'CUSTOMER.OWNER', c.provider)
    expect((await bring(both, 'a')).status).toBe(200)
  })

  it('keep the bounds of new ones', async () => {
    await report(c.providerOwner, 'a', 'b')
    await w.current.db.updateTable('plan').set({ max_amount: 1 }).where('id', '=', c.plan.id).execute()
    const elsewhere = await w.current.plan(await w.current.offering(c.provider))
    const removed = await w.current.project(c.consumer, { is_removed: true })

    expect((await bring(c.staff, 'a', { plan: undefined })).body).toEqual({ plan: ['Plan is required when creating resources.'] })
    expect((await bring(c.staff, 'a', { plan: elsewhere.uuid })).body).toEqual({
      plan: ['This plan is not available for selected offering.'],
    })
    expect((await bring(c.staff, 'a', { project: removed.uuid })).status).toBe(400)
    expect((await bring(c.staff, 'a')).status).toBe(200)
    expect((await bring(c.staff, 'b')).body).toEqual({ plan: ['Plan is not available because limit has been reached.'] })
  })

  it('are imported once, however many ask at the same time', async () => {
    await report(c.providerOwner, 'a')
    const answers = await Promise.all(Array.from({ length: 8 }, () => bring(c.staff, 'a')))

    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 7 }, () => 400)])
  })

  it('have no system that could be asked', async () => {
    expect((await w.current.as(c.providerOwner).post(at('sync'))).status).toBe(409)
    expect((await w.current.as(c.customerOwner).post(at('sync'))).status).toBe(404)
  })
})
