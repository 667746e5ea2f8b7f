// Who sees which accounts, and who may do what with them (service-providers.md §4.4, §5.1).
import { type RawBuilder, sql } from 'kysely'
import { people } from '../core/public.ts'
import { CONSENT_COUNTS, hasActiveTerms, MANAGES_ACCOUNTS } from '../offerings/public.ts'
import { type Actor, providerCustomerIds, readsAll, scopeIds } from '../platform/auth/actor.ts'
import { conditionOf } from '../platform/http/context.ts'
import { type Visibility, visibleCondition } from '../platform/http/cut.ts'
import { forbidden } from '../platform/http/errors.ts'
import type { Condition } from '../platform/http/filters.ts'
import { right } from '../platform/http/rights.ts'

/** Over `ou`: its person has agreed to the terms of the offering, as far as there are any. */
const AGREED = `(not ${hasActiveTerms('ou.offering_id')} or exists (select 1 from user_offering_consent consent
  where consent.offering_id = ou.offering_id and consent.user_id = ou.user_id and ${CONSENT_COUNTS}))`

const keepingAccounts = (condition: Condition): RawBuilder<unknown> =>
  sql`select offering.id from offering where ${sql.raw(MANAGES_ACCOUNTS)} and ${condition}`

/** The organizations to which the actor is tied by any role, on them or on a project of theirs. */
const connected = (actor: Actor): RawBuilder<unknown> =>
  sql`select unnest(${[...scopeIds(actor, 'customer'), ...providerCustomerIds(actor)]}::bigint[])
    union select project.customer_id from project where project.id = any(${scopeIds(actor, 'project')}::bigint[])`

// A row for each organization group of the caller's organizations.
const sharesGroup = conditionOf(`exists (select 1 from offering_organization_group kept
  join organization_groups_of(ctx.actor_id) mine using (organization_group_id) where kept.offering_id = asked_of.id)`)

/**
 * One's own, those of the offerings that one provides, and those of one's colleagues at offerings of organizations to which one is
 * tied or which are meant for one's own. `enforced`: of people who have not agreed to terms that hold others see nothing.
 */
export const accountsSeen =
  (enforced: boolean) =>
  (actor: Actor | undefined): Visibility => {
    if (!actor) return 'none'
    if (readsAll(actor)) return 'all'
    const agreed = enforced ? sql<boolean>`${sql.raw(AGREED)}` : undefined
    const customers = [...scopeIds(actor, 'customer'), ...providerCustomerIds(actor)]
    const provided = sql<boolean>`(offering.customer_id = any(${customers}::bigint[])
      or offering.id = any(${scopeIds(actor, 'offering')}::bigint[]))`
    const near = sql<boolean>`(offering.customer_id in (${connected(actor)})
      or offering.id in (select asked_of.id from offering asked_of where ${sharesGroup(actor)}))`
    const at = (offerings: RawBuilder<unknown>) => sql<boolean>`ou.offering_id in (${offerings})`
    const colleagues = sql`select u.id from "user" u where ${visibleCondition('u', people.visible(actor)) ?? sql`true`}`
    return {
      arms: [
        { column: 'user_id', ids: sql`select ${actor.id}::bigint`, where: at(keepingAccounts(sql`true`)) },
        { column: 'offering_id', ids: keepingAccounts(provided), ...(agreed && { where: agreed }) },
        {
          column: 'user_id',
          ids: colleagues,
          where: agreed ? sql`${at(keepingAccounts(near))} and ${agreed}` : at(keepingAccounts(near)),
        },
      ],
    }
  }

const onProvider = ['customer', 'provider_id'] as const

export const mayCreate = right('OFFERING.CREATE_USER', ['customer', 'customer_id'])
export const mayUpdate = right('OFFERING.UPDATE_USER', ['offering', 'offering_id'], onProvider)

const deletes = right('OFFERING.DELETE_USER', onProvider)

/** As the field's server says it, in words of its own. */
export function mayDelete(actor: Actor, row: { provider_id: number }): boolean {
  if (!deletes(actor, row)) throw forbidden('You do not have permission to delete this user.')
  return true
}
