import { type Api, detail, list, operation } from '../../platform/http/api.ts'
import { mayReport, setUsage, setUsageBody } from './commands.ts'
import { componentUsages } from './list.ts'

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
}
