import { describe, expect, it } from 'vitest'
import { urls, world } from '../../../tests/support/world.ts'
import { daysAfter, monthOf, now } from '../../platform/time.ts'

const w = world()
const tokyo = world({ TIME_ZONE: 'Asia/Tokyo' })

describe('usage of resources', () => {
  async function metered(values: { [column: string]: unknown } = {}, of = w) {
    const { cast, offering, component, plan, resource, insert } = of.current
    const people = await cast()
    const sold = await offering(people.provider)
    const part = await component(sold, { type: 'hours', name: 'Hours', billing_type: 'usage', limit_period: null, ...values })
    const offered = await plan(sold)
    const bought = await resource(sold, people.project, { plan_id: offered.id })
    await insert('resource_plan_period', { resource_id: bought.id, plan_id: offered.id, start: '2020-01-01T00:00:00Z' })
    return { ...people, sold, part, bought }
  }
  const report = (resource: { uuid: string }, amount: string, more = {}) => ({
    resource: resource.uuid,
    usages: [{ type: 'hours', amount, ...more }],
  })
  const path = '/api/marketplace-component-usages/set_usage/'

  it('orders 104: the provider reports it, the last report of a month holds, both sides see it', async () => {
    const { providerOwner, customerOwner, bought, outsider } = await metered()
    const po = w.current.as(providerOwner)

    const first = await po.post(path, report(bought, '7'))
    const second = await po.post(path, report(bought, '5.5', { description: 'corrected' }))

    expect([first.status, second.status]).toEqual([201, 201])
    const seen = await w.current.as(customerOwner).get('/api/marketplace-component-usages/', { query: { resource: urls.resource(bought) } })
    expect(seen.body).toHaveLength(1)
    expect(seen.body[0]).toMatchObject({ usage: 5.5, type: 'hours', description: 'corrected', resource_uuid: bought.uuid })
    expect((await po.get(`/api/marketplace-component-usages/${seen.body[0].uuid}/`)).status).toBe(200)
    expect((await w.current.as(outsider).get('/api/marketplace-component-usages/')).body).toEqual([])
    expect((await w.current.as(customerOwner).get(`/api/marketplace-resources/${bought.uuid}/`)).body.current_usages).toEqual({
      hours: 5.5,
    })
  })

  it('orders 104: it is not reported by consumers, for other components, for the future or for past months', async () => {
    const { providerOwner, customerOwner, staff, bought } = await metered()
    const po = w.current.as(providerOwner)
    const later = new Date(Date.now() + 40 * 86_400_000).toISOString()

    expect((await w.current.as(customerOwner).post(path, report(bought, '1'))).status).toBe(403)
    expect((await po.post(path, { resource: bought.uuid, usages: [{ type: 'ram', amount: 1 }] })).body).toEqual({
      non_field_errors: ['These components are invalid: ram.'],
    })
    expect((await po.post(path, { ...report(bought, '1'), date: later })).body).toEqual({ date: ['Date cannot be in the future.'] })
    expect((await po.post(path, { ...report(bought, '1'), date: '2024-01-01' })).status).toBe(400)
    expect((await po.post(path, { usages: [{ type: 'hours', amount: 'x' }] })).body).toEqual({
      usages: [{ amount: ['A valid number is required.'] }],
    })
    expect((await po.post(path, { usages: [{ type: 'hours', amount: '1' }] })).body).toEqual({
      non_field_errors: ['Either plan_period or resource should be provided.'],
    })
    expect((await w.current.as(staff).post(path, { ...report(bought, '1'), date: '2024-01-01' })).status).toBe(201)
  })

  it('orders 104: it is reported only for resources that can be used', async () => {
    const { providerOwner, bought } = await metered()

    for (const state of ['Creating', 'Terminated', 'Erred']) {
      await w.current.db.updateTable('resource').set({ state }).where('id', '=', bought.id).execute()
      const answer = await w.current.as(providerOwner).post(path, report(bought, '1'))
      expect(answer).toMatchObject({ status: 400, body: { resource: ['Resource is not in valid state.'] } })
    }
  })

  it('belongs to the month of the site’s zone, and is shown as present usage until that month is over', async () => {
    const { providerOwner, customerOwner, bought, part, project } = await metered({ billing_type: 'limit', limit_period: 'month' }, tokyo)
    const month = monthOf(now(), 'Asia/Tokyo')
    // In UTC the former month has not ended yet.
    const date = `${month}T00:00:01+09:00`
    const see = async () => (await tokyo.current.as(customerOwner).get(`/api/marketplace-resources/${bought.uuid}/`)).body

    const answer = await tokyo.current.as(providerOwner).post(path, { ...report(bought, '5'), date })

    expect(answer.status).toBe(201)
    const [kept] = (await tokyo.current.as(providerOwner).get('/api/marketplace-component-usages/')).body
    expect(kept).toMatchObject({ usage: 5, billing_period: month })
    expect(await see()).toMatchObject({ limit_usage: { hours: 5 }, current_usages: { hours: 5 } })
    const stats = `/api/projects/${project.uuid}/stats/`
    const usageOf = async () =>
      (await tokyo.current.as(customerOwner).get(stats, { query: { for_current_month: true } })).body.components[0].usage
    expect(await usageOf()).toBe(5)

    const { db } = tokyo.current
    const former = daysAfter(month, -1).replace(/\d\d$/, '01')
    await db.updateTable('component_usage').set({ billing_period: former }).where('component_id', '=', part.id).execute()
    await db.updateTable('resource').set({ current_usages_month: former }).where('id', '=', bought.id).execute()
    expect(await see()).toMatchObject({ limit_usage: {}, current_usages: {} })
    expect(await usageOf()).toBe(0)
  })

  it('stays within the amount of its period', async () => {
    const { providerOwner, bought } = await metered({ limit_amount: 10, limit_period: 'annual' })

    const answer = await w.current.as(providerOwner).post(path, report(bought, '11'))

    expect(answer).toMatchObject({ status: 400, body: ['Total amount exceeds limit. Total amount: 11, limit: 10.'] })
  })

  it('is summed up however large it is', async () => {
    const { providerOwner, customerOwner, consumer, project, sold, bought } = await metered()
    const largest = '999999999999999999.99'
    const resources = [bought]
    for (let i = 0; i < 10; i++) resources.push(await w.current.resource(sold, project, { plan_id: await planOf(bought) }))
    for (const resource of resources) expect((await w.current.as(providerOwner).post(path, report(resource, largest))).status).toBe(201)

    for (const at of [`/api/customers/${consumer.uuid}/stats/`, `/api/projects/${project.uuid}/stats/`]) {
      const { status, text } = await w.current.as(customerOwner).get(at)
      expect([status, /"usage" ?: ?(\d+)/.exec(text)?.[1]]).toEqual([200, '11000000000000000000'])
    }
  })

  const planOf = async ({ id }: { id: number }) =>
    (await w.current.db.selectFrom('resource').select('plan_id').where('id', '=', id).executeTakeFirstOrThrow()).plan_id

  const USERS = '/api/marketplace-component-user-usages/'

  async function reported(values = {}) {
    const made = await metered(values)
    await w.current.as(made.providerOwner).post(path, report(made.bought, '7'))
    const query = { resource_uuid: made.bought.uuid }
    const [usage] = (await w.current.as(made.providerOwner).get('/api/marketplace-component-usages/', { query })).body
    const share = (person: typeof made.providerOwner, body: object) =>
      w.current.as(person).post(`/api/marketplace-component-usages/${usage.uuid}/set_user_usage/`, body)
    const listed = async (person: typeof made.providerOwner, more = {}) =>
      (await w.current.as(person).get(USERS, { query: { ...query, ...more } })).body
    return { ...made, usage, share, listed }
  }

  it('orders §5.7: the provider says what of it fell on whom, the last word on each holds, and both sides see it', async () => {
    const { providerOwner, customerOwner, outsider, usage, share, listed, bought } = await reported()

    const answers = [
      await share(providerOwner, { username: 'ann', usage: '3.5' }),
      await share(providerOwner, { username: 'bob', usage: 1 }),
    ]
    await share(providerOwner, { username: 'ann', usage: '4.25' })

    expect(answers.map(({ status, text }) => [status, text])).toEqual([
      [201, ''],
      [201, ''],
    ])
    expect(await listed(customerOwner, { o: 'username' })).toMatchObject([
      {
        username: 'ann',
        usage: 4.25,
        component_usage: expect.stringContaining(`/api/marketplace-component-usages/${usage.uuid}/`),
        component_type: 'hours',
        resource_uuid: bought.uuid,
        billing_period: usage.billing_period,
      },
      { username: 'bob', usage: 1 },
    ])
    expect(await listed(providerOwner, { username: 'AN' })).toHaveLength(1)
    expect(await listed(outsider)).toEqual([])
    const [{ uuid }] = await listed(customerOwner)
    expect((await w.current.as(outsider).get(`${USERS}${uuid}/`)).status).toBe(404)
    // The total is what was reported of all: shares leave it as it is.
    expect((await w.current.as(customerOwner).get(`/api/marketplace-component-usages/${usage.uuid}/`)).body.usage).toBe(7)
  })

  it('orders §5.7: shares are not told by consumers, of other months, of past ones or of resources that are gone', async () => {
    const { providerOwner, customerOwner, staff, outsider, share, usage, bought } = await reported()
    const monthBefore = daysAfter(usage.billing_period, -1)
    const usages = w.current.db.updateTable('component_usage').where('uuid', '=', usage.uuid)

    expect((await share(customerOwner, { username: 'ann', usage: '1' })).status).toBe(403)
    expect((await share(outsider, { username: 'ann', usage: '1' })).status).toBe(404)
    expect((await share(providerOwner, { usage: '1' })).body).toEqual({ username: ['This field is required.'] })
    expect(
      (
        await share(providerOwner, {
          username: 'ann',
          user: 'http://testserver/api/marketplace-offering-users/00000000000000000000000000000000/',
        })
      ).body,
    ).toEqual({
      user: ['Invalid hyperlink - Object does not exist.'],
    })
    expect((await share(staff, { username: 'ann', usage: '1', date: monthBefore })).body).toEqual({
      date: ['Date must be in the billing period of the usage.'],
    })
    await usages.set({ billing_period: monthOf(`${monthBefore}T00:00:00Z`, 'UTC'), date: `${monthBefore}T00:00:00Z` }).execute()
    expect((await share(providerOwner, { username: 'ann', usage: '1' })).body).toEqual({
      date: ['Only staff can report usage for past billing periods.'],
    })
    expect((await share(staff, { username: 'ann', usage: '1' })).status).toBe(201)
    await w.current.db.updateTable('resource').set({ state: 'Terminated' }).where('id', '=', bought.id).execute()
    expect((await share(staff, { username: 'ann', usage: '1' })).body).toEqual({ resource: ['Resource is not in valid state.'] })
  })

  it('orders §5.7: of many who tell of one user at once each is heard, and one share is left', async () => {
    const { providerOwner, share, listed } = await reported({ billing_type: 'limit' })

    const answers = await Promise.all(Array.from({ length: 10 }, (_, i) => share(providerOwner, { username: 'ann', usage: String(i) })))

    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(201))
    expect(await listed(providerOwner)).toHaveLength(1)
  })

  it('an offering sums up what its resources used, by component and month, for those who own it', async () => {
    const { providerOwner, providerManager, support, customerOwner, project, sold, part, bought } = await metered()
    const { insert, resource } = w.current
    const other = await resource(sold, project)
    const use = (of: { id: number }, month: string, usage: string) =>
      insert('component_usage', { resource_id: of.id, component_id: part.id, billing_period: `${month}-01`, date: `${month}-10`, usage })
    await use(bought, '2026-01', '1.5')
    await use(other, '2026-01', '2')
    await use(bought, '2026-02', '4')
    await metered()
    const stats = (person: typeof support, query = {}) =>
      w.current.as(person).get(`/api/marketplace-provider-offerings/${sold.uuid}/component_stats/`, { query })

    expect((await stats(providerOwner)).body).toEqual([
      {
        period: '2026-01',
        billing_period: '2026-01-01',
        date: '2026-01-31',
        usage: 4,
        description: '',
        measured_unit: '',
        type: 'hours',
        name: 'Hours',
      },
      expect.objectContaining({ period: '2026-02', date: '2026-02-28', usage: 4 }),
    ])
    const periods = async (query: object) => (await stats(support, query)).body.map(({ period }: { period: string }) => period)
    expect(await periods({ start: '2026-02' })).toEqual(['2026-02'])
    expect(await periods({ end: '2026-01-31' })).toEqual(['2026-01'])
    expect((await stats(support, { start: 'soon' })).body).toEqual({ start: ['Enter a valid date.'] })
    expect((await stats(providerManager)).status).toBe(403)
    expect((await stats(customerOwner)).status).toBe(404)
  })
})
