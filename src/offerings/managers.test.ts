import { describe, expect, it } from 'vitest'
import { world } from '../../tests/support/world.ts'

const w = world()
const at = ({ uuid }: { uuid: string }, verb: string) => `/api/marketplace-provider-offerings/${uuid}/${verb}/`

describe('people of an offering', () => {
  it('a manager of an offering manages its provider too, until the last offering is lost', async () => {
    const { as, cast, offering, user, db } = w.current
    const { provider, providerOwner, serviceProvider } = await cast()
    const [one, two] = [await offering(provider), await offering(provider)]
    const someone = await user()
    const body = { role: 'OFFERING.MANAGER', user: someone.uuid }
    const client = as(providerOwner)
    const held = async () =>
      (
        await db
          .selectFrom('role_grant')
          .innerJoin('role', 'role.id', 'role_grant.role_id')
          .select(['role.name', 'expiration_time'])
          .where('user_id', '=', someone.id)
          .where('role_grant.is_active', '=', true)
          .where('role_grant.scope_type', '=', 'service_provider')
          .where('scope_id', '=', serviceProvider.id)
          .execute()
      ).map(({ name }) => name)

    expect((await client.post(at(one, 'add_user'), { ...body, expiration_time: '2099-01-01' })).status).toBe(201)
    expect((await client.post(at(two, 'add_user'), body)).body).toEqual({ expiration_time: null })
    expect(await held()).toEqual(['CUSTOMER.MANAGER'])
    const team = (await client.get(at(one, 'list_users'))).body
    expect(team).toMatchObject([{ user_uuid: someone.uuid, role_name: 'OFFERING.MANAGER', expiration_time: '2099-01-01T00:00:00Z' }])
    expect((await client.post(at(one, 'update_user'), body)).body).toEqual({ expiration_time: null })
    expect((await client.post(at(one, 'delete_user'), body)).status).toBe(200)
    expect(await held()).toEqual(['CUSTOMER.MANAGER'])
    await client.post(at(two, 'delete_user'), body)
    expect(await held()).toEqual([])
  })

  it('who loses two offerings at the same moment loses the provider too', async () => {
    const { as, cast, offering, user, db } = w.current
    const { provider, providerOwner, serviceProvider } = await cast()
    for (let round = 0; round < 8; round++) {
      const offerings = [await offering(provider), await offering(provider)]
      const someone = await user()
      const body = { role: 'OFFERING.MANAGER', user: someone.uuid }
      for (const row of offerings) await as(providerOwner).post(at(row, 'add_user'), body)

      const answers = await Promise.all(offerings.map((row) => as(providerOwner).post(at(row, 'delete_user'), body)))

      expect(answers.map(({ status }) => status)).toEqual([200, 200])
      const left = await db
        .selectFrom('live_grant')
        .select('id')
        .where('user_id', '=', someone.id)
        .where('scope_id', '=', serviceProvider.id)
        .execute()
      expect(left).toEqual([])
    }
  })

  it('who loses the provider loses its offerings', async () => {
    const { as, cast, offering, user } = w.current
    const { provider, providerOwner, staff, serviceProvider } = await cast()
    const row = await offering(provider)
    const someone = await user()
    await as(providerOwner).post(at(row, 'add_user'), { role: 'OFFERING.MANAGER', user: someone.uuid })

    await as(staff).post(`/api/marketplace-service-providers/${serviceProvider.uuid}/delete_user/`, {
      role: 'CUSTOMER.MANAGER',
      user: someone.uuid,
    })

    expect((await as(someone).get('/api/marketplace-provider-offerings/')).body).toEqual([])
  })

  it('roles are given on shared offerings only, and by who may', async () => {
    const { as, cast, offering, user } = w.current
    const { provider, providerOwner, providerManager, outsider } = await cast()
    const [shared, own] = [await offering(provider), await offering(provider, { shared: false })]
    const body = { role: 'OFFERING.MANAGER', user: (await user()).uuid }

    expect((await as(providerOwner).post(at(own, 'add_user'), body)).body).toEqual({ non_field_errors: ['Offering is not available.'] })
    expect((await as(providerManager).post(at(shared, 'add_user'), body)).status).toBe(403)
    expect((await as(outsider).post(at(shared, 'add_user'), body)).status).toBe(404)
    expect((await as(providerOwner).post(at(shared, 'add_user'), { ...body, role: 'PROJECT.ADMIN' })).body).toEqual({
      non_field_errors: ['Role is not valid for this scope.'],
    })
  })
})
