import { describe, expect, it } from 'vitest'
import { world } from '../../../tests/support/world.ts'

describe('groups of organizations', () => {
  const w = world()

  it('are made by staff and seen by everybody', async () => {
    const { as, user } = w.current
    const staff = await user({ is_staff: true })
    const anyone = await user()

    const made = await as(staff).post('/api/organization-groups/', { name: ' Faculties ' })
    const seen = await as(anyone).get('/api/organization-groups/', { query: { name: 'facul' } })

    expect(made.status).toBe(201)
    expect(made.body).toMatchObject({ name: 'Faculties', parent: null, customers_count: 0 })
    expect(made.headers.location).toBe(made.body.url)
    expect(seen.headers['x-result-count']).toBe('1')
    expect(seen.body[0].uuid).toBe(made.body.uuid)
  })

  it('are not made, changed or deleted by others', async () => {
    const { as, user, insert } = w.current
    const anyone = await user()
    const group = await insert('organization_group', { name: 'Kept' })

    const answers = [
      await as(anyone).post('/api/organization-groups/', { name: 'x' }),
      await as(anyone).patch(`/api/organization-groups/${group.uuid}/`, { name: 'x' }),
      await as(anyone).delete(`/api/organization-groups/${group.uuid}/`),
    ]

    for (const answer of answers) expect(answer.status).toBe(403)
    expect((await as(anyone).get(`/api/organization-groups/${group.uuid}/`)).body.name).toBe('Kept')
  })

  it('lie in one another, but never in themselves', async () => {
    const { as, user } = w.current
    const staff = as(await user({ is_staff: true }))
    const top = (await staff.post('/api/organization-groups/', { name: 'Top' })).body
    const inner = (await staff.post('/api/organization-groups/', { name: 'Inner', parent: top.url })).body

    const loop = await staff.patch(`/api/organization-groups/${top.uuid}/`, { parent: inner.url })
    const missing = await staff.put(`/api/organization-groups/${top.uuid}/`, {})
    const junk = await staff.post('/api/organization-groups/', { name: 'x', parent: 'junk' })
    const gone = await staff.delete(`/api/organization-groups/${inner.uuid}/`)

    expect(inner).toMatchObject({ parent: top.url, parent_uuid: top.uuid, parent_name: 'Top' })
    expect(loop).toMatchObject({ status: 400, body: ['A group cannot be its own parent.'] })
    expect(missing).toMatchObject({ status: 400, body: { name: ['This field is required.'] } })
    expect(junk).toMatchObject({ status: 400, body: { parent: ['Invalid hyperlink - No URL match.'] } })
    expect(gone.status).toBe(204)
    expect((await staff.get(`/api/organization-groups/${inner.uuid}/`)).status).toBe(404)
  })

  it('are found by name and parent; unknown orders are ignored', async () => {
    const { as, user, insert } = w.current
    const anyone = as(await user())
    const top = await insert('organization_group', { name: 'Omega' })
    await insert('organization_group', { name: 'Omega inner', parent_id: top.id })
    const names = async (query: Record<string, string>) =>
      (await anyone.get('/api/organization-groups/', { query })).body.map((group: { name: string }) => group.name)

    expect(await names({ name: 'omega', o: '-name,nope' })).toEqual(['Omega inner', 'Omega'])
    expect(await names({ name_exact: 'Omega' })).toEqual(['Omega'])
    expect(await names({ parent: top.uuid })).toEqual(['Omega inner'])
    expect((await anyone.get('/api/organization-groups/', { query: { parent: 'nope' } })).status).toBe(400)
    expect((await anyone.head('/api/organization-groups/', { query: { name: 'omega' } })).headers['x-result-count']).toBe('2')
    expect((await as().get('/api/organization-groups/')).status).toBe(401)
  })
})
