import { describe, expect, it } from 'vitest'
import { png } from '../../tests/support/pictures.ts'
import { urls, world } from '../../tests/support/world.ts'

const w = world()
const PATH = '/api/marketplace-provider-offerings/'
const at = ({ uuid }: { uuid: string }, verb = '') => `${PATH}${uuid}/${verb}`

/** A cast with an active offering of its provider, and the provider's owner at the keyboard. */
async function provided(values: { [column: string]: unknown } = {}) {
  const people = await w.current.cast()
  const row = await w.current.offering(people.provider, values)
  const client = w.current.as(people.providerOwner)
  const post = (verb: string, body?: unknown) => client.post(at(row, `${verb}/`), body)
  const shown = async () => (await client.get(at(row))).body
  return { ...people, row, client, post, shown }
}

describe('what an offering says', () => {
  it('update_attributes replaces all attributes, checked against the category', async () => {
    const sections = [{ key: 's', title: 'S', attributes: [{ key: 'gpu', title: 'GPU', type: 'boolean', required: true }] }]
    const category = await w.current.category({ sections: JSON.stringify(sections) })
    const { post, shown, client, row } = await provided({ category_id: category.id, attributes: JSON.stringify({ old: 1 }) })

    expect((await post('update_attributes', { gpu: 'yes' })).body).toEqual({ gpu: ['Value must be a boolean.'] })
    expect((await post('update_attributes', {})).body).toEqual({ attributes: ['These attributes are required: gpu'] })
    for (const value of [['gpu'], 'gpu', 4, null]) {
      const { status, body } = await post('update_attributes', value)
      expect([status, body]).toEqual([400, ['Dictionary is expected.']])
    }
    expect((await post('update_attributes', { gpu: true, text: 'x'.repeat(70_000) })).body).toEqual({
      attributes: [expect.stringContaining('65536')],
    })
    const done = await post('update_attributes', { gpu: true, free: { link: 1, keys: 2 } })
    expect([done.status, done.text]).toEqual([200, ''])
    expect((await shown()).attributes).toEqual({ gpu: true, free: { link: 1, keys: 2 } })
    expect(
      (await client.send('POST', at(row, 'update_attributes/'), '{', { headers: { 'content-type': 'application/json' } })).status,
    ).toBe(400)
  })

  it('update_description moves it to another category', async () => {
    const { post, shown } = await provided()
    const category = await w.current.category()

    expect((await post('update_description', {})).body).toEqual({ category: ['This field is required.'] })
    expect((await post('update_description', { category: urls.category({ id: 0, uuid: '0'.repeat(32) }) })).body).toEqual({
      category: ['Invalid hyperlink - Object does not exist.'],
    })
    expect((await post('update_description', { category: urls.category(category) })).status).toBe(200)
    expect((await shown()).category_uuid).toBe(category.uuid)
  })

  it('update_overview: a draft by who edits it, later by staff alone', async () => {
    const draft = await provided({ state: 'Draft' })
    const active = await provided()
    const body = {
      name: 'Renamed',
      full_description: '<p onclick="x()">Hi</p>',
      privacy_policy_link: 'https://example.org/p',
      slug: 'new-slug',
    }

    const done = await draft.post('update_overview', body)
    const wrong = await draft.post('update_overview', { privacy_policy_link: 'nope', slug: 'a b' })
    const late = await active.post('update_overview', body)

    expect(done.status).toBe(200)
    expect(await draft.shown()).toMatchObject({ ...body, full_description: '<p>Hi</p>' })
    expect(wrong.body).toEqual({
      name: ['This field is required.'],
      privacy_policy_link: ['Enter a valid URL.'],
      slug: ['Enter a valid "slug" consisting of letters, numbers, underscores or hyphens.'],
    })
    expect(late.status).toBe(403)
    expect((await w.current.as(active.staff).post(at(active.row, 'update_overview/'), { name: 'By staff' })).status).toBe(200)
    expect(await active.shown()).toMatchObject({ name: 'By staff', slug: '' })
  })

  it('update_location', async () => {
    const { post, shown } = await provided()

    expect((await post('update_location', { latitude: 'x' })).body).toEqual({
      latitude: ['A valid number is required.'],
      longitude: ['This field is required.'],
    })
    expect((await post('update_location', { latitude: 58.25, longitude: -26 })).status).toBe(200)
    expect(await shown()).toMatchObject({ latitude: 58.25, longitude: -26 })
  })

  it('update_options and update_resource_options', async () => {
    const { post, shown } = await provided()
    const form = { order: ['cpu'], options: { cpu: { type: 'integer', label: 'CPU', required: true } } }

    expect((await post('update_options', { options: form })).text).toBe('')
    expect((await post('update_resource_options', { resource_options: form })).text).toBe('')
    expect(await shown()).toMatchObject({ options: form, resource_options: form })
    expect((await post('update_options', {})).body).toEqual({ options: ['This field is required.'] })
    const bad = { ...form.options.cpu, validators: [{ type: 'gt', target_field: 'x' }] }
    expect((await post('update_options', { options: { order: [], options: { cpu: bad } } })).body).toEqual({
      options: ['Target field x for option cpu not found in options.'],
    })
    expect((await post('update_resource_options', { resource_options: { order: [], options: { cpu: bad } } })).body).toEqual({
      resource_options: ['Target field x for option cpu not found in options.'],
    })
    expect((await post('update_options', { options: { order: [], options: {} } })).status).toBe(200)
    expect((await shown()).options).toEqual({ order: [], options: {} })
  })

  it('update_backend_id_rules', async () => {
    const { post, shown } = await provided()

    expect((await post('update_backend_id_rules', { backend_id_rules: { format: '^a' } })).text).toBe('')
    await post('update_backend_id_rules', {})
    expect((await shown()).backend_id_rules).toEqual({ format: '^a' })
    await post('update_backend_id_rules', { backend_id_rules: null })
    expect((await shown()).backend_id_rules).toEqual({})
  })

  it('set_backend_metadata', async () => {
    const { post, shown } = await provided()

    await post('set_backend_metadata', { backend_metadata: { node: 7 } })
    expect((await post('set_backend_metadata', {})).text).toBe('')
    expect((await shown()).backend_metadata).toEqual({ node: 7 })
  })
})

describe('how an offering is delivered', () => {
  it('options and secrets are merged key by key; null takes one away', async () => {
    const { post, shown } = await provided()

    await post('update_integration', {
      plugin_options: { can_restore_resource: true, storage_mode: 'fixed' },
      secret_options: { token: ' t ', api_url: 'u' },
    })
    const done = await post('update_integration', {
      plugin_options: { storage_mode: null, max_instances: 4 },
      secret_options: { api_url: 'v', environ: { A: 1 } },
      service_attributes: { a: 1 },
      backend_id: 'b1',
    })

    expect([done.status, done.text]).toEqual([200, ''])
    expect(await shown()).toMatchObject({
      plugin_options: { can_restore_resource: true, max_instances: 4 },
      secret_options: { token: ' t ', api_url: 'v', environ: { A: 1 } },
      service_attributes: { a: 1 },
      backend_id: 'b1',
    })
    expect((await shown()).plugin_options).not.toHaveProperty('storage_mode')
    expect((await post('update_integration', { plugin_options: { minimal_team_count_for_provisioning: 0 } })).body).toEqual({
      plugin_options: { minimal_team_count_for_provisioning: ['Ensure this value is greater than or equal to 1.'] },
    })
    expect((await post('update_integration', {})).status).toBe(200)
  })

  it('secrets are sealed at rest and shown to staff, owners and managers of the provider only', async () => {
    const { as, db, user, grant } = w.current
    const { row, post, client, staff, support, providerManager } = await provided()
    await post('update_integration', { secret_options: { password: 'hunter2' } })
    const offeringManager = await user()
    await grant(offeringManager, 'OFFERING.MANAGER', row)
    const seen = async (person: Parameters<typeof as>[0]) => (await as(person).get(at(row))).body.secret_options

    for (const person of [staff, providerManager]) expect(await seen(person)).toEqual({ password: 'hunter2' })
    for (const person of [support, offeringManager]) expect(await seen(person)).toBeUndefined()
    expect((await client.get(PATH)).text).not.toContain('hunter2')
    expect((await client.get(at(row), { query: { field: ['uuid', 'secret_options'] } })).body).toEqual({
      uuid: row.uuid,
      secret_options: { password: 'hunter2' },
    })
    expect((await client.get(at(row), { query: { field: 'secret_options' } })).body).toEqual({ secret_options: { password: 'hunter2' } })
    expect((await client.get(at(row), { query: { field: 'uuid' } })).body).toEqual({ uuid: row.uuid })
    const stored = await db.selectFrom('offering').select('secret_options').where('id', '=', row.id).executeTakeFirstOrThrow()
    expect(stored.secret_options?.toString('latin1')).not.toContain('hunter2')
  })

  it('only staff changes the list of disabled actions; others may send it back as it is', async () => {
    const { post, staff, row, shown } = await provided()
    await w.current.as(staff).post(at(row, 'update_integration/'), { plugin_options: { disabled_resource_actions: ['terminate'] } })

    const changed = await post('update_integration', { plugin_options: { disabled_resource_actions: [] } })
    const same = await post('update_integration', { plugin_options: { disabled_resource_actions: ['terminate'], supports_pausing: true } })

    expect(changed.body).toEqual({ plugin_options: ['Only staff can change list of disabled actions.'] })
    expect(same.status).toBe(200)
    expect((await shown()).plugin_options).toEqual({ disabled_resource_actions: ['terminate'], supports_pausing: true })
  })

  it('endpoints are added and removed', async () => {
    const { post, shown } = await provided()

    const made = await post('add_endpoint', { name: 'ssh', url: 'ssh://login.example.org' })

    expect(made.status).toBe(201)
    expect(made.body).toEqual({ uuid: expect.stringMatching(/^[0-9a-f]{32}$/) })
    expect((await shown()).endpoints).toEqual([{ uuid: made.body.uuid, name: 'ssh', url: 'ssh://login.example.org' }])
    expect((await post('add_endpoint', {})).body).toEqual({ name: ['This field is required.'], url: ['This field is required.'] })
    expect((await post('delete_endpoint', { uuid: 'nope' })).body).toEqual({ uuid: ['Must be a valid UUID.'] })
    expect((await post('delete_endpoint', made.body)).status).toBe(204)
    expect((await post('delete_endpoint', made.body)).status).toBe(404)
    expect((await shown()).endpoints).toEqual([])
  })

  it('pictures are set and removed', async () => {
    const { client, row, post, shown } = await provided()

    const image = await client.upload(at(row, 'update_image/'), { image: png() })
    const thumbnail = await client.upload(at(row, 'update_thumbnail/'), { thumbnail: png() })
    const both = await shown()

    expect([image.status, image.text, thumbnail.status]).toEqual([200, '', 200])
    expect([both.image, both.thumbnail]).toEqual([expect.stringMatching(/\/api\/media\//), expect.stringMatching(/\/api\/media\//)])
    expect((await post('update_image', {})).body).toEqual({ image: ['No file was submitted.'] })
    expect((await post('update_thumbnail', { thumbnail: 'text' })).body).toEqual({
      thumbnail: ['The submitted data was not a file. Check the encoding type on the form.'],
    })
    expect((await post('delete_image')).status).toBe(204)
    expect((await post('delete_thumbnail')).status).toBe(204)
    expect(await shown()).toMatchObject({ image: null, thumbnail: null })
  })
})

describe('who may order', () => {
  it('the owner names groups of organizations and clears them', async () => {
    const { insert, as } = w.current
    const { post, shown, providerManager, row } = await provided()
    const group = await insert('organization_group', { name: 'Universities' })
    const url = `http://testserver/api/organization-groups/${group.uuid}/`

    expect((await post('update_organization_groups', { organization_groups: [url, url] })).text).toBe('')
    expect((await shown()).organization_groups).toMatchObject([
      { uuid: group.uuid, name: 'Universities', parent: null, customers_count: 0 },
    ])
    expect((await post('update_organization_groups', { organization_groups: ['nope'] })).status).toBe(400)
    expect((await post('update_organization_groups', {})).status).toBe(200)
    expect((await shown()).organization_groups).toHaveLength(1)
    expect((await as(providerManager).post(at(row, 'update_organization_groups/'), { organization_groups: [] })).status).toBe(403)
    expect((await as(providerManager).post(at(row, 'delete_organization_groups/'))).status).toBe(403)
    expect((await post('delete_organization_groups')).status).toBe(204)
    expect((await shown()).organization_groups).toEqual([])
  })
})

const VERBS = [
  'update_attributes',
  'update_description',
  'update_location',
  'update_options',
  'update_resource_options',
  'update_integration',
  'set_backend_metadata',
  'update_backend_id_rules',
  'update_image',
  'delete_image',
  'update_thumbnail',
  'delete_thumbnail',
  'create_offering_component',
  'update_offering_component',
  'remove_offering_component',
  'add_endpoint',
  'delete_endpoint',
  'update_organization_groups',
  'delete_organization_groups',
]

describe('before anything is changed', () => {
  it.each([...VERBS, 'update_overview'])('%s: permission, then archived, then blocked, then the body', async (verb) => {
    const { as, customer, offering, user, cast } = w.current
    const { support, outsider } = await cast()
    const staff = as(await user({ is_staff: true }))
    const archived = await offering(undefined, { state: 'Archived' })
    const blocked = await offering(await customer({ blocked: true }))

    const first = await staff.post(at(archived, `${verb}/`), {})
    const second = await staff.post(at(blocked, `${verb}/`), {})

    expect([first.status, first.body]).toEqual([400, ['It is not possible to update archived offering.']])
    expect([second.status, second.body]).toEqual([400, ['Blocked organization is not available.']])
    expect((await as(support).post(at(archived, `${verb}/`), {})).status).toBe(403)
    expect((await as(outsider).post(at(archived, `${verb}/`), {})).status).toBe(404)
    expect((await as().post(at(archived, `${verb}/`), {})).status).toBe(401)
  })
})
