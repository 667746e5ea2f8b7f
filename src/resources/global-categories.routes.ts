// How many resources of each category the caller has: the numbers beside the categories of web interfaces (clients.md §3).
import { sql } from 'kysely'
import { run } from '../platform/db/database.ts'
import { type Api, read } from '../platform/http/api.ts'
import { visibleCondition } from '../platform/http/cut.ts'
import { allOf, uuidIs } from '../platform/http/filters.ts'
import { readFilters } from '../platform/http/query.ts'
import { consumerResources } from './list.ts'

const filters = { customer_uuid: uuidIs('c.uuid'), project_uuid: uuidIs('p.uuid') }

export function globalCategoryRoutes(api: Api): void {
  read(api, {
    path: '/api/marketplace-global-categories/',
    id: 'marketplace_global_categories_retrieve',
    tag: 'marketplace_global_categories',
    summary: 'Number of resources that are not terminated by uuid of their category',
    permission: 'anyone with a token',
    query: filters,
    answer: { type: 'object', additionalProperties: { type: 'integer' } },
    run: async ({ db, viewer, query }) => {
      const asked = readFilters(filters, query, viewer.actor).all
      const seen = visibleCondition('r', consumerResources.visible(viewer.actor))
      // What asks nothing of projects is answered by fewer rows.
      const grain = asked.length === 0 && !seen ? 'offering_id' : 'project_id,offering_id'
      const conditions = [sql<boolean>`r.grain = ${sql.raw(`'${grain}'`)}`, sql<boolean>`r.state <> 'Terminated'`, seen, ...asked]
      const rows = await run(
        db,
        sql<{ uuid: string; n: number }>`select wire_uuid(category.uuid) as uuid, sum(r.n)::int as n
          from resource_counted r join offering on offering.id = r.offering_id join category on category.id = offering.category_id
          left join project p on p.id = r.project_id left join customer c on c.id = p.customer_id
          where ${allOf(conditions)} group by category.id having sum(r.n) > 0 order by category.id`,
      )
      return Object.fromEntries(rows.map(({ uuid, n }) => [uuid, n]))
    },
  })
}
