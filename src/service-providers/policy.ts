// Who may do what with a service provider. A permission may be held on its organization or on the provider itself
// (service-providers.md §0.3).
import type { Permission } from '../core/public.ts'
import { type Actor, hasRole, readsAll, type Scope, scopeIds } from '../platform/auth/actor.ts'
import { right } from '../platform/http/rights.ts'
import type { ServiceProvider } from './list.ts'

type Provider = Pick<ServiceProvider, 'id' | 'customer_id'>

export const providerScopes = ({ id, customer_id }: Provider): readonly Scope[] => [
  ['service_provider', id],
  ['customer', customer_id],
]

export const onServiceProvider = (permission: Permission) => right(permission, ['service_provider', 'id'], ['customer', 'customer_id'])

/** Staff and owners of the organization; a manager of the provider may not (service-providers.md §2.4). */
export const ownsServiceProvider = (actor: Actor, { customer_id }: Provider): boolean =>
  actor.is_staff || hasRole(actor, 'CUSTOMER.OWNER', [['customer', customer_id]])

/** Whoever has a role on the provider or its organization, and who reads everything (service-providers.md §3.5). */
export const maySeeTeam = (actor: Actor, { id, customer_id }: Provider): boolean =>
  readsAll(actor) || scopeIds(actor, 'service_provider').includes(id) || scopeIds(actor, 'customer').includes(customer_id)
