import { describe, expect, it } from 'vitest'
import { world } from '../../../tests/support/world.ts'

const LIST = '/api/roles/'

describe('roles', () => {
  const w = world()

  const aRole = async (values: object = {}) => {
    const { as, user } = w.current
    const staff = as(await user({ is_staff: true }))
    const name = `CUSTOM.${Math.random()}`
    const made = await staff.post(LIST, { name, content_type: 'project', permissions: ['ORDER.LIST'], ...values })
    return { staff, name, made, path: `${LIST}${made.body.uuid}/` }
  }

  it('are read by everybody, and how many hold them by staff and support', async () => {
    const { as, user, db } = w.current
    const support = await user({ is_support: true })

    const anonymous = await as().get(LIST, { query: { name: 'customer.own', page_size: 300 } })
    const counted = await as(support).get(LIST, { query: { is_active: false, description: 'member' } })
    const one = await as(await user()).get(`${LIST}${anonymous.body[0].uuid}/`)
    const head = await as().head(LIST)

    expect(anonymous.body.map((role: { name: string }) => role.name)).toEqual(['CUSTOMER.OWNER'])
    expect(anonymous.body[0]).toMatchObject({ content_type: 'customer', is_system_role: true, is_active: true, description_et: null })
    expect(anonymous.body[0].permissions).toContain('ORDER.APPROVE')
    expect(anonymous.body[0]).not.toHaveProperty('users_count')
    expect(counted.body).toMatchObject([{ name: 'PROJECT.MEMBER', users_count: 0 }])
    expect(one.body.name).toBe('CUSTOMER.OWNER')
    expect(Number(head.headers['x-result-count'])).toBe(
      Number((await db.selectFrom('role').select(db.fn.countAll().as('n')).executeTakeFirstOrThrow()).n),
    )
  })

  it('platform 57: are written by staff alone', async () => {
    const { as, user } = w.current
    const { path } = await aRole()
    const anyone = as(await user())
    const support = as(await user({ is_support: true }))
    const body = { name: 'X.Y', content_type: 'project', permissions: [] }

    const answers = [
      await anyone.post(LIST, body),
      await support.put(path, body),
      await anyone.patch(path, {}),
      await anyone.delete(path),
      await anyone.post(`${path}enable/`),
      await anyone.post(`${path}disable/`),
      await anyone.put(`${path}update_descriptions/`, {}),
    ]

    for (const answer of answers) {
      expect(answer).toMatchObject({ status: 403, body: { detail: 'You do not have permission to perform this action.' } })
    }
  })

  it('are made by staff with permissions and descriptions', async () => {
    const { made, name, staff } = await aRole({
      description: 'Approves',
      description_et: 'Kinnitaja',
      permissions: ['ORDER.LIST', 'ORDER.APPROVE', 'ORDER.LIST'],
    })

    expect(made.status).toBe(201)
    expect(made.body).toMatchObject({
      name,
      description: 'Approves',
      description_et: 'Kinnitaja',
      description_en: null,
      permissions: ['ORDER.APPROVE', 'ORDER.LIST'],
      is_system_role: false,
      is_active: true,
      content_type: 'project',
      users_count: 0,
    })
    expect(await staff.post(LIST, { name, content_type: 'project', permissions: [] })).toMatchObject({
      status: 400,
      body: { non_field_errors: ['Name should be unique.'] },
    })
    expect(await staff.post(LIST, { name: 'A.B', content_type: 'planet', permissions: ['NO.SUCH', 'ORDER.LIST'] })).toMatchObject({
      status: 400,
      body: { content_type: ['Invalid content type.'], permissions: ['Invalid permissions NO.SUCH'] },
    })
    expect(await staff.post(LIST, { description: 'x' })).toMatchObject({
      status: 400,
      body: { name: ['This field is required.'], content_type: ['This field is required.'], permissions: ['This field is required.'] },
    })
    expect(await staff.post(LIST, { name: 'A.B', content_type: 'project', permissions: 'ORDER.LIST' })).toMatchObject({ status: 400 })
  })

  it('are changed in part or whole; names of built-in ones are fixed', async () => {
    const { staff, path, name } = await aRole({ description: 'Before', description_et: 'Enne' })
    const system = (await staff.get(LIST, { query: { name: 'CUSTOMER.SUPPORT' } })).body[0]

    const patched = await staff.patch(path, { permissions: [], description_et: null })
    const put = await staff.put(path, { name: `${name}.NEW`, content_type: 'customer', permissions: ['ORDER.LIST'], is_active: false })
    const renamed = await staff.patch(`${LIST}${system.uuid}/`, { name: 'CUSTOMER.HELPER' })
    const clash = await staff.patch(path, { name: 'CUSTOMER.OWNER' })

    expect(patched.body).toMatchObject({ name, permissions: [], description: 'Before', description_et: null })
    expect(put.body).toMatchObject({ name: `${name}.NEW`, content_type: 'customer', permissions: ['ORDER.LIST'], is_active: false })
    expect(await staff.put(path, { name })).toMatchObject({ status: 400, body: { permissions: ['This field is required.'] } })
    expect(renamed).toMatchObject({ status: 400, body: { non_field_errors: ['Changing name for system role is not possible.'] } })
    expect(clash).toMatchObject({ status: 400, body: { non_field_errors: ['Name should be unique.'] } })
    expect((await staff.patch(`${LIST}${system.uuid}/`, { content_type: 'project' })).status).toBe(400)
  })

  it('are described in several languages without touching the rest', async () => {
    const { staff, path } = await aRole({ description: 'Before', description_et: 'Enne' })

    const answer = await staff.put(`${path}update_descriptions/`, { description_lv: 'Loma', description_et: '' })

    expect(answer.status).toBe(200)
    expect(answer.body).toMatchObject({ description: 'Before', description_lv: 'Loma', description_et: null })
    expect(answer.body).not.toHaveProperty('name')
  })

  it('are disabled and enabled', async () => {
    const { staff, path } = await aRole()

    const disabled = await staff.post(`${path}disable/`)
    const between = await staff.get(path)
    const enabled = await staff.post(`${path}enable/`)

    expect([disabled.status, disabled.text, enabled.status, enabled.text]).toEqual([200, '', 200, ''])
    expect(between.body.is_active).toBe(false)
    expect((await staff.get(path)).body.is_active).toBe(true)
  })

  it('platform 57: are deleted while nobody holds them, built-in ones never', async () => {
    const { user, project, insert, db } = w.current
    const { staff, path, made } = await aRole()
    const system = (await staff.get(LIST, { query: { name: 'PROJECT.ADMIN' } })).body[0]
    const { id: role_id } = await db.selectFrom('role').select('id').where('uuid', '=', made.body.uuid).executeTakeFirstOrThrow()
    const grant = await insert('role_grant', { role_id, user_id: (await user()).id, scope_type: 'project', scope_id: (await project()).id })

    const used = await staff.delete(path)
    await db
      .updateTable('role_grant')
      .set({ expiration_time: new Date(Date.now() - 1000).toISOString() })
      .where('id', '=', grant.id)
      .execute()
    const unused = await staff.delete(path)

    expect(used).toMatchObject({ status: 400, body: ['Role is still used.'] })
    expect(unused.status).toBe(204)
    expect((await staff.get(path)).status).toBe(404)
    expect(await staff.delete(`${LIST}${system.uuid}/`)).toMatchObject({
      status: 400,
      body: ['Destroying of system role is not available.'],
    })
  })

  it('platform 56: what a role permits counts from the next request on', async () => {
    const { as, project, user, grant } = w.current
    const { staff, path, name } = await aRole({ permissions: ['PROJECT.UPDATE'] })
    const place = await project()
    const holder = await user()
    await grant(holder, name, place)

    const allowed = await as(holder).patch(`/api/projects/${place.uuid}/`, { description: 'mine' })
    await staff.patch(path, { permissions: [] })
    const refused = await as(holder).patch(`/api/projects/${place.uuid}/`, { description: 'yours' })

    expect(allowed.status).toBe(200)
    expect(refused.status).toBe(403)
  })
})
