// Resources on both sides of the market: who sees them, how they are listed, what is done to them without an order
// (orders.md §5.5, §5.6, §6.8).
import { describe, expect, it } from 'vitest'
import { type Person, type Row, urls, world } from '../../tests/support/world.ts'
import { countStatements } from '../platform/db/database.ts'

const w = world()
const PATH = '/api/marketplace-resources/'
const PROVIDER = '/api/marketplace-provider-resources/'
type Values = { [name: string]: unknown }

const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10)

async function running(values: Values = {}, offeringValues: Values = {}) {
  const cast = await w.current.cast()
  const offering = await w.current.offering(cast.provider, offeringValues)
  const plan = await w.current.plan(offering, { unit_price: '10' })
  const resource = await w.current.resource(offering, cast.project, { plan_id: plan.id, ...values })
  const act = (person: Person | undefined, verb: string, sent?: unknown, path = PROVIDER) =>
    w.current.as(person).post(`${path}${resource.uuid}/${verb}/`, sent)
  const see = async (person: Person = cast.staff, path = PATH) => (await w.current.as(person).get(`${path}${resource.uuid}/`)).body
  return { ...cast, offering, plan, resource, act, see }
}

const uuids = (body: { uuid: string }[]) => body.map(({ uuid }) => uuid)
const set = (resource: Row, values: Values) => w.current.db.updateTable('resource').set(values).where('id', '=', resource.id).execute()

async function ask(person: Person, query: Values, path = PATH) {
  const answer = await w.current.as(person).get(path, { query: query as never })
  const head = await w.current.as(person).head(path, { query: query as never })
  expect(head.headers['x-result-count']).toBe(answer.headers['x-result-count'])
  return uuids(answer.body)
}

describe('who sees a resource', () => {
  it('on the consumer’s side: holders of RESOURCE.LIST in the project or its organization', async () => {
    const c = await running()

    for (const person of [c.staff, c.support, c.customerOwner, c.projectManager, c.projectAdmin, c.projectMember]) {
      expect(await ask(person, { project_uuid: c.project.uuid })).toEqual([c.resource.uuid])
      expect((await c.see(person)).uuid).toBe(c.resource.uuid)
    }
    for (const person of [c.providerOwner, c.providerManager, c.outsider]) {
      expect(await ask(person, {})).toEqual([])
      expect(await c.see(person)).toEqual({ detail: 'No Resource matches the given query.' })
    }
    expect((await w.current.as().get(PATH)).status).toBe(401)
  })

  it('on the provider’s side: whoever holds a role on the offering, its organization or service provider', async () => {
    const c = await running()
    const manager = await w.current.user()
    await w.current.grant(manager, 'OFFERING.MANAGER', c.offering)

    for (const person of [c.staff, c.support, c.providerOwner, c.providerManager, manager]) {
      expect(await ask(person, { project_uuid: c.project.uuid }, PROVIDER)).toEqual([c.resource.uuid])
      expect((await c.see(person, PROVIDER)).uuid).toBe(c.resource.uuid)
    }
    for (const person of [c.customerOwner, c.projectManager, c.outsider]) {
      expect((await c.see(person, PROVIDER)).detail).toBe('No Resource matches the given query.')
    }
  })

  it('a restricted resource is hidden from its project’s people, not from the organization’s owner', async () => {
    const c = await running()

    const answer = await c.act(c.staff, 'set_restrict_member_access', { restrict_member_access: true }, PATH)

    expect(answer.body).toEqual({ status: 'Resource restrict_member_access has been changed.' })
    expect(await ask(c.projectManager, {})).toEqual([])
    expect(await ask(c.customerOwner, {})).toEqual([c.resource.uuid])
    expect((await c.act(c.staff, 'set_restrict_member_access', {})).body).toEqual({
      status: 'Resource restrict_member_access is not changed.',
    })
  })
})

describe('the lists', () => {
  it('are filtered by everything that stands around a resource', async () => {
    const c = await running({
      name: 'Big One',
      backend_id: 'b-7',
      end_date: day(9),
      paused: true,
      backend_metadata: JSON.stringify({ runtime_state: 'ACTIVE' }),
    })
    const other = await w.current.offering(c.provider, { type: 'Marketplace.Slurm', billable: false, shared: false, slug: 'slurm' })
    await w.current.component(c.offering, { type: 'cpu', billing_type: 'limit' })
    await w.current.component(other, { type: 'hours', billing_type: 'usage' })
    await w.current.component(other, { type: 'more', billing_type: 'usage' })
    const plain = await w.current.resource(other, c.project, {
      name: 'small',
      state: 'Erred',
      downscaled: true,
      created: '2020-01-01T00:00:00Z',
    })
    const { uuid: category } = await w.current.db
      .selectFrom('category')
      .innerJoin('offering', 'offering.category_id', 'category.id')
      .select('category.uuid')
      .where('offering.id', '=', c.offering.id)
      .executeTakeFirstOrThrow()

    for (const query of [
      { backend_id: 'b-7' },
      { category_uuid: category },
      { component_count: 1 },
      { limit_component_count: 1 },
      { created: '2021-01-01' },
      { has_terminate_date: true },
      { limit_based: true },
      { only_limit_based: true },
      { usage_based: false },
      { name: 'big' },
      { name_exact: 'Big One' },
      { offering: urls.offering(c.offering) },
      { offering_billable: true },
      { billable: true },
      { offering_shared: true },
      { offering_type: 'Marketplace.Basic' },
      { offering_uuid: c.offering.uuid },
      { paused: true },
      { plan_uuid: c.plan.uuid },
      { query: 'ig on' },
      { query: c.resource.uuid },
      { query: 'b-7' },
      { runtime_state: 'ACTIVE' },
      { state: 'OK' },
    ]) {
      expect([query, await ask(c.customerOwner, query)]).toEqual([query, [c.resource.uuid]])
    }
    for (const query of [{ only_usage_based: true }, { downscaled: true }, { offering_slug: 'slurm,x' }, { state: 'Erred' }]) {
      expect([query, await ask(c.customerOwner, query)]).toEqual([query, [plain.uuid]])
    }
    const all = [plain.uuid, c.resource.uuid]
    for (const query of [
      { customer: urls.customer(c.consumer) },
      { customer_uuid: c.consumer.uuid },
      { project_uuid: c.project.uuid },
      { provider_uuid: c.provider.uuid },
      { offering_uuid: [c.offering.uuid, other.uuid] },
      { modified: '2021-01-01' },
      { restrict_member_access: false },
      { visible_to_username: c.projectManager.username },
      { is_attached: true },
    ]) {
      expect([query, await ask(c.customerOwner, query)]).toEqual([query, all])
    }
    for (const query of [
      { visible_to_username: c.outsider.username },
      { order_state: 'done' },
      { parent_offering_uuid: other.uuid },
      { project_name: 'nope' },
      { service_manager_uuid: c.staff.uuid },
    ]) {
      expect([query, await ask(c.customerOwner, query)]).toEqual([query, []])
    }
    expect((await w.current.as(c.staff).get(PATH, { query: { state: 'ok', order_state: 'x' } })).status).toBe(400)
  })

  it('are ordered by name, state, end, project, and creation unless said', async () => {
    const c = await running({ name: 'b', end_date: day(5), created: '2020-01-02T00:00:00Z' })
    const second = await w.current.resource(c.offering, c.project, {
      name: 'a',
      state: 'Erred',
      end_date: day(3),
      created: '2020-01-03T00:00:00Z',
    })
    const [one, two] = [c.resource.uuid, second.uuid]

    expect(await ask(c.customerOwner, {})).toEqual([one, two])
    expect(await ask(c.customerOwner, { o: '-created' })).toEqual([two, one])
    expect(await ask(c.customerOwner, { o: 'name' })).toEqual([two, one])
    expect(await ask(c.customerOwner, { o: 'state' })).toEqual([two, one])
    expect(await ask(c.customerOwner, { o: 'end_date' })).toEqual([two, one])
    expect(await ask(c.customerOwner, { o: 'project_name,name' })).toEqual([two, one])
    expect((await w.current.as(c.staff).get(PATH, { query: { o: 'nope' } })).status).toBe(400)
  })

  it('hold the orders of a resource only when they are asked for, and take the same statements whatever the page', async () => {
    const c = await running()
    for (let i = 0; i < 5; i++) await w.current.resource(c.offering, c.project)
    const as = w.current.as(c.customerOwner)

    const plain = await as.get(PATH)
    const named = await as.get(PATH, { query: { field: ['uuid', 'creation_order', 'order_in_progress'] } })
    const { texts } = await countStatements(() => as.get(PATH, { query: { page_size: 100 } }))

    expect('creation_order' in plain.body[0]).toBe(false)
    expect(named.body[0]).toEqual({ uuid: c.resource.uuid, creation_order: null, order_in_progress: null })
    expect(texts.filter((text) => !text.startsWith('select u.id'))).toHaveLength(1)
  })
})

describe('what is computed', () => {
  it('components, usage against limits, renewal, and what may be done', async () => {
    const c = await running(
      { limits: JSON.stringify({ cpu: 4 }) },
      { plugin_options: JSON.stringify({ disabled_resource_actions: ['switch_plan'] }) },
    )
    const cpu = await w.current.component(c.offering, { type: 'cpu', limit_period: 'annual' })
    const ram = await w.current.component(c.offering, { type: 'ram', limit_period: 'month' })
    const today = day(0)
    for (const [component, period, usage] of [
      [cpu, `${today.slice(0, 4)}-01-01`, '1.5'],
      [ram, '2020-01-01', '3'],
    ] as const) {
      await w.current.insert('component_usage', {
        resource_id: c.resource.id,
        component_id: component.id,
        billing_period: period,
        date: period,
        usage,
      })
    }

    const seen = await c.see(c.customerOwner)

    expect(seen).toMatchObject({ is_limit_based: true, is_usage_based: false, can_terminate: true, limit_usage: { cpu: 1.5 } })
    expect(seen.renewal_date.cpu).toBe(`${Number(today.slice(0, 4)) + 1}-01-01`)
    expect(Object.keys(seen.renewal_date)).toEqual(['cpu', 'ram'])
    expect(seen.available_actions).toEqual(['terminate', 'update_limits', 'update_options'])
    expect(seen.offering_components.map((component: Values) => component.type)).toEqual(['cpu', 'ram'])
    expect((await c.see(c.projectMember)).can_terminate).toBe(false)
    expect('error_traceback' in seen).toBe(false)
    await set(c.resource, { state: 'Terminated' })
    expect(await c.see(c.customerOwner)).toMatchObject({ can_terminate: false, available_actions: [] })
  })
})

describe('name, description, end date', () => {
  it('are changed by either side; a PUT without an end date takes it away', async () => {
    const c = await running()

    const patched = await w.current.as(c.projectManager).patch(`${PATH}${c.resource.uuid}/`, { end_date: day(30), description: 'mine' })
    expect([patched.status, patched.body.end_date]).toEqual([200, day(30)])
    expect((await c.see()).end_date_requested_by).toBe(urls.user(c.projectManager))
    const kept = await w.current.as(c.providerOwner).patch(`${PROVIDER}${c.resource.uuid}/`, { name: 'new' })
    expect(kept.body).toEqual({ name: 'new', description: 'mine', end_date: day(30) })
    const put = await w.current.as(c.customerOwner).put(`${PATH}${c.resource.uuid}/`, { name: 'newer' })
    expect(put.body).toEqual({ name: 'newer', description: 'mine', end_date: null })
    expect((await w.current.as(c.providerOwner).put(`${PROVIDER}${c.resource.uuid}/`, { name: 'again' })).status).toBe(200)
  })

  it('not by members, not to a day that has passed or lies too far, not of what was paid ahead', async () => {
    const c = await running({}, { plugin_options: JSON.stringify({ max_resource_termination_offset_in_days: 60 }) })
    const patch = (body: Values, person = c.customerOwner) => w.current.as(person).patch(`${PATH}${c.resource.uuid}/`, body)

    expect((await patch({ name: 'x' }, c.projectMember)).status).toBe(403)
    expect((await patch({ end_date: day(-1) })).body).toEqual({ end_date: ['End date cannot be earlier than the current date.'] })
    expect((await patch({ end_date: day(61) })).body).toEqual({ end_date: ['End date exceeds maximum allowed offset.'] })
    expect((await w.current.as(c.customerOwner).put(`${PATH}${c.resource.uuid}/`, {})).body).toEqual({ name: ['This field is required.'] })
    await w.current.component(c.offering, { type: 'year', billing_type: 'one', is_prepaid: true })
    expect((await patch({ end_date: day(5) })).status).toBe(400)
    await w.current.db.updateTable('offering').set({ state: 'Unavailable' }).where('id', '=', c.offering.id).execute()
    expect((await patch({ name: 'x' })).body).toEqual(['Offering is unavailable.'])
  })

  it('a name is suggested from the slugs and a number', async () => {
    const c = await running({}, { slug: 'hpc' })
    await w.current.db.updateTable('customer').set({ slug: 'acme' }).where('id', '=', c.consumer.id).execute()
    await w.current.db.updateTable('project').set({ slug: 'lab' }).where('id', '=', c.project.id).execute()
    const suggest = (person: Person | undefined, body: Values) => w.current.as(person).post(`${PATH}suggest_name/`, body)
    const named = { project: c.project.uuid, offering: c.offering.uuid }

    expect((await suggest(c.projectMember, named)).body).toEqual({ name: 'acme-lab-hpc-2' })
    expect((await suggest(c.outsider, named)).body).toEqual({ project: ['Object does not exist.'] })
    expect((await suggest(c.staff, { project: 'x' })).body).toEqual({
      project: ['Must be a valid UUID.'],
      offering: ['This field is required.'],
    })
    expect((await suggest(undefined, named)).status).toBe(401)
  })
})

describe('what belongs to a resource', () => {
  it('its people, its plan periods, its offering, on both sides', async () => {
    const c = await running()
    await w.current.insert('resource_plan_period', { resource_id: c.resource.id, plan_id: c.plan.id, start: '2026-01-01T00:00:00Z' })
    for (const [path, person] of [
      [PATH, c.projectMember],
      [PROVIDER, c.providerManager],
    ] as const) {
      const get = (what: string, by: Person | undefined = person) => w.current.as(by).get(`${path}${c.resource.uuid}/${what}/`)

      const team = await get('team')
      expect(team.headers['x-result-count']).toBe('3')
      expect(team.body.map((member: Values) => member.role).sort()).toEqual(['PROJECT.ADMIN', 'PROJECT.MANAGER', 'PROJECT.MEMBER'])
      expect((await get('plan_periods')).body).toMatchObject([
        { plan_uuid: c.plan.uuid, start: '2026-01-01T00:00:00Z', end: null, components: [] },
      ])
      expect((await get('offering')).body.uuid).toBe(c.offering.uuid)
      for (const what of ['team', 'plan_periods', 'offering']) {
        expect((await get(what, c.outsider)).status).toBe(404)
        expect((await w.current.as().get(`${path}${c.resource.uuid}/${what}/`)).status).toBe(401)
      }
    }
  })
})
