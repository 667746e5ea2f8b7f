// What happened, for who audits.
import type { Module } from '../platform/module.ts'
import { eventRoutes } from './routes.ts'

export const events: Module = { routes: eventRoutes }
