import { describe, expect, it } from 'vitest'
import { png } from '../../../tests/support/pictures.ts'
import { type Row, urls, world } from '../../../tests/support/world.ts'

const w = world()
const PATH = '/api/marketplace-categories/'
const GROUPS = '/api/marketplace-category-groups/'

const sections = [
  {
    key: 'hardware',
    title: 'Hardware',
    is_standalone: false,
    attributes: [
      { key: 'gpu', title: 'GPU', type: 'boolean', options: [], required: false, default: false },
      { key: 'kind', title: 'Kind', type: 'choice', options: [{ key: 'hpc', title: 'HPC' }], required: true, default: null },
    ],
  },
]

async function staffClient() {
  return w.current.as(await w.current.user({ is_staff: true }))
}

describe('categories', () => {
  it('are written by staff and read by everybody, anonymous callers included', async () => {
    const { as, user } = w.current
    const staff = await staffClient()

    const made = await staff.post(PATH, { title: 'Compute', description: 'Machines<script>1</script>' })
    const changed = await staff.patch(`${PATH}${made.body.uuid}/`, { title: 'Computing' })
    const put = await staff.put(`${PATH}${made.body.uuid}/`, { title: 'Computers' })

    expect(made.status).toBe(201)
    expect(made.body).toMatchObject({ title: 'Compute', description: 'Machines', icon: null, group: null, sections: [], offering_count: 0 })
    expect(changed.body).toMatchObject({ title: 'Computing', description: 'Machines' })
    expect(put.body).toMatchObject({ title: 'Computers', description: 'Machines' })
    expect((await as().get(`${PATH}${made.body.uuid}/`)).body.title).toBe('Computers')
    expect((await as().get(PATH)).status).toBe(200)
    const stranger = as(await user())
    for (const answer of [
      await stranger.post(PATH, {}),
      await stranger.patch(`${PATH}${made.body.uuid}/`, {}),
      await stranger.delete(`${PATH}${made.body.uuid}/`),
    ]) {
      expect(answer.status).toBe(403)
    }
    expect((await as().post(PATH, {})).status).toBe(401)
    expect((await staff.delete(`${PATH}${made.body.uuid}/`)).status).toBe(204)
    expect((await staff.get(`${PATH}${made.body.uuid}/`)).body).toEqual({ detail: 'No Category matches the given query.' })
  })

  it('need a title, and take an icon and a group', async () => {
    const staff = await staffClient()
    const group = await staff.post(GROUPS, { title: 'Research' })

    const empty = await staff.post(PATH, {})
    const made = await staff.upload(PATH, { title: 'Storage', icon: png(), group: group.body.url })
    const cleared = await staff.upload(`${PATH}${made.body.uuid}/`, { icon: '', group: '' }, { method: 'PATCH' })

    expect(empty.body).toEqual({ title: ['This field is required.'] })
    expect(made.body.icon).toMatch(/\/api\/media\//)
    expect(made.body.group).toBe(group.body.url)
    expect(cleared.body).toMatchObject({ icon: null, group: null })
  })

  it('each default flag is carried by one at most, and the other is named', async () => {
    const staff = await staffClient()
    const vm = await staff.post(PATH, { title: 'VMs', default_vm_category: true })

    const second = await staff.post(PATH, { title: 'Others', default_vm_category: true })
    const self = await staff.patch(`${PATH}${vm.body.uuid}/`, { default_vm_category: true, default_volume_category: true })
    const third = await staff.post(PATH, { title: 'Others', default_volume_category: true, default_tenant_category: true })

    expect(vm.body.default_vm_category).toBe(true)
    expect(second.status).toBe(400)
    expect(second.body).toEqual({ default_vm_category: ['VMs is already default vm category.'] })
    expect(self.body).toMatchObject({ default_vm_category: true, default_volume_category: true })
    expect(third.body).toEqual({ default_volume_category: ['VMs is already default volume category.'] })
    await staff.delete(`${PATH}${vm.body.uuid}/`)
  })

  it('say what their offerings describe themselves with', async () => {
    const staff = await staffClient()

    const made = await staff.post(PATH, {
      title: 'Sections',
      sections,
      columns: [{ index: 0, title: 'GPU', attribute: 'gpu', widget: 'csv' }],
      components: [{ type: 'cpu', name: 'CPU' }],
      articles: [{ title: 'Help', url: 'https://example.org/help' }],
    })

    expect(made.body.sections).toEqual(sections)
    expect(made.body.columns).toEqual([
      { uuid: expect.stringMatching(/^[0-9a-f]{32}$/), index: 0, title: 'GPU', attribute: 'gpu', widget: 'csv' },
    ])
    expect(made.body.components).toEqual([{ type: 'cpu', name: 'CPU', description: '', measured_unit: '' }])
    expect(made.body.articles).toEqual([{ title: 'Help', url: 'https://example.org/help' }])
    const bad = await staff.post(PATH, {
      title: 'x',
      sections: [{ key: 'a', title: 'A', attributes: [{ key: 'k', title: 'K', type: 'nope' }] }],
    })
    expect(bad.status).toBe(400)
    expect(bad.body).toEqual({ sections: [{ attributes: [{ type: ['"nope" is not a valid choice.'] }] }] })
  })

  it('with offerings stay: 409', async () => {
    const staff = await staffClient()
    const category = await w.current.category()
    await w.current.offering(undefined, { category_id: category.id })

    const answer = await staff.delete(`${PATH}${category.uuid}/`)

    expect(answer.status).toBe(409)
    expect(answer.body).toEqual({ detail: 'Cannot delete category with existing offerings' })
  })

  it('count the offerings that the caller could order', async () => {
    const { as, cast, category, offering } = w.current
    const { provider, providerOwner, outsider, support } = await cast()
    const own = await category()
    for (const state of ['Active', 'Paused', 'Draft', 'Archived']) await offering(provider, { category_id: own.id, state })
    await offering(provider, { category_id: own.id, shared: false })
    const counts = async (client: ReturnType<typeof as>) => {
      const { body } = await client.get(`${PATH}${own.uuid}/`)
      return [body.offering_count, body.available_offerings_count]
    }

    expect(await counts(as(outsider))).toEqual([2, 1])
    expect(await counts(as())).toEqual([2, 1])
    expect(await counts(as(providerOwner))).toEqual([3, 2])
    expect(await counts(as(support))).toEqual([3, 2])
  })

  it('are found by what is offered in them and by whom it is used', async () => {
    const { as, cast, category, offering, resource, insert } = w.current
    const { provider, consumer, project, providerOwner } = await cast()
    const group = await insert('category_group', { title: 'Filters' })
    const [used, idle] = [await category({ title: 'Filter used', group_id: group.id }), await category({ title: 'Filter idle' })]
    const active = await offering(provider, { category_id: used.id, name: 'Fine cluster' })
    await offering(provider, { category_id: idle.id, shared: false, state: 'Draft' })
    await category({ title: 'Filter empty' })
    await resource(active, project)
    const client = as(providerOwner)
    const titles = async (query: object) =>
      (await client.get(PATH, { query: { title: 'filter', ...query } })).body.map((row: { title: string }) => row.title.slice(7))

    expect(await titles({})).toEqual(['empty', 'idle', 'used'])
    expect(await titles({ has_shared: 'anything' })).toEqual(['used'])
    expect(await titles({ has_offerings: true })).toEqual(['idle', 'used'])
    expect(await titles({ has_offerings: false })).toEqual(['empty'])
    expect(await titles({ offering_name: 'CLUSTER' })).toEqual(['used'])
    expect(await titles({ group_uuid: group.uuid })).toEqual(['used'])
    expect(await titles({ customer_uuid: provider.uuid })).toEqual(['idle', 'used'])
    expect(await titles({ customer_uuid: consumer.uuid })).toEqual([])
    expect(await titles({ customer_uuid: provider.uuid, customers_offerings_state: ['1', '4'] })).toEqual(['idle'])
    expect(await titles({ customers_offerings_state: 2 })).toEqual(['used'])
    expect(await titles({ resource_customer_uuid: consumer.uuid })).toEqual(['used'])
    expect(await titles({ resource_customer_uuid: provider.uuid })).toEqual([])
    expect(await titles({ resource_project_uuid: project.uuid })).toEqual(['used'])
    expect((await client.head(PATH, { query: { title: 'filter' } })).headers['x-result-count']).toBe('3')
    expect((await client.get(PATH, { query: { customers_offerings_state: 9, customer_uuid: 'nope' } })).body).toEqual({
      customer_uuid: ['Enter a valid UUID.'],
      customers_offerings_state: ['Select a valid choice. 9 is not one of the available choices.'],
    })
  })

  it('keep their attributes: an offering is checked against them', async () => {
    const { as, cast, category } = w.current
    const { provider, staff } = await cast()
    const own = await category({ sections: JSON.stringify(sections) })
    const post = (attributes: object | undefined) =>
      as(staff).post('/api/marketplace-provider-offerings/', {
        name: 'Cluster',
        type: 'Marketplace.Basic',
        customer: urls.customer(provider),
        category: urls.category(own),
        ...(attributes && { attributes }),
      })

    expect((await post(undefined)).body).toEqual({ attributes: ['These attributes are required: kind'] })
    expect((await post({ kind: 'cloud', gpu: 'yes' })).body).toEqual({
      kind: ['This value is not available.'],
      gpu: ['Value must be a boolean.'],
    })
    expect((await post({ kind: 'hpc' })).body.attributes).toEqual({ gpu: false, kind: 'hpc' })
  })
})

describe('groups of categories', () => {
  it('are written by staff and read by everybody', async () => {
    const { as, user, category } = w.current
    const staff = await staffClient()

    const made = await staff.upload(GROUPS, { title: 'Clouds', description: 'All of them', icon: png() })
    const path = `${GROUPS}${made.body.uuid}/`
    const member: Row = await category()
    await staff.patch(`${PATH}${member.uuid}/`, { group: made.body.url })

    expect(made.status).toBe(201)
    expect(made.body).toMatchObject({ title: 'Clouds', description: 'All of them', icon: expect.stringMatching(/\/api\/media\//) })
    expect((await staff.patch(path, { title: 'Cloud' })).body.title).toBe('Cloud')
    expect((await staff.put(path, { title: 'Clouds', icon: null })).body).toMatchObject({ title: 'Clouds', icon: null })
    expect((await staff.put(path, {})).body).toEqual({ title: ['This field is required.'] })
    expect((await as().get(path)).body.title).toBe('Clouds')
    expect((await as().get(GROUPS, { query: { title: 'cloud' } })).body).toHaveLength(1)
    expect((await as().head(GROUPS, { query: { title: 'nothing' } })).headers['x-result-count']).toBe('0')
    expect((await as(await user()).delete(path)).status).toBe(403)
    expect((await staff.delete(path)).status).toBe(204)
    expect((await staff.get(path)).status).toBe(404)
    expect((await staff.get(`${PATH}${member.uuid}/`)).body.group).toBeNull()
  })
})

describe('a site that shows nothing to anonymous callers', () => {
  const closed = world({ ANONYMOUS_USER_CAN_VIEW_OFFERINGS: 'false' })

  it('asks for a token for categories and service providers', async () => {
    for (const path of [PATH, GROUPS, '/api/marketplace-service-providers/']) {
      expect((await closed.current.as().get(path)).status).toBe(401)
      expect((await closed.current.as(await closed.current.user()).get(path)).status).toBe(200)
    }
  })
})
