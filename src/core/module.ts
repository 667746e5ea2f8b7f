// People and organizations: users, keys, roles, customers, projects, and the site's own pages.
import type { Module } from '../platform/module.ts'
import { componentStatsRoutes } from './component-stats/routes.ts'
import { customerEvents } from './customers/events.ts'
import { customerRoutes } from './customers/routes.ts'
import { keyConstraints } from './keys/commands.ts'
import { keyEvents } from './keys/events.ts'
import { keyRoutes } from './keys/routes.ts'
import { organizationGroupRoutes } from './organization-groups/routes.ts'
import { endProjects } from './projects/end-of-life.ts'
import { projectEvents } from './projects/events.ts'
import { projectFileGuards } from './projects/pictures.ts'
import { removeWithOrganization } from './projects/removal.ts'
import { projectRoutes } from './projects/routes.ts'
import { roleConstraints } from './roles/commands.ts'
import { roleEvents } from './roles/events.ts'
import { expiredGrants } from './roles/grants.ts'
import { roleRoutes } from './roles/routes.ts'
import { siteRoutes } from './site/routes.ts'
import { versionRoutes } from './site/version.ts'
import { userPermissionRoutes } from './user-permissions/routes.ts'
import { userConstraints } from './users/commands.ts'
import { mailEmailChange } from './users/email.ts'
import { userEvents } from './users/events.ts'
import { forgetLoginFailures } from './users/login.ts'
import { mailPendingActions } from './users/pending-actions.ts'
import { userRoutes } from './users/routes.ts'

export const core: Module = {
  routes: (api) => {
    userRoutes(api)
    keyRoutes(api)
    userPermissionRoutes(api)
    versionRoutes(api)
    siteRoutes(api)
    roleRoutes(api)
    organizationGroupRoutes(api)
    customerRoutes(api)
    projectRoutes(api)
    componentStatsRoutes(api)
  },
  jobs: [mailEmailChange, mailPendingActions, forgetLoginFailures, expiredGrants, endProjects],
  reactions: [removeWithOrganization],
  constraints: { ...userConstraints, ...keyConstraints, ...roleConstraints },
  eventTypes: { ...userEvents.types, ...keyEvents.types, ...customerEvents.types, ...projectEvents.types, ...roleEvents.types },
  fileGuards: projectFileGuards,
}
