// Who may do what with an offering, and what must hold before anything is changed (orders.md §5.2).
import { type RawBuilder, sql } from 'kysely'
import { isShown, type Permission } from '../core/public.ts'
import { type Actor, hasRole, providerCustomerIds, readsAll, scopeIds } from '../platform/auth/actor.ts'
import { type Visibility, visibleCondition } from '../platform/http/cut.ts'
import { forbidden, refused } from '../platform/http/errors.ts'
import { allOf, type Condition } from '../platform/http/filters.ts'
import { right } from '../platform/http/rights.ts'
import type { ProviderOffering } from './subject.ts'

/** The offerings (alias `offering`) that the actor has a hand in: by any role on one, its project, its organization or provider. */
export const managedBy = (actor: Actor): Condition => {
  const customers = [...scopeIds(actor, 'customer'), ...providerCustomerIds(actor)]
  return sql`(offering.customer_id = any(${customers}::bigint[]) or offering.project_id = any(${scopeIds(actor, 'project')}::bigint[])
    or offering.id = any(${scopeIds(actor, 'offering')}::bigint[]))`
}

/** Staff and support see all offerings as their providers do, others those they have a hand in. */
export const providerOfferingsVisible = (actor: Actor | undefined): Visibility =>
  actor === undefined ? 'none' : readsAll(actor) ? 'all' : { where: managedBy(actor) }

/** Ids of the offerings on which the actor holds any role, or on their organization or its service provider; undefined when on none. */
export function providedOfferings(actor: Actor): RawBuilder<unknown> | undefined {
  const customers = [...scopeIds(actor, 'customer'), ...providerCustomerIds(actor)]
  const offerings = scopeIds(actor, 'offering')
  if (customers.length + offerings.length === 0) return undefined
  return sql`select id from offering where customer_id = any(${customers}::bigint[]) or id = any(${offerings}::bigint[])`
}

/** Ids of the offerings on which the user of that uuid holds a role, as far as the actor is told of its team. */
export const managedOfferings = (actor: Actor | undefined, uuid: string, role?: string): RawBuilder<unknown> =>
  sql`select offering.id from offering join live_grant held on held.scope_type = 'offering' and held.scope_id = offering.id
    join role on role.id = held.role_id join "user" manager on manager.id = held.user_id
    where ${allOf([
      sql`manager.uuid = ${uuid}::uuid`,
      isShown(actor, 'manager'),
      role === undefined ? undefined : sql`role.name = ${role}`,
      visibleCondition('offering', providerOfferingsVisible(actor)),
    ])}`

type Scopes = Pick<ProviderOffering, 'id' | 'customer_id'>

/** The permission on the offering, its organization or its service provider. */
export const onOffering = (permission: Permission) => right(permission, ['offering', 'id'], ['customer', 'customer_id'])

/** The permission on the organization or its service provider alone. */
export const onProvider = (permission: Permission) => right(permission, ['customer', 'customer_id'])

/** Staff and owners of the providing organization. */
export const ownsOffering = (actor: Actor, { customer_id }: Scopes): boolean =>
  actor.is_staff || hasRole(actor, 'CUSTOMER.OWNER', [['customer', customer_id]])

/** Who uses an offering is shown to those who own it, and to who reads everything. */
export const maySeeUsage = (actor: Actor, row: Scopes): boolean => readsAll(actor) || ownsOffering(actor, row)

/** What a draft says may be changed by those who edit it; what customers have seen, by staff alone. */
export const mayUpdateOverview = (actor: Actor, row: ProviderOffering): boolean =>
  row.state === 'Draft' ? onOffering('OFFERING.UPDATE')(actor, row) : actor.is_staff

/** Secrets are read by staff, owners and service managers of the provider. */
export const maySeeSecrets = (actor: Actor | undefined, { customer_id }: Scopes): boolean =>
  actor !== undefined &&
  (actor.is_staff || ['CUSTOMER.OWNER', 'CUSTOMER.MANAGER'].some((role) => hasRole(actor, role, [['customer', customer_id]])))

/** 400 for an archived offering. */
export function notArchived({ state }: Pick<ProviderOffering, 'state'>): void {
  if (state === 'Archived') throw refused('It is not possible to update archived offering.')
}

/** 400 for an offering without any plan: it could not be ordered. */
export function hasPlans({ has_plans }: Pick<ProviderOffering, 'has_plans'>): void {
  if (!has_plans) throw refused('Offering does not have any billing plans.')
}

/** Non-staff delete only drafts that nobody ever used; 403 with the reason. */
export function mayBeDeleted(row: ProviderOffering, actor: Actor): void {
  if (actor.is_staff) return
  if (row.has_resources) throw forbidden('Offering was not deleted since it has resources.')
  if (row.state !== 'Draft') throw forbidden('Offering was not deleted since offering is not in draft state.')
}
