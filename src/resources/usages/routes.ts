import { sql } from 'kysely'
import { maySeeUsage } from '../../offerings/policy.ts'
import { type ProviderOffering, providerOfferings } from '../../offerings/public.ts'
import { type Api, action, detail, list, operation } from '../../platform/http/api.ts'
import { mayReport, setUsage, setUsageBody } from './commands.ts'
import { componentUsages } from './list.ts'
import { offeringStats } from './offering-stats.ts'
import { maySetUsage, setUserUsage, setUserUsageBody, userUsages } from './user-usages.ts'

export function usageRoutes(api: Api): void {
  list(api, componentUsages)
  detail(api, componentUsages)
  operation(
    api,
    { path: '/api/marketplace-component-usages/set_usage/', id: 'marketplace_component_usages_set_usage', tag: componentUsages.name },
    {
      summary: 'Report what a resource used',
      permission: 'whom its command lets',
      lets: mayReport,
      status: 201,
      body: setUsageBody,
      run: setUsage,
    },
  )
  list<ProviderOffering>(api, offeringStats, {
    id: `${offeringStats.name}_list`,
    summary: 'Sum up what all resources of an offering used, by component and month',
    under: { of: providerOfferings, permission: maySeeUsage, where: ({ id }) => sql`oc.offering_id = ${id}` },
  })
  list(api, userUsages)
  detail(api, userUsages)
  action(api, componentUsages, 'set_user_usage', {
    summary: 'Report what of it fell on one user',
    permission: maySetUsage,
    body: setUserUsageBody,
    status: 201,
    run: setUserUsage,
  })
}
