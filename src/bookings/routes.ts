// Bookings and what is decided about them; when offerings are taken and free.
import { type Api, action, detail, list } from '../platform/http/api.ts'
import { inStates } from '../platform/states/transition.ts'
import { busyRoutes } from './busy.routes.ts'
import { busyTimeRoutes } from './busy-times.routes.ts'
import { acceptBooking, rejectBody, rejectBooking, rescheduleBody, rescheduleBooking } from './commands.ts'
import { feedRoutes } from './feeds.routes.ts'
import { googleAuthRoutes } from './google/auth.routes.ts'
import { bookingOfferingRoutes } from './google/routes.ts'
import { bookings } from './list.ts'
import { mayAccept, mayReject, mayReschedule } from './policy.ts'
import { bookingView } from './view.ts'

export function bookingRoutes(api: Api): void {
  list(api, bookings, { summary: 'Bookings of what one provides, and of what one asked for' })
  detail(api, bookings)
  action(api, bookings, 'accept', {
    summary: 'Accept a booking: its order is done',
    permission: mayAccept,
    checks: [inStates(['Creating'])],
    run: acceptBooking,
  })
  action(api, bookings, 'reject', {
    summary: 'Reject a booking, or take it back: its time is free again',
    permission: mayReject,
    checks: [inStates(['Creating'])],
    body: rejectBody,
    run: rejectBooking,
  })
  action(api, bookings, 'reschedule', {
    summary: 'Move a booking to other periods, under the rules of ordering',
    permission: mayReschedule,
    checks: [inStates(['Creating', 'OK'])],
    body: rescheduleBody,
    answer: bookingView,
    run: rescheduleBooking,
  })
  busyRoutes(api)
  busyTimeRoutes(api)
  feedRoutes(api)
  bookingOfferingRoutes(api)
  googleAuthRoutes(api)
}
