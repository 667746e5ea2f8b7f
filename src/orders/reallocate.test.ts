// Limits that one resource gives to others (orders.md §5.5).
import { describe, expect, it } from 'vitest'
import { type Person, type Row, world } from '../../tests/support/world.ts'

const w = world()
const PATH = '/api/marketplace-resources/'
const ORDERS = '/api/marketplace-orders/'
type Values = { [name: string]: unknown }

/** Three resources of one offering: the first has 10 cpu, the others 1 and 2. */
async function three() {
  const cast = await w.current.cast()
  const offering = await w.current.offering(cast.provider)
  const plan = await w.current.plan(offering)
  const cpu = await w.current.component(offering, { type: 'cpu', max_value: 12 })
  await w.current.planComponent(plan, cpu, { price: '2' })
  const made: Row[] = []
  for (const n of [10, 1, 2]) {
    made.push(await w.current.resource(offering, cast.project, { plan_id: plan.id, limits: JSON.stringify({ cpu: n }) }))
  }
  const [a, b, c] = made as [Row, Row, Row]
  const give = (person: Person | undefined, limits: Values, ...targets: [Row, Values][]) =>
    w.current.as(person).post(`${PATH}${a.uuid}/reallocate_limits/`, {
      limits,
      targets: targets.map(([{ uuid }, allocated_limits]) => ({ resource_uuid: uuid, allocated_limits })),
    })
  const see = async ({ uuid }: Row) => (await w.current.as(cast.staff).get(`${PATH}${uuid}/`)).body
  return { ...cast, offering, plan, cpu, a, b, c, give, see }
}

describe('reallocating limits', () => {
  it('makes an order for less of one and an order for more of each of the others', async () => {
    const w3 = await three()

    const { status, body } = await w3.give(w3.customerOwner, { cpu: 5 }, [w3.b, { cpu: 3 }], [w3.c, { cpu: 2 }])

    expect(status).toBe(200)
    expect(Object.keys(body).sort()).toEqual(['source_order_uuid', 'target_order_uuids'])
    const uuids = [body.source_order_uuid, ...body.target_order_uuids]
    const orders = await Promise.all(uuids.map(async (uuid) => (await w.current.as(w3.staff).get(`${ORDERS}${uuid}/`)).body))
    expect(orders.map((order) => [order.order_subtype, order.attributes.old_limits, order.limits])).toEqual([
      ['update_limits', { cpu: 10 }, { cpu: 5 }],
      ['update_limits', { cpu: 1 }, { cpu: 4 }],
      ['update_limits', { cpu: 2 }, { cpu: 4 }],
    ])
    for (const uuid of uuids) await w.current.as(w3.providerOwner).post(`${ORDERS}${uuid}/approve_by_provider/`)
    await w.current.runJobs()
    expect([await w3.see(w3.a), await w3.see(w3.b), await w3.see(w3.c)].map(({ state, limits }) => [state, limits.cpu])).toEqual([
      ['OK', 5],
      ['OK', 4],
      ['OK', 4],
    ])
  })

  it('gives away neither more nor less than the others get, and no more than there is', async () => {
    const { customerOwner, give, b, c } = await three()

    expect((await give(customerOwner, { cpu: 5 }, [b, { cpu: 3 }])).body).toEqual({
      limits: { cpu: ['The targets get 3 of the 5 that are reallocated.'] },
    })
    expect((await give(customerOwner, { cpu: 1 }, [b, { cpu: 1, ram: 1 }])).body).toEqual({
      limits: { ram: ['The targets get 1 of the 0 that are reallocated.'] },
    })
    expect((await give(customerOwner, { cpu: 11 }, [b, { cpu: 11 }])).body).toEqual({ limits: { cpu: ['The resource has 10 only.'] } })
    expect((await give(customerOwner, { cpu: 0 }, [b, { cpu: 0 }])).status).toBe(400)
    expect((await give(customerOwner, { cpu: 1 })).body).toEqual({ targets: ['This list may not be empty.'] })
    expect((await give(customerOwner, { cpu: 10 }, [b, { cpu: 1 }], [c, { cpu: 9 }])).status).toBe(200)
  })

  it('gives to others of the same offering that the caller sees and may change, each once; all of it or nothing', async () => {
    const { customerOwner, staff, projectMember, outsider, provider, project, a, b, c, give, see } = await three()
    const foreign = await w.current.resource(await w.current.offering(provider), project)
    const unseen = await w.current.resource(await w.current.offering(provider), await w.current.project())
    const wrong = (place: number, text: string) => ({
      targets: [...Array.from({ length: place }, () => ({})), { resource_uuid: [text] }],
    })

    expect((await give(undefined, { cpu: 1 }, [b, { cpu: 1 }])).status).toBe(401)
    expect((await give(outsider, { cpu: 1 }, [b, { cpu: 1 }])).status).toBe(404)
    expect((await give(projectMember, { cpu: 1 }, [b, { cpu: 1 }])).status).toBe(403)
    expect((await give(customerOwner, { cpu: 1 }, [a, { cpu: 1 }])).body).toEqual(wrong(0, 'A resource cannot give to itself.'))
    expect((await give(customerOwner, { cpu: 2 }, [b, { cpu: 1 }], [b, { cpu: 1 }])).body).toEqual(wrong(1, 'A resource is named once.'))
    expect((await give(customerOwner, { cpu: 2 }, [b, { cpu: 1 }], [unseen, { cpu: 1 }])).body).toEqual(wrong(1, 'Object does not exist.'))
    expect((await give(staff, { cpu: 1 }, [foreign, { cpu: 1 }])).body).toEqual(wrong(0, 'The resource is of another offering.'))
    await w.current.db.updateTable('resource').set({ state: 'Erred' }).where('id', '=', c.id).execute()
    expect((await give(customerOwner, { cpu: 2 }, [b, { cpu: 1 }], [c, { cpu: 1 }])).body).toEqual({
      detail: 'Valid states for operation: OK.',
    })
    expect([await see(a), await see(b)].map(({ state }) => state)).toEqual(['OK', 'OK'])
  })

  it('of two that give to each other at once one is done, and none waits for ever', async () => {
    for (let i = 0; i < 4; i++) {
      const { customerOwner, staff, a, b } = await three()
      const give = (from: Row, to: Row) =>
        w.current.as(customerOwner).post(`${PATH}${from.uuid}/reallocate_limits/`, {
          limits: { cpu: 1 },
          targets: [{ resource_uuid: to.uuid, allocated_limits: { cpu: 1 } }],
        })

      const answers = await Promise.all([give(a, b), give(b, a)])

      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
      const orders = await Promise.all([a, b].map((row) => w.current.as(staff).get(ORDERS, { query: { resource_uuid: row.uuid } })))
      expect(orders.map(({ body }) => body.length)).toEqual([1, 1])
    }
  })
})

describe('what the provider’s system would tell', () => {
  it('is not there for types without one: no details, and nothing to pull', async () => {
    const { customerOwner, providerOwner, projectMember, staff, support, a } = await three()
    const sides = [
      [PATH, customerOwner],
      ['/api/marketplace-provider-resources/', providerOwner],
    ] as const
    const backend = (values: Values) => w.current.db.updateTable('resource').set(values).where('id', '=', a.id).execute()
    for (const [path, person] of sides) {
      const pull = () => w.current.as(person).post(`${path}${a.uuid}/pull/`)
      await backend({ backend_id: '', state: 'OK' })

      expect((await w.current.as(person).get(`${path}${a.uuid}/details/`)).body).toEqual({ detail: 'Not found.' })
      expect((await pull()).body).toEqual({ detail: 'The resource has no backend_id.' })
      await backend({ backend_id: 'vm-7' })
      expect([(await pull()).status, (await pull()).body]).toEqual([409, { detail: 'Pull operation is not implemented.' }])
      await backend({ state: 'Updating' })
      expect((await pull()).body).toEqual({ detail: 'Valid states for operation: OK, Erred.' })
      expect((await w.current.as(support).post(`${path}${a.uuid}/pull/`)).status).toBe(403)
      expect((await w.current.as(staff).get(`${path}${a.uuid}/details/`)).status).toBe(404)
    }
    expect((await w.current.as(projectMember).post(`${PATH}${a.uuid}/pull/`)).status).toBe(403)
  })
})
