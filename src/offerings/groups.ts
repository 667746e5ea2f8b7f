// Offerings gathered under the organizations that provide them: a list of organizations, each with the offerings that pass
// the filters. The collection engine pages offerings, so the page of organizations is cut here.
import { sql } from 'kysely'
import { type Executor, run } from '../platform/db/database.ts'
import { type Query, readFilters, readOrder, type Viewer } from '../platform/http/collection.ts'
import type { Condition } from '../platform/http/filters.ts'
import { joinsFor } from '../platform/http/view.ts'
import { offeringFilters } from './filters.ts'
import { providerOfferings, providerOfferingsVisible } from './list.ts'
import { providerOfferingView } from './view.ts'

/** The schema of one row of the answer. */
export const offeringGroup = {
  type: 'object',
  properties: {
    customer_name: { type: 'string' },
    customer_uuid: { type: 'string', format: 'uuid' },
    offerings: {
      type: 'array',
      items: {
        type: 'object',
        properties: { offering_name: { type: 'string' }, offering_uuid: { type: 'string', format: 'uuid' } },
        required: ['offering_name', 'offering_uuid'],
      },
    },
  },
  required: ['customer_name', 'customer_uuid', 'offerings'],
}

/** The groups of the offerings that the viewer sees and asks for: how many, and the JSON text of a page by name. 400 for bad filters. */
export function offeringGroups(db: Executor, viewer: Viewer, query: Query) {
  const filters = readFilters(offeringFilters, query, viewer.actor)
  // Offerings stand by name within their group; another order is read only to refuse a bad one.
  readOrder(providerOfferings, query)
  const visibility = providerOfferingsVisible(viewer.actor)
  const visible: Condition =
    visibility === 'all' ? sql`true` : visibility === 'none' || 'arms' in visibility ? sql`false` : visibility.where
  const joins = joinsFor(providerOfferingView, `${filters.uses} customer.`)
  const found = sql`from offering ${sql.raw(joins)} where ${sql.join([visible, ...filters.all], sql` and `)}`

  return {
    count: async (): Promise<number> => {
      const [row] = await run(db, sql<{ count: number }>`select count(distinct customer.id) as count ${found}`)
      return Number(row?.count ?? 0)
    },
    page: async (size: number, offset: number): Promise<string> => {
      const [row] = await run(
        db,
        sql<{ text: string }>`select coalesce(json_agg(json_build_object('customer_name', page.name, 'customer_uuid', wire_uuid(page.uuid),
            'offerings', page.offerings) order by page.name, page.id), '[]')::text as text
          from (select customer.id, customer.name, customer.uuid,
              json_agg(json_build_object('offering_name', offering.name, 'offering_uuid', wire_uuid(offering.uuid))
                order by offering.name, offering.id) as offerings
            ${found} group by customer.id order by customer.name, customer.id limit ${size} offset ${offset}) page`,
      )
      return row?.text ?? '[]'
    },
  }
}
