// A small world of its own for one race: an offering that an agent carries out, a resource with an order in some state, and everything
// that both refer to. Small, for each round of each race has a new one.
import { OPEN_ORDER_STATES, type OrderState } from '../../src/resources/states.orders.ts'
import type { Factories, Person, Row } from './factories.ts'

export type OrderShape = { state: OrderState; type: 'Create' | 'Update' | 'Terminate' | 'Restore' }

const UNDER_WAY = { Create: 'Creating', Restore: 'Creating', Update: 'Updating', Terminate: 'Terminating' } as const
const ENDED = { Create: 'OK', Restore: 'OK', Update: 'OK', Terminate: 'Terminated' } as const
const WITHDRAWN = { Create: 'Terminated', Restore: 'Terminated', Update: 'OK', Terminate: 'OK' } as const

/** How a resource stands whose last order is of that shape. */
export function resourceStateOf({ state, type }: OrderShape): string {
  if ((OPEN_ORDER_STATES as readonly string[]).includes(state)) return UNDER_WAY[type]
  if (state === 'done') return ENDED[type]
  return state === 'erred' ? 'Erred' : WITHDRAWN[type]
}

export type Stage = Awaited<ReturnType<typeof makeStage>>

let counter = 0
const unique = (word: string) => `${word}-${++counter}`

/** Makes one; all of it by rows, so that it costs little. */
export async function makeStage(w: Factories, shape: OrderShape, staff?: Person) {
  const [consumer, provider] = [await w.customer(), await w.customer()]
  const [project, otherProject, removedProject] = [
    await w.project(consumer),
    await w.project(consumer),
    await w.project(consumer, { is_removed: true, removed: '2026-01-01T00:00:00Z' }),
  ]
  const category = await w.category()
  const offering = await w.offering(provider, {
    category_id: category.id,
    type: 'Marketplace.Slurm',
    plugin_options: JSON.stringify({ can_restore_resource: true, create_orders_on_resource_option_change: true }),
    resource_options: JSON.stringify({ order: ['size'], options: { size: { type: 'string', label: 'Size' } } }),
  })
  const [cpu, spare] = [
    await w.component(offering, { type: 'cpu', max_available_limit: 10 }),
    await w.component(offering, { type: 'spare', billing_type: 'fixed' }),
  ]
  const [plan, otherPlan] = [await w.plan(offering), await w.plan(offering, { max_amount: 1 })]
  for (const one of [plan, otherPlan]) for (const part of [cpu, spare]) await w.planComponent(one, part)
  const emptyOffering = await w.offering(provider, { category_id: category.id, type: 'Marketplace.Slurm' })
  const [idlePart, idlePlan] = [await w.component(emptyOffering, { type: 'cpu' }), await w.plan(emptyOffering)]
  await w.planComponent(idlePlan, idlePart)
  const state = resourceStateOf(shape)
  const limits = JSON.stringify({ cpu: 2 })
  const resource = await w.resource(offering, project, { plan_id: plan.id, state, limits })
  const [orderer, member] = [await w.user(), await w.user()]
  const order = await orderOf(w, shape, { project, offering, resource, plan, orderer, limits })
  const serviceProvider = await w.serviceProvider(provider)
  const idleProvider = await w.serviceProvider()
  // Whoever is given an offering is given its provider at the same moment.
  const together = { created: '2026-01-01T00:00:00Z' }
  for (const provider of [serviceProvider, idleProvider]) await w.grant(member, 'CUSTOMER.MANAGER', provider, together)
  await w.grant(member, 'PROJECT.MEMBER', project)
  for (const sold of [offering, emptyOffering]) await w.grant(member, 'OFFERING.MANAGER', sold, together)
  const role = await w.insert('role', { name: unique('PROJECT.RACE').toUpperCase(), scope_type: 'project' })
  const roleName = `PROJECT.RACE-${counter}`
  return {
    ...{ consumer, provider, serviceProvider, project, otherProject, removedProject, category, offering, emptyOffering },
    ...{ cpu, spare, plan, otherPlan, idlePart, idlePlan, resource, order, member, idleProvider, role, roleName },
    staff: staff ?? (await w.user({ is_staff: true })),
    newcomer: await w.user(),
    lonelyCustomer: await w.customer(),
    idleCategory: await w.category(),
    group: await w.insert('organization_group', { name: unique('Group') }),
  }
}

type Around = { project: Row; offering: Row; resource: Row; plan: Row; orderer: Row; limits: string }

/** An order of that shape for a resource that stands as it must. */
export const orderOf = (w: Factories, { state, type }: OrderShape, { project, offering, resource, plan, orderer, limits }: Around) =>
  w.insert('order', {
    project_id: project.id,
    offering_id: offering.id,
    resource_id: resource.id,
    plan_id: type === 'Terminate' ? null : plan.id,
    type,
    state,
    created_by_id: orderer.id,
    ...(type === 'Update' ? { subtype: 'update_limits', attributes: JSON.stringify({ old_limits: { cpu: 2 } }) } : {}),
    ...(type === 'Terminate' ? {} : { limits: type === 'Update' ? JSON.stringify({ cpu: 5 }) : limits }),
    ...(state === 'pending-consumer' ? {} : { consumer_reviewed_at: '2026-01-01T00:00:00Z' }),
  })

/** Resources of an offering that is paid ahead and lets what was terminated come back. */
export async function paidAheadOf(w: Factories, { provider, project, category }: { provider: Row; project: Row; category: Row }) {
  const plugin_options = JSON.stringify({ can_restore_resource: true })
  const offering = await w.offering(provider, { category_id: category.id, plugin_options })
  const seats = await w.component(offering, { type: 'seats', billing_type: 'one', is_prepaid: true })
  const plan = await w.plan(offering)
  await w.planComponent(plan, seats, { price: '4' })
  const values = { plan_id: plan.id, limits: JSON.stringify({ seats: 2 }), end_date: '2998-01-01' }
  return {
    prepaid: await w.resource(offering, project, values),
    beside: await w.resource(offering, project, values),
    restorable: await w.resource(offering, project, { ...values, state: 'Terminated' }),
  }
}
