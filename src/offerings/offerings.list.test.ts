import { describe, expect, it } from 'vitest'
import { urls, world } from '../../tests/support/world.ts'

const w = world()
const PATH = '/api/marketplace-provider-offerings/'
const at = ({ uuid }: { uuid: string }, verb = '') => `${PATH}${uuid}/${verb}`

describe('who sees an offering on its provider’s side', () => {
  it('staff, support and everybody with a role on it, its project, its organization or its provider', async () => {
    const { as, cast, offering, user, grant, project } = w.current
    const people = await cast()
    const home = await project(people.provider)
    const row = await offering(people.provider, { project_id: home.id, state: 'Draft' })
    const [manager, member, expired] = [await user(), await user(), await user()]
    await grant(manager, 'OFFERING.MANAGER', row)
    await grant(member, 'PROJECT.ADMIN', home)
    await grant(expired, 'OFFERING.MANAGER', row, { expiration_time: '2020-01-01' })
    const status = async (person: Parameters<typeof as>[0]) => (await as(person).get(at(row))).status

    for (const person of [people.staff, people.support, people.providerOwner, people.providerManager, manager, member]) {
      expect(await status(person)).toBe(200)
    }
    for (const person of [people.customerOwner, people.projectManager, people.outsider, expired]) expect(await status(person)).toBe(404)
    expect(await status(undefined)).toBe(401)
    expect((await as(people.outsider).get(PATH)).body).toEqual([])
    expect((await as(people.providerOwner).get(PATH)).body.map(({ uuid }: { uuid: string }) => uuid)).toEqual([row.uuid])
    expect((await as(people.providerOwner).get(at({ uuid: 'nope' }))).status).toBe(404)
  })

  it('PUT and PATCH are not allowed', async () => {
    const { as, cast, offering } = w.current
    const { provider, providerOwner } = await cast()
    const row = await offering(provider)

    for (const method of ['PUT', 'PATCH'] as const) {
      const { status, body } = await as(providerOwner).send(method, at(row), '{}', { headers: { 'content-type': 'application/json' } })
      expect(status).toBe(405)
      expect(body).toEqual({ detail: `Method "${method}" not allowed.` })
    }
  })
})

describe('finding offerings', () => {
  it('by what they are and whose', async () => {
    const { as, cast, offering, customer, category, insert, project } = w.current
    const { provider, providerOwner, support } = await cast()
    const group = await insert('category_group', { title: 'Group' })
    const kind = await category({ group_id: group.id })
    const other = await customer({ name: 'Another provider', abbreviation: 'APX' })
    const home = await project(provider)
    const parent = await offering(provider, {
      name: 'P alpha',
      state: 'Draft',
      attributes: JSON.stringify({ os: ['linux', 'bsd'], gpu: true }),
    })
    const child = await offering(provider, {
      name: 'P beta_1',
      parent_id: parent.id,
      category_id: kind.id,
      project_id: home.id,
      type: 'Marketplace.Slurm',
      shared: false,
      billable: false,
      description: 'Quantum',
      slug: 'beta-slug',
      plugin_options: JSON.stringify({ service_provider_can_create_offering_user: true }),
    })
    await offering(other, { name: 'P gamma' })
    const client = as(support)
    const names = async (query: object) =>
      (await client.get(PATH, { query: { name: 'P ', ...query } })).body.map(({ name }: { name: string }) => name.slice(2)).join(' ')

    expect(await names({})).toBe('alpha beta_1 gamma')
    expect(await names({ name: 'BETA_' })).toBe('beta_1')
    expect(await names({ name_exact: 'P alpha' })).toBe('alpha')
    expect(await names({ name_exact: 'P' })).toBe('')
    expect(await names({ description: 'quant' })).toBe('beta_1')
    expect(await names({ customer_uuid: provider.uuid })).toBe('alpha beta_1')
    expect(await names({ customer: urls.customer(other) })).toBe('gamma')
    expect(await names({ keyword: 'apx' })).toBe('gamma')
    expect(await names({ keyword: 'quantum' })).toBe('beta_1')
    expect(await names({ query: child.uuid })).toBe('beta_1')
    expect(await names({ query: 'beta-slug' })).toBe('beta_1')
    expect(await names({ category_uuid: kind.uuid })).toBe('beta_1')
    expect(await names({ category_group_uuid: group.uuid })).toBe('beta_1')
    expect(await names({ project_uuid: home.uuid })).toBe('beta_1')
    expect(await names({ parent_uuid: parent.uuid })).toBe('beta_1')
    expect(await names({ state: ['Draft', 'Paused'] })).toBe('alpha')
    expect(await names({ type: ['Marketplace.Slurm', 'Nothing'] })).toBe('beta_1')
    expect(await names({ shared: false })).toBe('beta_1')
    expect(await names({ shared: 'True' })).toBe('alpha gamma')
    expect(await names({ billable: 'nope' })).toBe('alpha beta_1 gamma')
    expect(await names({ billable: 0 })).toBe('beta_1')
    expect(await names({ can_create_offering_user: true })).toBe('beta_1')
    expect(await names({ attributes: '{"os":"linux"}' })).toBe('alpha')
    expect(await names({ attributes: '{"os":["bsd","mac"],"gpu":true}' })).toBe('alpha')
    expect(await names({ attributes: '{"os":"mac"}' })).toBe('')
    expect(await names({ uuid_list: `${child.uuid},${parent.uuid}` })).toBe('alpha beta_1')
    expect(await names({ created: '2999-01-01' })).toBe('')
    expect(await names({ modified: '2020-01-01' })).toBe('alpha beta_1 gamma')
    expect((await client.head(PATH, { query: { name: 'P ' } })).headers['x-result-count']).toBe('3')
    expect((await as(providerOwner).head(PATH, { query: { name: 'P ' } })).headers['x-result-count']).toBe('2')
  })

  it('by who uses, manages and may order them', async () => {
    const { as, cast, offering, resource, customer, insert, db, user, grant } = w.current
    const { provider, consumer, project, support } = await cast()
    const group = await insert('organization_group', { name: 'Group' })
    const [open, limited, own] = [
      await offering(provider, { name: 'U open' }),
      await offering(provider, { name: 'U limited' }),
      await offering(consumer, { name: 'U own', shared: false }),
    ]
    await db.insertInto('offering_organization_group').values({ offering_id: limited.id, organization_group_id: group.id }).execute()
    const member = await customer()
    await db.insertInto('customer_organization_group').values({ customer_id: member.id, organization_group_id: group.id }).execute()
    await resource(open, project)
    await resource(limited, project, { state: 'Terminated' })
    const manager = await user()
    await grant(manager, 'OFFERING.MANAGER', own)
    const client = as(support)
    const names = async (query: object) =>
      (await client.get(PATH, { query: { name: 'U ', ...query } })).body.map(({ name }: { name: string }) => name.slice(2)).join(' ')

    expect(await names({ allowed_customer_uuid: consumer.uuid })).toBe('open own')
    expect(await names({ allowed_customer_uuid: member.uuid })).toBe('limited open')
    expect(await names({ organization_group_uuid: [group.uuid] })).toBe('limited')
    expect(await names({ resource_customer_uuid: consumer.uuid })).toBe('open')
    expect(await names({ resource_project_uuid: project.uuid })).toBe('open')
    expect(await names({ service_manager_uuid: manager.uuid })).toBe('own')
    expect(await names({ o: '-total_customers' })).toMatch(/^open /)
    expect(await names({ o: ['-name', 'total_cost', 'total_cost_estimated', 'type', 'state', 'created'] })).toBe('own open limited')
    expect((await client.get(at(open))).body).toMatchObject({ total_customers: 1, total_cost: null })
  })

  it('by what none has yet: the parameters are read, and “no” is everything', async () => {
    const { as, cast, offering } = w.current
    const { provider, providerOwner } = await cast()
    await offering(provider)
    const client = as(providerOwner)
    const count = async (query: { [name: string]: string }) => (await client.head(PATH, { query })).headers['x-result-count']

    for (const name of [
      'accessible_via_calls',
      'has_terms_of_service',
      'has_active_terms_of_service',
      'user_has_consent',
      'user_has_offering_user',
    ]) {
      expect(await count({ [name]: 'true' })).toBe('0')
      expect(await count({ [name]: 'false' })).toBe('1')
    }
    for (const name of ['tag_name', 'tag_names_and', 'scope_uuid']) expect(await count({ [name]: 'x' })).toBe('0')
    for (const name of ['tag', 'tags_and']) expect(await count({ [name]: provider.uuid })).toBe('0')
  })

  it('names every malformed parameter', async () => {
    const { as, cast } = w.current
    const client = as((await cast()).staff)
    const uuids = [
      'allowed_customer_uuid',
      'category_uuid',
      'customer_uuid',
      'organization_group_uuid',
      'parent_uuid',
      'resource_project_uuid',
      'tag',
      'uuid_list',
    ]

    const { status, body } = await client.get(PATH, {
      query: { ...Object.fromEntries(uuids.map((name) => [name, 'nope'])), state: 'nope', created: 'nope' },
    })

    expect(status).toBe(400)
    expect(body).toEqual({
      ...Object.fromEntries(uuids.map((name) => [name, ['Enter a valid UUID.']])),
      state: ['Select a valid choice. nope is not one of the available choices.'],
      created: ['Enter a valid date/time.'],
    })
    expect((await client.get(PATH, { query: { attributes: 'foo' } })).body).toEqual(['Filter attribute is not valid json.'])
    expect((await client.get(PATH, { query: { attributes: '[1]' } })).body).toEqual(['Filter attribute should be an dict.'])
    expect((await client.get(PATH, { query: { o: 'nope' } })).status).toBe(400)
  })
})

describe('offerings gathered by provider', () => {
  it('are paged by organization', async () => {
    const { as, cast, customer, offering } = w.current
    const { staff } = await cast()
    const [b, a] = [await customer({ name: 'G bravo' }), await customer({ name: 'G alpha' })]
    const second = await offering(b, { name: 'two' })
    const first = await offering(b, { name: 'one' })
    await offering(a, { name: 'three' })
    const client = as(staff)
    const query = { keyword: 'G ', page_size: 1 }

    const page = await client.get(`${PATH}groups/`, { query: { ...query, page: 2 } })

    expect(page.status).toBe(200)
    expect(page.body).toEqual([
      {
        customer_name: 'G bravo',
        customer_uuid: b.uuid,
        offerings: [
          { offering_name: 'one', offering_uuid: first.uuid },
          { offering_name: 'two', offering_uuid: second.uuid },
        ],
      },
    ])
    expect(page.headers['x-result-count']).toBe('2')
    expect(page.headers.link).toContain('rel="prev"')
    expect((await client.head(`${PATH}groups/`, { query })).headers['x-result-count']).toBe('2')
    expect((await client.get(`${PATH}groups/`, { query: { ...query, page: 3 } })).body).toEqual({ detail: 'Invalid page.' })
    expect((await client.get(`${PATH}groups/`, { query: { ...query, page: 'last' } })).body[0].customer_uuid).toBe(b.uuid)
    expect((await client.get(`${PATH}groups/`, { query: { customer_uuid: 'nope' } })).status).toBe(400)
    expect((await as((await cast()).outsider).get(`${PATH}groups/`)).body).toEqual([])
    expect((await as().get(`${PATH}groups/`)).status).toBe(401)
  })
})

describe('who uses an offering', () => {
  it('is told to its owners, to staff and to support', async () => {
    const { as, cast, offering, resource, customer, project } = w.current
    const people = await cast()
    const row = await offering(people.provider)
    const other = await project(await customer({ name: 'A former customer' }))
    const bought = await resource(row, people.project)
    await resource(row, people.project)
    await resource(row, other, { state: 'Terminated' })
    const order = { project_id: people.project.id, offering_id: row.id, resource_id: bought.id, created_by_id: people.customerOwner.id }
    for (const state of ['done', 'executing']) await w.current.insert('order', { ...order, type: 'Create', state })

    for (const person of [people.providerOwner, people.staff, people.support]) {
      const list = await as(person).get(at(row, 'customers/'))
      expect(list.body).toMatchObject([{ uuid: people.consumer.uuid, phone_number: '', email: '' }])
      expect(list.headers['x-result-count']).toBe('1')
      expect((await as(person).get(at(row, 'stats/'))).body).toEqual({ resources_count: 2, customers_count: 1 })
    }
    expect((await as(people.providerOwner).head(at(row, 'customers/'), { query: { name: 'x' } })).headers['x-result-count']).toBe('1')
    expect((await as(people.providerOwner).get(at(row))).body.order_count).toBe(2)
    for (const verb of ['customers/', 'stats/']) {
      expect((await as(people.providerManager).get(at(row, verb))).status).toBe(403)
      expect((await as(people.outsider).get(at(row, verb))).status).toBe(404)
      expect((await as().get(at(row, verb))).status).toBe(401)
    }
  })
})
