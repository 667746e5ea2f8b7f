// What resources use and may use, of an organization and of a project (platform.md §10.1).
import { sql } from 'kysely'
import { type Api, read } from '../../platform/http/api.ts'
import type { Viewer } from '../../platform/http/context.ts'
import { readFlag } from '../../platform/http/filters.ts'
import { type Query, valuesOf } from '../../platform/http/query.ts'
import { type Customer, customers } from '../customers/list.ts'
import { type Project, projects } from '../projects/list.ts'
import { visibleProjects } from '../projects/policy.ts'
import { resourceCounts } from '../projects/resources.ts'
import { COMPONENT_STATS, componentStats } from './queries.ts'

const common = { query: { for_current_month: { schema: { type: 'boolean' } } }, answer: COMPONENT_STATS }
const periodOf = (query: Query, { timeZone }: Viewer) => ({
  timeZone,
  currentMonth: valuesOf(query, 'for_current_month').some((value) => readFlag(value) === true),
})

export function componentStatsRoutes(api: Api): void {
  read<Customer>(api, {
    ...common,
    path: '/api/customers/{uuid}/stats/',
    id: 'customers_stats_retrieve',
    tag: 'customers',
    summary: 'Sum up what the resources of an organization use',
    of: customers,
    permission: 'anyone who sees it',
    run: ({ db, row, viewer, query }) =>
      componentStats(
        db,
        sql`p.customer_id = ${row.id} and ${visibleProjects(viewer.actor, 'p')} and ${resourceCounts(viewer.actor)}`,
        periodOf(query, viewer),
      ),
  })
  read<Project>(api, {
    ...common,
    path: '/api/projects/{uuid}/stats/',
    id: 'projects_stats_retrieve',
    tag: 'projects',
    summary: 'Sum up what the resources of a project use',
    of: projects,
    permission: 'anyone who sees it',
    run: ({ db, row, viewer, query }) =>
      componentStats(db, sql`p.id = ${row.id} and ${resourceCounts(viewer.actor)}`, periodOf(query, viewer)),
  })
}
