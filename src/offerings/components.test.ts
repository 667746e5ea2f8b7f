import { describe, expect, it } from 'vitest'
import { urls, world } from '../../tests/support/world.ts'

const w = world()
const at = ({ uuid }: { uuid: string }, verb = '') => `/api/marketplace-provider-offerings/${uuid}/${verb}`

async function provided() {
  const people = await w.current.cast()
  const row = await w.current.offering(people.provider)
  const client = w.current.as(people.providerOwner)
  const post = (verb: string, body?: unknown) => client.post(at(row, `${verb}_offering_component/`), body)
  const shown = async () => (await client.get(at(row))).body
  return { ...people, row, client, post, shown }
}

const cpu = { type: 'cpu', name: 'CPU', billing_type: 'limit' }

describe('components of an offering', () => {
  it('are added to the offering and to all its plans', async () => {
    const { post, shown, row } = await provided()
    await w.current.plan(row)

    const made = await post('create', { ...cpu, unit_factor: 60, description: 'Hours', default_limit: 4 })

    expect([made.status, made.text]).toEqual([201, ''])
    const { components, plans } = await shown()
    expect(components).toMatchObject([
      { ...cpu, unit_factor: 60, description: 'Hours', default_limit: 4, is_prepaid: false, min_prepaid_duration: null },
    ])
    expect(plans[0].prices).toEqual({ cpu: 0 })
  })

  it('have a type that is theirs alone', async () => {
    const { post, shown } = await provided()
    await post('create', cpu)

    const again = await post('create', cpu)

    expect(again.status).toBe(400)
    expect(again.body).toEqual(['Component cpu already exists.'])
    expect((await post('create', {})).body).toEqual({
      billing_type: ['This field is required.'],
      type: ['This field is required.'],
      name: ['This field is required.'],
    })
    expect((await shown()).components).toHaveLength(1)
  })

  it('change only in what is sent', async () => {
    const { post, shown } = await provided()
    await post('create', { ...cpu, max_value: 7, measured_unit: 'cores' })
    await post('create', { ...cpu, type: 'ram' })
    const [{ uuid }] = (await shown()).components

    const done = await post('update', { uuid, name: 'Processors', min_value: 2, limit_period: 'annual' })
    const taken = await post('update', { uuid, type: 'ram' })

    expect([done.status, done.text]).toEqual([200, ''])
    expect((await shown()).components[0]).toMatchObject({
      name: 'Processors',
      min_value: 2,
      max_value: 7,
      limit_period: 'annual',
      measured_unit: 'cores',
    })
    expect(taken.body).toEqual({ type: ["Component with type 'ram' already exists in this offering."] })
    expect((await post('update', { name: 'x' })).body).toEqual({ details: 'UUID for offering component was not provided.' })
    expect((await post('update', { uuid: '0'.repeat(32) })).status).toBe(404)
    expect((await post('update', { uuid: 'nope' })).status).toBe(404)
    expect((await post('update', { uuid, billing_type: 'nope' })).body).toEqual({ billing_type: ['"nope" is not a valid choice.'] })
    expect((await post('update', { uuid, is_boolean: true })).status).toBe(200)
    expect((await shown()).components[0]).toMatchObject({ is_boolean: true, min_value: 0, max_value: 1, limit_period: 'month' })
  })

  it('of another offering are not found', async () => {
    const { post } = await provided()
    const foreign = await w.current.component(await w.current.offering())

    expect((await post('update', { uuid: foreign.uuid, name: 'x' })).status).toBe(404)
    expect((await post('remove', { uuid: foreign.uuid })).status).toBe(404)
  })

  it('that change how they are billed change the unit price of the plans', async () => {
    const { post, shown, row } = await provided()
    const part = await w.current.component(row, { type: 'cpu', billing_type: 'fixed' })
    const plan = await w.current.plan(row, { unit_price: '6' })
    await w.current.planComponent(plan, part, { price: '2', amount: 3 })

    await post('update', { uuid: part.uuid, billing_type: 'limit' })
    expect((await shown()).plans[0].unit_price).toBe('0.0000000000')
    await post('update', { uuid: part.uuid, billing_type: 'fixed' })
    expect((await shown()).plans[0].unit_price).toBe('6.0000000000')
  })

  it('that are prepaid have durations and one that is charged beyond', async () => {
    const { post, shown } = await provided()
    await post('create', { type: 'extra', name: 'Extra', billing_type: 'usage' })
    await post('create', cpu)
    const [extra, plain] = (await shown()).components
    const lease = { type: 'lease', name: 'Lease', billing_type: 'one', is_prepaid: true }

    expect((await post('create', { ...lease, min_prepaid_duration: 5, max_prepaid_duration: 4 })).body).toEqual({
      min_prepaid_duration: ['Minimum prepaid duration cannot be greater than the maximum.'],
    })
    expect((await post('create', { ...lease, is_prepaid: false, overage_component: extra.uuid, max_prepaid_duration: 4 })).body).toEqual({
      max_prepaid_duration: ['This field can only be set on prepaid components.'],
      overage_component: ['This field can only be set on prepaid components.'],
    })
    expect((await post('create', { ...lease, overage_component: plain.uuid })).body).toEqual({
      overage_component: ['Overage component must be billed by usage and not be prepaid.'],
    })
    expect((await post('create', { ...lease, overage_component: '0'.repeat(32) })).status).toBe(400)
    expect(
      (await post('create', { ...lease, overage_component: extra.uuid, min_prepaid_duration: 1, max_prepaid_duration: 4 })).status,
    ).toBe(201)
    expect((await shown()).components[2]).toMatchObject({ is_prepaid: true, overage_component: extra.uuid, min_prepaid_duration: 1 })
    expect((await post('remove', { uuid: extra.uuid })).status).toBe(200)
    expect((await shown()).components.at(-1).overage_component).toBeNull()
  })

  it('go only while nothing was bought', async () => {
    const { post, shown, row, project } = await provided()
    await post('create', cpu)
    const builtin = await w.current.component(row, { type: 'ram', name: 'RAM', is_builtin: true })
    const [{ uuid }] = (await shown()).components

    expect((await post('remove', {})).body).toEqual({ details: 'UUID for offering component was not provided.' })
    expect((await post('remove', { uuid: builtin.uuid })).body).toEqual({
      details: 'The component RAM cannot be removed because it is builtin',
    })
    const resource = await w.current.resource(row, project, { state: 'Terminated' })
    const used = await post('remove', { uuid })
    expect([used.status, used.body]).toEqual([400, { details: 'The component CPU cannot be removed because it is already used' }])
    await w.current.db.deleteFrom('resource').where('id', '=', resource.id).execute()
    expect([(await post('remove', { uuid })).status, (await shown()).components.length]).toEqual([200, 1])
  })

  it('stay when they are ordered at the moment at which they are removed', async () => {
    for (let round = 0; round < 8; round++) {
      const { post, row, staff, project } = await provided()
      const [part, plan] = [await w.current.component(row, cpu), await w.current.plan(row)]
      const order = { offering: urls.offering(row), project: urls.project(project), plan: urls.plan(row, plan), limits: { cpu: 1 } }

      const [removed, ordered] = await Promise.all([
        post('remove', { uuid: part.uuid }),
        w.current.as(staff).post('/api/marketplace-orders/', { ...order, attributes: {} }),
      ])

      expect([
        [201, 400],
        [400, 200],
        [400, 204],
      ]).toContainEqual([ordered?.status, removed?.status])
    }
  })
})
