// Everybody sees every category (orders.md §5.1).
import { sql } from 'kysely'
import type { Actor } from '../../platform/auth/actor.ts'
import type { Collection } from '../../platform/http/collection.ts'
import { as, int, orNull, type RowOf, str, uuid } from '../../platform/http/columns.ts'
import {
  type Condition,
  containing,
  type Filter,
  own,
  ownMany,
  readFlag,
  readUuid,
  requireChoice,
  requireUuid,
  textContains,
  uuidIs,
} from '../../platform/http/filters.ts'
import { type Query, valuesOf } from '../../platform/http/query.ts'
import type { JsonSchema } from '../../platform/http/view.ts'
import type { CategorySection } from '../attributes.ts'
import { type CatalogueSettings, OPEN_CATALOGUE, seesOffering } from '../public/policy.ts'
import type { OfferingState } from '../states.ts'
import { offeringsUsedIn } from '../used-in.ts'
import { categoryView } from './view.ts'

const CATEGORY = {
  id: int('category.id'),
  uuid: uuid('category.uuid'),
  title: str('category.title'),
  icon_id: orNull(int('category.icon_id')),
  sections: as<CategorySection[]>('category.sections'),
}
export type Category = RowOf<typeof CATEGORY>

const UUID = { type: 'string', format: 'uuid' }

/** The one place where states of offerings travel as numbers. */
const STATE_NUMBERS: { readonly [number: string]: OfferingState } = {
  '1': 'Draft',
  '2': 'Active',
  '3': 'Paused',
  '4': 'Archived',
  '5': 'Unavailable',
}

/** Has an offering that the caller sees for which `where` holds, over the alias `offering`. */
const having = (where: Condition, actor: Actor | undefined, site: CatalogueSettings): Condition =>
  sql`exists (select 1 from offering where offering.category_id = category.id and ${where} and ${seesOffering(actor, site)})`

/** Has an offering with a living resource in a project for which `where` holds. */
const usedIn = (where: Condition, actor: Actor | undefined, site: CatalogueSettings): Condition =>
  having(sql`offering.id in (${offeringsUsedIn(where, actor)})`, actor, site)

const statesIn = (values: readonly string[]): OfferingState[] =>
  values
    .flatMap((value) => value.split(','))
    .map((value) => STATE_NUMBERS[requireChoice(Object.keys(STATE_NUMBERS), value.trim())] as OfferingState)

const ofCustomer = (uuid: string): Condition => sql`offering.customer_id = (select id from customer where uuid = ${uuid}::uuid)`

/** Both parameters name the same offering: that organization's, in one of those states. */
function offeredBy(query: Query, actor: Actor | undefined, site: CatalogueSettings): Condition | undefined {
  const customer = readUuid(valuesOf(query, 'customer_uuid').at(-1)?.trim() ?? '')
  const numbers = valuesOf(query, 'customers_offerings_state').filter((value) => value !== '')
  if (!customer || numbers.length === 0) return undefined
  return having(sql`${ofCustomer(customer)} and offering.state = any(${statesIn(numbers)}::text[])`, actor, site)
}

/** The filters ask about offerings: about those that a caller of the site sees. */
function filtersOf(site: CatalogueSettings): { [name: string]: Filter } {
  const offers = (schema: JsonSchema, where: (value: string) => Condition) =>
    own(schema, (value, actor) => having(where(value), actor, site))
  const uses = (where: (uuid: string) => Condition) => own(UUID, (value, actor) => usedIn(where(requireUuid(value)), actor, site))
  return {
    customer_uuid: offers(UUID, (value) => ofCustomer(requireUuid(value))),
    customers_offerings_state: ownMany({ type: 'integer', enum: Object.keys(STATE_NUMBERS).map(Number) }, (values, actor) =>
      having(sql`offering.state = any(${statesIn(values)}::text[])`, actor, site),
    ),
    group_uuid: uuidIs('category_group.uuid'),
    has_offerings: own({ type: 'boolean' }, (value, actor) => {
      const wanted = readFlag(value)
      return wanted === undefined ? undefined : sql`${having(sql`true`, actor, site)} = ${wanted}`
    }),
    // Any value means yes.
    has_shared: offers({ type: 'boolean' }, () => sql`offering.shared`),
    offering_name: offers({ type: 'string' }, (value) => sql`offering.name ilike ${containing(value)}`),
    resource_customer_uuid: uses((uuid) => sql`using_customer.uuid = ${uuid}::uuid`),
    resource_project_uuid: uses((uuid) => sql`used_in.uuid = ${uuid}::uuid`),
    title: textContains('category.title'),
  }
}

/** The categories of a site, which says whom it shows which offerings. */
export const categoriesOf = (site: CatalogueSettings): Collection<Category> => ({
  path: '/api/marketplace-categories/',
  name: 'marketplace_categories',
  model: 'Category',
  view: categoryView,
  visible: () => 'all',
  filters: filtersOf(site),
  listed: (query, actor) => offeredBy(query, actor, site),
  orderings: { title: 'category.title' },
  defaultOrder: ['title'],
  subject: CATEGORY,
})

/** The same where none of them is listed: to be changed, and named in links. */
export const categories = categoriesOf(OPEN_CATALOGUE)
