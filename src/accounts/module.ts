// Accounts that are nobody's own: of programs, of participants of courses, of services.
import type { Module } from '../platform/module.ts'
import { closeCourses, closeWithProject } from './courses/ends.ts'
import { courseAccountRoutes } from './courses/routes.ts'
import { accountEvents } from './events.ts'
import { remindKeeper, tellKeeper } from './keeper/tell.ts'
import { providedRoutes } from './provided.ts'
import { robotConstraints } from './robots/commands.ts'
import { robotEvents } from './robots/events.ts'
import { endWithResource, forgetFormerUsers } from './robots/reactions.ts'
import { robotRoutes } from './robots/routes.ts'
import { serviceAccountConstraints } from './service/commands.ts'
import { customerAccountRoutes, serviceAccountRoutes } from './service/routes.ts'

export const accounts: Module = {
  routes: (api) => {
    robotRoutes(api)
    courseAccountRoutes(api)
    serviceAccountRoutes(api)
    customerAccountRoutes(api)
    providedRoutes(api)
  },
  constraints: { ...robotConstraints, ...serviceAccountConstraints },
  eventTypes: { ...robotEvents.types, ...accountEvents.types },
  reactions: [forgetFormerUsers, endWithResource, closeWithProject],
  jobs: [tellKeeper, remindKeeper, closeCourses],
}
