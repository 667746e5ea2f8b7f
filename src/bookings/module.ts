// Bookings: rooms, instruments and people by the hour.
import type { Module } from '../platform/module.ts'
import { BOOKING, bookingDriver } from './driver.ts'
import { AUTH_JOBS } from './google/auth.routes.ts'
import { CALENDAR_JOBS, renameCalendar } from './google/calendars.ts'
import { BOOKING_JOBS } from './jobs.ts'
import { bookingRoutes } from './routes.ts'

export const bookings: Module = {
  routes: bookingRoutes,
  jobs: [...BOOKING_JOBS, ...CALENDAR_JOBS, ...AUTH_JOBS],
  reactions: [renameCalendar],
  drivers: { [BOOKING]: bookingDriver },
}
