// Keys that callers choose — types of components, options, attributes, limits, plugin options, names in queries — are looked up only in
// what was given, never in what every object has. A plain object that is asked for a key that nobody gave it is noted with the place
// that asked: that finds the next one, whatever it would have come to.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { wholeWorld } from '../support/whole-world.ts'
import { type Row, urls, world } from '../support/world.ts'

const STRANGER = 'zz_stranger'
const TIMEOUT = 120_000

/** Places of src that asked a plain object for a key of a stranger. */
function watch(): { places: () => string[]; end: () => void } {
  const places = new Set<string>()
  Object.defineProperty(Object.prototype, STRANGER, {
    configurable: true,
    get() {
      const [asked = ''] = (new Error().stack ?? '').split('\n').slice(2)
      if (/\/src\//.test(asked)) places.add(asked.replace(/^.*(?=\/src\/)/, '').replace(/\)$/, ''))
      return undefined
    },
    set(value) {
      Object.defineProperty(this, STRANGER, { value, writable: true, enumerable: true, configurable: true })
    },
  })
  return { places: () => [...places], end: () => Reflect.deleteProperty(Object.prototype, STRANGER) }
}

type Json = string | number | boolean | null | Json[] | { [key: string]: Json }

/** The value with the name of a stranger in place of one of its texts or keys, or beside the keys of one of its objects. */
function* variants(value: Json, name: string): Generator<Json> {
  if (typeof value === 'string') yield name
  if (Array.isArray(value)) for (const [i, part] of value.entries()) for (const other of variants(part, name)) yield value.with(i, other)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return
  const entries = Object.entries(value)
  for (const [i, [key, part]] of entries.entries()) {
    yield Object.fromEntries(entries.with(i, [name, part]))
    for (const other of variants(part, name)) yield Object.fromEntries(entries.with(i, [key, other]))
  }
  yield Object.fromEntries([...entries, [name, entries[0]?.[1] ?? 1]])
}

describe('every operation', () => {
  const w = wholeWorld()
  let watched: ReturnType<typeof watch>
  beforeAll(() => {
    watched = watch()
  })
  afterAll(() => watched.end())

  it('looks up what a stranger names only where a stranger put it', { timeout: TIMEOUT }, async () => {
    const { operations, requests, people, at, trying } = w.current
    const staff = trying(people.staff)
    const failures: string[] = []
    const note = (what: string, status: number) => status >= 500 && failures.push(`${what}: ${status}`)

    for (const { method, path, query } of operations) {
      const { on, body } = requests[`${method} ${path}`] ?? {}
      const target = at(path, { on })
      const names = [...query.map(({ name }) => name), STRANGER]
      if (method === 'GET') {
        note(`GET ${path}`, (await staff.get(`${target}?${names.map((name) => `${name}=${STRANGER}`).join('&')}`)).status)
        note(`GET ${path}`, (await staff.get(`${target}?field=${STRANGER}&${STRANGER}=1`)).status)
      }
      for (const sent of body === undefined ? [] : variants(body as Json, STRANGER)) {
        const text = JSON.stringify(sent)
        const { status } = await staff.send(method as 'POST', target, text, { headers: { 'content-type': 'application/json' } })
        note(`${method} ${path} ${text}`, status)
      }
    }

    expect(failures).toEqual([])
    expect(watched.places()).toEqual([])
  })
})

describe.each([STRANGER, 'constructor', 'toString', '__proto__'])('what is called %s', (name) => {
  const w = world()
  let watched: ReturnType<typeof watch>
  let category: Row
  beforeAll(async () => {
    const attribute = { key: name, title: name, type: 'choice', required: false, default: 'a', options: [{ key: 'a', title: 'a' }] }
    category = await w.current.category()
    await w.current.db
      .updateTable('category')
      .set({ sections: JSON.stringify([{ key: name, title: name, attributes: [attribute] }]) } as never)
      .where('id', '=', category.id)
      .execute()
    watched = watch()
  })
  afterAll(() => watched.end())

  const own = <T>(value: T) => Object.fromEntries([[name, value]])

  it('can be sold, ordered, changed, measured and shown like anything else', { timeout: TIMEOUT }, async () => {
    const { cast, as } = w.current
    const { staff, provider, project } = await cast()
    const asked = as(staff)
    const failures: string[] = []
    const post = async (path: string, body: unknown, method: 'post' | 'put' | 'patch' = 'post') => {
      const answer = await asked[method](path, body)
      if (answer.status >= (name === '__proto__' ? 500 : 300)) failures.push(`${path}: ${answer.status} ${answer.text.slice(0, 300)}`)
      return answer.body
    }
    const carryOut = async (uuid: string | undefined) => {
      if (uuid) await asked.post(`/api/marketplace-orders/${uuid}/approve_by_provider/`)
      await w.current.runJobs()
    }
    const component = { type: name, name, measured_unit: 'x', billing_type: 'limit', limit_period: 'month' }
    const option = { type: 'integer', label: name, required: false, validators: [{ type: 'gte', target_field: name }] }
    // As a key of JSON that one is dropped wherever it is sent, so nothing may speak of it.
    const isKey = name !== '__proto__'
    const other = { ...option, validators: isKey ? option.validators : [] }
    const form = { order: isKey ? [name, 'other'] : ['other'], options: { ...own(option), other } }

    const offering = await post('/api/marketplace-provider-offerings/', {
      name,
      customer: urls.customer(provider),
      category: urls.category(category),
      type: 'Marketplace.Basic',
      shared: true,
      attributes: own('a'),
      options: form,
      resource_options: form,
      components: [component, { ...component, type: `${name}-fixed`, billing_type: 'fixed' }],
      plugin_options: { unique_resource_per_attribute: name },
      plans: [{ name, unit: 'month' }],
    })
    const [plan] = offering.plans
    const path = `/api/marketplace-provider-offerings/${offering.uuid}/`
    await post(`${path}update_attributes/`, own('a'))
    await post(`${path}activate/`, undefined)
    // First nothing has it: what is looked up for it must not be found either.
    for (const what of ['prices', 'quotas', 'discounts']) await post(`/api/marketplace-plans/${plan.uuid}/update_${what}/`, { [what]: {} })
    const asking = { offering: urls.offering(offering), project: urls.project(project), plan: urls.plan(offering, plan) }
    const bare = await post('/api/marketplace-orders/', { ...asking, attributes: { name: 'bare', other: 1 } })
    await carryOut(bare.uuid)
    await carryOut(
      (await asked.post(`/api/marketplace-resources/${bare.marketplace_resource_uuid}/update_limits/`, { limits: {} })).body?.order_uuid,
    )
    for (const [what, value] of [
      ['prices', '1'],
      ['discounts', { discount_threshold: 1, discount_rate: 1 }],
    ] as const) {
      await post(`/api/marketplace-plans/${plan.uuid}/update_${what}/`, { [what]: own(value) })
    }
    const order = await post('/api/marketplace-orders/', {
      ...asking,
      attributes: { ...own(1), name },
      limits: own(2),
    })
    await carryOut(order.uuid)
    const resource = `/api/marketplace-resources/${order.marketplace_resource_uuid}/`
    await carryOut((await post(`${resource}update_limits/`, { limits: own(3) }))?.order_uuid)
    await carryOut((await post(`${resource}update_options/`, { options: own(4) }))?.order_uuid)
    await post(`/api/marketplace-provider-resources/${order.marketplace_resource_uuid}/set_limits/`, { limits: own(5) })
    await post('/api/marketplace-component-usages/set_usage/', {
      resource: order.marketplace_resource_uuid,
      usages: [{ type: name, amount: '1' }],
    })

    expect(failures).toEqual([])
    for (const shown of [path, `/api/marketplace-public-offerings/${offering.uuid}/`, resource, '/api/marketplace-component-usages/']) {
      const answer = await asked.get(shown)
      expect([shown, answer.status]).toEqual([shown, 200])
      expect(answer.text).toContain(name)
    }
    expect(watched.places()).toEqual([])
  })
})
