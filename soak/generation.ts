// What random requests are made about: people of every kind and things in every state, made anew every so often, for random requests
// remove, block and rename what they meet.
import { orderStates } from '../src/orders/states.ts'
import type { Places } from '../tests/support/described.ts'
import { type Factories, type Person, type Row, urls } from '../tests/support/factories.ts'
import type { Known } from '../tests/support/random-requests.ts'
import { makeStage, orderOf, paidAheadOf, resourceStateOf } from '../tests/support/stage.ts'
import { type Requests, validRequests } from '../tests/support/valid-requests.ts'

export type Generation = {
  /** undefined is somebody without a token. */
  people: readonly (Person | undefined)[]
  requests: Requests
  places: Places
  known: Known
}

export async function newGeneration(w: Factories): Promise<Generation> {
  const people = await w.cast()
  const stage = await makeStage(w, { state: 'done', type: 'Create' })
  const { consumer, provider, project } = people
  const agents = stage.offering
  const made: { [state: string]: Row } = {}
  const resources: { [state: string]: Row } = {}
  for (const state of orderStates.states) {
    const stands = resourceStateOf({ state, type: 'Create' })
    const resource = await w.resource(agents, project, { plan_id: stage.plan.id, state: stands, limits: '{"cpu": 0}' })
    const around = { project, offering: agents, resource, plan: stage.plan, orderer: people.projectManager, limits: '{"cpu": 0}' }
    const order = await orderOf(w, { state, type: 'Create' }, around)
    Object.assign(made, { [state]: order, [`agent ${state}`]: order })
    resources[stands] = resource
  }
  const category = stage.category
  const inState = (state: string) => w.offering(provider, { category_id: category.id, state })
  const [draft, helper] = [await inState('Draft'), await w.user()]
  const spare = await w.component(draft, { billing_type: 'usage' })
  const key = await w.insert('ssh_key', keyOf(people.projectMember))
  const things = {
    ...stage,
    ...(await paidAheadOf(w, { provider, project, category })),
    ...{ draft, spare, helper, agents, key, resources, orders: made },
    paused: await inState('Paused'),
    unavailable: await inState('Unavailable'),
    emptyCustomer: await w.customer(),
    emptyCategory: stage.idleCategory,
    emptyProject: await w.project(consumer),
    removedProject: await w.project(consumer, { is_removed: true, removed: '2026-01-01T00:00:00Z' }),
    idleRole: stage.role,
    emailCode: '0'.repeat(32),
    endpoint: '0'.repeat(32),
  }
  await w.grant(people.offeringManager, 'CUSTOMER.MANAGER', people.serviceProvider)
  const grant = await w.grant(people.offeringManager, 'OFFERING.MANAGER', draft)
  return {
    // Staff may nearly all, and so comes furthest.
    people: [
      ...Array.from({ length: 6 }, () => people.staff),
      ...Object.values(people).filter((one): one is Person => 'token' in one),
      stage.member,
      undefined,
    ],
    requests: validRequests(people, orNothing(things) as never),
    places: placesOf(people, things, grant),
    known: {
      links: [
        urls.customer(consumer),
        urls.project(project),
        urls.user(helper),
        urls.category(category),
        urls.offering(agents),
        urls.plan(agents, stage.plan),
      ],
      uuids: [helper.uuid, project.uuid, agents.uuid, stage.resource.uuid],
    },
  }
}

const orNone = (known: object, name: string | symbol): unknown =>
  typeof name === 'symbol' ? undefined : (Reflect.get(known, name) ?? NOTHING)
const NOTHING: object = new Proxy({ uuid: '0'.repeat(32), id: 0 }, { get: orNone })
/** What this world has none of is asked for all the same, by a uuid that nothing has. */
const orNothing = (things: object): object => new Proxy(things, { get: orNone })

const keyOf = (person: Person) => ({
  ...{ name: 'laptop', user_id: person.id, key_type: 'ssh-ed25519', public_key: 'ssh-ed25519 AAAA laptop' },
  ...{ fingerprint_md5: 'a', fingerprint_sha256: 'b', fingerprint_sha512: 'c' },
})

type Made = { [name: string]: unknown }
const placesOf = (people: Awaited<ReturnType<Factories['cast']>>, things: Made, grant: Row): Places => {
  const of = (name: string) => (things[name] as Row).uuid
  const offering = of('offering')
  return [
    ['/api/users/', people.projectMember.uuid],
    ['/api/keys/', of('key')],
    ['/api/roles/', of('role')],
    ['/api/marketplace-offering-permissions/', grant.uuid],
    ['/api/customers/', people.consumer.uuid],
    ['/api/projects/', people.project.uuid],
    ['/api/organization-groups/', of('group')],
    ['/api/marketplace-categories/', of('category')],
    ['/api/marketplace-service-providers/', people.serviceProvider.uuid],
    ['/api/marketplace-provider-offerings/', offering],
    ['/api/marketplace-public-offerings/', offering],
    ['/api/marketplace-plans/', of('plan')],
    ['/api/marketplace-public-plans/', of('plan')],
    ['/api/marketplace-plan-components/', '1'],
    ['/api/marketplace-orders/', of('order')],
    ['/api/marketplace-resources/', of('resource')],
    ['/api/marketplace-provider-resources/', of('resource')],
    ['{plan_uuid}', of('plan')],
    ['{user_uuid}', people.projectMember.uuid],
    ['{project_uuid}', people.project.uuid],
  ]
}
