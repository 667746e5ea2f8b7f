// What is sold: categories, offerings with their components and plans, on the provider's side and on the public one.
import type { Module } from '../platform/module.ts'
import { attachedRoutes } from './attached/routes.ts'
import { categoryConstraints } from './categories/commands.ts'
import { categoryRoutes } from './categories/routes.ts'
import { categoryGroupRoutes } from './category-groups/routes.ts'
import { offeringConstraints } from './commands.create.ts'
import { componentConstraints } from './components.ts'
import { consentEvents } from './consents/events.ts'
import { revokeOutdatedConsents } from './consents/jobs.ts'
import { consentRoutes } from './consents/routes.ts'
import { offeringEvents, planEvents } from './events.ts'
import { followOfferingManagers } from './managers.ts'
import { offeringPermissionRoutes } from './permissions/routes.ts'
import { planConstraints } from './plans/commands.ts'
import { planRoutes } from './plans/routes.ts'
import { pluginRoutes } from './plugins.routes.ts'
import { publicOfferingRoutes } from './public/routes.ts'
import { offeringRoutes } from './routes.ts'
import { termsConstraints } from './terms/commands.ts'
import { termsRoutes } from './terms/routes.ts'

export const offerings: Module = {
  routes: (api) => {
    categoryGroupRoutes(api)
    categoryRoutes(api)
    offeringRoutes(api)
    planRoutes(api)
    publicOfferingRoutes(api)
    pluginRoutes(api)
    offeringPermissionRoutes(api)
    termsRoutes(api)
    consentRoutes(api)
    attachedRoutes(api)
  },
  constraints: { ...categoryConstraints, ...offeringConstraints, ...componentConstraints, ...planConstraints, ...termsConstraints },
  eventTypes: { ...offeringEvents.types, ...planEvents.types, ...consentEvents.types },
  jobs: [revokeOutdatedConsents],
  reactions: [followOfferingManagers],
}
