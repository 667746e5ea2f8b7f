// What was bought, and how much of it was used.
import type { Module } from '../platform/module.ts'
import { resourceEvents } from './events.ts'
import { RESOURCE_JOBS } from './expiry.ts'
import { globalCategoryRoutes } from './global-categories.routes.ts'
import { resourceRoutes } from './routes.ts'
import { usageRoutes } from './usages/routes.ts'

export const resources: Module = {
  routes: (api) => {
    globalCategoryRoutes(api)
    usageRoutes(api)
    resourceRoutes(api)
  },
  jobs: RESOURCE_JOBS,
  eventTypes: resourceEvents.types,
}
