// Booking offerings and what is done with their calendars.
import { type Api, action, detail, list } from '../../platform/http/api.ts'
import { wished } from './calendars.ts'
import { bookingOfferings } from './list.ts'

export function bookingOfferingRoutes(api: Api): void {
  list(api, bookingOfferings, { summary: 'Booking offerings of organizations that one owns, with their Google calendars' })
  detail(api, bookingOfferings)
  // Whoever sees it owns it.
  const permission = 'anyone who sees it'
  action(api, bookingOfferings, 'google_calendar_sync', {
    summary: 'Make the offering’s Google calendar and its bookings agree',
    permission,
    run: wished('sync'),
  })
  action(api, bookingOfferings, 'share_google_calendar', {
    summary: 'Let everybody read the Google calendar',
    permission,
    run: wished('share'),
  })
  action(api, bookingOfferings, 'unshare_google_calendar', {
    summary: 'Keep the Google calendar to oneself again',
    permission,
    run: wished('unshare'),
  })
}
