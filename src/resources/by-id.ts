// A resource as operations see it, for the server's own work.
import { sql } from 'kysely'
import type { Tx } from '../platform/db/database.ts'
import { selectRows } from '../platform/http/collection.ts'
import { nobody } from '../platform/http/context.ts'
import { RESOURCE_SUBJECT, type ResourceSubject } from './subject.ts'
import { resourceRowView } from './view.ts'

/** Locks the resource of that internal id; undefined when it is gone. */
export async function findResource(tx: Tx, id: number, timeZone: string): Promise<ResourceSubject | undefined> {
  const after = sql`for update of r`
  const [row] = await selectRows(tx, resourceRowView, RESOURCE_SUBJECT, nobody(timeZone), sql`r.id = ${id}`, { after })
  return row
}
