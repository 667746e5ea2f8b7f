// The states of an offering's Google calendar, which jobs work at (booking.md §8.2). Pure data.
import type { StateTable } from '../../platform/states/transition.ts'

export const CALENDAR_STATES = ['Creation Scheduled', 'Creating', 'Update Scheduled', 'Updating', 'OK', 'Erred'] as const
export type CalendarState = (typeof CALENDAR_STATES)[number]
export type CalendarAction = 'schedule' | 'start' | 'succeed' | 'fail'

export const calendarStates: StateTable<CalendarState, CalendarAction> = {
  table: 'google_calendar',
  states: CALENDAR_STATES,
  initial: ['Creation Scheduled'],
  final: [],
  actions: {
    schedule: { from: ['OK', 'Erred'], to: ['Update Scheduled'] },
    // Again after a failure, and after a process died at it.
    start: { from: CALENDAR_STATES, to: ['Creating', 'Updating'] },
    succeed: { from: ['Creating', 'Updating'], to: ['OK'] },
    fail: { from: ['Creating', 'Updating'], to: ['Erred'] },
  },
}
