// Requests as a list. Whoever sees the order sees its request, from either side; what is done with it is the provider's.
import { sql } from 'kysely'
import { orders } from '../orders/list.ts'
import { type Actor, readsAll } from '../platform/auth/actor.ts'
import type { Collection } from '../platform/http/collection.ts'
import { as, int, type RowOf, str, uuid } from '../platform/http/columns.ts'
import type { Visibility } from '../platform/http/cut.ts'
import { before, choiceAmong, since, textContains, uuidIs } from '../platform/http/filters.ts'
import { isSeen } from '../platform/http/sight.ts'
import { RESOURCE_LOCK } from '../resources/public.ts'
import { REQUEST_STATES, type RequestState } from './states.ts'
import { supportRequestView } from './view.ts'

const REQUEST = {
  id: int('sr.id'),
  uuid: uuid('sr.uuid'),
  key: str("'REQ-' || sr.id"),
  state: as<RequestState>('sr.state'),
  order_id: int('o.id'),
  created_by_id: int('o.created_by_id'),
  offering_id: int('off.id'),
  provider_id: int('off.customer_id'),
}
export type SupportRequest = RowOf<typeof REQUEST>

function visible(actor: Actor | undefined): Visibility {
  if (!actor) return 'none'
  if (readsAll(actor)) return 'all'
  return { where: sql`exists (select from "order" o where o.id = sr.order_id and (${isSeen(orders, actor)}))` }
}

export const supportRequests: Collection<SupportRequest> = {
  path: '/api/marketplace-support-requests/',
  name: 'marketplace_support_requests',
  model: 'SupportRequest',
  view: supportRequestView,
  visible,
  filters: {
    state: choiceAmong(REQUEST_STATES, 'sr.state'),
    order_uuid: uuidIs('o.uuid'),
    offering_uuid: uuidIs('off.uuid'),
    project_uuid: uuidIs('p.uuid'),
    customer_uuid: uuidIs('c.uuid'),
    resource_uuid: uuidIs('r.uuid'),
    resource_name: textContains('r.name'),
    created: since('sr.created'),
    created_before: before('sr.created'),
  },
  orderings: { created: 'sr.created', modified: 'sr.modified', state: 'sr.state' },
  defaultOrder: ['created'],
  subject: REQUEST,
  // As for an order, its resource stands for it.
  lock: RESOURCE_LOCK,
}
