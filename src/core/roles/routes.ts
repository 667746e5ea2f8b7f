// /api/roles/: read by everybody, written by staff.
import { type Api, action, create, destroy, detail, list, update } from '../../platform/http/api.ts'
import { createRole, deleteRole, descriptionBody, roleBody, setRoleActive, updateRole, updateRoleDescriptions } from './commands.ts'
import { roles } from './list.ts'
import { staffOnly } from './policy.ts'
import { roleDescriptionView } from './view.ts'

export function roleRoutes(api: Api): void {
  list(api, roles)
  detail(api, roles)
  create(api, roles, { summary: 'Create a role', before: staffOnly, body: roleBody, run: createRole })
  update(api, roles, { summary: 'Change a role', before: staffOnly, body: roleBody, run: updateRole })
  destroy(api, roles, { summary: 'Delete a role that nobody holds', before: staffOnly, run: deleteRole })
  action(
    api,
    roles,
    'update_descriptions',
    {
      summary: 'Describe a role in several languages',
      before: staffOnly,
      body: descriptionBody,
      answer: roleDescriptionView,
      run: updateRoleDescriptions,
    },
    { method: 'PUT', id: 'roles_update_descriptions_update' },
  )
  action(api, roles, 'enable', { summary: 'Let a role be granted', before: staffOnly, run: setRoleActive(true) })
  action(api, roles, 'disable', { summary: 'Let a role be granted no more', before: staffOnly, run: setRoleActive(false) })
}
