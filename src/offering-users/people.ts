// Whom a provider may name when it makes an account: people it sees, and those in projects that use what it provides. Of others it is
// not told that they exist.
import { sql } from 'kysely'
import { people } from '../core/public.ts'
import { providedOfferings } from '../offerings/public.ts'
import { type Actor, readsAll } from '../platform/auth/actor.ts'
import { run, type Tx } from '../platform/db/database.ts'
import type { Condition } from '../platform/http/filters.ts'
import type { LinkContext } from '../platform/http/operation.ts'
import { link } from '../platform/http/shapes.ts'
import { isSeen } from '../platform/http/sight.ts'

export type Person = { id: number }

/** Over the alias `u` of "user". */
function isKnown(actor: Actor): Condition {
  const provided = providedOfferings(actor)
  if (readsAll(actor) || !provided) return isSeen(people, actor)
  return sql`((${isSeen(people, actor)}) or exists (select from live_grant g
    join resource r on r.project_id = g.scope_id and r.state <> 'Terminated' and r.offering_id in (${provided})
    where g.scope_type = 'project' and g.user_id = u.id and u.is_active))`
}

/** The person of that uuid, held, if the caller knows of them. */
export async function findPerson(tx: Tx, actor: Actor, hex: string): Promise<Person | undefined> {
  const [found] = await run(tx, sql<Person>`select u.id from "user" u where u.uuid = ${hex}::uuid and ${isKnown(actor)} for key share of u`)
  return found
}

/** The URL of such a person. */
export const personLink = link<Person>({
  path: '/api/users/',
  find: async (hex, context) => {
    const { tx, viewer } = context as LinkContext
    return viewer.actor && findPerson(tx, viewer.actor, hex)
  },
})
