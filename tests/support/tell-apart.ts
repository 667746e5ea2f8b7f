// Makes the rows of a world differ: what is blank gets words, and moments lie apart, in the order opposite to that of making.
// So a filter or an ordering on any column has something to tell apart, also one that is added later.
import { sql } from 'kysely'
import { type Db, run } from '../../src/platform/db/database.ts'

/** Tables whose rows are no objects of the API. */
const NOT_OBJECTS = new Set(['change_email_request', 'event', 'file', 'migration'])

/** Texts that must be of some form, or that decide what may be done. */
const OF_A_FORM =
  /url|link|homepage|^(country|access_subnets|email|notification_emails|preferred_language|paused_reason|datacite_doi|(guidance_)?operator)$/

type Column = { table: string; column: string; kind: 'blank' | 'moment' | 'named' }

// Against the order of making, so that no list of two rows or more is in that order by chance.
const BACKWARDS = '(9000 - id)'

/** Fills blank texts, renames what the factories numbered, and spreads moments, in every table of objects. */
export async function tellApart(db: Db): Promise<void> {
  const columns = await run(
    db,
    sql<Column>`select c.table_name as "table", c.column_name as "column",
        case when c.column_default = 'now()' then 'moment' when c.column_default is null then 'named' else 'blank' end as kind
      from information_schema.columns c
      where c.table_schema = 'public' and c.is_generated = 'NEVER'
        and (c.column_default in ('''''::text', 'now()') or c.column_name in ('name', 'title'))
        and exists (select from information_schema.columns k where k.table_schema = 'public' and k.table_name = c.table_name and k.column_name = 'uuid')
      order by c.table_name, c.ordinal_position`,
  )
  const tables = [...new Set(columns.map(({ table }) => table))].filter((table) => !NOT_OBJECTS.has(table))
  await db.transaction().execute(async (tx) => {
    // Triggers would write the moment of this change, and refuse that of an order.
    await run(tx, sql`set local session_replication_role = replica`)
    for (const table of tables) {
      const own = columns.filter((column) => column.table === table && !OF_A_FORM.test(column.column))
      const set = own.filter(({ column }) => table !== 'order' || column !== 'created').map(assignment)
      if (set.length > 0) await run(tx, sql.raw(`update "${table}" set ${set.join(', ')}`))
    }
  })
}

/** What every word that fills a column begins with; it may be no longer than the shortest column takes. */
export const fillerOf = (column: string): string => column.slice(0, 8)

function assignment({ column, kind }: Column): string {
  const values = {
    moment: `timestamptz '2024-01-01T00:00:00Z' + ${BACKWARDS} * interval '1 hour'`,
    // The factories number their names in the order of making.
    named: `regexp_replace("${column}", '-\\d+$', '-' || ${BACKWARDS})`,
    blank: `case when "${column}" = '' then '${fillerOf(column)}-' || ${BACKWARDS} else regexp_replace("${column}", '-\\d+$', '-' || ${BACKWARDS}) end`,
  }
  return `"${column}" = ${values[kind]}`
}
