// Everybody sees every category (orders.md §5.1).
import { sql } from 'kysely'
import type { Collection } from '../../platform/http/collection.ts'
import { as, int, orNull, type RowOf, str, uuid } from '../../platform/http/columns.ts'
import {
  type Condition,
  containing,
  flag,
  own,
  ownMany,
  readUuid,
  requireChoice,
  requireUuid,
  textContains,
  uuidIs,
} from '../../platform/http/filters.ts'
import { type Query, valuesOf } from '../../platform/http/query.ts'
import type { CategorySection } from '../attributes.ts'
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

/** Has an offering for which `where` holds, over the alias `offered`. */
const offering = (where: Condition): Condition =>
  sql`exists (select 1 from offering offered where offered.category_id = category.id and ${where})`

/** Has an offering with a living resource in a project for which `where` holds. */
const usedIn = (where: Condition): Condition =>
  sql`category.id in (select offered.category_id from offering offered where offered.id in (${offeringsUsedIn(where)}))`

const statesIn = (values: readonly string[]): OfferingState[] =>
  values
    .flatMap((value) => value.split(','))
    .map((value) => STATE_NUMBERS[requireChoice(Object.keys(STATE_NUMBERS), value.trim())] as OfferingState)

/** Both parameters name the same offering: that organization's, in one of those states. */
function offeredBy(query: Query): Condition | undefined {
  const customer = readUuid(valuesOf(query, 'customer_uuid').at(-1)?.trim() ?? '')
  const numbers = valuesOf(query, 'customers_offerings_state').filter((value) => value !== '')
  if (!customer || numbers.length === 0) return undefined
  return offering(
    sql`offered.customer_id = (select id from customer where uuid = ${customer}::uuid) and offered.state = any(${statesIn(numbers)}::text[])`,
  )
}

export const categories: Collection<Category> = {
  path: '/api/marketplace-categories/',
  name: 'marketplace_categories',
  model: 'Category',
  view: categoryView,
  visible: () => 'all',
  filters: {
    customer_uuid: own(UUID, (value) =>
      offering(sql`offered.customer_id = (select id from customer where uuid = ${requireUuid(value)}::uuid)`),
    ),
    customers_offerings_state: ownMany({ type: 'integer', enum: Object.keys(STATE_NUMBERS).map(Number) }, (values) =>
      offering(sql`offered.state = any(${statesIn(values)}::text[])`),
    ),
    group_uuid: uuidIs('category_group.uuid'),
    has_offerings: flag('exists (select 1 from offering offered where offered.category_id = category.id)'),
    // Any value means yes.
    has_shared: own({ type: 'boolean' }, () => offering(sql`offered.shared`)),
    offering_name: own({ type: 'string' }, (value) => offering(sql`offered.name ilike ${containing(value)}`)),
    resource_customer_uuid: own(UUID, (value) => usedIn(sql`using_customer.uuid = ${requireUuid(value)}::uuid`)),
    resource_project_uuid: own(UUID, (value) => usedIn(sql`used_in.uuid = ${requireUuid(value)}::uuid`)),
    title: textContains('category.title'),
  },
  listed: offeredBy,
  orderings: { title: 'category.title' },
  defaultOrder: ['title'],
  subject: CATEGORY,
}
