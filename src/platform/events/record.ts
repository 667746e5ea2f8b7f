// Events are recorded in the transaction of what they tell; whoever hears of them does so after it is committed.
import { sql } from 'kysely'
import type { Actor } from '../auth/actor.ts'
import { run, type Tx } from '../db/database.ts'

/** Something that happened. `scopes` are the objects it is tied to: who may audit one of them sees it (platform.md §13). */
export type NewEvent = {
  type: string
  message: string
  /** Flat keys of the event's objects, such as `order_uuid`; the actor's keys are added. */
  context: { [key: string]: unknown }
  scopes: readonly (readonly [type: string, id: number | null])[]
}

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

/** Records events in one statement, in the order given. `actor` is absent for the system. */
export async function recordEvents(tx: Tx, actor: Actor | undefined, events: readonly NewEvent[]): Promise<void> {
  if (events.length === 0) return
  const rows = events.map(({ type, message, context, scopes }) => ({
    event_type: type,
    message,
    context: { ...actorContext(actor), ...context },
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
}

/** Keys of a context from a row: `contextOf('order', {uuid, name})` → `{order_uuid, order_name}`. */
export const prefixed = (prefix: string, values: { [key: string]: unknown }): { [key: string]: unknown } =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [`${prefix}_${key}`, value]))
