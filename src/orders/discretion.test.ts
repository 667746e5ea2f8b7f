// What may not be seen may not be found either: the leaks that somebody who thought found, each as a rule
// (docs/decisions/0038, 0039). tests/api/discretion.test.ts asks every filter of every list in the same spirit.
import { describe, expect, it } from 'vitest'
import { type Person, type Row, urls, world } from '../../tests/support/world.ts'

const w = world()
type Values = { [name: string]: unknown }

/** An offering with a plan, bought for the project by one order, which failed. */
async function bought(values: Values = {}, offeringValues: Values = {}) {
  const cast = await w.current.cast()
  const { grant, plan, insert } = w.current
  const offering = await w.current.offering(cast.provider, offeringValues)
  const offered = await plan(offering)
  const resource = await w.current.resource(offering, cast.project, { plan_id: offered.id, effective_id: 'node-777', ...values })
  const order = await insert('order', {
    project_id: cast.project.id,
    offering_id: offering.id,
    resource_id: resource.id,
    plan_id: offered.id,
    type: 'Create',
    state: 'erred',
    error_message: 'It failed.',
    error_traceback: 'at line 7 of the provider',
    created_by_id: cast.projectManager.id,
  })
  await grant(cast.offeringManager, 'OFFERING.MANAGER', offering)
  return { ...cast, offering, plan: offered, resource, order }
}

const RESOURCES = '/api/marketplace-resources/'
const PROVIDED = '/api/marketplace-provider-resources/'
const get = async (person: Person | undefined, path: string, query: Values = {}) =>
  w.current.as(person).get(path, { query: query as never })
const uuids = async (person: Person | undefined, path: string, query: Values) =>
  (await get(person, path, query)).body.map((row: Row) => row.uuid)

describe('an order inside its resource', () => {
  it('keeps what orders keep: the traceback is for staff and support', async () => {
    const c = await bought()
    const named = { field: ['uuid', 'creation_order'], project_uuid: c.project.uuid }

    for (const person of [c.staff, c.support]) {
      expect((await get(person, `${RESOURCES}${c.resource.uuid}/`)).body.creation_order.error_traceback).toContain('line 7')
    }
    for (const person of [c.customerOwner, c.projectManager]) {
      for (const [path, query] of [
        [`${RESOURCES}${c.resource.uuid}/`, {}],
        [RESOURCES, named],
        [`/api/marketplace-orders/${c.order.uuid}/resource/`, {}],
      ] as const) {
        const { text } = await get(person, path, query)
        expect(text).toContain('It failed.')
        expect(text).not.toContain('line 7')
        expect(text).not.toContain('error_traceback":"at')
      }
    }
  })

  it('is shown to those who see it among orders, and null to others', async () => {
    const c = await bought()
    await w.current.db.updateTable('order').set({ state: 'executing' }).where('id', '=', c.order.id).execute()

    for (const [person, path] of [
      [c.projectMember, RESOURCES],
      [c.offeringManager, PROVIDED],
      [c.providerManager, PROVIDED],
    ] as const) {
      expect(await uuids(person, '/api/marketplace-orders/', {})).toEqual([])
      const one = (await get(person, `${path}${c.resource.uuid}/`)).body
      const [row] = (await get(person, path, { field: ['creation_order', 'order_in_progress'] })).body
      expect([one.creation_order, one.order_in_progress]).toEqual([null, null])
      expect(row).toEqual({ creation_order: null, order_in_progress: null })
      expect(await uuids(person, path, { order_state: 'executing' })).toEqual([])
    }
    for (const [person, path] of [
      [c.projectManager, RESOURCES],
      [c.customerOwner, RESOURCES],
      [c.providerOwner, PROVIDED],
      [c.support, PROVIDED],
    ] as const) {
      const one = (await get(person, `${path}${c.resource.uuid}/`)).body
      expect([one.creation_order.uuid, one.order_in_progress.uuid]).toEqual([c.order.uuid, c.order.uuid])
      expect(await uuids(person, path, { order_state: 'executing', project_uuid: c.project.uuid })).toEqual([c.resource.uuid])
    }
  })
})

describe('lists of people', () => {
  it('are searched by civil number and description by those alone who are shown them', async () => {
    const c = await w.current.cast()
    const secret = { civil_number: '38001010000', description: 'under observation', agreement_date: '2001-01-01T00:00:00Z' }
    await w.current.db.updateTable('user').set(secret).where('id', '=', c.projectMember.id).execute()
    const other = await w.current.project(c.consumer)
    const manager = await w.current.user()
    await w.current.grant(manager, 'PROJECT.MANAGER', other)

    for (const [path, person] of [
      [`/api/customers/${c.consumer.uuid}/users/`, c.customerOwner],
      [`/api/projects/${other.uuid}/other_users/`, manager],
      ['/api/users/', c.customerOwner],
    ] as const) {
      for (const query of [
        { civil_number: '38001010000' },
        { user_keyword: '3800101' },
        { user_keyword: '38' },
        { description: 'observation' },
        { description: 'o' },
      ]) {
        expect([path, query, await uuids(person, path, query)]).toEqual([path, query, []])
        // What large lists look for must have three letters or digits (docs/decisions/0029).
        if (String(Object.values(query)).length > 2) {
          expect(await uuids(c.staff, path, { ...query, page_size: 300 })).toContain(c.projectMember.uuid)
        }
      }
      expect(await uuids(person, path, { user_keyword: c.projectMember.username })).toEqual([c.projectMember.uuid])
    }
    expect(await uuids(c.projectMember, '/api/users/', { civil_number: '38001010000' })).toEqual([c.projectMember.uuid])
  })

  it('find nobody by a phone number who is seen by name alone', async () => {
    const c = await w.current.cast()
    await w.current.db.updateTable('user').set({ phone_number: '+372 555' }).where('id', '=', c.projectMember.id).execute()
    const other = await w.current.project(c.consumer)
    const manager = await w.current.user()
    await w.current.grant(manager, 'PROJECT.MANAGER', other)
    const path = `/api/projects/${other.uuid}/other_users/`

    expect(await uuids(manager, path, { username: c.projectMember.username })).toEqual([c.projectMember.uuid])
    expect(await uuids(manager, path, { phone_number: '372' })).toEqual([])
    expect(await uuids(c.customerOwner, path, { phone_number: '372' })).toEqual([c.projectMember.uuid])
  })

  it('find nobody who was deactivated, whatever roles were left, but for those who run the site', async () => {
    const c = await bought()
    const gone = await w.current.user({ is_active: false })
    await w.current.grant(gone, 'CUSTOMER.OWNER', c.consumer)
    await w.current.grant(gone, 'PROJECT.MEMBER', c.project)
    await w.current.grant(gone, 'OFFERING.MANAGER', c.offering)
    const asked = [
      [c.customerOwner, '/api/customers/', { user_uuid: gone.uuid }, c.consumer],
      [c.customerOwner, '/api/projects/', { user_uuid: gone.uuid }, c.project],
      [c.customerOwner, RESOURCES, { visible_to_username: gone.username }, c.resource],
      [c.providerOwner, PROVIDED, { service_manager_uuid: gone.uuid }, c.resource],
    ] as const

    for (const [person, path, query, row] of asked) {
      expect([path, await uuids(person, path, query)]).toEqual([path, []])
      expect([path, await uuids(c.support, path, query)]).toEqual([path, [row.uuid]])
    }
    const names = async (person: Person, path: string) => (await get(person, path)).text
    for (const path of [`${PROVIDED}${c.resource.uuid}/team/`, '/api/marketplace-offering-permissions/']) {
      expect(await names(c.providerOwner, path)).not.toContain(gone.username)
      expect(await names(c.support, path)).toContain(gone.username)
    }
  })

  it('say nothing of who belongs to an organization that the caller does not see', async () => {
    const c = await w.current.cast()
    const [hidden, theirs] = [await w.current.customer(), await w.current.project()]
    await w.current.grant(c.projectManager, 'CUSTOMER.OWNER', hidden)
    await w.current.grant(c.projectManager, 'PROJECT.ADMIN', theirs)
    const asked = { username: c.projectManager.username }

    for (const query of [
      { customer_uuid: hidden.uuid },
      { project_uuid: theirs.uuid },
      { organization_roles: 'CUSTOMER.OWNER' },
      { project_roles: 'PROJECT.ADMIN' },
    ]) {
      expect([query, await uuids(c.customerOwner, '/api/users/', { ...query, ...asked })]).toEqual([query, []])
      expect(await uuids(c.support, '/api/users/', { ...query, ...asked })).toEqual([c.projectManager.uuid])
    }
    expect(await uuids(c.customerOwner, '/api/users/', { project_roles: 'PROJECT.MANAGER', ...asked })).toEqual([c.projectManager.uuid])
    expect(await uuids(c.customerOwner, '/api/users/', { project_uuid: c.project.uuid, ...asked })).toEqual([c.projectManager.uuid])
  })
})

describe('the catalogue', () => {
  it('tells who uses an offering to those alone who see it used', async () => {
    const c = await bought()
    const rightly = [c.staff, c.support, c.customerOwner, c.projectMember, c.providerOwner, c.offeringManager]

    for (const query of [{ resource_customer_uuid: c.consumer.uuid }, { resource_project_uuid: c.project.uuid }]) {
      for (const path of ['/api/marketplace-public-offerings/', '/api/marketplace-categories/']) {
        for (const person of [undefined, c.outsider]) expect(await uuids(person, path, query)).toEqual([])
        for (const person of rightly) expect((await uuids(person, path, query)).length).toBe(1)
      }
    }
    await w.current.db.updateTable('resource').set({ restrict_member_access: true }).where('id', '=', c.resource.id).execute()
    const asked = { resource_project_uuid: c.project.uuid }
    expect(await uuids(c.projectMember, '/api/marketplace-public-offerings/', asked)).toEqual([])
    expect(await uuids(c.customerOwner, '/api/marketplace-public-offerings/', asked)).toEqual([c.offering.uuid])
  })

  it('finds categories by those offerings alone that the caller sees', async () => {
    const c = await w.current.cast()
    const category = await w.current.category()
    const title = await w.current.db.selectFrom('category').select('title').where('id', '=', category.id).executeTakeFirstOrThrow()
    await w.current.offering(c.provider, { name: 'Secret plan', category_id: category.id, state: 'Draft' })

    for (const query of [
      { customer_uuid: c.provider.uuid },
      { offering_name: 'secret' },
      { has_offerings: true },
      { has_shared: true },
      { customers_offerings_state: 1 },
      { customers_offerings_state: 1, customer_uuid: c.provider.uuid },
    ]) {
      const asked = { ...query, ...title }
      for (const person of [undefined, c.outsider, c.customerOwner]) {
        expect([query, await uuids(person, '/api/marketplace-categories/', asked)]).toEqual([query, []])
      }
      for (const person of [c.providerOwner, c.staff]) {
        expect(await uuids(person, '/api/marketplace-categories/', asked)).toEqual([category.uuid])
      }
    }
    expect(await uuids(c.outsider, '/api/marketplace-categories/', { has_offerings: false, ...title })).toEqual([category.uuid])
  })

  it('tells who manages an offering, and what an organization may order, to those who see that', async () => {
    const c = await bought()
    const group = await w.current.insert('organization_group', { name: 'Kept' })
    await w.current.db
      .insertInto('customer_organization_group')
      .values({ customer_id: c.consumer.id, organization_group_id: group.id })
      .execute()
    await w.current.db
      .insertInto('offering_organization_group')
      .values({ offering_id: c.offering.id, organization_group_id: group.id })
      .execute()
    const path = '/api/marketplace-public-offerings/'

    for (const query of [{ service_manager_uuid: c.offeringManager.uuid }, { allowed_customer_uuid: c.consumer.uuid }]) {
      for (const person of [undefined, c.outsider]) expect(await uuids(person, path, query)).not.toContain(c.offering.uuid)
    }
    expect(await uuids(c.providerOwner, path, { service_manager_uuid: c.offeringManager.uuid })).toEqual([c.offering.uuid])
    expect(await uuids(c.customerOwner, path, { allowed_customer_uuid: c.consumer.uuid })).toContain(c.offering.uuid)
    expect(await uuids(c.projectManager, RESOURCES, { service_manager_uuid: c.offeringManager.uuid })).toEqual([])
    expect(await uuids(c.projectManager, '/api/marketplace-orders/', { service_manager_uuid: c.offeringManager.uuid })).toEqual([])
    expect(await uuids(c.providerOwner, PROVIDED, { service_manager_uuid: c.offeringManager.uuid })).toEqual([c.resource.uuid])
  })

  it('suggests no name for an offering that the caller does not see, which would tell its slug', async () => {
    const c = await w.current.cast()
    const draft = await w.current.offering(c.provider, { state: 'Draft', slug: 'secret-slug' })
    const open = await w.current.offering(c.provider, { slug: 'open-slug' })
    const suggest = (person: Person, offering: string) =>
      w.current.as(person).post(`${RESOURCES}suggest_name/`, { project: c.project.uuid, offering })

    const hidden = await suggest(c.projectManager, draft.uuid)
    expect([hidden.status, hidden.body]).toEqual([400, { offering: ['Object does not exist.'] }])
    expect(hidden.body).toEqual((await suggest(c.projectManager, '0'.repeat(32))).body)
    expect((await suggest(c.staff, draft.uuid)).body.name).toContain('secret-slug')
    expect((await suggest(c.projectManager, open.uuid)).body.name).toContain('open-slug')
  })

  it('numbers the slug of a project or an offering within its organization, whatever others have', async () => {
    const c = await w.current.cast()
    const category = await w.current.category()
    await w.current.project(undefined, { name: 'Merger', slug: 'merger' })
    await w.current.offering(undefined, { name: 'Merger', slug: 'merger', state: 'Draft' })
    const project = { name: 'Merger', customer: urls.customer(c.consumer) }
    const offering = { name: 'Merger', customer: urls.customer(c.provider), category: urls.category(category), type: 'Marketplace.Basic' }
    const slugs = async (person: Person, path: string, body: Values) => [
      (await w.current.as(person).post(path, body)).body.slug,
      (await w.current.as(person).post(path, body)).body.slug,
    ]

    expect(await slugs(c.customerOwner, '/api/projects/', project)).toEqual(['merger', 'merger-2'])
    expect(await slugs(c.providerOwner, '/api/marketplace-provider-offerings/', offering)).toEqual(['merger', 'merger-2'])
  })

  it('names a private offering in a refusal to those alone who see it', async () => {
    const c = await w.current.cast()
    const offering = await w.current.offering(c.provider, {
      name: 'Hidden one',
      shared: false,
      options: JSON.stringify({ order: ['size'], options: { size: { type: 'string', required: true } } }),
    })
    const order = { offering: urls.offering(offering), project: urls.project(c.project), attributes: { name: 'vm' } }

    const answer = await w.current.as(c.projectManager).post('/api/marketplace-orders/', order)

    expect(answer.status).toBe(400)
    expect(answer.text).toContain(`Offering \\"${offering.uuid}\\" is not allowed in organization`)
    expect(answer.text).not.toMatch(/Hidden|size/)
  })
})

describe('a restricted resource', () => {
  it('is kept from the project’s people wherever it could show', async () => {
    const c = await bought({ restrict_member_access: true, effective_id: 'node-778', limits: JSON.stringify({ cpu: 5 }) })
    const component = await w.current.component(c.offering, { type: 'cpu' })
    const month = `${new Date().toISOString().slice(0, 7)}-01`
    const usage = { resource_id: c.resource.id, component_id: component.id, billing_period: month, date: month, usage: '3' }
    await w.current.insert('component_usage', usage)
    const seenBy = async (person: Person) => ({
      resource: (await get(person, `/api/marketplace-orders/${c.order.uuid}/resource/`)).status,
      usages: (await get(person, '/api/marketplace-component-usages/', { resource_uuid: c.resource.uuid })).body.length,
      projects: await uuids(person, '/api/projects/', { query: 'node-778' }),
      stats: (await get(person, `/api/projects/${c.project.uuid}/stats/`)).body.components.length,
      sums: (await get(person, `/api/customers/${c.consumer.uuid}/stats/`)).body.components.length,
      counted: (await get(person, `/api/projects/${c.project.uuid}/`)).body.resources_count,
      categories: Object.keys((await get(person, `/api/projects/${c.project.uuid}/`)).body.marketplace_resource_count).length,
      days: (await get(person, '/api/daily-quotas/', { scope: urls.project(c.project), quota_names: 'nc_resource_count' })).body
        .nc_resource_count[30],
    })

    expect(await seenBy(c.projectManager)).toEqual({
      resource: 404,
      usages: 0,
      projects: [],
      stats: 0,
      sums: 0,
      counted: 0,
      categories: 0,
      days: 0,
    })
    for (const person of [c.customerOwner, c.support]) {
      expect(await seenBy(person)).toEqual({
        resource: 200,
        usages: 1,
        projects: [c.project.uuid],
        stats: 1,
        sums: 1,
        counted: 1,
        categories: 1,
        days: 1,
      })
    }
    expect((await get(c.providerOwner, `/api/marketplace-orders/${c.order.uuid}/resource/`)).status).toBe(200)
    expect((await get(c.offeringManager, '/api/marketplace-component-usages/')).body.length).toBe(1)
  })

  it('of a project is counted day by day for who belongs to that project, and no other project of the organization', async () => {
    const c = await w.current.cast()
    await w.current.project(c.consumer)
    const projects = async (person: Person) =>
      (await get(person, '/api/daily-quotas/', { scope: urls.customer(c.consumer), quota_names: 'nc_project_count' })).body
        .nc_project_count[30]

    expect([await projects(c.projectMember), await projects(c.customerOwner), await projects(c.staff)]).toEqual([1, 2, 2])
  })
})

describe('support', () => {
  it('sees every project, and places orders by a role in it only', async () => {
    const c = await bought()
    const order = {
      offering: urls.offering(c.offering),
      project: urls.project(c.project),
      plan: urls.plan(c.offering, c.plan),
      attributes: { name: 'vm' },
    }
    const place = async () => (await w.current.as(c.support).post('/api/marketplace-orders/', order)).status

    expect(await place()).toBe(403)
    expect((await w.current.as(c.support).get('/api/marketplace-orders/')).status).toBe(200)
    const fresh = await w.current.user({ is_support: true })
    await w.current.grant(fresh, 'PROJECT.MEMBER', c.project)
    expect((await w.current.as(fresh).post('/api/marketplace-orders/', order)).status).toBe(201)
  })

  it('does not announce the end of somebody’s resource', async () => {
    const c = await bought()
    const end_date = new Date(Date.now() + 9 * 86_400_000).toISOString().slice(0, 10)
    const announce = (person: Person) => w.current.as(person).post(`${PROVIDED}${c.resource.uuid}/set_end_date_by_provider/`, { end_date })

    expect((await announce(c.support)).status).toBe(403)
    expect((await announce(c.providerOwner)).status).toBe(200)
  })
})
