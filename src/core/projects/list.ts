// Which projects are listed and how they are found (platform.md §11). Removed ones are found by their uuid, and listed only for
// those who may bring them back and ask for them.
import { sql } from 'kysely'
import { type Actor, hasRole, readsAll, scopeIds } from '../../platform/auth/actor.ts'
import type { Collection } from '../../platform/http/collection.ts'
import { bool, day, int, orNull, type RowOf, str, uuid } from '../../platform/http/columns.ts'
import {
  accepted,
  type Condition,
  type Filter,
  flag,
  flagFor,
  own,
  readFlag,
  since,
  textContains,
  textIs,
  uuidAmong,
  uuidIs,
} from '../../platform/http/filters.ts'
import { type Query, valuesOf } from '../../platform/http/query.ts'
import { rechecked, textFound } from '../../platform/http/search.ts'
import { isShown } from '../roles/person.ts'
import { recoverableProjects, visibleProjects } from './policy.ts'
import { usesResource } from './resources.ts'
import { projectView } from './view.ts'

/** What operations on a project decide by. Dates as `YYYY-MM-DD`. */
export const PROJECT = {
  id: int('p.id'),
  uuid: uuid('p.uuid'),
  name: str('p.name'),
  customer_id: int('p.customer_id'),
  is_removed: bool('p.is_removed'),
  image_id: orNull(int('p.image_id')),
  start_date: orNull(day('p.start_date')),
  end_date: orNull(day('p.end_date')),
  customer_uuid: uuid('c.uuid'),
  customer_name: str('c.name'),
  customer_native_name: str('c.native_name'),
  customer_abbreviation: str('c.abbreviation'),
  customer_blocked: bool('c.blocked'),
  customer_archived: bool('c.archived'),
}
export type Project = RowOf<typeof PROJECT>

const projectIdsByRole = (actor: Actor, role: string) => scopeIds(actor, 'project').filter((id) => hasRole(actor, role, [['project', id]]))
const ownedCustomerIds = (actor: Actor) => scopeIds(actor, 'customer').filter((id) => hasRole(actor, 'CUSTOMER.OWNER', [['customer', id]]))

const idAmong = (ids: number[]): Condition => sql`p.id = any(${ids}::bigint[])`

/** "No" shows finished projects too, and so is no filter at all. */
const concealFinished: Filter = own(
  { type: 'boolean' },
  (value) => (readFlag(value) ? sql`(p.end_date is null or p.end_date >= ctx.today)` : undefined),
  'ctx.today',
)

const inTexts = (...columns: string[]) => textFound('project p', [{ table: 'project p', columns }])
const OWN = { table: 'project p', columns: ['p.name', 'p.slug', 'wire_uuid(p.uuid)', 'p.backend_id'] }
const INSIDE = { table: 'resource inside', columns: ['inside.effective_id'] }
const ownText = textFound('project p', [OWN])
const resourceText = textFound('resource inside', [INSIDE])
/** By its own texts, and by those of the resources in it that the caller sees. */
const matches: Filter = rechecked({
  ...ownText,
  found: textFound('project p', [OWN, { ...INSIDE, key: 'p.id', id: 'inside.project_id' }]).found,
  condition: (values, actor) =>
    sql`(${ownText.condition(values, actor)} or exists (select 1 from resource inside
      where inside.project_id = p.id and ${resourceText.condition(values, actor)} and (${usesResource(actor, 'inside')})))`,
})

const holderIs = uuidIs('holder.uuid')
const hasMember: Filter = {
  ...holderIs,
  uses: ['p'],
  condition: (values, actor) =>
    sql`exists (select 1 from live_grant held join "user" holder on holder.id = held.user_id where held.scope_type = 'project'
      and held.scope_id = p.id and ${isShown(actor, 'holder')}
      and ${holderIs.condition(values, actor)})`,
}

const asksForRemoved = (query: Query) =>
  [...valuesOf(query, 'include_terminated'), ...valuesOf(query, 'is_removed')].some((value) => readFlag(value) === true)

export const projects: Collection<Project> = {
  path: '/api/projects/',
  name: 'projects',
  model: 'Project',
  view: projectView,
  visible: (actor) => (actor && readsAll(actor) ? 'all' : { where: visibleProjects(actor, 'p') }),
  listed: (query, actor) => (asksForRemoved(query) ? sql`(not p.is_removed or ${recoverableProjects(actor, 'p')})` : sql`not p.is_removed`),
  filters: {
    backend_id: textIs('p.backend_id'),
    can_admin: flagFor((actor) => idAmong(projectIdsByRole(actor, 'PROJECT.ADMIN'))),
    can_manage: flagFor(
      (actor) => sql`${idAmong(projectIdsByRole(actor, 'PROJECT.MANAGER'))} or p.customer_id = any(${ownedCustomerIds(actor)}::bigint[])`,
    ),
    conceal_finished_projects: concealFinished,
    created: since('p.created'),
    customer: uuidAmong('c.uuid'),
    customer_abbreviation: textContains('c.abbreviation'),
    customer_name: textContains('c.name'),
    customer_native_name: textContains('c.native_name'),
    description: inTexts('p.description'),
    include_terminated: accepted({ type: 'boolean' }),
    is_removed: flag('p.is_removed'),
    modified: since('p.modified'),
    name: inTexts('p.name'),
    name_exact: textIs('p.name'),
    query: matches,
    slug: textIs('p.slug'),
    user_uuid: hasMember,
  },
  orderings: {
    created: 'p.created',
    customer_abbreviation: 'c.abbreviation',
    customer_name: 'c.name',
    customer_native_name: 'c.native_name',
    end_date: 'p.end_date',
    // All alike while nothing is billed.
    estimated_cost: '0::numeric',
    name: 'p.name',
    start_date: 'p.start_date',
  },
  defaultOrder: ['name'],
  subject: PROJECT,
}

/** The projects that are not removed: what links in bodies may name. */
export const liveProjects: Collection<Project> = {
  ...projects,
  visible: (actor) => ({ where: sql`not p.is_removed and ${visibleProjects(actor, 'p')}` }),
}
