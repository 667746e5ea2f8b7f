// Events are recorded in the transaction of what they tell, and what must follow from them is done there too: whoever
// declared a reaction (wiring.ts) takes part, and whatever must leave the server is enqueued as a job.
import { sql } from 'kysely'
import type { Actor } from '../auth/actor.ts'
import { run } from '../db/database.ts'
import { noteEffect } from '../effects.ts'
import type { Context } from '../wiring.ts'
import type { NewEvent } from './kinds.ts'

/** The actor's part of an event's context (platform.md §13.1). */
const actorContext = (actor: Actor | undefined) =>
  actor
    ? {
        ip_address: actor.ip_address,
        user_uuid: actor.uuid,
        user_username: actor.username,
        user_full_name: actor.full_name,
        user_native_name: actor.native_name,
        user_email: actor.email,
        user_civil_number: actor.civil_number,
        ...(actor.impersonator
          ? {
              user_impersonator_uuid: actor.impersonator.uuid,
              user_impersonator_full_name: actor.impersonator.full_name,
              user_impersonator_username: actor.impersonator.username,
            }
          : {}),
      }
    : {}

/** Records events in one statement, in the order given, then lets the others react to each. Throws for a type that nobody declared. */
export async function recordEvents(context: Context, events: readonly NewEvent[]): Promise<void> {
  if (events.length === 0) return
  const { tx, actor, wiring } = context
  const unknown = events.find(({ type }) => !Object.hasOwn(wiring.eventTypes, type))
  if (unknown) throw new Error(`Events of type ${unknown.type} are declared by no module of the wiring`)
  const rows = events.map(({ type, message, context: keys, scopes }) => ({
    event_type: type,
    message,
    context: { ...actorContext(actor), ...keys },
    scopes: scopes.filter(([, id]) => id !== null).map(([scope_type, scope_id]) => ({ scope_type, scope_id })),
  }))
  await run(
    tx,
    sql`with sent as (
        select nextval(pg_get_serial_sequence('event', 'id')) as id, e.value, e.ordinality
        from jsonb_array_elements(${JSON.stringify(rows)}::jsonb) with ordinality e),
      stored as (
        insert into event (id, event_type, message, context) overriding system value
        select id, value ->> 'event_type', value ->> 'message', value -> 'context' from sent order by ordinality returning id)
      insert into event_scope (event_id, scope_type, scope_id)
      select distinct stored.id, s.scope_type, s.scope_id from stored join sent using (id)
        cross join jsonb_to_recordset(sent.value -> 'scopes') s (scope_type text, scope_id bigint)`,
  )
  for (const { type, facts } of events) {
    noteEffect('event', type)
    for (const { types, run: react } of wiring.reactions) if (types.includes(type)) await react(context, facts as never, type)
  }
}

/** Keys of a context from a row: `contextOf('order', {uuid, name})` → `{order_uuid, order_name}`. */
export const prefixed = (prefix: string, values: { [key: string]: unknown }): { [key: string]: unknown } =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [`${prefix}_${key}`, value]))
