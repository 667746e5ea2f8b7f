// The orders on one offering, for those who run it (orders.md §5.2).

import { sql } from 'kysely'
import { type ProviderOffering, providerOfferings } from '../offerings/public.ts'
import { type Actor, hasRole, readsAll } from '../platform/auth/actor.ts'
import { type Api, list, read } from '../platform/http/api.ts'
import { type Collection, requireKey, retrieve } from '../platform/http/collection.ts'
import { viewSchema } from '../platform/http/view.ts'
import { orders } from './list.ts'
import { orderView } from './view.ts'

const path = `${providerOfferings.path}{uuid}/orders/`

/** Whoever may read them reads all of the offering's. */
const ofOffering = (id?: number): Collection => {
  const { subject: _, ...shared } = orders
  return {
    ...shared,
    path,
    name: 'marketplace_provider_offerings_orders',
    visible: () => (id === undefined ? 'all' : { where: sql`o.offering_id = ${id}` }),
  }
}

/** Owners of the providing organization and managers of the offering; ORDER.LIST does not count here. */
const mayRead = (actor: Actor, offering: ProviderOffering): boolean =>
  readsAll(actor) ||
  hasRole(actor, 'CUSTOMER.OWNER', [['customer', offering.customer_id]]) ||
  hasRole(actor, 'OFFERING.MANAGER', [['offering', offering.id]])

export function offeringOrderRoutes(api: Api): void {
  list<ProviderOffering>(api, ofOffering(), {
    id: 'marketplace_provider_offerings_orders_list',
    summary: 'List orders on an offering',
    under: { of: providerOfferings, permission: mayRead, where: (offering) => sql`o.offering_id = ${offering.id}` },
  })
  read<ProviderOffering>(api, {
    path: `${path}{order_uuid}/`,
    id: 'marketplace_provider_offerings_orders_retrieve',
    tag: providerOfferings.name,
    summary: 'Retrieve an order on an offering',
    of: providerOfferings,
    permission: mayRead,
    query: { field: { schema: { type: 'string' }, many: true } },
    answer: viewSchema(orderView),
    run: ({ db, viewer, row, params, query }) => {
      const found = ofOffering(row.id)
      return retrieve(db, found, viewer, requireKey(found, params.order_uuid), query)
    },
  })
}
