// What is sold: categories, offerings with their components and plans, on the provider's side and on the public one.
import type { Module } from '../platform/module.ts'
import { categoryConstraints } from './categories/commands.ts'
import { categoryRoutes } from './categories/routes.ts'
import { categoryGroupRoutes } from './category-groups/routes.ts'
import { offeringConstraints } from './commands.create.ts'
import { componentConstraints } from './components.ts'
import { offeringEvents, planEvents } from './events.ts'
import { followOfferingManagers } from './managers.ts'
import { offeringPermissionRoutes } from './permissions/routes.ts'
import { planConstraints } from './plans/commands.ts'
import { planRoutes } from './plans/routes.ts'
import { pluginRoutes } from './plugins.routes.ts'
import { publicOfferingRoutes } from './public/routes.ts'
import { offeringRoutes } from './routes.ts'

export const offerings: Module = {
  routes: (api) => {
    categoryGroupRoutes(api)
    categoryRoutes(api)
    offeringRoutes(api)
    planRoutes(api)
    publicOfferingRoutes(api)
    pluginRoutes(api)
    offeringPermissionRoutes(api)
  },
  constraints: { ...categoryConstraints, ...offeringConstraints, ...componentConstraints, ...planConstraints },
  eventTypes: { ...offeringEvents.types, ...planEvents.types },
  reactions: [followOfferingManagers],
}
