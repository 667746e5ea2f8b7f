import { describe, expect, it } from 'vitest'
import { world } from '../../../tests/support/world.ts'

const PATH = '/api/marketplace-offering-permissions/'

describe('roles on offerings', () => {
  const w = world()

  it('clients §3: are listed to those who see the offering as its provider does', async () => {
    const { as, cast, offering, user, grant } = w.current
    const { provider, providerOwner, outsider, customerOwner, staff, support } = await cast()
    const sold = await offering(provider, { name: 'Sold', slug: 'sold' })
    const manager = await user({ first_name: 'Mary', last_name: 'Lee' })
    const held = await grant(manager, 'OFFERING.MANAGER', sold, { created_by_id: staff.id })
    await grant(await user(), 'OFFERING.MANAGER', sold, { is_active: false, revoked: '2026-01-01' })
    await grant(await user(), 'OFFERING.MANAGER', sold, { expiration_time: '2026-01-01' })
    const query = { customer: provider.uuid }

    const { body } = await as(providerOwner).get(PATH, { query })

    expect(body).toEqual([
      {
        url: `http://testserver${PATH}${held.uuid}/`,
        pk: held.id,
        created: expect.any(String),
        expiration_time: null,
        created_by: `http://testserver/api/users/${staff.uuid}/`,
        offering: `http://testserver/api/marketplace-provider-offerings/${sold.uuid}/`,
        offering_uuid: sold.uuid,
        offering_slug: 'sold',
        offering_name: 'Sold',
        role: expect.stringContaining('/api/roles/'),
        role_name: 'OFFERING.MANAGER',
        user: `http://testserver/api/users/${manager.uuid}/`,
        user_full_name: 'Mary Lee',
        user_native_name: '',
        user_username: manager.username,
        user_uuid: manager.uuid,
        user_email: `${manager.username}@example.com`,
      },
    ])
    for (const person of [staff, support, manager]) expect((await as(person).get(PATH, { query })).body).toHaveLength(1)
    for (const person of [outsider, customerOwner]) expect((await as(person).get(PATH, { query })).body).toEqual([])
    expect((await as(providerOwner).get(`${PATH}${held.uuid}/`)).body.pk).toBe(held.id)
    expect((await as(outsider).get(`${PATH}${held.uuid}/`)).status).toBe(404)
    expect((await as().get(PATH)).status).toBe(401)
  })

  it('are found by user, role and offering', async () => {
    const { as, user, grant, offering } = w.current
    const staff = as(await user({ is_staff: true }))
    const [sold, manager] = [await offering(), await user({ first_name: 'Unusual', native_name: 'Nimi', slug: 'unusual' })]
    await grant(manager, 'OFFERING.MANAGER', sold)
    const count = async (query: { [name: string]: string }) => Number((await staff.head(PATH, { query })).headers['x-result-count'])
    const one = { offering: sold.uuid }

    const narrow = [
      { user: manager.uuid },
      { user_url: `http://testserver/api/users/${manager.uuid}/` },
      { username: manager.username },
      { user_slug: 'unusu' },
      { full_name: 'unusual' },
      { native_name: 'nimi' },
      { scope_uuid: sold.uuid },
    ]
    for (const query of narrow) expect(await count(query), JSON.stringify(query)).toBe(1)
    const same = [
      { role_name: 'manager' },
      { scope_type: 'offering' },
      { scope_name: 'Offering' },
      { created: '2020-01-01' },
      { modified: '2020-01-01' },
    ]
    for (const query of same) expect(await count({ ...one, ...query }), JSON.stringify(query)).toBe(1)
    const none = [{ role_uuid: sold.uuid }, { scope_type: 'project' }, { scope_uuid: 'nope' }, { customer: sold.uuid }]
    for (const query of none) expect(await count({ ...one, ...query }), JSON.stringify(query)).toBe(0)
    expect((await staff.get(PATH, { query: { offering: 'nope', o: '-username,role' } })).body).toEqual({
      offering: ['Enter a valid UUID.'],
    })
  })
})

describe('types of offerings', () => {
  const w = world()

  it('clients §3: are told to everybody with their components', async () => {
    const { status, body, headers } = await w.current.as().get('/api/marketplace-plugins/')

    expect(status).toBe(200)
    expect(headers['x-result-count']).toBe(String(body.length))
    expect(body).toContainEqual({ offering_type: 'Marketplace.Basic', components: [], available_limits: [] })
    expect(body.map(({ offering_type }: { offering_type: string }) => offering_type)).toContain('Marketplace.Slurm')
  })
})
