import { describe, expect, it } from 'vitest'
import { urls, world } from '../../../tests/support/world.ts'

const w = world()

type Permission = { scope_uuid: string; role_name: string; user_uuid: string }
const scopes = (rows: Permission[]) => rows.map((row) => row.scope_uuid)

describe('roles held', () => {
  it('everybody sees their own, staff and support those of all', async () => {
    const cast = await w.current.cast()

    const own = await w.current.as(cast.projectManager).get('/api/user-permissions/')
    const provider = await w.current.as(cast.providerManager).get('/api/user-permissions/')
    const outsider = await w.current.as(cast.outsider).get('/api/user-permissions/')
    const support = await w.current.as(cast.support).get('/api/user-permissions/', { query: { page_size: 300 } })

    expect(own.body).toEqual([
      expect.objectContaining({
        user_uuid: cast.projectManager.uuid,
        user_name: `Some ${cast.projectManager.username}`,
        role_name: 'PROJECT.MANAGER',
        role_description: 'Project manager',
        scope_type: 'project',
        scope_uuid: cast.project.uuid,
        customer_uuid: cast.consumer.uuid,
        expiration_time: null,
      }),
    ])
    expect(own.body[0]).not.toHaveProperty('created_by_full_name')
    expect(provider.body).toEqual([
      expect.objectContaining({ scope_type: 'service_provider', scope_uuid: cast.serviceProvider.uuid, customer_uuid: cast.provider.uuid }),
    ])
    expect(provider.body[0].scope_name).toBe(provider.body[0].customer_name)
    expect(outsider.body).toEqual([])
    expect(scopes(support.body)).toEqual(expect.arrayContaining([cast.project.uuid, cast.consumer.uuid, cast.provider.uuid]))
    expect(await w.current.as().get('/api/user-permissions/')).toMatchObject({ status: 401 })
  })

  it('a grant is retrieved by its uuid, by whom it concerns', async () => {
    const cast = await w.current.cast()
    const offering = await w.current.offering(cast.provider)
    const grant = await w.current.grant(cast.outsider, 'OFFERING.MANAGER', offering, { created_by_id: cast.staff.id })
    const get = (person: typeof cast.staff) => w.current.as(person).get(`/api/user-permissions/${grant.uuid}/`)

    expect(await get(cast.outsider)).toMatchObject({
      status: 200,
      body: {
        scope_type: 'offering',
        scope_uuid: offering.uuid,
        customer_uuid: cast.provider.uuid,
        created_by_username: cast.staff.username,
      },
    })
    expect(await get(cast.staff)).toMatchObject({ status: 200 })
    expect(await get(cast.projectAdmin)).toMatchObject({ status: 404, body: { detail: 'No UserRole matches the given query.' } })
    expect(await w.current.as(cast.staff).get('/api/user-permissions/nope/')).toMatchObject({ status: 404 })
  })

  it('what ended, expired or hangs on something removed is left out', async () => {
    const ann = await w.current.user()
    const [kept, ended, lapsed, removed] = [
      await w.current.project(),
      await w.current.project(),
      await w.current.project(),
      await w.current.project(),
    ]
    await w.current.grant(ann, 'PROJECT.ADMIN', kept, { expiration_time: '2099-01-01T00:00:00Z' })
    await w.current.grant(ann, 'PROJECT.ADMIN', ended, { is_active: false })
    await w.current.grant(ann, 'PROJECT.ADMIN', lapsed, { expiration_time: '2020-01-01T00:00:00Z' })
    await w.current.grant(ann, 'PROJECT.ADMIN', removed)
    await w.current.db.updateTable('project').set({ is_removed: true }).where('id', '=', removed.id).execute()

    const { body } = await w.current.as(ann).get('/api/user-permissions/')

    expect(scopes(body)).toEqual([kept.uuid])
    expect(body[0].expiration_time).toBe('2099-01-01T00:00:00Z')
  })

  it('are found by every filter and ordered by every key', async () => {
    const cast = await w.current.cast()
    const staff = w.current.as(cast.staff)
    const [row] = (await w.current.as(cast.projectAdmin).get('/api/user-permissions/')).body
    await w.current.db
      .updateTable('user')
      .set({ slug: 'the-admin', native_name: 'Haldur' })
      .where('id', '=', cast.projectAdmin.id)
      .execute()
    const found = async (query: { [name: string]: string }) => (await staff.get('/api/user-permissions/', { query })).body

    for (const query of [
      { user: cast.projectAdmin.uuid },
      { user_url: urls.user(cast.projectAdmin) },
      { user_slug: 'the-admin' },
      { username: cast.projectAdmin.username },
      { full_name: cast.projectAdmin.username, role_name: 'PROJECT.ADMIN' },
      { native_name: 'haldur' },
      { role_uuid: row.role_uuid, scope_uuid: cast.project.uuid },
      { role_name: 'PROJECT.ADMIN', scope_name: row.scope_name },
      { scope_type: 'project', username: cast.projectAdmin.username },
    ]) {
      expect(scopes(await found(query)), JSON.stringify(query)).toEqual([cast.project.uuid])
    }
    expect(await found({ scope_uuid: 'nope' })).toEqual([])
    expect(await found({ user_url: 'nope' })).toEqual([])
    for (const name of ['created', 'modified', 'expiration_time']) expect(await found({ [name]: '2099-06-01' }), name).toEqual([])
    for (const key of ['created', 'email', 'expiration_time', 'full_name', 'native_name', 'role', 'username']) {
      expect((await staff.get('/api/user-permissions/', { query: { o: `-${key}` } })).status, key).toBe(200)
    }
    expect(await staff.get('/api/user-permissions/', { query: { user: 'nope', o: 'role' } })).toMatchObject({ status: 400 })
    const head = await staff.head('/api/user-permissions/', { query: { scope_uuid: cast.project.uuid } })
    expect(head.headers['x-result-count']).toBe('3')
  })
})
