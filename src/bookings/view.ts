// What a booking looks like: the resource that it is, who asked for it and who approved that, and its periods (booking.md §6).
import { absent, constant, datetime, type Fields, list, text, url, type View } from '../platform/http/view.ts'
import { resourceRowView, resourceView } from '../resources/public.ts'

const CREATION = `(select min(first.id) from "order" first where first.resource_id = r.id and first.type = 'Create')`

/** Somebody who had a hand in it, by the alias of their row; left out where there is nobody. */
const person = (word: string, alias: string): Fields => ({
  [word]: absent(url('/api/users/{}/', `${alias}.uuid`)),
  [`${word}_username`]: absent(text(`${alias}.username`)),
  [`${word}_full_name`]: absent(text(`${alias}.full_name`)),
})

const own: Fields = {
  url: url('/api/booking-resources/{}/', 'r.uuid'),
  description: text(`coalesce(r.attributes ->> 'description', '')`),
  // What can be done with it is asked of the resource.
  available_actions: constant([], { type: 'array', items: { type: 'string' } }),
  ...person('created_by', 'creator'),
  ...person('consumer_reviewed_by', 'reviewer'),
  slots: list(
    { start: datetime('slot.start'), end: datetime('slot."end"'), backend_id: text('slot.backend_id') },
    'from booking_slot slot where slot.resource_id = r.id and slot.placed',
    'slot.start, slot.id',
  ),
}

const bookingOf = (view: View, name: string): View => ({
  ...view,
  name,
  joins: {
    ...view.joins,
    made: `left join "order" made on made.id = ${CREATION}`,
    creator: 'left join "user" creator on creator.id = made.created_by_id',
    reviewer: 'left join "user" reviewer on reviewer.id = made.consumer_reviewed_by_id',
  },
  fields: { ...view.fields, ...own },
})

/** A row of the list. */
export const bookingRowView = bookingOf(resourceRowView, 'BookingResourceRow')
/** One booking, with its orders. */
export const bookingView = bookingOf(resourceView, 'BookingResource')
