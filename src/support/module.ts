// Support: orders that people of the provider carry out, in a queue of requests.
import type { Module } from '../platform/module.ts'
import { closeWithOrder, SUPPORT_DRIVERS } from './requests.ts'
import { supportRoutes } from './routes.ts'

export const support: Module = { routes: supportRoutes, reactions: [closeWithOrder], drivers: SUPPORT_DRIVERS }
