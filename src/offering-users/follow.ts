// What accounts follow: roles in projects, resources, consents, people, and the settings of their offering. Whatever happens only
// says whom it concerns; what is to be done is found out by a job, so that a change of a project with a thousand people is answered at once.
import { sql } from 'kysely'
import { projectEvents, roleEvents } from '../core/public.ts'
import { userEvents } from '../core/users/events.ts'
import { consentEvents } from '../offerings/consents/events.ts'
import { offeringEvents } from '../offerings/events.ts'
import { MANAGES_ACCOUNTS } from '../offerings/public.ts'
import { run, type Tx } from '../platform/db/database.ts'
import type { Condition } from '../platform/http/filters.ts'
import { type Context, type Reaction, reaction } from '../platform/wiring.ts'
import { resourceEvents } from '../resources/events.ts'
import { offeringUserEvents } from './events.ts'
import { ruleOf } from './names.ts'
import { nameAnew, settleAccounts } from './settle.ts'
import type { Concerned } from './standing.ts'

/** Enqueues the work, where an offering that keeps accounts is concerned at all. */
async function concern({ tx, jobs }: Context, concerned: Concerned, offerings: Condition): Promise<void> {
  const [found] = await run(tx, sql`select from offering where ${sql.raw(MANAGES_ACCOUNTS)} and ${offerings} limit 1`)
  if (found) await jobs.send(tx, settleAccounts, concerned)
}

const usedIn = (projectId: number): Condition =>
  sql`offering.id in (select r.offering_id from resource r where r.project_id = ${projectId})`

// A project that is moved or brought back tells of each of its people by itself, a thousand times in one transaction: the first is
// looked at alone, with the second all of them are, and the others need no more.
const told = new WeakMap<Tx, Map<number, number>>()

function timesTold(tx: Tx, projectId: number): number {
  const times = told.get(tx) ?? new Map<number, number>()
  told.set(tx, times)
  const before = times.get(projectId) ?? 0
  times.set(projectId, before + 1)
  return before
}

const followRoles = reaction(roleEvents, ['role_granted', 'role_revoked', 'role_updated'], async (context, change, type) => {
  const { scope_type, scope_id, user_id } = change
  if (scope_type !== 'project') return
  const before = timesTold(context.tx, scope_id)
  if (before > 1) return
  const have_come = type === 'role_granted'
  const who = before === 0 ? { user_id } : {}
  await concern(context, { project_id: scope_id, ...who, ...(have_come && { have_come }) }, usedIn(scope_id))
})

const followProjects = reaction(projectEvents, ['project_update_succeeded', 'project_deletion_succeeded'], (context, { id }) =>
  concern(context, { project_id: id }, usedIn(id)),
)

const followResources = reaction(
  resourceEvents,
  [
    'marketplace_resource_create_succeeded',
    'marketplace_resource_create_failed',
    'marketplace_resource_create_canceled',
    'marketplace_resource_update_succeeded',
    'marketplace_resource_update_failed',
    'marketplace_resource_update_canceled',
    'marketplace_resource_update_limits_succeeded',
    'marketplace_resource_update_limits_failed',
    'marketplace_resource_terminate_succeeded',
    'marketplace_resource_terminate_failed',
    'marketplace_resource_terminate_canceled',
    'marketplace_resource_erred_on_backend',
    'marketplace_resource_unlinked',
  ],
  (context, { project_id, offering_id }) => concern(context, { project_id, offering_id }, sql`offering.id = ${offering_id}`),
)

const followConsents = reaction(
  consentEvents,
  ['terms_of_service_consent_granted', 'terms_of_service_consent_revoked'],
  async (context, { offering_id, user_id }) => {
    if (!context.config.ENFORCE_USER_CONSENT_FOR_OFFERINGS) return
    await concern(context, { offering_id, user_id }, sql`offering.id = ${offering_id}`)
  },
)

const followPeople = reaction(userEvents, ['user_activated', 'user_deactivated'], async (context, user) => {
  if (!user) return
  const at = sql<boolean>`(exists (select from offering_user ou where ou.offering_id = offering.id and ou.user_id = ${user.id})
    or exists (select from resource r join live_grant g on g.scope_type = 'project' and g.scope_id = r.project_id
      where r.offering_id = offering.id and g.user_id = ${user.id}))`
  await concern(context, { user_id: user.id }, at)
})

/** Terms come and go, names are made by another policy, or the offering begins to keep accounts. */
const followOfferings = reaction(offeringEvents, ['marketplace_offering_updated'], async (context, { id }) => {
  const { tx, jobs } = context
  const [offering] = await run(
    tx,
    sql<{ settings: { [key: string]: unknown }; named_by: string | null }>`select plugin_options as settings,
      (select named_by from offering_user_naming where offering_id = offering.id) as named_by
      from offering where id = ${id} and ${sql.raw(MANAGES_ACCOUNTS)}`,
  )
  if (!offering) return
  await jobs.send(tx, settleAccounts, { offering_id: id })
  const { settings, named_by } = offering
  if (named_by !== null && named_by !== ruleOf(settings).key) await jobs.send(tx, nameAnew, { offering_id: id })
})

/** Who came back while the account was being removed has it anew once it is gone. */
const followRemovals = reaction(offeringUserEvents, ['marketplace_offering_user_updated'], async (context, account) => {
  const { offering_id, user_id, state } = account
  if (state === 'Deleted') await concern(context, { offering_id, user_id }, sql`offering.id = ${offering_id}`)
})

export const followers: readonly Reaction[] = [
  followRoles,
  followProjects,
  followResources,
  followConsents,
  followPeople,
  followOfferings,
  followRemovals,
]
