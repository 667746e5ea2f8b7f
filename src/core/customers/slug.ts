// Short names for addresses, made once from a name; they do not follow a rename (clients.md §1).
import { sql } from 'kysely'
import { run, type Tx } from '../../platform/db/database.ts'

const SLUG_MAX = 50
const SUFFIX_ROOM = 6

const plain = (name: string) =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9_]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, SLUG_MAX - SUFFIX_ROOM)
    .replace(/-+$/, '')

/**
 * A slug for a new row of a table that has a column `slug`: its name, with a number when another row has it. Two rows made at the
 * same moment may get the same one: slugs are for reading, nothing is found by them alone. What an organization's people make is
 * numbered within that organization, or the number would tell them of what others have.
 */
export async function slugFor(tx: Tx, table: string, name: string, customerId?: number): Promise<string> {
  const wanted = plain(name)
  if (wanted === '') return ''
  const taken = await run(
    tx,
    sql<{ number: number }>`select coalesce(nullif(substr(slug, ${wanted.length + 2}), '')::integer, 1) as number from ${sql.table(table)}
      where (slug = ${wanted} or slug ~ ${`^${wanted}-[0-9]{1,5}$`})
        and ${customerId === undefined ? sql`true` : sql`customer_id = ${customerId}`} order by 1 desc limit 1`,
  )
  return taken[0] ? `${wanted}-${taken[0].number + 1}` : wanted
}
