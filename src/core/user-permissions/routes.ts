import { type Api, detail, list } from '../../platform/http/api.ts'
import { userPermissions } from './list.ts'

export function userPermissionRoutes(api: Api): void {
  list(api, userPermissions)
  detail(api, userPermissions)
}
