// Whose projects use an offering, and the people in them: for those who provide it (service-providers.md §1.1, §4.3).
import { sql } from 'kysely'
import { projectView, userView } from '../core/public.ts'
import { type Actor, readsAll } from '../platform/auth/actor.ts'
import { type Db, run } from '../platform/db/database.ts'
import type { Collection } from '../platform/http/collection.ts'
import type { Condition } from '../platform/http/filters.ts'
import { right } from '../platform/http/rights.ts'
import { type Field, type Fields, shownWhere } from '../platform/http/view.ts'
import { COUNTS, hasActiveTerms } from './consents/standing.ts'
import { providerOfferings } from './list.ts'
import type { ProviderOffering } from './subject.ts'
import { isTold } from './told.ts'
import { USED_IN } from './usage.ts'

const onCustomer = ['customer', 'customer_id'] as const
const listsProjects = right('SERVICE_PROVIDER.LIST_CUSTOMER_PROJECTS', onCustomer)
const listsPeople = right('SERVICE_PROVIDER.LIST_USERS', onCustomer)

export const mayListProjects = (actor: Actor, row: ProviderOffering): boolean => readsAll(actor) || listsProjects(actor, row)
export const mayListPeople = (actor: Actor, row: ProviderOffering): boolean => readsAll(actor) || listsPeople(actor, row)

const projectsUsing = (offeringId: number): Condition =>
  sql`(select used_in.id from (select ${offeringId}::bigint as id) offering cross join project used_in
    where used_in.id in ${sql.raw(USED_IN)} and not used_in.is_removed)`

export const usingProjects: Collection = {
  path: `${providerOfferings.path}{uuid}/list_customer_projects/`,
  name: `${providerOfferings.name}_list_customer_projects`,
  model: 'Project',
  view: projectView,
  // Whoever may read the list may read all of it; the route decides that by the offering.
  visible: () => 'all',
  filters: {},
  orderings: { name: 'p.name' },
  defaultOrder: ['name'],
}

/** Projects, over the alias `p`, with a resource of the offering that is not terminated. */
export const inProjectsUsing = ({ id }: ProviderOffering): Condition => sql`p.id in ${projectsUsing(id)}`

/** Field → the attribute by whose name offerings ask for it. */
const ASKED: { readonly [field: string]: string } = {
  ...{ username: 'username', full_name: 'full_name', first_name: 'full_name', last_name: 'full_name', email: 'email' },
  ...{ phone_number: 'phone_number', organization: 'organization', job_title: 'job_title', affiliations: 'affiliations' },
  identity_source: 'identity_source',
}
const ALWAYS = ['url', 'uuid']

// Left out here, where nothing is filtered by it: elsewhere the same is told to colleagues, so it is no guard of the column.
function concealed(name: string, f: Field): Field {
  const { guard: _, ...hidden } = shownWhere(ASKED[name] ? isTold(ASKED[name]) : 'ctx.reads_all', f)
  return hidden
}

const told: Fields = Object.fromEntries(
  Object.entries(userView.fields).map(([name, f]) => [name, ALWAYS.includes(name) || f.audience || f.guard ? f : concealed(name, f)]),
)

export const usingPeople: Collection = {
  path: `${providerOfferings.path}{uuid}/list_customer_users/`,
  name: `${providerOfferings.name}_list_customer_users`,
  model: 'User',
  view: { ...userView, name: 'OfferingCustomerUser', fields: told },
  visible: () => 'all',
  filters: {},
  orderings: { username: 'u.username' },
  defaultOrder: ['username'],
}

// Of the offerings of the same provider, those that keep accounts of people and ask for consent: who has agreed to one is shown.
const HAS_AGREED = `exists (select 1 from user_offering_consent consent join offering agreed on agreed.id = consent.offering_id
  where consent.user_id = u.id and ${COUNTS} and ${hasActiveTerms('agreed.id')}
    and agreed.plugin_options @> '{"service_provider_can_create_offering_user": true}'`

/**
 * People, over the alias `u`, with a role in a project that uses the offering. Others than those who read everything are shown
 * active ones, and on sites that enforce consent those who have given it to the provider.
 */
export const peopleUsing =
  (enforced: boolean) =>
  ({ id, customer_id }: ProviderOffering, actor: Actor | undefined): Condition => {
    const inside = sql`u.id in (select g.user_id from live_grant g where g.scope_type = 'project' and g.scope_id in ${projectsUsing(id)})`
    if (actor && readsAll(actor)) return sql`${inside}`
    const agreed = enforced ? sql`${sql.raw(HAS_AGREED)} and agreed.customer_id = ${customer_id})` : sql`true`
    return sql`${inside} and u.is_active and ${agreed}`
  }

/** Whether somebody of that username is among them. */
export async function isAmong(db: Db, username: string, people: Condition): Promise<boolean> {
  const found = await run(db, sql`select 1 from "user" u where u.username = ${username} and ${people}`)
  return found.length > 0
}
