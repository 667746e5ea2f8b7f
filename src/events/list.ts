// Events as a list (platform.md §13.1), and how many there were in each month.
import { type RawBuilder, sql } from 'kysely'
import { eventGroups } from '../core/public.ts'
import { readsAll } from '../platform/auth/actor.ts'
import type { KeptCounts } from '../platform/counts/kept.ts'
import type { EventTypes } from '../platform/events/kinds.ts'
import type { Collection } from '../platform/http/collection.ts'
import { accepted, BadValue, type Condition, type Filter, own, requireChoice, requireUuid } from '../platform/http/filters.ts'
import { textFound, walkedBy } from '../platform/http/search.ts'
import { audits } from './audited.ts'
import { eventStatView, eventView } from './view.ts'

// The first and the last second that can be kept.
const FIRST = -62_135_596_800
const LAST = 253_402_300_799

const seconds = (compare: (moment: RawBuilder<unknown>) => Condition): Filter =>
  own(
    { type: 'number' },
    (value) => {
      const sent = value.trim() === '' ? Number.NaN : Number(value)
      if (!(sent >= FIRST && sent <= LAST)) throw new BadValue('Enter a number.')
      return compare(sql`to_timestamp(${sent}::double precision)`)
    },
    'e.created',
  )

/** The value stands in the context under the filter's own name: words of the source, as an index has them. */
const inContext = (key: 'customer_uuid' | 'project_uuid' | 'user_uuid'): Filter =>
  own(
    { type: 'string', format: 'uuid' },
    (value) => sql`(e.context ? ${sql.lit(key)} and e.context ->> ${sql.lit(key)} = ${requireUuid(value)})`,
    'e.context',
  )

/** Events of the types that `typesOf` gives for the words sent. */
const ofTypes = (choices: readonly string[] | undefined, typesOf: (words: readonly string[]) => readonly string[]): Filter => {
  const known = (word: string) => (choices ? requireChoice(choices, word) : word)
  const types = (words: readonly string[]) => [...new Set(typesOf(words.map(known)))]
  const filter: Filter = {
    ...accepted({ type: 'string', ...(choices && { enum: [...choices] }) }, true),
    uses: ['e'],
    condition: (words) => sql`e.event_type = any(${types(words)}::text[])`,
  }
  const walked = walkedBy('e.event_type', filter)
  return { ...walked, word: (words, actor) => walked.word?.(types(words), actor) }
}

const counts: KeptCounts = { view: 'event_counted', filters: { event_type: [], feature: [] }, grains: [[]] }

/** The list, with the types that the server records. Which of them a caller is shown says the scope that is asked for. */
export function eventsOf(types: EventTypes): Collection {
  const groups = eventGroups(types)
  return {
    path: '/api/events/',
    name: 'events',
    model: 'Event',
    view: eventView,
    visible: (actor) => (actor ? 'all' : 'none'),
    filters: {
      created_from: seconds((moment) => sql`e.created >= ${moment}`),
      created_to: seconds((moment) => sql`e.created < ${moment}`),
      customer_uuid: inContext('customer_uuid'),
      // Types of releases before are found too.
      event_type: ofTypes(undefined, (words) => words),
      feature: ofTypes(Object.keys(groups), (words) => words.flatMap((group) => groups[group] ?? [])),
      message: textFound('event e', [{ table: 'event e', columns: ['e.message'] }]),
      project_uuid: inContext('project_uuid'),
      // Looked up before the list is read (audited.ts).
      scope: accepted({ type: 'string' }),
      user_uuid: inContext('user_uuid'),
    },
    orderings: { created: 'e.created' },
    defaultOrder: ['-created'],
    counts,
    key: { column: 'e.id', kind: 'number' },
  }
}

/** One event, for who audits something that it is tied to. */
export const oneOf = (events: Collection): Collection => ({
  ...events,
  visible: (actor) => {
    if (!actor) return 'none'
    return readsAll(actor) ? 'all' : { where: sql`exists (select from event_scope es where es.event_id = e.id and ${audits(actor)})` }
  },
})

export const eventStats: Collection = {
  path: '/api/events-stats/',
  name: 'events_stats',
  model: 'EventStats',
  view: eventStatView,
  visible: (actor) => (actor && readsAll(actor) ? 'all' : 'none'),
  filters: {},
  orderings: {},
  defaultOrder: [],
  computed: {
    of: { from: 'event_counted kept', alias: 'kept', joins: {} },
    rows: (
      found,
    ) => sql`select row_number() over (order by kept.month desc) as id, extract(year from kept.month at time zone 'UTC')::integer as year,
        extract(month from kept.month at time zone 'UTC')::integer as month, sum(kept.n)::bigint as count
      ${found} and kept.grain = 'month' group by kept.month having sum(kept.n) > 0`,
  },
}
