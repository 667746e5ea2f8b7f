// A plan with parts of three kinds, for tests about what plans cost.
import type { Row, World } from './world.ts'

/** An offering of the provider with a fixed, a limit and a one-time component, and a plan that has them without amount or price. */
export async function pricedPlan({ offering, component, plan, planComponent }: World, provider: Row) {
  const sold = await offering(provider, { name: 'Computing' })
  const seats = await component(sold, { type: 'seats', name: 'Seats', billing_type: 'fixed' })
  const cpu = await component(sold, { type: 'cpu', billing_type: 'limit', min_value: 2 })
  const setup = await component(sold, { type: 'setup', billing_type: 'one' })
  const made = await plan(sold, { name: 'Large' })
  for (const part of [seats, cpu, setup]) await planComponent(made, part)
  return { sold, made, path: `/api/marketplace-plans/${made.uuid}/` }
}
