// What is told about orders, and by them about their resources (orders.md §2.9, platform.md §13.2).
import { eventKind, inGroups, type NewEvent, newEvent } from '../platform/events/kinds.ts'
import {
  type OfferingFacts,
  type OrderKind,
  type OrderSubtype,
  type ResourceEventType,
  type ResourceFacts,
  resourceContext,
  resourceEvent,
  resourceScopes,
} from '../resources/public.ts'

/** What every event of an order names. */
export type EventFacts = ResourceFacts & { id: number; uuid: string; type: OrderKind } & Pick<OfferingFacts, 'offering_type'>

const order = inGroups('resources')

export const orderEvents = eventKind<EventFacts>()({
  marketplace_order_created: order('Marketplace order has been created.'),
  marketplace_order_approved: order('Marketplace order has been approved.'),
  marketplace_order_rejected: order('Marketplace order has been rejected.'),
  marketplace_order_completed: order('Marketplace order has been completed.'),
  marketplace_order_terminated: order('Marketplace order has been terminated.'),
  marketplace_order_failed: order('Marketplace order has been marked as failed.'),
  marketplace_order_unlinked: order('Marketplace order has been unlinked.'),
})

type OrderEventType = keyof typeof orderEvents.types

const contextOf = (told: EventFacts) => ({
  order_uuid: told.uuid,
  order_type: told.type,
  offering_uuid: told.offering_uuid,
  offering_name: told.offering_name,
  offering_type: told.offering_type,
})

/** An event of an order, tied to everything that the order stands between. */
export const orderEvent = (type: OrderEventType, told: EventFacts): NewEvent =>
  newEvent(orderEvents, type, {
    words: {},
    context: { ...contextOf(told), ...resourceContext(told) },
    scopes: [['order', told.id], ...resourceScopes(told)],
    facts: told,
  })

const STEM = { Create: 'create', Restore: 'create', Update: 'update', Terminate: 'terminate' } as const satisfies {
  [Kind in OrderKind]: string
}

/** What an order does to its resource is told of the resource; changed limits have two types of their own. */
export function changeEvent(
  step: 'requested' | 'succeeded' | 'failed' | 'canceled',
  told: EventFacts & { subtype: OrderSubtype | null },
): NewEvent {
  const limits = told.subtype === 'update_limits' && (step === 'succeeded' || step === 'failed')
  const type: ResourceEventType = limits ? `marketplace_resource_update_limits_${step}` : `marketplace_resource_${STEM[told.type]}_${step}`
  return resourceEvent(type, told, { context: contextOf(told), scopes: [['order', told.id]] })
}

/** A renewal moved the day on which the resource ends. */
export const endDateEvent = (told: EventFacts & { created_by_username: string }, day: string): NewEvent =>
  resourceEvent('marketplace_resource_update_end_date_succeeded', told, {
    words: { by: ' by renewal', day, user: told.created_by_username },
    context: contextOf(told),
    scopes: [['order', told.id]],
  })
