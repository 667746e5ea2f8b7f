// How lists of offerings may be narrowed, on the provider's side and in the catalogue alike (service-providers.md §2.25,
// orders.md §5.2). All over the aliases of the offering's view.
import { sql } from 'kysely'
import { customers } from '../core/public.ts'
import { type Actor, readsAll } from '../platform/auth/actor.ts'
import { refused } from '../platform/http/errors.ts'
import {
  allOf,
  type Condition,
  choiceAmong,
  containing,
  type Filter,
  flag,
  own,
  ownMany,
  readFlag,
  readUuid,
  requireUuid,
  since,
  textAmong,
  textContains,
  textIs,
  urlOf,
  uuidAmong,
  uuidIs,
  uuidsIn,
} from '../platform/http/filters.ts'
import { seenRows } from '../platform/http/sight.ts'
import { hasActiveTerms, hasConsent } from './consents/standing.ts'
import { managedOfferings, managedBy as providedBy } from './policy.ts'
import { OFFERING_STATES } from './states.ts'
import { offeringsUsedIn } from './used-in.ts'
import { TOTAL_CUSTOMERS } from './view.ts'

const UUID = { type: 'string', format: 'uuid' }
const TEXT = { type: 'string' }

/** What the customer may order: shared and unrestricted or restricted to one of its groups, if the caller sees it, and its own. */
const allowedFor = (uuid: string, actor: Actor | undefined): Condition => sql`(customer.uuid = ${uuid}::uuid or offering.shared and (
  not exists (select 1 from offering_organization_group allowing where allowing.offering_id = offering.id)
  or exists (select 1 from offering_organization_group allowing
    join customer_organization_group belonging using (organization_group_id) join customer asking on asking.id = belonging.customer_id
    where allowing.offering_id = offering.id and asking.id in (${seenRows(customers, actor, 'id', sql`c.uuid = ${uuid}::uuid`)}))))`

const inGroups = (uuids: readonly string[]): Condition => sql`exists (select 1 from offering_organization_group allowing
  join organization_group allowed on allowed.id = allowing.organization_group_id
  where allowing.offering_id = offering.id and allowed.uuid = any(${uuids}::uuid[]))`

/** Has a resource that is not terminated in a project for which `where` holds. */
const usedIn = (where: Condition, actor: Actor | undefined): Condition => sql`offering.id in (${offeringsUsedIn(where, actor)})`

/** Attributes by name: one value or any of several, each also found within a list of values. */
function attributesMatch(value: string): Condition {
  let wanted: unknown
  try {
    wanted = JSON.parse(value)
  } catch {
    throw refused('Filter attribute is not valid json.')
  }
  if (typeof wanted !== 'object' || wanted === null || Array.isArray(wanted)) throw refused('Filter attribute should be an dict.')
  const conditions = Object.entries(wanted).map(([name, sent]) => {
    const found = [sent].flat().flatMap((one) => [{ [name]: one }, { [name]: [one] }])
    return sql<boolean>`offering.attributes @> any(${found.map((part) => JSON.stringify(part))}::jsonb[])`
  })
  return allOf(conditions)
}

export const MANAGES_ACCOUNTS = `offering.plugin_options @> '{"service_provider_can_create_offering_user": true}'`

const HAS_ACCOUNT = `exists (select from offering_user ou where ou.offering_id = offering.id and ou.user_id = ctx.actor_id
  and ou.state <> 'Deleted')`

const searched = (value: string): Condition => {
  const uuid = readUuid(value.trim())
  if (uuid) return sql`offering.uuid = ${uuid}::uuid`
  const pattern = containing(value)
  return sql`(offering.name ilike ${pattern} or offering.slug ilike ${pattern} or offering.description ilike ${pattern})`
}

/** Terms that do not hold are shown to those who provide the offering, and count for them. */
const hasTerms: Filter = own({ type: 'boolean' }, (value, actor) => {
  const wanted = readFlag(value)
  if (wanted === undefined) return undefined
  const seesAll = !actor ? sql`false` : readsAll(actor) ? sql`true` : providedBy(actor)
  const has = sql<boolean>`exists (select 1 from offering_terms_of_service made where made.offering_id = offering.id
    and (made.is_active or ${seesAll}))`
  return wanted ? has : sql`not ${has}`
})

// What cannot be yet: calls for proposals, accounts, tags. None of the offerings has one.
const never = flag('false')
const noneOfUuids: Filter = ownMany(UUID, (values) => (uuidsIn(values).length > 0 ? sql`false` : undefined))
const noneOfTexts: Filter = ownMany(TEXT, () => sql`false`)

export const offeringFilters: { [name: string]: Filter } = {
  accessible_via_calls: never,
  allowed_customer_uuid: own(UUID, (value, actor) => allowedFor(requireUuid(value), actor), 'customer.uuid'),
  attributes: own(TEXT, attributesMatch),
  billable: flag('offering.billable'),
  can_create_offering_user: flag(MANAGES_ACCOUNTS),
  category_group_uuid: uuidIs('category_group.uuid'),
  category_uuid: uuidIs('category.uuid'),
  created: since('offering.created'),
  customer: urlOf(['/api/customers/{uuid}/'], 'customer.uuid'),
  customer_uuid: uuidIs('customer.uuid'),
  description: textContains('offering.description'),
  has_active_terms_of_service: flag(hasActiveTerms('offering.id')),
  has_terms_of_service: hasTerms,
  keyword: textContains('offering.name', 'offering.description', 'customer.name', 'customer.abbreviation', 'customer.native_name'),
  modified: since('offering.modified'),
  name: textContains('offering.name'),
  name_exact: textIs('offering.name'),
  organization_group_uuid: ownMany(UUID, (values) => inGroups(uuidsIn(values))),
  parent_uuid: uuidIs('parent.uuid'),
  project_uuid: uuidIs('project.uuid'),
  query: own(TEXT, searched),
  resource_customer_uuid: own(UUID, (value, actor) => usedIn(sql`using_customer.uuid = ${requireUuid(value)}::uuid`, actor)),
  resource_project_uuid: own(UUID, (value, actor) => usedIn(sql`used_in.uuid = ${requireUuid(value)}::uuid`, actor)),
  // Offerings stand for no object of another system.
  scope_uuid: own(TEXT, () => sql`false`),
  service_manager_uuid: own(
    UUID,
    (value, actor) => sql`offering.id in (${managedOfferings(actor, requireUuid(value), 'OFFERING.MANAGER')})`,
  ),
  shared: flag('offering.shared'),
  state: choiceAmong(OFFERING_STATES, 'offering.state'),
  tag: noneOfUuids,
  tag_name: noneOfTexts,
  tag_names_and: noneOfTexts,
  tags_and: noneOfUuids,
  type: textAmong('offering.type'),
  user_has_consent: flag(hasConsent('offering.id')),
  user_has_offering_user: flag(HAS_ACCOUNT),
  uuid_list: uuidAmong('offering.uuid'),
}

export const offeringOrderings: { [key: string]: string } = {
  name: 'offering.name',
  created: 'offering.created',
  type: 'offering.type',
  state: 'offering.state',
  total_customers: TOTAL_CUSTOMERS,
  // Nothing is invoiced yet, so all cost the same.
  total_cost: '0::numeric',
  total_cost_estimated: '0::numeric',
}
