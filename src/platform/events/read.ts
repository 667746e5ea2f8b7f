// Reading events as they come, for whoever hands them on: none is lost because another was committed first.
import { sql } from 'kysely'
import { type Executor, run } from '../db/database.ts'

/** How far a reader has come. Kept by the reader, as it is. */
export type EventCursor = { transaction_id: string; id: number }

export type RecordedEvent = EventCursor & {
  uuid: string
  created: string
  event_type: string
  message: string
  context: { [key: string]: unknown }
}

/** Before every event. */
export const FROM_THE_START: EventCursor = { transaction_id: '0', id: 0 }

/**
 * At most `max` events after `cursor`, in an order in which nothing will ever appear before what was read: events of
 * transactions that are still open, and of all that began after those, wait until these have ended. So a transaction that
 * stays open holds readers up; the server's time limits bound that.
 * The order is that of one database cluster: after a dump is restored into another, readers begin anew.
 */
export const eventsAfter = (db: Executor, cursor: EventCursor, max: number): Promise<RecordedEvent[]> =>
  run(
    db,
    sql<RecordedEvent>`select transaction_id::text as transaction_id, id, wire_uuid(uuid) as uuid, wire_time(created) as created, event_type, message, context
      from event where (transaction_id, id) > (${cursor.transaction_id}::xid8, ${cursor.id}::bigint)
        and transaction_id < pg_snapshot_xmin(pg_current_snapshot())
      order by transaction_id, event.id limit ${max}`,
  )
