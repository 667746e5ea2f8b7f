// Who uses an offering, and how much of it there is: read from resources in SQL, for the provider's eyes.
import { sql } from 'kysely'
import { keptKeys, keptSum } from '../platform/counts/kept.ts'
import { type Db, run } from '../platform/db/database.ts'
import type { Collection } from '../platform/http/collection.ts'
import { accepted, type Condition } from '../platform/http/filters.ts'
import { text, uuid } from '../platform/http/view.ts'
import { offeringFilters, offeringOrderings } from './filters.ts'
import { providerOfferings } from './list.ts'

/** The filters of offerings, which the contract repeats for lists of what one offering has: there they change nothing. */
export const REPEATED_FILTERS = Object.fromEntries(
  Object.entries(offeringFilters).map(([name, { schema, many }]) => [name, accepted(schema, many)]),
)

/** Its orderings too: `own` are those that the rows have, the others order nothing. */
export const repeatedOrderings = (own: { readonly [key: string]: string }, otherwise: string): { [key: string]: string } =>
  Object.fromEntries(Object.keys(offeringOrderings).map((key) => [key, own[key] ?? otherwise]))

/** Organizations with a resource of the offering that is not terminated. */
export const usingCustomers: Collection = {
  path: `${providerOfferings.path}{uuid}/customers/`,
  name: `${providerOfferings.name}_customers`,
  model: 'Customer',
  view: {
    name: 'ProviderOfferingCustomer',
    from: 'customer',
    alias: 'customer',
    joins: {},
    fields: {
      uuid: uuid('customer.uuid'),
      name: text('customer.name'),
      slug: text('customer.slug'),
      abbreviation: text('customer.abbreviation'),
      phone_number: text('customer.phone_number'),
      email: text('customer.email'),
    },
  },
  // Whoever may read the list may read all of it; the route decides that by the offering.
  visible: () => 'all',
  filters: REPEATED_FILTERS,
  orderings: repeatedOrderings({ name: 'customer.name', created: 'customer.created' }, 'customer.id'),
  defaultOrder: ['name'],
}

const LIVING = `kept.offering_id = offering.id and kept.state <> 'Terminated'`
/** SQL over the alias `offering`: the ids of the projects that have a resource of it which is not terminated. */
export const USED_IN = keptKeys('resource_counted', 'project_id,offering_id', 'project_id', LIVING)

export const usesOffering = (offeringId: number): Condition => sql`customer.id in (select used_in.customer_id
  from (select ${offeringId}::bigint as id) offering cross join project used_in where used_in.id in ${sql.raw(USED_IN)})`

export type OfferingStats = { resources_count: number; customers_count: number }

/** Resources that are not terminated, and the organizations that have them. */
export async function offeringStats(db: Db, offeringId: number): Promise<OfferingStats> {
  const [counted] = await run(
    db,
    sql<OfferingStats>`select ${sql.raw(keptSum('resource_counted', 'offering_id', LIVING))}::int as resources_count,
        (select count(distinct used_in.customer_id)::int from project used_in where used_in.id in ${sql.raw(USED_IN)}) as customers_count
      from (select ${offeringId}::bigint as id) offering`,
  )
  return counted ?? { resources_count: 0, customers_count: 0 }
}
