// What a customer's order is refused for, and in which words (orders.md §6.1).
import { describe, expect, it } from 'vitest'
import { type Row, urls, world } from '../../tests/support/world.ts'

const w = world()
const PATH = '/api/marketplace-orders/'

const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10)

type Values = { [name: string]: unknown }

/** The cast, and an offering of the provider with one plan. */
async function market(values: Values = {}, of = w.current) {
  const cast = await of.cast()
  const offering = await of.offering((values.customer_id as undefined) ?? cast.provider, values)
  return { ...cast, offering, plan: await of.plan(offering) }
}

const order = (c: { offering: Row; project: Row; plan?: Row }, more: Values = {}) => ({
  offering: urls.offering(c.offering),
  project: urls.project(c.project),
  ...(c.plan && { plan: urls.plan(c.offering, c.plan) }),
  attributes: { name: 'vm-1' },
  ...more,
})

describe('what is refused', () => {
  it('orders 13: an offering that is not active', async () => {
    for (const state of ['Draft', 'Paused', 'Archived', 'Unavailable']) {
      const c = await market({ state })
      const answer = await w.current.as(c.staff).post(PATH, order(c))
      expect([answer.status, answer.body]).toEqual([400, { offering: ['Offering is not available.'] }])
    }
  })

  it('orders 14, 15: a shared offering without a plan, or with one of another offering', async () => {
    const c = await market()
    const other = await market()

    const without = await w.current.as(c.staff).post(PATH, order({ offering: c.offering, project: c.project }))
    const foreign = await w.current.as(c.staff).post(PATH, { ...order(c), plan: urls.plan(other.offering, other.plan) })

    expect([without.status, without.body]).toEqual([400, { plan: ['Plan is required when creating resources.'] }])
    expect([foreign.status, foreign.body]).toEqual([400, { plan: ['This plan is not available for selected offering.'] }])
  })

  it('orders 16: a plan that is full, until a resource on it is terminated', async () => {
    const c = await market()
    const plan = await w.current.plan(c.offering, { max_amount: 3 })
    const resources = await Promise.all([1, 2, 3].map(() => w.current.resource(c.offering, c.project, { plan_id: plan.id })))

    const full = await w.current.as(c.staff).post(PATH, order({ ...c, plan }))
    await w.current.db
      .updateTable('resource')
      .set({ state: 'Terminated' })
      .where('id', '=', (resources[0] as Row).id)
      .execute()
    const free = await w.current.as(c.staff).post(PATH, order({ ...c, plan }))

    expect([full.status, full.body]).toEqual([400, { plan: ['Plan is not available because limit has been reached.'] }])
    expect(free.status).toBe(201)
  })

  it('orders 17: an attribute that the order form does not accept; what is accepted is echoed as it was sent', async () => {
    const options = { order: ['storage'], options: { storage: { type: 'integer', label: 'Storage' } } }
    const c = await market({ options: JSON.stringify(options) })

    const bad = await w.current.as(c.staff).post(PATH, order(c, { attributes: { name: 'a', storage: 'invalid value' } }))
    const attributes = { name: 'a', storage: '10', more: [1, { deep: null }] }
    const good = await w.current.as(c.staff).post(PATH, order(c, { attributes }))

    expect([bad.status, bad.body]).toEqual([400, { storage: ['A valid integer is required.'] }])
    expect(good.body.attributes).toEqual(attributes)
  })

  it('orders 18: a required option that is missing, unless it has a default, which is not stored', async () => {
    const form = (option: Values) => JSON.stringify({ options: { size: { type: 'string', label: 'Size', required: true, ...option } } })
    const strict = await market({ options: form({}) })
    const lenient = await market({ options: form({ default: 'small' }) })

    const missing = await w.current.as(strict.staff).post(PATH, order(strict))
    const nothing = await w.current.as(strict.staff).post(PATH, { ...order(strict), attributes: undefined })
    const given = await w.current.as(lenient.staff).post(PATH, order(lenient))

    expect([missing.status, missing.body]).toEqual([400, { size: ['This field is required.'] }])
    expect([nothing.status, nothing.body]).toEqual([400, { non_field_errors: ['No data provided'] }])
    expect(given.body.attributes).toEqual({ name: 'vm-1' })
  })

  it('orders 20: limits for what has none', async () => {
    const c = await market()
    await w.current.component(c.offering, { type: 'cpu', billing_type: 'limit' })
    await w.current.component(c.offering, { type: 'ram', billing_type: 'fixed' })

    const good = await w.current.as(c.staff).post(PATH, order(c, { limits: { cpu: '4' } }))
    const bad = await w.current.as(c.staff).post(PATH, order(c, { limits: { cpu: 1, ram: 1, nope: 1 } }))
    const text = await w.current.as(c.staff).post(PATH, order(c, { limits: { cpu: 'many' } }))
    const negative = await w.current.as(c.staff).post(PATH, order(c, { limits: { cpu: -2 } }))

    expect(good.body.limits).toEqual({ cpu: 4 })
    expect([bad.status, bad.body]).toEqual([400, { limits: ['Invalid types: ram, nope'] }])
    expect(text.body).toEqual({ limits: { cpu: ['A valid integer is required.'] } })
    expect(negative.body).toEqual({ limits: { cpu: ['Ensure this value is greater than or equal to -1.'] } })
  })

  it('orders 21, 22: limits beyond a period’s amount or a component’s bounds', async () => {
    const c = await market()
    await w.current.component(c.offering, { type: 'gpu', limit_amount: 10, limit_period: 'annual' })
    await w.current.component(c.offering, { type: 'cpu', max_value: 4, min_value: 2 })
    const post = (limits: Values) => w.current.as(c.staff).post(PATH, order(c, { limits }))

    expect((await post({ gpu: 11 })).body).toEqual({ non_field_errors: ['Annual limit exceeds threshold 10.'] })
    expect((await post({ gpu: 6 })).status).toBe(201)
    expect((await post({ gpu: 5 })).body).toEqual({ non_field_errors: ['Annual limit exceeds threshold 10.'] })
    expect((await post({ cpu: 5 })).body).toEqual({ non_field_errors: ['The limit 5 value cannot be more than 4.'] })
    expect((await post({ cpu: 1 })).body).toEqual({ non_field_errors: ['The limit 1 value cannot be less than 2.'] })
  })

  it('orders 23: limits that would use up what the provider has', async () => {
    const c = await market()
    await w.current.component(c.offering, { type: 'cpu', max_available_limit: 10 })
    await w.current.resource(c.offering, c.project, { limits: JSON.stringify({ cpu: 6 }) })
    await w.current.resource(c.offering, c.project, { limits: JSON.stringify({ cpu: 6 }), state: 'Terminated' })

    const four = await w.current.as(c.staff).post(PATH, order(c, { limits: { cpu: 4 } }))
    const three = await w.current.as(c.staff).post(PATH, order(c, { limits: { cpu: 3 } }))

    expect(four.body).toEqual({
      non_field_errors: ['Requested cpu cannot be provisioned due to offering safety limit. You can allocate up to 3 of cpu.'],
    })
    expect(three.status).toBe(201)
  })

  it('orders 24: a blocked or archived organization', async () => {
    for (const [column, text] of [
      ['blocked', 'Blocked organization is not available.'],
      ['archived', 'Archived organization is not available.'],
    ] as const) {
      const c = await market()
      await w.current.db
        .updateTable('customer')
        .set({ [column]: true })
        .where('id', '=', c.consumer.id)
        .execute()
      const answer = await w.current.as(c.staff).post(PATH, order(c))
      expect([answer.status, answer.body]).toEqual([400, [text]])
    }
  })

  it('orders 25: a project that ends today, or was removed', async () => {
    const c = await market()
    const names = await w.current.db
      .selectFrom('project')
      .innerJoin('customer', 'customer.id', 'project.customer_id')
      .select(['project.name as project', 'customer.name as customer'])
      .where('project.id', '=', c.project.id)
      .executeTakeFirstOrThrow()

    await w.current.db
      .updateTable('project')
      .set({ end_date: day(0) })
      .where('id', '=', c.project.id)
      .execute()
    const expired = await w.current.as(c.staff).post(PATH, order(c))
    await w.current.db.updateTable('project').set({ is_removed: true }).where('id', '=', c.project.id).execute()
    const removed = await w.current.as(c.staff).post(PATH, order(c))

    expect([expired.status, expired.body]).toEqual([400, [`Project '${names.project} | ${names.customer}' is expired.`]])
    expect([removed.status, removed.body]).toEqual([400, { project: ['Cannot create orders for terminated projects.'] }])
  })

  it('orders 26: an organization outside the groups of the offering, staff excepted', async () => {
    const c = await market()
    const group = await w.current.insert('organization_group', { name: 'Faculty' })
    await w.current.db
      .insertInto('offering_organization_group')
      .values({ offering_id: c.offering.id, organization_group_id: group.id })
      .execute()

    const outside = await w.current.as(c.customerOwner).post(PATH, order(c))
    const staff = await w.current.as(c.staff).post(PATH, order(c))
    await w.current.db
      .insertInto('customer_organization_group')
      .values({ customer_id: c.consumer.id, organization_group_id: group.id })
      .execute()
    const inside = await w.current.as(c.customerOwner).post(PATH, order(c))

    expect([outside.status, outside.body]).toEqual([400, ['This offering is not available for ordering due to the org group limitation.']])
    expect([staff.status, inside.status]).toEqual([201, 201])
  })

  it('orders 27, 28: a team that is too small, or lacks a role', async () => {
    const small = await market({ plugin_options: JSON.stringify({ minimal_team_count_for_provisioning: 1 }) })
    const roleless = await market({ plugin_options: JSON.stringify({ required_team_role_for_provisioning: 'PROJECT.ADMIN' }) })
    const empty = await w.current.project(small.consumer, { name: 'Empty' })
    const answers = [small, roleless].map((c) => w.current.as(c.staff).post(PATH, order({ ...c, project: empty })))
    const manned = [small, roleless].map((c) => w.current.as(c.staff).post(PATH, order(c)))

    expect((await Promise.all(answers)).map((answer) => answer.body)).toEqual([
      {
        non_field_errors: ["Project 'Empty' does not meet the minimal team size required by this offering. Required: 1, Actual: 0."],
      },
      { non_field_errors: ["Project 'Empty' must have at least one user with the role 'PROJECT.ADMIN' to provision this offering."] },
    ])
    expect((await Promise.all(manned)).map((answer) => answer.status)).toEqual([201, 201])
  })

  it('orders 29: more resources than a project may have', async () => {
    const c = await market({ plugin_options: JSON.stringify({ maximal_resource_count_per_project: 1 }) })
    const { name } = await w.current.db.selectFrom('project').select('name').where('id', '=', c.project.id).executeTakeFirstOrThrow()
    const live = await w.current.resource(c.offering, c.project)

    const full = await w.current.as(c.staff).post(PATH, order(c))
    const elsewhere = await w.current.as(c.staff).post(PATH, order({ ...c, project: await w.current.project(c.consumer) }))
    await w.current.db.updateTable('resource').set({ state: 'Terminated' }).where('id', '=', live.id).execute()
    const freed = await w.current.as(c.staff).post(PATH, order(c))

    expect(full.body).toEqual({
      non_field_errors: [`Project '${name}' has reached the maximum number of resources (1) allowed for this offering.`],
    })
    expect([elsewhere.status, freed.status]).toEqual([201, 201])
  })

  it('orders 30: a value of an attribute that may stand once in a project', async () => {
    const c = await market({ plugin_options: JSON.stringify({ unique_resource_per_attribute: 't' }) })
    const { name } = await w.current.db.selectFrom('project').select('name').where('id', '=', c.project.id).executeTakeFirstOrThrow()
    const post = (attributes: Values) => w.current.as(c.staff).post(PATH, order(c, { attributes }))

    expect((await post({ t: 'Store' })).status).toBe(201)
    expect((await post({ t: 'Store' })).body).toEqual({
      non_field_errors: [
        `Project '${name}' already has a resource with t='Store' for this offering. Only one resource per t value is allowed.`,
      ],
    })
    expect([(await post({ t: 'Archive' })).status, (await post({})).status]).toEqual([201, 201])
  })

  it('orders 32: a name of more than 150 characters', async () => {
    const c = await market()
    const post = (name: unknown) => w.current.as(c.staff).post(PATH, order(c, { attributes: name === undefined ? {} : { name } }))

    expect((await post('ü'.repeat(150))).body.resource_name).toBe('ü'.repeat(150))
    expect((await post('ü'.repeat(151))).body).toEqual({ 'attributes.name': ['Name is too long. Maximum number of symbols is 150'] })
    for (const name of ['', undefined, null, ['list']]) expect((await post(name)).body.resource_name).toBe('')
  })

  it('orders 35: an address that is none, a comment that is too long', async () => {
    const c = await market()
    const post = (more: Values) => w.current.as(c.staff).post(PATH, order(c, more))

    expect((await post({ callback_url: 'not a url' })).body).toEqual({ callback_url: ['Enter a valid URL.'] })
    expect((await post({ request_comment: 'x'.repeat(256) })).body).toEqual({
      request_comment: ['Ensure this field has no more than 255 characters.'],
    })
    expect((await post({ callback_url: 'https://example.com/hook', request_comment: 'for the lab' })).body).toMatchObject({
      callback_url: 'https://example.com/hook',
      request_comment: 'for the lab',
    })
  })

  it('a body that is none, links of the wrong kind, a type that makes no resource', async () => {
    const c = await market()
    const as = w.current.as(c.staff)

    expect((await as.post(PATH, {})).body).toEqual({ offering: ['This field is required.'], project: ['This field is required.'] })
    expect((await as.post(PATH, order(c, { type: 'Update' }))).body).toEqual({ type: ['"Update" is not a valid choice.'] })
    expect(
      (await as.post(PATH, { ...order(c), offering: urls.project(c.project), plan: 'nope', project: 7, attributes: 'x' })).body,
    ).toEqual({
      offering: ['Invalid hyperlink - Incorrect URL match.'],
      plan: ['Invalid hyperlink - No URL match.'],
      project: ['Incorrect type. Expected URL string, received int.'],
      attributes: ['Expected a dictionary of items but got type "str".'],
    })
    expect((await as.post(PATH, [])).status).toBe(400)
    expect((await as.send('POST', PATH, '{"offering": ', { headers: { 'content-type': 'application/json' } })).body.detail).toMatch(
      /^JSON parse error - /,
    )
  })
})
