// Orders: placed, reviewed, carried out.
import type { Module } from '../platform/module.ts'
import { orderFileGuards } from './edit.ts'
import { orderEvents } from './events.ts'
import { ORDER_JOBS } from './jobs.ts'
import { orderConstraints } from './place.ts'
import { orderRoutes } from './routes.ts'

export const orders: Module = {
  routes: orderRoutes,
  jobs: ORDER_JOBS,
  constraints: orderConstraints,
  eventTypes: orderEvents.types,
  fileGuards: orderFileGuards,
}
