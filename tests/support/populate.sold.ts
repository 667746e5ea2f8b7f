// What the provider of the whole world sells.
import type { Cast, Row, World } from './world.ts'

/** What the provider sells: one offering with everything, and one in each further state. */
export async function soldOf(w: World, { provider }: Cast) {
  const categoryGroup = await w.insert('category_group', { title: 'Everything' })
  const category = await w.category({ group_id: categoryGroup.id })
  const emptyCategory = await w.category()
  const settings = { enable_provider_consumer_messaging: true, service_provider_can_create_offering_user: true }
  const offering = await w.offering(provider, {
    category_id: category.id,
    plugin_options: JSON.stringify(settings),
    attributes: JSON.stringify({ key: 'value' }),
    resource_options: JSON.stringify({ order: ['size'], options: { size: { type: 'string', label: 'Size' } } }),
  })
  const cpu = await w.component(offering, { type: 'cpu' })
  const fixed = await w.component(offering, { type: 'seats', billing_type: 'fixed' })
  const plan = await w.plan(offering, { unit_price: '5', max_amount: 20 })
  await w.planComponent(plan, cpu, { price: '2.5', amount: 2 })
  await w.planComponent(plan, fixed, { price: '1', amount: 3 })
  const otherPlan = await w.plan(offering, { max_amount: 5 })
  await w.planComponent(otherPlan, cpu, { price: '3' })
  const agents = await w.offering(provider, { category_id: category.id, type: 'Marketplace.Slurm' })
  const agentsPlan = await w.plan(agents)
  const draft = await w.offering(provider, { category_id: category.id, state: 'Draft' })
  await w.plan(draft)
  const spare = await w.component(draft, { type: 'spare', billing_type: 'usage' })
  const endpoint = await w.db
    .insertInto('offering_endpoint')
    .values({ offering_id: offering.id, name: 'Front', url: 'https://front.example.com' })
    .returning('uuid')
    .executeTakeFirstOrThrow()
  return {
    categoryGroup,
    category,
    emptyCategory,
    offering,
    cpu,
    spare,
    plan,
    otherPlan,
    agents,
    agentsPlan,
    draft,
    draftPlan: await w.plan(draft, { archived: true }),
    endpoint: endpoint.uuid.replaceAll('-', ''),
    paused: await inState(w, provider, category, 'Paused'),
    unavailable: await inState(w, provider, category, 'Unavailable'),
    ownOffering: await w.offering(provider, { category_id: category.id, shared: false }),
  }
}

async function inState(w: World, provider: Row, category: Row, state: string): Promise<Row> {
  const offering = await w.offering(provider, { category_id: category.id, state })
  await w.plan(offering)
  return offering
}

export type Sold = Awaited<ReturnType<typeof soldOf>>
