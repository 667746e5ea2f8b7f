// Events for who audits: a list, how many there are, and which kinds exist (platform.md §13.1).
import { eventGroups } from '../core/public.ts'
import { closed, mapOf, WORD } from '../platform/http/answers.ts'
import { type Api, detail, list, read, route } from '../platform/http/api.ts'
import { listing } from '../platform/http/collection.ts'
import { type Query, valuesOf } from '../platform/http/query.ts'
import { actorOf } from '../platform/http/server.ts'
import type { JsonSchema } from '../platform/http/view.ts'
import { inScope, SCOPE_TYPES } from './audited.ts'
import { eventStats, eventsOf, oneOf } from './list.ts'

const words: JsonSchema = { type: 'array', items: WORD }
const scopeIn = (query: Query) => valuesOf(query, 'scope').at(-1)

export function eventRoutes(api: Api): void {
  const types = api.wiring.eventTypes
  const events = eventsOf(types)
  list(api, events, { within: (db, viewer, query) => inScope(db, viewer, scopeIn(query)) })
  detail(api, oneOf(events))
  list(api, eventStats, { summary: 'How many events there were in each month' })

  const facts = (verb: string, summary: string, answer: JsonSchema) => ({
    path: `${events.path}${verb}/`,
    id: `events_${verb}_retrieve`,
    tag: events.name,
    summary,
    permission: 'anyone with a token' as const,
    answer,
  })
  const query = Object.fromEntries(
    Object.entries(events.filters).map(([name, { schema, many }]) => [name, { schema, many: many === true }]),
  )
  read(api, {
    ...facts('count', 'Count events, by the filters of the list', closed({ count: { type: 'integer' } })),
    query,
    run: async ({ db, viewer, query }) => ({
      count: await listing(db, events, viewer, query, await inScope(db, viewer, scopeIn(query))).count(),
    }),
  })
  read(api, { ...facts('event_groups', 'Types of events by group', mapOf(words)), run: async () => eventGroups(types) })
  read(api, { ...facts('scope_types', 'What events are tied to', words), run: async () => SCOPE_TYPES })
  for (const verb of ['count', 'event_groups', 'scope_types']) {
    const place = { path: `${events.path}${verb}/`, id: `events_${verb}_count`, tag: events.name, status: 200, who: 'anyone with a token' }
    route(api, 'HEAD', { ...place, summary: `The headers of ${verb}` }, async (request, reply) => {
      actorOf(request)
      return reply.type('application/json').send()
    })
  }
}
