// Bookings: rooms, instruments and people by the hour.
import type { Module } from '../platform/module.ts'
import { BOOKING, bookingDriver } from './driver.ts'
import { BOOKING_JOBS } from './jobs.ts'
import { bookingRoutes } from './routes.ts'

export const bookings: Module = { routes: bookingRoutes, jobs: BOOKING_JOBS, drivers: { [BOOKING]: bookingDriver } }
