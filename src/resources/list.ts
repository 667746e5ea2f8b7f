// Resources as two lists: those somebody uses, and those somebody provides. Same rows, filters and orderings; what
// differs is who sees what (orders.md §5.5, §5.6).
import { type RawBuilder, sql } from 'kysely'
import { type Actor, providerCustomerIds, readsAll, scopeIds } from '../platform/auth/actor.ts'
import type { Collection, Visibility } from '../platform/http/collection.ts'
import {
  accepted,
  type Condition,
  choiceAmong,
  containing,
  type Filter,
  flag,
  numberIs,
  own,
  readUuid,
  requireUuid,
  since,
  textAmong,
  textContains,
  textIs,
  urlOf,
  uuidAmong,
  uuidIs,
} from '../platform/http/filters.ts'
import { ORDER_STATES } from './states.orders.ts'
import { RESOURCE_STATES } from './states.ts'
import { RESOURCE_SUBJECT, type ResourceSubject } from './subject.ts'
import { resourceRowView, resourceView } from './view.ts'

/** Ids of projects of organizations; written as a subselect so that one index walk serves each. */
const projectsOf = (customers: readonly number[]): RawBuilder<unknown> =>
  sql`select id from project where customer_id = any(${customers}::bigint[])`

/** Staff and support see all; others by a role on the project or its organization that grants RESOURCE.LIST. */
function usedBy(actor: Actor | undefined): Visibility {
  if (!actor) return 'none'
  if (readsAll(actor)) return 'all'
  const projects = scopeIds(actor, 'project', 'RESOURCE.LIST')
  const customers = scopeIds(actor, 'customer', 'RESOURCE.LIST')
  return {
    arms: [
      // Access of a project's members may be restricted; that of the organization's owners is not (platform.md §6.6).
      ...(projects.length > 0
        ? [{ column: 'id', ids: sql`select id from resource where project_id = any(${projects}::bigint[]) and not restrict_member_access` }]
        : []),
      ...(customers.length > 0 ? [{ column: 'project_id', ids: projectsOf(customers) }] : []),
    ],
  }
}

/** Staff and support see all; others by any role on the offering, its organization or that one's service provider. */
function providedBy(actor: Actor | undefined): Visibility {
  if (!actor) return 'none'
  if (readsAll(actor)) return 'all'
  const customers = [...scopeIds(actor, 'customer'), ...providerCustomerIds(actor)]
  const offerings = scopeIds(actor, 'offering')
  if (customers.length + offerings.length === 0) return 'none'
  return {
    arms: [
      {
        column: 'offering_id',
        ids: sql`select id from offering where customer_id = any(${customers}::bigint[]) or id = any(${offerings}::bigint[])`,
      },
    ],
  }
}

/** The key of a row of another table by the uuid sent, compared with a column of the resource: indexes of that column serve it. */
export const keyIs = (column: string, table: string): Filter =>
  own(
    { type: 'string', format: 'uuid' },
    (value) => sql`${sql.raw(column)} = (select id from ${sql.raw(table)} where uuid = ${requireUuid(value)}::uuid)`,
    column,
  )

const components = (condition: string) =>
  `exists (select 1 from offering_component oc where oc.offering_id = r.offering_id and oc.billing_type ${condition})`
const countOf = (condition: string) => `(select count(*) from offering_component oc where oc.offering_id = r.offering_id${condition})`

/** A uuid finds the resource that has it; any other text is looked for in its names (orders.md §5.5). */
function search(value: string): Condition {
  const hex = readUuid(value.trim())
  if (hex) return sql`(r.uuid = ${hex}::uuid or r.backend_id = ${value})`
  const pattern = containing(value)
  return sql`(r.name ilike ${pattern} or r.slug ilike ${pattern} or r.backend_id ilike ${pattern} or r.effective_id ilike ${pattern}
    or r.backend_metadata::text ilike ${pattern})`
}

const inState = (values: readonly string[]): Condition =>
  sql`exists (select 1 from "order" ord where ord.resource_id = r.id and ord.state = any(${[...values]}::text[]))`
const orderState = choiceAmong(ORDER_STATES, 'r.id')

const filters: { [name: string]: Filter } = {
  backend_id: textIs('r.backend_id'),
  category_uuid: uuidIs('cat.uuid'),
  component_count: numberIs(countOf('')),
  created: since('r.created'),
  customer: urlOf(['/api/customers/{uuid}/'], 'c.uuid'),
  customer_uuid: uuidIs('c.uuid'),
  downscaled: flag('r.downscaled'),
  has_terminate_date: flag('(r.end_date is not null)'),
  // What these ask about does not exist here: backing objects, LEXIS links, accounts of people in an offering.
  is_attached: accepted({ type: 'boolean' }),
  lexis_links_supported: accepted({ type: 'boolean' }),
  visible_to_providers: accepted({ type: 'boolean' }),
  visible_to_username: own({ type: 'string' }, (value) => visibleTo(value), 'r.id p.id'),
  limit_based: flag(components("= 'limit'")),
  usage_based: flag(components("= 'usage'")),
  only_limit_based: flag(`(${components("= 'limit'")} and not ${components("= 'usage'")})`),
  only_usage_based: flag(`(${components("= 'usage'")} and not ${components("= 'limit'")})`),
  limit_component_count: numberIs(countOf(" and oc.billing_type = 'limit'")),
  modified: since('r.modified'),
  name: textContains('r.name'),
  name_exact: textIs('r.name'),
  offering: urlOf(['/api/marketplace-public-offerings/{uuid}/', '/api/marketplace-provider-offerings/{uuid}/'], 'off.uuid'),
  offering_billable: flag('off.billable'),
  offering_shared: flag('off.shared'),
  offering_slug: textAmong('off.slug'),
  offering_type: textIs('off.type'),
  offering_uuid: uuidAmong('off.uuid'),
  order_state: { ...orderState, condition: (values, actor) => orderState.condition(values, actor) && inState(values) },
  parent_offering_uuid: uuidIs('off_parent.uuid'),
  paused: flag('r.paused'),
  plan_uuid: keyIs('r.plan_id', 'plan'),
  project_name: textContains('p.name'),
  project_uuid: keyIs('r.project_id', 'project'),
  provider_uuid: uuidIs('prv.uuid'),
  query: own({ type: 'string' }, search),
  restrict_member_access: flag('r.restrict_member_access'),
  runtime_state: textIs("(r.backend_metadata ->> 'runtime_state')"),
  service_manager_uuid: own({ type: 'string', format: 'uuid' }, managedBy, 'r.offering_id'),
  state: choiceAmong(RESOURCE_STATES, 'r.state'),
  // Asked by the pages of the field, though not in the contract (clients.md §3).
  billable: flag('off.billable'),
}

/** Resources of shared offerings on which that user holds a role. */
function managedBy(value: string): Condition {
  return sql`r.offering_id in (select managed.id from offering managed join live_grant g on g.scope_type = 'offering' and g.scope_id = managed.id
    join "user" manager on manager.id = g.user_id where managed.shared
    and manager.uuid = ${requireUuid(value)}::uuid)`
}

/** Resources of projects in which the user of that name holds a role, or of whose organization. */
const visibleTo = (username: string): Condition =>
  sql`exists (select 1 from live_grant g join "user" member on member.id = g.user_id where member.username = ${username}
    and ((g.scope_type = 'project' and g.scope_id = p.id) or (g.scope_type = 'customer' and g.scope_id = p.customer_id)))`

const shared = {
  model: 'Resource',
  view: resourceRowView,
  detailView: resourceView,
  filters,
  orderings: { name: 'r.name', created: 'r.created', project_name: 'p.name', state: 'r.state', end_date: 'r.end_date' },
  defaultOrder: ['created'],
  subject: RESOURCE_SUBJECT,
}

export const consumerResources: Collection<ResourceSubject> = {
  ...shared,
  path: '/api/marketplace-resources/',
  name: 'marketplace_resources',
  visible: usedBy,
}

export const providerResources: Collection<ResourceSubject> = {
  ...shared,
  path: '/api/marketplace-provider-resources/',
  name: 'marketplace_provider_resources',
  visible: providedBy,
}
