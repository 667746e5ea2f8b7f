// Whose events a caller may read. An event is tied to objects (platform.md §13); who sees one of them sees it, but for objects that many
// see whom their events do not concern: of an organization its own people, of a person only that person (docs/decisions/0080).
import { type RawBuilder, sql } from 'kysely'
import { customers, projects, SCOPES, type ScopeType, users } from '../core/public.ts'
import { offeringUsersFor } from '../offering-users/list.ts'
import { providerOfferings } from '../offerings/public.ts'
import { orders } from '../orders/list.ts'
import { type Actor, providerCustomerIds, readsAll, scopeIds } from '../platform/auth/actor.ts'
import { type Executor, run } from '../platform/db/database.ts'
import { type Collection, findSubject } from '../platform/http/collection.ts'
import type { Viewer } from '../platform/http/context.ts'
import { refused } from '../platform/http/errors.ts'
import { type Condition, uuidInPath } from '../platform/http/filters.ts'
import { isSeen } from '../platform/http/sight.ts'
import { consumerResources, providerResources } from '../resources/public.ts'
import { serviceProviders } from '../service-providers/list.ts'
import { supportRequests } from '../support/list.ts'

type Named = Collection<{ id: number }>

type Audited = {
  /** The lists in whose URLs it is named; the first is that of SCOPES. */
  lists: readonly [Named, ...Named[]]
  /** Who reads its events, over `es`; whoever sees it in one of the lists, unless said. */
  audits?: (actor: Actor) => Condition
}

/** The organizations in which the actor, or on whose service provider, holds a role of its own. */
const organizations = (actor: Actor): RawBuilder<unknown> =>
  sql`any(${[...scopeIds(actor, 'customer'), ...providerCustomerIds(actor)]}::bigint[])`

const AUDITED: { readonly [Type in ScopeType]: Audited } = {
  customer: { lists: [customers], audits: (actor) => sql`es.scope_id = ${organizations(actor)}` },
  project: { lists: [projects] },
  offering: { lists: [providerOfferings] },
  service_provider: {
    lists: [serviceProviders],
    audits: (actor) => sql`exists (select from service_provider sp where sp.id = es.scope_id and sp.customer_id = ${organizations(actor)})`,
  },
  resource: { lists: [consumerResources, providerResources] },
  // As where consent is asked for, wherever it is: who has not given it is not told of to the provider here.
  offering_user: { lists: [offeringUsersFor({ ENFORCE_USER_CONSENT_FOR_OFFERINGS: true })] },
  order: { lists: [orders] },
  support_request: { lists: [supportRequests] },
  user: { lists: [users], audits: (actor) => sql`es.scope_id = ${actor.id}` },
}

/** The words by which events name what they are tied to. */
export const SCOPE_TYPES = Object.keys(SCOPES).sort()

const seenIn =
  (lists: Audited['lists']) =>
  (actor: Actor): Condition =>
    sql`(${sql.join(
      lists.map(
        (list) =>
          sql`exists (select from ${sql.raw(list.view.from)} where ${sql.raw(list.view.alias)}.id = es.scope_id and ${isSeen(list, actor)})`,
      ),
      sql` or `,
    )})`

const auditedBy = ({ lists, audits = seenIn(lists) }: Audited, actor: Actor): Condition => audits(actor)

/** Over `es`, a row of event_scope: the actor reads the events of what it names. */
export const audits = (actor: Actor): Condition =>
  readsAll(actor)
    ? sql`true`
    : sql`case es.scope_type ${sql.join(
        Object.entries(AUDITED).map(([type, audited]) => sql`when ${sql.lit(type)} then ${auditedBy(audited, actor)}`),
        sql` `,
      )} else false end`

/** What a URL names; 400 when nothing does that the caller sees. */
async function named(db: Executor, viewer: Viewer, url: string): Promise<{ type: string; id: number }> {
  for (const [type, { lists }] of Object.entries(AUDITED)) {
    for (const list of lists) {
      const uuid = uuidInPath(`${list.path}{uuid}/`, url)
      const found = uuid && (await findSubject(db, list, viewer, uuid))
      if (found) return { type, id: found.id }
    }
  }
  throw refused(`Can't restore object from url: ${url}`)
}

/**
 * Of which events, over `e`, a list is that names a scope by its URL; undefined for all. Who does not read everything is shown none
 * without a scope, and none of what they see but do not audit.
 */
export async function inScope(db: Executor, viewer: Viewer, url: string | undefined): Promise<Condition | undefined> {
  const { actor } = viewer
  if (!actor) return sql`false`
  if (!url) return readsAll(actor) ? undefined : sql`false`
  const { type, id } = await named(db, viewer, url)
  const scope = sql`select ${type}::text as scope_type, ${id}::bigint as scope_id`
  const [allowed] = await run(db, sql<{ may: boolean }>`select ${audits(actor)} as may from (${scope}) es`)
  if (allowed?.may !== true) return sql`false`
  return sql`e.id in (select es.event_id from event_scope es where es.scope_type = ${type} and es.scope_id = ${id})`
}
