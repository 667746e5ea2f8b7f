import { type Api, create, destroy, detail, list, update } from '../../platform/http/api.ts'
import { staffOnly } from '../roles/policy.ts'
import { createOrganizationGroup, deleteOrganizationGroup, organizationGroupBody, updateOrganizationGroup } from './commands.ts'
import { organizationGroups } from './list.ts'

export function organizationGroupRoutes(api: Api): void {
  list(api, organizationGroups)
  detail(api, organizationGroups)
  create(api, organizationGroups, {
    summary: 'Create a group of organizations',
    before: staffOnly,
    body: organizationGroupBody,
    run: createOrganizationGroup,
  })
  update(api, organizationGroups, {
    summary: 'Change a group of organizations',
    before: staffOnly,
    body: organizationGroupBody,
    run: updateOrganizationGroup,
  })
  destroy(api, organizationGroups, { summary: 'Delete a group of organizations', before: staffOnly, run: deleteOrganizationGroup })
}
