// What happened, as it was recorded.
import { datetime, integer, json, text, uuid, type View } from '../platform/http/view.ts'

// Of who acted, everybody who reads of it is told the name; from where, and by which number the state knows them, is staff's business.
const CONTEXT = `case when ctx.reads_all then e.context else e.context - array['ip_address', 'user_civil_number'] end`

export const eventView: View = {
  name: 'Event',
  from: 'event e',
  alias: 'e',
  joins: {},
  fields: {
    uuid: uuid('e.uuid'),
    created: datetime('e.created'),
    event_type: text('e.event_type'),
    message: text('e.message'),
    context: json(CONTEXT),
  },
}

/** How many events there were in a month of UTC. */
export const eventStatView: View = {
  name: 'EventStats',
  from: 'computed stat',
  alias: 'stat',
  joins: {},
  fields: { year: integer('stat.year'), month: integer('stat.month'), count: integer('stat.count') },
}
