import { describe, expect, it } from 'vitest'
import { type Person, type Row, urls, world } from '../../../tests/support/world.ts'

const PATH = '/api/marketplace-offering-user-roles/'

describe('roles of an offering’s own', () => {
  const w = world()

  it('providers §5.2: are named by owners of the provider, once each, and stay the offering’s', async () => {
    const { as, cast, offering } = w.current
    const people = await cast()
    const [sold, other] = [await offering(people.provider), await offering(people.provider)]
    const make = (by: Person, name: string, of: Row = sold) => as(by).post(PATH, { name, offering: urls.providerOffering(of) })

    const made = await make(people.providerOwner, 'gpu-users')

    expect(made.status).toBe(201)
    expect(made.body).toMatchObject({ name: 'gpu-users', offering: urls.providerOffering(sold), offering_uuid: sold.uuid })
    expect((await make(people.providerOwner, 'gpu-users')).body).toEqual({
      non_field_errors: ['The fields offering, name must make a unique set.'],
    })
    expect((await make(people.providerOwner, 'gpu-users', other)).status).toBe(201)
    const path = `${PATH}${made.body.uuid}/`
    const renamed = await as(people.providerOwner).put(path, { name: 'gpu', offering: urls.providerOffering(other) })
    expect(renamed.body).toMatchObject({ name: 'gpu', offering_uuid: sold.uuid })
    expect((await as(people.providerOwner).patch(path, { name: '' })).body).toEqual({ name: ['This field may not be blank.'] })
    expect((await make(people.providerManager, 'cpu')).status).toBe(403)
    expect((await as(people.providerManager).patch(path, { name: 'x' })).status).toBe(403)
    expect((await as(people.providerManager).delete(path)).status).toBe(403)
    expect((await make(people.outsider, 'cpu')).body).toEqual({ offering: ['Invalid hyperlink - Object does not exist.'] })
    expect((await as(people.outsider).get(path)).status).toBe(404)
    expect((await as(people.outsider).delete(path)).status).toBe(404)
    expect((await as(people.providerOwner).patch(path, { name: 'gpu' })).status).toBe(200)
    expect((await as(people.providerOwner).delete(path)).status).toBe(204)
  })

  it('are read by those whose projects use the offering, and found by it', async () => {
    const { as, cast, offering, resource, insert } = w.current
    const people = await cast()
    const parent = await offering(people.provider)
    const [sold, other] = [
      await offering(people.provider, { slug: 'roles-hpc', parent_id: parent.id }),
      await offering(people.provider, { slug: 'roles-cloud' }),
    ]
    for (const one of [sold, other]) await insert('offering_user_role', { offering_id: one.id, name: 'user' })
    const found = async (by: Person, query = {}) =>
      (await as(by).get(PATH, { query })).body.map(({ offering_uuid }: { offering_uuid: string }) => offering_uuid)

    expect(await found(people.projectMember)).toEqual([])
    await resource(sold, people.project)
    expect(await found(people.projectMember)).toEqual([sold.uuid])
    expect(await found((await cast()).providerOwner)).toEqual([])
    for (const query of [
      { offering: urls.providerOffering(sold) },
      { offering_uuid: sold.uuid },
      { offering_slug: 'roles-hpc' },
      { parent_offering_uuid: parent.uuid },
    ])
      expect([query, await found(people.providerOwner, query)]).toEqual([query, [sold.uuid]])
    expect(await found(people.providerOwner, { offering_slug: 'roles-hpc,roles-cloud' })).toHaveLength(2)
  })
})
