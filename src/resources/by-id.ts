// A resource as operations see it, for the server's own work.
import { sql } from 'kysely'
import { run, type Tx } from '../platform/db/database.ts'
import { joinsFor } from '../platform/http/view.ts'
import { RESOURCE_SUBJECT, type ResourceSubject } from './list.ts'
import { resourceRowView } from './view.ts'

const FROM = `${resourceRowView.from} ${joinsFor(resourceRowView, RESOURCE_SUBJECT)}`

/** Locks the resource of that internal id; undefined when it is gone. */
export async function findResource(tx: Tx, id: number, timeZone: string): Promise<ResourceSubject | undefined> {
  const [row] = await run(
    tx,
    sql<ResourceSubject>`select ${sql.raw(RESOURCE_SUBJECT)} from (select (now() at time zone ${timeZone}::text)::date as today) ctx
      cross join ${sql.raw(FROM)} where r.id = ${id} for update of r`,
  )
  return row
}
