import { type Api, detail, list } from '../../platform/http/api.ts'
import { offeringPermissions } from './list.ts'

export function offeringPermissionRoutes(api: Api): void {
  list(api, offeringPermissions)
  detail(api, offeringPermissions)
}
