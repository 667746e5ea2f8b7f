// A customer's order, from the body to the resource (orders.md §6.1).
import { describe, expect, it } from 'vitest'
import { urls, world } from '../../tests/support/world.ts'

const w = world()
const PATH = '/api/marketplace-orders/'

describe('ordering', () => {
  it('orders 7: an order for a basic offering waits for the provider, even when staff places it', async () => {
    const { cast, offering, plan, as } = w.current
    const c = await cast()
    const basic = await offering(c.provider)
    const monthly = await plan(basic)

    const answer = await as(c.staff).post(PATH, {
      offering: urls.offering(basic),
      project: urls.project(c.project),
      plan: urls.plan(basic, monthly),
      attributes: { name: 'vm-1' },
    })

    expect(answer.body).toMatchObject({ state: 'pending-provider', consumer_reviewed_by_username: c.staff.username })
    expect(answer.status).toBe(201)
  })
})
