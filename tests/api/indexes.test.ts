// Whether indexes serve what the filters and orders of large lists say of themselves. With scans and sorts switched off the
// planner takes them only where there is nothing else, whatever the size of the table: so an empty one tells as well.
import { sql } from 'kysely'
import { describe, it } from 'vitest'
import { projects } from '../../src/core/projects/list.ts'
import { users } from '../../src/core/users/list.ts'
import { offeringUsersFor } from '../../src/offering-users/list.ts'
import { orders } from '../../src/orders/list.ts'
import type { Actor } from '../../src/platform/auth/actor.ts'
import { run } from '../../src/platform/db/database.ts'
import type { Collection } from '../../src/platform/http/collection.ts'
import type { Filter } from '../../src/platform/http/filters.ts'
import { consumerResources, providerResources } from '../../src/resources/list.ts'
import { expectExcused } from '../support/excuses.ts'
import { world } from '../support/world.ts'

const w = world()
const accounts = offeringUsersFor({ ENFORCE_USER_CONSENT_FOR_OFFERINGS: false })
const LARGE = [orders, consumerResources, providerResources, projects, users, accounts] as unknown as Collection[]

const staff = { id: 1, uuid: '0'.repeat(32), is_staff: true, is_support: false, grants: [], ip_address: '' } as unknown as Actor

/** A value that the filter takes. */
const valueFor = ({ schema }: Filter): string =>
  Array.isArray(schema.enum)
    ? String(schema.enum[0])
    : schema.format === 'uuid'
      ? '0'.repeat(32)
      : schema.format === 'date-time' || schema.format === 'date'
        ? '2026-01-01'
        : schema.type === 'number' || schema.type === 'integer'
          ? '1'
          : schema.type === 'boolean'
            ? 'true'
            : 'abcdef'

/** The steps of the plan of a statement that no index may be missing for. */
async function plan(statement: string): Promise<string> {
  return w.current.db.transaction().execute(async (tx) => {
    await sql`select set_config('enable_seqscan', 'off', true), set_config('enable_sort', 'off', true),
      set_config('enable_incremental_sort', 'off', true)`.execute(tx)
    const rows = await run(tx, sql<{ 'QUERY PLAN': string }>`${sql.raw(`explain (costs off) ${statement}`)}`)
    return rows.map((row) => row['QUERY PLAN']).join('\n')
  })
}

const scans = (text: string) => /Seq Scan on "?(order|resource|project|user|customer|offering|ssh_key|offering_user)"?\b/.test(text)
const sorts = (text: string) => /\bSort Key/.test(text)

const orderOf = ({ view, orderings, defaultOrder }: Collection, keys: readonly string[] = defaultOrder) => {
  const terms = keys.map((key) => `${orderings[key.replace(/^-/, '')]}${key.startsWith('-') ? ' desc' : ''}`)
  return `order by ${[...terms, `${view.alias}.id${terms.length === 1 && terms[0]?.endsWith(' desc') ? ' desc' : ''}`].join(', ')} limit 10`
}

/** What of a filter no index serves. */
async function unserved(list: Collection, filter: Filter): Promise<string[]> {
  const values = [valueFor(filter)]
  const { view } = list
  const walk = (condition: string) => plan(`select ${view.alias}.id from ${view.from} where ${condition} ${orderOf(list)}`)
  const found = filter.found?.(values, staff)
  const arm = filter.arm?.(values, staff)
  const word = filter.word?.(values, staff)
  return [
    ...(found && scans(await plan(found.ids.replaceAll('$1', `'${found.value.replaceAll("'", "''")}'`))) ? ['the search'] : []),
    ...(arm && unordered(await walk(`${view.alias}.${arm.column} = 1`)) ? [`the walk by ${arm.column}`] : []),
    ...(word && unordered(await walk(`${view.alias}.${word.column} = 'x'`)) ? [`the walk by ${word.column}`] : []),
  ]
}

const unordered = (text: string) => scans(text) || sorts(text)

describe('filters and orders of large lists', () => {
  it('that say how their rows are found are served by an index', async () => {
    const missing: string[] = []
    for (const list of LARGE) {
      for (const [name, filter] of Object.entries(list.filters)) {
        for (const what of await unserved(list, filter)) missing.push(`${list.path} ${name}: ${what}`)
      }
    }

    expectExcused('filters without an index', missing)
  })

  it('by the list’s own columns are served by an index', async () => {
    const missing: string[] = []
    for (const list of LARGE) {
      const { alias, from } = list.view
      for (const [key, term] of Object.entries(list.orderings)) {
        // What is joined is ordered after it was gathered; there is no index over two tables.
        if (!new RegExp(`^\\w*\\(?${alias}\\.\\w+\\)?$`).test(term)) continue
        if (unordered(await plan(`select ${alias}.id from ${from} ${orderOf(list, [key])}`))) missing.push(`${list.path} ${key}`)
      }
    }

    expectExcused('orders without an index', missing)
  })
})
