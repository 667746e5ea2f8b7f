// What resources and orders say may be done to them is what asking for it would be told.
import { describe, expect, it } from 'vitest'
import { type Person, type Row, world } from '../../tests/support/world.ts'
import { RESOURCE_STATES } from '../resources/states.ts'
import { orderStates } from './states.ts'

const w = world()

describe('can_terminate', () => {
  it('of a resource is true for exactly those whose request to terminate it succeeds', async () => {
    const { cast, offering, plan, resource, user, grant, insert, as, db } = w.current
    const c = await cast()
    const sold = await offering(c.provider)
    const priced = await plan(sold)
    // Holds the permission through the service provider of the consuming organization, and sees the resource as a member.
    const both = await user()
    await grant(both, 'PROJECT.MEMBER', c.project)
    await grant(
      both,
      'CUSTOMER.MANAGER',
      await insert('service_provider', { customer_id: c.consumer.id, api_secret_code: Buffer.from('x') }),
    )
    const lapsed = await user()
    await grant(lapsed, 'PROJECT.MEMBER', c.project)
    await grant(lapsed, 'PROJECT.MANAGER', c.project, { expiration_time: new Date(Date.now() - 1000).toISOString() })
    const people: { [name: string]: Person } = {
      staff: c.staff,
      customerOwner: c.customerOwner,
      projectManager: c.projectManager,
      projectMember: c.projectMember,
      providerOwner: c.providerOwner,
      providerManager: c.providerManager,
      both,
      lapsed,
    }
    const told: string[] = []
    const wrong: string[] = []
    const compare = async (name: string, person: Person, what: string, row: Row) => {
      for (const side of ['marketplace-resources', 'marketplace-provider-resources']) {
        const seen = await as(person).get(`/api/${side}/${row.uuid}/`)
        if (seen.status !== 200) continue
        const { status } = await as(person).post(`/api/${side}/${row.uuid}/terminate/`)
        const says = [seen.body.can_terminate, seen.body.available_actions.includes('terminate')]
        if (says.some((one) => one !== (status === 200))) wrong.push(`${name}, ${what}: ${says}, ${status}`)
        if (status === 200) told.push(name)
        return
      }
      throw new Error(`${name} does not see ${what}`)
    }
    for (const [name, person] of Object.entries(people)) {
      for (const state of RESOURCE_STATES)
        await compare(name, person, state, await resource(sold, c.project, { plan_id: priced.id, state }))
    }
    const held = await resource(sold, c.project, { plan_id: priced.id })
    await insert('order', {
      project_id: c.project.id,
      offering_id: sold.id,
      resource_id: held.id,
      type: 'Update',
      state: 'pending-provider',
      created_by_id: c.staff.id,
    })
    await compare('customerOwner', c.customerOwner, 'one with an open order', held)
    for (const closed of [{ blocked: true }, { blocked: false, archived: true }]) {
      await db.updateTable('customer').set(closed).where('id', '=', c.consumer.id).execute()
      await compare('customerOwner', c.customerOwner, JSON.stringify(closed), await resource(sold, c.project, { plan_id: priced.id }))
    }
    await db.updateTable('customer').set({ archived: false }).where('id', '=', c.consumer.id).execute()
    await db.updateTable('offering').set({ state: 'Unavailable' }).where('id', '=', sold.id).execute()
    await compare('customerOwner', c.customerOwner, 'an unavailable offering', await resource(sold, c.project, { plan_id: priced.id }))

    expect(wrong).toEqual([])
    expect([...new Set(told)].sort()).toEqual(
      ['both', 'customerOwner', 'projectManager', 'providerManager', 'providerOwner', 'staff'].sort(),
    )
  })

  it('of an order is true in exactly the states in which it may be canceled', async () => {
    const { cast, offering, resource, insert, as } = w.current
    const c = await cast()
    const sold = await offering(c.provider)

    for (const state of orderStates.states) {
      const bought = await resource(sold, c.project, { state: 'Creating' })
      const values = { project_id: c.project.id, offering_id: sold.id, resource_id: bought.id, type: 'Create', state }
      const { uuid } = await insert('order', { ...values, created_by_id: c.staff.id })
      const { can_terminate } = (await as(c.staff).get(`/api/marketplace-orders/${uuid}/`)).body
      const { status } = await as(c.staff).post(`/api/marketplace-orders/${uuid}/cancel/`)
      expect([state, can_terminate]).toEqual([state, status === 200])
    }
  })
})
