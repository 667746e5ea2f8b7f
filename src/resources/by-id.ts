// A resource as operations see it, for the server's own work.
import { sql } from 'kysely'
import type { Tx } from '../platform/db/database.ts'
import { selectRows } from '../platform/http/collection.ts'
import { nobody } from '../platform/http/context.ts'
import { lockResource } from './changes.ts'
import { RESOURCE_SUBJECT, type ResourceSubject } from './subject.ts'
import { resourceRowView } from './view.ts'

/** Locks the resource of that internal id, and reads it then; undefined when it is gone. */
export async function holdResource(tx: Tx, id: number, timeZone: string): Promise<ResourceSubject | undefined> {
  if (!(await lockResource(tx, id))) return undefined
  const [row] = await selectRows(tx, resourceRowView, RESOURCE_SUBJECT, nobody(timeZone), sql`r.id = ${id}`, {
    uses: ['off', 'p'],
    after: sql`for key share of off, p`,
  })
  return row
}
