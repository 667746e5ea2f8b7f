// Orders: placed, reviewed, carried out.
import type { Module } from '../platform/module.ts'
import { ORDER_DRIVERS, requireDrivers } from './drivers.ts'
import { orderFileGuards } from './edit.ts'
import { orderEvents } from './events.ts'
import { goOnWithProject, ORDER_JOBS } from './jobs.ts'
import { orderConstraints } from './place.ts'
import { orderRoutes } from './routes.ts'

export const orders: Module = {
  routes: (api) => {
    requireDrivers(api.wiring)
    orderRoutes(api)
  },
  jobs: ORDER_JOBS,
  constraints: orderConstraints,
  eventTypes: orderEvents.types,
  fileGuards: orderFileGuards,
  drivers: ORDER_DRIVERS,
  reactions: [goOnWithProject],
}
