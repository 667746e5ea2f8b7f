// What a provider is told of these accounts: those in projects, and of organizations, that use what it sells, and nothing else
// (service-providers.md §1.1, §2.12, §2.13, §2.26, §2.27).
import { type RawBuilder, sql } from 'kysely'
import type { Permission } from '../core/public.ts'
import { type ProviderOffering, providerOfferings, REPEATED_FILTERS, repeatedOrderings } from '../offerings/public.ts'
import { type Actor, readsAll } from '../platform/auth/actor.ts'
import { type Api, list } from '../platform/http/api.ts'
import type { Collection } from '../platform/http/collection.ts'
import type { Condition } from '../platform/http/filters.ts'
import { textContains } from '../platform/http/filters.ts'
import { right } from '../platform/http/rights.ts'
import { text, uuid, type View } from '../platform/http/view.ts'
import { serviceProviders } from '../service-providers/list.ts'
import { onServiceProvider } from '../service-providers/policy.ts'
import { courseAccounts } from './courses/list.ts'
import { customerAccounts, projectAccounts } from './service/list.ts'

// The contract has two words for one key.
const ofProvider = (verb: string, key = 'uuid') => `${serviceProviders.path}{${key}}/${verb}/`
const ofOffering = (verb: string) => `${providerOfferings.path}{uuid}/${verb}/`

/** Whoever may read such a list may read all of it; the route narrows it to the parent. */
const told = (collection: Collection, path: string, name: string): Collection => {
  const { subject: _, listed: _all, ...facts } = collection
  return { ...facts, path, name, visible: () => 'all' }
}

/** The projects that have a resource, not terminated, of an offering (alias `off`) for which `where` holds. */
const projectsUsing = (where: Condition): RawBuilder<unknown> => sql`(select used.id from project used where not used.is_removed
  and exists (select from resource r join offering off on off.id = r.offering_id
    where r.project_id = used.id and r.state <> 'Terminated' and ${where}))`

const sharedBy = (customerId: number): Condition => sql`off.customer_id = ${customerId} and off.shared`
const isOffering = (id: number): Condition => sql`off.id = ${id}`

const projectAccountsOf = told(
  projectAccounts as Collection,
  ofProvider('project_service_accounts', 'service_provider_uuid'),
  'marketplace_service_providers_project_service_accounts',
)
const coursesOf = told(
  courseAccounts as Collection,
  ofProvider('course_accounts', 'service_provider_uuid'),
  'marketplace_service_providers_course_accounts',
)

/** Of one offering; `name` is whose accounts they are. */
const plain = (collection: Collection, verb: string, name: string): Collection => ({
  ...told(collection, ofOffering(verb), `${providerOfferings.name}_${verb}`),
  filters: REPEATED_FILTERS,
  orderings: repeatedOrderings({ created: 'account.created', state: 'account.state', name }, 'account.id'),
})

// Accounts without a name are nothing to a provider yet.
const isNamed = sql<boolean>`account.user_id in (select id from "user" where username <> '')`

/** Organizations or projects with robots at the provider: names alone. */
function withRobots(table: 'customer' | 'project'): Collection {
  const view: View = {
    name: 'NameUUID',
    from: `${table} owner`,
    alias: 'owner',
    joins: {},
    fields: { name: text('owner.name'), uuid: uuid('owner.uuid') },
  }
  return {
    path: ofProvider(`robot_account_${table}s`),
    name: `marketplace_service_providers_robot_account_${table}s`,
    model: table === 'customer' ? 'Customer' : 'Project',
    view,
    visible: () => 'all',
    filters: { [`${table}_name`]: textContains('owner.name') },
    orderings: { name: 'owner.name' },
    defaultOrder: ['name'],
  }
}

/** Over `owner`: it has a robot that stands, on any resource of the provider. */
const hasRobots = (column: RawBuilder<unknown>, customerId: number): Condition => sql`owner.id in (select ${column} from robot_account ra
  join resource r on r.id = ra.resource_id join offering off on off.id = r.offering_id join project p on p.id = r.project_id
  where off.customer_id = ${customerId} and ra.state in ('OK', 'Requested deletion'))`

const onOffering = (permission: Permission) => {
  const holds = right(permission, ['customer', 'customer_id'])
  return (actor: Actor, row: ProviderOffering) => readsAll(actor) || holds(actor, row)
}

function providerLists(api: Api): void {
  const of = serviceProviders
  list(api, projectAccountsOf, {
    id: `${projectAccountsOf.name}_list`,
    summary: 'List service accounts of projects that use what the provider sells',
    under: {
      of,
      permission: onServiceProvider('SERVICE_PROVIDER.LIST_SERVICE_ACCOUNTS'),
      where: ({ customer_id }) => sql`account.project_id in ${projectsUsing(sharedBy(customer_id))}`,
    },
  })
  list(api, coursesOf, {
    id: `${coursesOf.name}_list`,
    summary: 'List course accounts of projects that use what the provider sells',
    under: {
      of,
      permission: onServiceProvider('SERVICE_PROVIDER.LIST_COURSE_ACCOUNTS'),
      where: ({ customer_id }) => sql`${isNamed} and account.project_id in ${projectsUsing(sharedBy(customer_id))}`,
    },
  })
  for (const [table, permission, column] of [
    ['customer', 'SERVICE_PROVIDER.GET_ROBOT_ACCOUNT_CUSTOMERS', sql`p.customer_id`],
    ['project', 'SERVICE_PROVIDER.GET_ROBOT_ACCOUNT_PROJECTS', sql`p.id`],
  ] as const) {
    const collection = withRobots(table)
    list(api, collection, {
      id: `${collection.name}_list`,
      summary: `List ${table === 'customer' ? 'organizations' : 'projects'} with robot accounts at the provider`,
      under: { of, permission: onServiceProvider(permission), where: ({ customer_id }) => hasRobots(column, customer_id) },
    })
  }
}

function offeringLists(api: Api): void {
  const of = providerOfferings
  const lists: readonly [Collection, string, Permission, (id: number) => Condition][] = [
    [
      plain(courseAccounts as Collection, 'list_course_accounts', 'p.name'),
      'List course accounts of projects that use an offering',
      'SERVICE_PROVIDER.LIST_COURSE_ACCOUNTS',
      (id) => sql`${isNamed} and account.project_id in ${projectsUsing(isOffering(id))}`,
    ],
    [
      plain(projectAccounts as Collection, 'list_project_service_accounts', 'p.name'),
      'List service accounts of projects that use an offering',
      'SERVICE_PROVIDER.LIST_SERVICE_ACCOUNTS',
      (id) => sql`account.project_id in ${projectsUsing(isOffering(id))}`,
    ],
    [
      plain(customerAccounts as Collection, 'list_customer_service_accounts', 'c.name'),
      'List service accounts of organizations that use an offering',
      'SERVICE_PROVIDER.LIST_SERVICE_ACCOUNTS',
      (id) => sql`account.customer_id in (select customer_id from project where id in ${projectsUsing(isOffering(id))})`,
    ],
  ]
  for (const [collection, summary, permission, where] of lists) {
    list<ProviderOffering>(api, collection, {
      id: `${collection.name}_list`,
      summary,
      under: { of, permission: onOffering(permission), where: ({ id }) => where(id) },
    })
  }
}

export function providedRoutes(api: Api): void {
  providerLists(api)
  offeringLists(api)
}
