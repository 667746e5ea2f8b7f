// The rows of the whole world: several of everything that is listed, in every state that something is done in. A collection
// without a row here fails tests/api/lists.test.ts. What a factory leaves blank is filled, so that filters and orderings can tell
// rows apart; a column that needs more than words gets its value here.
import { orderStates } from '../../src/orders/states.ts'
import { RESOURCE_STATES } from '../../src/resources/states.ts'
import { REQUEST_STATES } from '../../src/support/states.ts'
import type { Places } from './described.ts'
import { checklistsOf } from './populate.accounts.ts'
import { accountOf, accountsOf, completionsOf, partOf } from './populate.offering-users.ts'
import { agentsOf, agreedOf, attach } from './populate.offerings.ts'
import { paidAheadOf } from './stage.ts'
import { fillerOf, tellApart } from './tell-apart.ts'
import type { Row, World } from './world.ts'

export type Cast = Awaited<ReturnType<World['cast']>>

/** Objects by what may be done with them, for tests/support/valid-requests.ts. */
export type Things = Awaited<ReturnType<typeof thingsOf>>

const SEVERAL = 3

export async function populate(w: World, people: Cast): Promise<{ places: Places; things: Things }> {
  const things = await thingsOf(w, people)
  for (let i = 0; i < SEVERAL; i++) await moreOf(w, people, things, i)
  await peopleOf(w, people, things)
  await tellApart(w.db)
  return { things, places: placesOf(people, things) }
}

async function thingsOf(w: World, people: Cast) {
  const { consumer, provider, project, serviceProvider } = people
  const group = await w.insert('organization_group', { name: 'Faculties' })
  await w.insert('organization_group', { name: 'Faculty', parent_id: group.id })
  await w.db.insertInto('customer_organization_group').values({ customer_id: consumer.id, organization_group_id: group.id }).execute()
  const role = await w.insert('role', { name: 'PROJECT.GUEST', scope_type: 'project', description: 'Guest' })
  const idleRole = await w.insert('role', { name: 'PROJECT.IDLE', scope_type: 'project', is_active: false })
  await w.insert('role', { name: 'CUSTOMER.GUEST', scope_type: 'customer' })
  const key = await w.insert('ssh_key', { ...sshKey('laptop'), user_id: people.projectMember.id })
  await w.insert('ssh_key', { ...sshKey('desk'), user_id: people.projectManager.id, is_shared: true })
  const grant = await w.grant(people.projectMember, 'PROJECT.MEMBER', await w.project(consumer))
  const projectType = await w.insert('project_type', { name: 'Research' })
  await w.insert('project_type', { name: 'Teaching' })
  const sold = await soldOf(w, people)
  const { offering, plan, cpu } = sold
  const orders = await ordersOf(w, people, sold)
  const resources = await resourcesOf(w, people, sold)
  const requests = await requestsOf(w, people, sold)
  const paidAhead = await paidAheadOf(w, { provider, project, category: sold.category })
  const usage = await usageOf(w, resources.OK, cpu, '2026-01')
  await shareOf(w, usage, 'bob', '2')
  const share = await shareOf(w, usage, 'ann', '1.5')
  const agreed = await agreedOf(w, people, sold)
  const attached = await attach(w, offering, 'Front')
  await attach(w, sold.draft, 'Draft')
  const running = await agentsOf(w, people, sold)
  const asked = await checklistsOf(w)
  const accounts = await accountsOf(w, people, offering)
  const part = await partOf(w, offering)
  const completion = await completionsOf(w, offering, asked.checklist, accounts)
  const request = await w.insert('change_email_request', { user_id: people.projectMember.id, email: 'wanted@example.com' })
  const idle = await w.customer()
  const removed = { is_removed: true, removed: '2026-01-01T00:00:00Z' }
  const things = {
    ...sold,
    ...agreed,
    ...attached,
    ...running,
    ...asked,
    ...paidAhead,
    accounts,
    part,
    completion,
    orders,
    requests,
    resources,
    group,
    role,
    idleRole,
    key,
    grant,
    projectType,
    usage,
    share,
    project,
    serviceProvider,
    offeringGrant: await w.grant(people.offeringManager, 'OFFERING.MANAGER', offering),
    emptyProject: await w.project(consumer, { start_date: '2025-12-01' }),
    removedProject: await w.project(consumer, removed),
    otherCustomer: await w.customer({ archived: true }),
    emptyCustomer: await w.customer(),
    emailCode: request.uuid,
    idleProvider: await w.serviceProvider(idle),
    helper: await w.user(),
  }
  await w.grant(people.customerOwner, 'CUSTOMER.OWNER', things.emptyCustomer)
  await w.grant(people.providerOwner, 'CUSTOMER.OWNER', idle)
  await w.grant(people.providerManager, 'CUSTOMER.MANAGER', things.idleProvider)
  for (const [role, scope] of [
    ['CUSTOMER.GUEST', consumer],
    ['CUSTOMER.MANAGER', serviceProvider],
    ['OFFERING.MANAGER', offering],
  ] as const)
    await w.grant(things.helper, role, scope)
  await w.grant(people.offeringManager, 'OFFERING.MANAGER', sold.ownOffering)
  await w.insert('resource_plan_period', { resource_id: resources.OK.id, plan_id: plan.id, start: '2026-01-01T00:00:00Z' })
  await w.db.insertInto('event').values({ event_type: 'project_created', message: 'A project was made.' }).execute()
  await w.offering(provider, { category_id: sold.category.id, project_id: project.id, billable: false })
  return things
}

const sshKey = (name: string) => ({
  name,
  public_key: `ssh-ed25519 ${'A'.repeat(68)} ${name}`,
  key_type: 'ssh-ed25519',
  fingerprint_md5: `md5 of ${name}`,
  fingerprint_sha256: `sha256 of ${name}`,
  fingerprint_sha512: `sha512 of ${name}`,
})

/** What the provider sells: one offering with everything, and one in each further state. */
async function soldOf(w: World, { provider }: Cast) {
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

/** An order in each state, each with a resource of its own; those that an agent carries out stand beside them. */
async function ordersOf(w: World, people: Cast, sold: Sold) {
  const made: [string, Row][] = []
  for (const [word, offering, plan] of [['', sold.offering, sold.plan] as const, ['agent ', sold.agents, sold.agentsPlan] as const]) {
    for (const [day, state] of orderStates.states.entries()) {
      const resource = await w.resource(offering, people.project, { plan_id: plan.id, state: 'Creating' })
      const order = await w.insert('order', {
        project_id: people.project.id,
        offering_id: offering.id,
        resource_id: resource.id,
        plan_id: plan.id,
        type: word ? 'Create' : day % 2 ? 'Update' : 'Create',
        state,
        cost: String((day * 7) % 10),
        // A day on which an order was made never changes, so it is written at once, and not in the order of making.
        created: `2025-03-${10 + ((day * 7) % 10)}T10:00:00Z`,
        ...(state === 'pending-consumer' ? {} : { consumer_reviewed_at: `2025-04-${10 + ((day * 7) % 10)}T10:00:00Z` }),
        created_by_id: people.projectManager.id,
      })
      made.push([`${word}${state}`, order])
      await stepsOf(w, people, order, state)
    }
  }
  return Object.fromEntries(made) as { [state: string]: Row }
}

/** The state of the order that a request in each state is for. */
const ORDER_OF_REQUEST = { open: 'executing', resolved: 'done', refused: 'erred', closed: 'canceled' } as const

/** A support offering, and a request in each state, the open one with what was said about it. */
async function requestsOf(w: World, people: Cast, { category }: Sold) {
  const offering = await w.offering(people.provider, { category_id: category.id, type: 'Support.OfferingTemplate' })
  const made: [string, Row][] = []
  for (const [day, state] of REQUEST_STATES.entries()) {
    const resource = await w.resource(offering, people.project, { state: 'Creating' })
    const placed = { project_id: people.project.id, offering_id: offering.id, resource_id: resource.id, type: 'Create' }
    const order = await w.insert('order', { ...placed, state: ORDER_OF_REQUEST[state], created_by_id: people.projectManager.id })
    const answered = state === 'open' ? {} : { answered_at: '2025-06-01T10:00:00Z', answered_by_id: people.providerOwner.id }
    const request = await w.insert('support_request', { order_id: order.id, state, created: `2025-05-0${9 - day}T10:00:00Z`, ...answered })
    await w.insert('support_comment', { request_id: request.id, user_id: people.projectManager.id, text: 'When?' })
    made.push([state, request])
  }
  return Object.fromEntries(made) as { [State in (typeof REQUEST_STATES)[number]]: Row }
}

/** What became of an order, and what was told of it. */
async function stepsOf(w: World, people: Cast, { id }: Row, state: string) {
  const steps = [
    ['create', null, 'pending-consumer'],
    ['approve_by_consumer', 'pending-consumer', state],
  ] as const
  for (const [i, [action, from_state, to_state]] of steps.entries()) {
    const created = `2025-05-0${i + 1}T10:00:00Z`
    await w.db.insertInto('order_transition').values({ order_id: id, action, from_state, to_state, created }).execute()
    const body = JSON.stringify({ state: to_state })
    const told = { url: 'https://example.com/', body, user_id: people.projectManager.id, scope_type: 'order', scope_id: id }
    await w.insert('delivery', { ...told, created, state: i ? 'waiting' : 'delivered' })
  }
}

/** A resource in each state, the one in order with everything. */
async function resourcesOf(w: World, people: Cast, { offering, plan }: Sold) {
  const made: [string, Row][] = []
  for (const state of RESOURCE_STATES) {
    const more = state === 'OK' ? { paused: true, downscaled: true, restrict_member_access: false, parent_id: null } : {}
    const values = { plan_id: plan.id, state, limits: JSON.stringify({ cpu: 4 }), ...more }
    made.push([state, await w.resource(offering, people.project, values)])
  }
  const resources = Object.fromEntries(made) as { [State in (typeof RESOURCE_STATES)[number]]: Row }
  const metadata = JSON.stringify({ runtime_state: fillerOf('runtime_state') })
  await w.db.updateTable('resource').set({ backend_metadata: metadata }).where('id', '=', resources.Erred.id).execute()
  return resources
}

const usageOf = (w: World, resource: Row, component: Row, month: string): Promise<Row> =>
  w.insert('component_usage', {
    resource_id: resource.id,
    component_id: component.id,
    billing_period: `${month}-01`,
    date: `${month}-15T00:00:00Z`,
    usage: month.replace('-', '.'),
  })

const shareOf = (w: World, usage: Row, username: string, amount: string): Promise<Row> =>
  w.insert('component_user_usage', {
    component_usage_id: usage.id,
    username,
    usage: amount,
    date: `2026-01-${10 + username.length}T00:00:00Z`,
  })

/** One more of everything, in other hands. */
async function moreOf(
  w: World,
  people: Cast,
  { category, offering, cpu, resources, plan, agents, agentsPlan, group }: Things,
  i: number,
): Promise<void> {
  await w.insert('organization_group', { name: 'Another' })
  const ended = await w.project(people.consumer, { end_date: '2025-12-31' })
  const seller = await w.customer()
  await w.resource(offering, await w.project(seller, { start_date: `2025-0${9 - i}-01` }))
  await w.serviceProvider(seller)
  await w.grant(people.customerOwner, 'CUSTOMER.OWNER', seller)
  const other = await w.category({ group_id: (await w.insert('category_group', { title: 'Another' })).id })
  const sold = await w.offering(seller, { category_id: other.id, type: 'Marketplace.Slurm', billable: false, parent_id: agents.id })
  await attach(w, sold, `Another ${i}`)
  await w.db.insertInto('offering_organization_group').values({ offering_id: sold.id, organization_group_id: group.id }).execute()
  const soldPlan = await w.plan(sold)
  await accountOf(w, sold, await w.user(), { state: 'OK' })
  await partOf(w, sold)
  const metered = await w.component(sold, { billing_type: 'usage' })
  await w.planComponent(soldPlan, metered, { price: '1' })
  // Plans of an offering within another are that one's.
  const resource = await w.resource(sold, ended, { plan_id: agentsPlan.id })
  const bought = { project_id: people.project.id, offering_id: sold.id, type: 'Create', state: 'done', created_by_id: people.staff.id }
  const kept = await w.resource(sold, people.project, { plan_id: agentsPlan.id, end_date: '2999-01-01', restrict_member_access: true })
  await w.insert('support_request', { order_id: (await w.insert('order', { ...bought, resource_id: kept.id })).id, state: 'closed' })
  await shareOf(w, await usageOf(w, resource, metered, `2025-0${1 + i}`), `user-${i}`, `${i}.5`)
  await usageOf(w, resources.OK, cpu, `2025-1${i}`)
  const month = `2025-0${9 - i}`
  await w.insert('resource_plan_period', { resource_id: resources.OK.id, plan_id: plan.id, start: `${month}-01`, end: `${month}-20` })
  await w.grant(people.offeringManager, 'OFFERING.MANAGER', await w.offering(people.provider, { category_id: category.id }))
}

/** Roles that come to each scope beside the cast's, by name before and after it. */
const ALSO: { [scope in 'consumer' | 'provider' | 'project' | 'serviceProvider' | 'offering']: readonly [string, string] } = {
  consumer: ['CUSTOMER.SUPPORT', 'CUSTOMER.GUEST'],
  provider: ['CUSTOMER.SUPPORT', 'CUSTOMER.GUEST'],
  project: ['PROJECT.MEMBER', 'PROJECT.ADMIN'],
  serviceProvider: ['CUSTOMER.WATCH', 'CUSTOMER.GUARD'],
  offering: ['OFFERING.WATCH', 'OFFERING.GUARD'],
}

/** People of each kind in the same places, so that what is asked about people tells them apart. */
async function peopleOf(w: World, people: Cast, { offering }: Things): Promise<void> {
  for (const name of ALSO.serviceProvider) await w.insert('role', { name, scope_type: 'service_provider' })
  for (const name of ALSO.offering) await w.insert('role', { name, scope_type: 'offering' })
  // What only staff is shown begins as the fillers of blank columns do, so that filters on it find it by their name.
  const civil = fillerOf('civil_number')
  const known = (civil_number: string, way: number) => ({
    civil_number,
    agreement_date: '2025-01-01T00:00:00Z',
    registration_method: `way ${way}`,
  })
  const first = await w.user(known(civil, 1))
  const second = await w.user({ is_support: true, ...known(`${civil}-a`, 2) })
  const past = await w.user({ is_active: false, ...known(`${civil}-b`, 3) })
  for (let i = 0; i < SEVERAL; i++) await w.grant(await w.user(), 'CUSTOMER.SUPPORT', people.consumer)
  for (const [scope, [last, before]] of Object.entries(ALSO)) {
    const on = { ...people, offering }[scope as keyof typeof ALSO]
    await w.grant(second, last, on, { expiration_time: '2999-01-01T00:00:00Z' })
    if (scope !== 'project') await w.grant(first, before, on, { expiration_time: '2998-01-01T00:00:00Z' })
    await w.grant(past, last, on)
  }
}

const placesOf = (people: Cast, things: Things): Places => [
  ['/api/users/', people.projectMember.uuid],
  ['/api/keys/', things.key.uuid],
  ['/api/roles/', things.role.uuid],
  ['/api/user-permissions/', things.grant.uuid],
  ['/api/project-types/', things.projectType.uuid],
  ['/api/marketplace-offering-permissions/', things.offeringGrant.uuid],
  ['/api/marketplace-component-usages/', things.usage.uuid],
  ['/api/marketplace-component-user-usages/', things.share.uuid],
  ['/api/customers/', people.consumer.uuid],
  ['/api/projects/', people.project.uuid],
  ['/api/organization-groups/', things.group.uuid],
  ['/api/marketplace-category-groups/', things.categoryGroup.uuid],
  ['/api/marketplace-categories/', things.category.uuid],
  ['/api/marketplace-service-providers/', people.serviceProvider.uuid],
  ['/api/marketplace-provider-offerings/', things.offering.uuid],
  ['/api/marketplace-public-offerings/', things.offering.uuid],
  ['/api/marketplace-plans/', things.plan.uuid],
  ['/api/marketplace-offering-terms-of-service/', things.terms.uuid],
  ['/api/marketplace-user-offering-consents/', things.consent.uuid],
  ['/api/marketplace-offering-users/', things.accounts.OK.uuid],
  ['/api/marketplace-offering-user-roles/', things.part.uuid],
  ['/api/marketplace-offering-user-checklist-completions/', String(things.completion.id)],
  ['/api/marketplace-screenshots/', things.screenshot.uuid],
  ['/api/marketplace-offering-files/', things.offeringFile.uuid],
  ['/api/marketplace-site-agent-identities/', things.agent.uuid],
  ['/api/marketplace-site-agent-services/', things.service.uuid],
  ['/api/marketplace-site-agent-processors/', things.processor.uuid],
  ['/api/checklists-admin/', things.checklist.uuid],
  ['/api/checklists-admin-questions/', things.question.uuid],
  ['/api/checklists-admin-question-options/', things.option.uuid],
  ['/api/checklists-admin-question-dependencies/', things.dependency.uuid],
  ['/api/marketplace-public-plans/', things.plan.uuid],
  ['/api/marketplace-plan-components/', '1'],
  ['/api/marketplace-orders/', (things.orders['pending-provider'] as Row).uuid],
  ['/api/marketplace-support-requests/', things.requests.open.uuid],
  ['/api/marketplace-resources/', things.resources.OK.uuid],
  ['/api/marketplace-provider-resources/', things.resources.OK.uuid],
  ['{plan_uuid}', things.plan.uuid],
  ['{user_uuid}', people.projectMember.uuid],
  ['{project_uuid}', people.project.uuid],
]
