// Loads the demo world through the API: organizations, people, offerings, orders in every state, resources, usages.
import type { FastifyInstance } from 'fastify'
import { buildApp } from '../app.ts'
import { issueToken } from '../core/users/commands.ts'
import type { Config } from '../platform/config.ts'
import type { Database } from '../platform/db/database.ts'
import { daysAfter, todayIn } from '../platform/time.ts'
import { inTransaction } from '../platform/wiring.ts'
import { type Answer, type Caller, caller } from './caller.ts'
import { CATEGORIES, CONSUMERS, type DemoOrder, GROUPS, MEMBERS, OFFERINGS, ORDERS, PASSWORD, PROJECTS, PROVIDERS, USERS } from './facts.ts'

type World = {
  app: FastifyInstance
  admin: Caller
  /** Callers by username. */
  as: (username: string) => Caller
  /** What was made, by kind and name. */
  made: Map<string, Answer>
  runJobs: () => Promise<unknown>
}

const inDays = (days: number) => daysAfter(todayIn('UTC'), days)

/** Whether there is nothing yet that the demo could disturb. */
export async function isEmpty(database: Database): Promise<boolean> {
  return (await database.db.selectFrom('customer').select('id').limit(1).executeTakeFirst()) === undefined
}

/** Loads the world into an empty database and returns the lines that tell a newcomer what to do with it. */
export async function loadDemo(config: Config, database: Database): Promise<string[]> {
  // Orders that wait for their own start date are part of the world, so its maker may set one whatever the site allows.
  const app = await buildApp({ config: { ...config, ENABLE_ORDER_START_DATE: true }, database, log: false })
  try {
    const world = await beginWorld(app, config, database)
    await makeOrganizations(world)
    await makeOfferings(world)
    await makePeople(world)
    for (const order of ORDERS) await placeOrder(world, order)
    await reportUsage(world)
    return linesFor(config, world)
  } finally {
    await app.close()
  }
}

async function beginWorld(app: FastifyInstance, config: Config, database: Database): Promise<World> {
  await app.ready()
  const { jobs, wiring } = app
  const token = await inTransaction({ db: database.db, config, jobs, wiring }, async (context) => {
    const staff = await context.tx.selectFrom('user').select('id').where('is_staff', '=', true).orderBy('id').executeTakeFirstOrThrow()
    return issueToken(context, staff.id)
  })
  const tokens = new Map<string, string>()
  const made = new Map<string, Answer>()
  const runJobs = () => app.jobs.runDue({ db: database.db, config, log: app.log as never })
  return {
    app,
    admin: caller(app, token),
    as: (username) => {
      const known = tokens.get(username)
      if (known) return caller(app, known)
      return async (...words) => {
        const { token: fresh } = await caller(app)('POST', '/api-auth/password/', { username, password: PASSWORD })
        tokens.set(username, String(fresh))
        return caller(app, String(fresh))(...words)
      }
    },
    made,
    runJobs,
  }
}

const remember = (world: World, kind: string, name: string, answer: Answer) => world.made.set(`${kind}/${name}`, answer)

function recall(world: World, kind: string, name: string): Answer & { url: string; uuid: string } {
  const found = world.made.get(`${kind}/${name}`)
  if (!found) throw new Error(`The demo world has no ${kind} ${name}`)
  return found as Answer & { url: string; uuid: string }
}

async function makeOrganizations(world: World): Promise<void> {
  for (const name of GROUPS) remember(world, 'groups', name, await world.admin('POST', '/api/organization-groups/', { name }))
  for (const name of [...CONSUMERS, ...PROVIDERS]) {
    remember(
      world,
      'customers',
      name,
      await world.admin('POST', '/api/customers/', { name, email: `office@${name.toLowerCase().replaceAll(' ', '-')}.example` }),
    )
  }
  for (const [customer, group] of MEMBERS) {
    const { uuid } = recall(world, 'customers', customer)
    const organization_groups = [recall(world, 'groups', group).url]
    await world.admin('POST', `/api/customers/${uuid}/update_organization_groups/`, { organization_groups })
  }
  for (const { name, customer, starts_in_days } of PROJECTS) {
    const dates = starts_in_days === undefined ? {} : { start_date: inDays(starts_in_days) }
    const body = { name, customer: recall(world, 'customers', customer).url, ...dates }
    remember(world, 'projects', name, await world.admin('POST', '/api/projects/', body))
  }
  for (const name of PROVIDERS) {
    const body = { customer: recall(world, 'customers', name).url, description: `What ${name} sells` }
    remember(world, 'marketplace-service-providers', name, await world.admin('POST', '/api/marketplace-service-providers/', body))
  }
}

async function makeOfferings(world: World): Promise<void> {
  const { url: group } = await world.admin('POST', '/api/marketplace-category-groups/', { title: 'Research infrastructure' })
  for (const title of CATEGORIES) {
    remember(world, 'categories', title, await world.admin('POST', '/api/marketplace-categories/', { title, group }))
  }
  for (const { name, customer, category, type, description, components, prices, quotas } of OFFERINGS) {
    const offering = await world.admin('POST', '/api/marketplace-provider-offerings/', {
      name,
      type,
      description,
      components,
      customer: recall(world, 'customers', customer).url,
      category: recall(world, 'categories', category).url,
      plans: [{ name: 'Standard', unit: 'month' }],
    })
    remember(world, 'marketplace-provider-offerings', name, offering)
    const [plan] = offering.plans as [Answer]
    await world.admin('POST', `/api/marketplace-plans/${plan.uuid}/update_prices/`, { prices })
    if (quotas) await world.admin('POST', `/api/marketplace-plans/${plan.uuid}/update_quotas/`, { quotas })
    await world.admin('POST', `/api/marketplace-provider-offerings/${offering.uuid}/activate/`)
    remember(world, 'offerings', name, await world.admin('GET', `/api/marketplace-public-offerings/${offering.uuid}/`))
  }
}

async function makePeople(world: World): Promise<void> {
  for (const { roles, about, ...person } of USERS) {
    const made = await world.admin('POST', '/api/users/', { ...person, email: `${person.username}@example.com`, job_title: about })
    await world.admin('POST', `/api/users/${made.uuid}/change_password/`, { new_password: PASSWORD })
    for (const { role, on, scope } of roles) {
      await world.admin('POST', `/api/${on}/${recall(world, on, scope).uuid}/add_user/`, { user: made.uuid, role })
    }
  }
}

const holderOf = (role: string, scope: string): string =>
  USERS.find(({ roles }) => roles.some((held) => held.role === role && held.scope === scope))?.username ?? ''

/** Places an order as the person would who can, and takes it to its state through the calls that lead there. */
async function placeOrder(world: World, order: DemoOrder): Promise<void> {
  const facts = OFFERINGS.find(({ name }) => name === order.offering)
  const offering = recall(world, 'offerings', order.offering)
  const [plan] = offering.plans as [Answer]
  const owner = world.as(holderOf('CUSTOMER.OWNER', order.customer))
  const provider = world.as(holderOf('CUSTOMER.OWNER', facts?.customer ?? ''))
  const orderer = order.state === 'pending-consumer' ? world.as(holderOf('PROJECT.MANAGER', order.project)) : owner
  const placed = await orderer('POST', '/api/marketplace-orders/', {
    offering: offering.url,
    plan: plan.url,
    project: recall(world, 'projects', order.project).url,
    limits: facts?.limits ?? {},
    attributes: { name: order.name },
    request_comment: `For ${order.project.toLowerCase()}`,
    ...(order.state === 'pending-start-date' ? { start_date: inDays(14) } : {}),
  })
  const call = (by: Caller, verb: string, body?: object) => by('POST', `/api/marketplace-orders/${placed.uuid}/${verb}/`, body)
  const isBasic = facts?.type === 'Marketplace.Basic'
  switch (order.state) {
    case 'canceled':
      await call(owner, 'cancel')
      break
    case 'rejected':
      await call(provider, 'reject_by_provider', { provider_rejection_comment: 'No capacity this month' })
      break
    case 'done':
    case 'executing':
    case 'erred':
    case 'pending-start-date':
      await call(provider, 'approve_by_provider')
      break
  }
  if (order.state === 'erred') await call(provider, 'set_state_erred', { error_message: 'The cluster refused the account' })
  if (order.state === 'done' && isBasic) await world.runJobs()
  if (order.state === 'done' && !isBasic) await call(provider, 'set_state_done')
  const now = await world.admin('GET', `/api/marketplace-orders/${placed.uuid}/`)
  if (now.state !== order.state) throw new Error(`The demo order ${order.name} is ${now.state}, not ${order.state}`)
  remember(world, 'orders', order.name, now)
}

/** Hours used this month, of every allocation that is there. */
async function reportUsage(world: World): Promise<void> {
  const used = ORDERS.filter(({ offering, state }) => offering === 'HPC allocation' && state === 'done')
  for (const [i, { name }] of used.entries()) {
    const { marketplace_resource_uuid: resource } = recall(world, 'orders', name)
    const usages = [{ type: 'node_hours', amount: String(120 + i * 35.5), description: 'As the scheduler counted' }]
    await world.as('paul')('POST', '/api/marketplace-component-usages/set_usage/', { resource, usages })
  }
}

function linesFor(config: Config, world: World): string[] {
  const base = config.PUBLIC_URL[0] as string
  const offering = recall(world, 'offerings', 'Virtual machines')
  const [plan] = offering.plans as [Answer]
  const project = recall(world, 'projects', 'Ocean currents')
  const token = (name: string, variable: string) =>
    `${variable}=$(curl -s -d 'username=${name}' -d 'password=${PASSWORD}' ${base}/api-auth/password/ | cut -d'"' -f4)`
  const local = (url: unknown) => String(url).replace(/^https?:\/\/[^/]+/, base)
  const body = JSON.stringify({
    offering: local(offering.url),
    plan: local(plan.url),
    project: local(project.url),
    limits: { cpu: 2, ram: 8 },
    attributes: { name: 'my-first-machine' },
  })
  const people = USERS.map(({ username, about }) => `  ${username.padEnd(6)} ${about}`)
  return [
    '',
    `The demo world has ${ORDERS.length} orders. Everybody's password is ${PASSWORD}:`,
    ...people,
    '',
    'Mia orders a machine, Olga approves it for her university, Paul for his company; then there is a resource:',
    '',
    token('mia', 'MIA'),
    token('olga', 'OLGA'),
    token('paul', 'PAUL'),
    `ORDER=$(curl -s -H "Authorization: Token $MIA" -H 'Content-Type: application/json' -d '${body}' ${base}/api/marketplace-orders/ | grep -o '"uuid":"[0-9a-f]*"' | head -1 | cut -d'"' -f4)`,
    `curl -X POST -H "Authorization: Token $OLGA" ${base}/api/marketplace-orders/$ORDER/approve_by_consumer/`,
    `curl -X POST -H "Authorization: Token $PAUL" ${base}/api/marketplace-orders/$ORDER/approve_by_provider/`,
    `sleep 3; curl -H "Authorization: Token $MIA" "${base}/api/marketplace-resources/?name_exact=my-first-machine&field=name&field=state&field=limits"`,
    '',
  ]
}
