// How many users, projects and resources an organization or a project had at the end of each day. Nothing is kept for it:
// the figures are read from when grants began and ended, projects were made and removed, resources came and went.

import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../../platform/auth/actor.ts'
import { type Db, run } from '../../platform/db/database.ts'
import { type Collection, findSubject } from '../../platform/http/collection.ts'
import type { Viewer } from '../../platform/http/context.ts'
import { invalid } from '../../platform/http/errors.ts'
import { readUuid, uuidInPath } from '../../platform/http/filters.ts'
import { type Query, valuesOf } from '../../platform/http/query.ts'
import { date } from '../../platform/http/shapes.ts'
import { valueAt } from '../../platform/keyed.ts'
import { daysAfter, daysBetween, todayIn } from '../../platform/time.ts'
import { customers } from '../customers/list.ts'
import { projects } from '../projects/list.ts'
import { visibleProjects } from '../projects/policy.ts'
import { resourceCounts } from '../projects/resources.ts'

const DAYS_BACK = 30
const DAYS_MAX = 1100
const NAMES_MAX = 20

export const dailyQuotasQuery = {
  scope: { schema: { type: 'string', format: 'uri' } },
  quota_names: { schema: { type: 'string' }, many: true },
  start: { schema: { type: 'string', format: 'date' } },
  end: { schema: { type: 'string', format: 'date' } },
}

type ScopeType = 'customer' | 'project'
type Scope = { type: ScopeType; id: number; actor: Actor | undefined }

const SCOPES: readonly { type: ScopeType; collection: Collection<{ id: number }> }[] = [
  { type: 'customer', collection: customers },
  { type: 'project', collection: projects },
]

/** Projects of the scope that the caller sees, over the alias `p`: who belongs to one is told of that one. */
const inScope = ({ type, id, actor }: Scope): RawBuilder<unknown> =>
  sql`(${type === 'customer' ? sql`p.customer_id = ${id}` : sql`p.id = ${id}`} and ${visibleProjects(actor, 'p')})`

// Each is a count at the moment `day.ends`.
const COUNTS: { readonly [name: string]: (scope: Scope) => RawBuilder<unknown> } = {
  nc_user_count: (
    scope,
  ) => sql`select count(distinct g.user_id) from role_grant g left join project p on g.scope_type = 'project' and p.id = g.scope_id
    where (${inScope(scope)} or (g.scope_type = ${scope.type} and g.scope_id = ${scope.id})) and g.created < day.ends
      and (g.is_active or g.revoked >= day.ends) and (g.expiration_time is null or g.expiration_time >= day.ends)`,
  nc_project_count: (scope) => sql`select count(*) from project p
    where ${inScope(scope)} and p.created < day.ends and (not p.is_removed or p.removed >= day.ends)`,
  // A resource that ended was changed for the last time when it did.
  nc_resource_count: (scope) => sql`select count(*) from resource r join project p on p.id = r.project_id
    where ${inScope(scope)} and ${resourceCounts(scope.actor)} and r.created < day.ends and (r.state <> 'Terminated' or r.modified >= day.ends)`,
}

/**
 * Name → a whole number for each day from `start` (thirty days ago unless sent) to `end` (today); zeros under a name that
 * nothing is counted for. 400 when the scope is not an organization or project that the caller sees.
 */
export async function dailyQuotas(db: Db, viewer: Viewer, query: Query): Promise<{ [name: string]: number[] }> {
  const scope = await requireScope(db, viewer, valuesOf(query, 'scope').at(-1) ?? '')
  const names = [...new Set(valuesOf(query, 'quota_names').flatMap((value) => value.split(',')))].filter((name) => name !== '')
  if (names.length > NAMES_MAX) throw invalid({ quota_names: [`Ensure this field has no more than ${NAMES_MAX} elements.`] })
  const { start, end } = readDays(query, viewer.timeZone)
  const counts = names.map((name) => sql`(${valueAt(COUNTS, name)?.(scope) ?? sql`0`})::int as ${sql.id(`count_${names.indexOf(name)}`)}`)
  if (counts.length === 0) return {}
  const rows = await run(
    db,
    sql<{ [column: string]: number }>`select ${sql.join(counts)} from (
      select (given.date + 1)::timestamp at time zone ${viewer.timeZone}::text as ends, given.date
      from (select generate_series(${start}::date, ${end}::date, interval '1 day')::date as date) given) day order by day.date`,
  )
  return Object.fromEntries(names.map((name, i) => [name, rows.map((row) => row[`count_${i}`] ?? 0)]))
}

async function requireScope(db: Db, viewer: Viewer, sent: string): Promise<Scope> {
  if (sent === '') throw invalid({ scope: ['This field is required.'] })
  for (const { type, collection } of SCOPES) {
    const uuid = readUuid(sent) ?? uuidInPath(`${collection.path}{uuid}/`, sent)
    const found = uuid && (await findSubject(db, collection, viewer, uuid))
    if (found) return { type, id: found.id, actor: viewer.actor }
  }
  throw invalid({ scope: ['Invalid hyperlink - Object does not exist.'] })
}

function readDays(query: Query, timeZone: string): { start: string; end: string } {
  const read = (name: string): string | undefined => {
    const sent = valuesOf(query, name).at(-1) ?? ''
    if (sent === '') return undefined
    const result = date().safeParse(sent)
    if (!result.success) throw invalid({ [name]: ['Enter a valid date.'] })
    return result.data
  }
  const end = read('end') ?? todayIn(timeZone)
  const start = read('start') ?? daysAfter(end, -DAYS_BACK)
  if (daysBetween(start, end) > DAYS_MAX) throw invalid({ start: [`Ensure that no more than ${DAYS_MAX} days are asked for.`] })
  return { start, end }
}
