import { describe, expect, it } from 'vitest'
import { world } from '../../tests/support/world.ts'

const PATH = '/api/marketplace-global-categories/'

describe('resources by category', () => {
  const w = world()

  it('clients §3: counts what the caller has and is not terminated', async () => {
    const { as, cast, category, offering, resource, project, user, grant } = w.current
    const { provider, consumer, project: prj, customerOwner, projectMember, outsider, providerOwner, staff } = await cast()
    const [machines, disks] = [await category(), await category()]
    const [machine, disk] = [await offering(provider, { category_id: machines.id }), await offering(provider, { category_id: disks.id })]
    const other = await project(consumer)
    await resource(machine, prj)
    await resource(machine, prj, { state: 'Erred' })
    await resource(machine, prj, { state: 'Terminated' })
    await resource(machine, other)
    await resource(disk, other)
    const counts = async (person: Parameters<typeof as>[0], query = {}) => (await as(person).get(PATH, { query })).body

    const both = await user()
    await grant(both, 'PROJECT.MANAGER', prj)
    await grant(both, 'CUSTOMER.OWNER', consumer)

    expect(await counts(both)).toEqual({ [machines.uuid]: 3, [disks.uuid]: 1 })
    expect(await counts(customerOwner)).toEqual({ [machines.uuid]: 3, [disks.uuid]: 1 })
    expect(await counts(customerOwner, { project_uuid: prj.uuid })).toEqual({ [machines.uuid]: 2 })
    expect(await counts(customerOwner, { customer_uuid: provider.uuid })).toEqual({})
    expect(await counts(projectMember)).toEqual({ [machines.uuid]: 2 })
    expect(await counts(staff, { customer_uuid: consumer.uuid })).toEqual({ [machines.uuid]: 3, [disks.uuid]: 1 })
    for (const person of [outsider, providerOwner]) expect(await counts(person)).toEqual({})
  })

  it('refuses bad uuids and strangers', async () => {
    const { as, user } = w.current

    expect(await as(await user()).get(PATH, { query: { project_uuid: 'nope' } })).toMatchObject({
      status: 400,
      body: { project_uuid: ['Enter a valid UUID.'] },
    })
    expect((await as().get(PATH)).status).toBe(401)
  })
})
