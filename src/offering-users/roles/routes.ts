import { type Api, create, destroy, detail, list, update } from '../../platform/http/api.ts'
import { createRole, createRoleBody, deleteRole, mayCreateRole, mayManageRole, updateRole, updateRoleBody } from './commands.ts'
import { offeringUserRoles } from './list.ts'

export function offeringUserRoleRoutes(api: Api): void {
  list(api, offeringUserRoles)
  detail(api, offeringUserRoles)
  create(api, offeringUserRoles, {
    summary: 'Name a role of people at an offering',
    body: createRoleBody,
    allowed: mayCreateRole,
    run: createRole,
  })
  update(api, offeringUserRoles, { summary: 'Rename a role', permission: mayManageRole, body: updateRoleBody, run: updateRole })
  destroy(api, offeringUserRoles, { summary: 'Remove a role', permission: mayManageRole, run: deleteRole })
}
