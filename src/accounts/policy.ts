// Who manages accounts of projects and of organizations: whoever holds the permission there.
import { sql } from 'kysely'
import type { Permission } from '../core/public.ts'
import { type Actor, providerCustomerIds, readsAll, scopeIds } from '../platform/auth/actor.ts'
import type { Visibility } from '../platform/http/cut.ts'
import type { Condition } from '../platform/http/filters.ts'
import { right } from '../platform/http/rights.ts'

const onProject = (permission: Permission) => right(permission, ['project', 'project_id'], ['customer', 'customer_id'])

export const managesCourses = onProject('PROJECT.COURSE_ACCOUNT_MANAGE')
export const managesProjectAccounts = onProject('SERVICE_ACCOUNT.MANAGE')
export const managesCustomerAccounts = right('SERVICE_ACCOUNT.MANAGE', ['customer', 'customer_id'])

const customersOf = (actor: Actor, permission: Permission) => [
  ...scopeIds(actor, 'customer', permission),
  ...providerCustomerIds(actor, permission),
]

/** Of accounts (alias `account`) for which `these` holds, those that the actor manages; staff and support see all of these. */
const managed =
  (these: Condition, mine: (actor: Actor) => Condition) =>
  (actor: Actor | undefined): Visibility => {
    if (!actor) return 'none'
    return { where: readsAll(actor) ? these : sql`${these} and (${mine(actor)})` }
  }

/** Accounts of projects where the actor holds the permission, there or on the organization. */
export const managedInProjects = (permission: Permission) =>
  managed(
    sql`account.project_id is not null`,
    (actor) => sql`account.project_id = any(${scopeIds(actor, 'project', permission)}::bigint[])
      or account.project_id in (select id from project where customer_id = any(${customersOf(actor, permission)}::bigint[]))`,
  )

/** Accounts of organizations where the actor holds the permission. */
export const managedInCustomers = (permission: Permission) =>
  managed(sql`account.customer_id is not null`, (actor) => sql`account.customer_id = any(${customersOf(actor, permission)}::bigint[])`)
