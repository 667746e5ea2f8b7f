// What is told about orders and their resources (orders.md §2.9, platform.md §13.2).
import type { NewEvent } from '../platform/events/record.ts'
import { type OfferingFacts, type OrderKind, type ProjectFacts, projectContext } from '../resources/public.ts'

/** What every event of an order names. */
export type EventFacts = {
  id: number
  uuid: string
  type: OrderKind
  resource_id: number
  resource_uuid: string
  resource_name: string
} & Pick<OfferingFacts, 'offering_id' | 'offering_uuid' | 'offering_name' | 'offering_type' | 'provider_id'> &
  ProjectFacts

const hex = (uuid: string) => uuid.replaceAll('-', '')

const ORDER_MESSAGES: { readonly [type: string]: string } = {
  marketplace_order_created: 'Marketplace order has been created.',
  marketplace_order_approved: 'Marketplace order has been approved.',
  marketplace_order_rejected: 'Marketplace order has been rejected.',
  marketplace_order_completed: 'Marketplace order has been completed.',
  marketplace_order_terminated: 'Marketplace order has been terminated.',
  marketplace_order_failed: 'Marketplace order has been marked as failed.',
  marketplace_order_unlinked: 'Marketplace order has been unlinked.',
}

const RESOURCE_MESSAGES: { readonly [type: string]: (name: string) => string } = {
  marketplace_resource_create_requested: (name) => `Resource ${name} creation has been requested.`,
  marketplace_resource_create_succeeded: (name) => `Resource ${name} has been created.`,
  marketplace_resource_create_failed: (name) => `Resource ${name} creation has failed.`,
  marketplace_resource_create_canceled: (name) => `Resource ${name} creation has been canceled.`,
  marketplace_resource_update_requested: (name) => `Resource ${name} update has been requested.`,
  marketplace_resource_update_succeeded: (name) => `Resource ${name} has been updated.`,
  marketplace_resource_update_failed: (name) => `Resource ${name} update has failed.`,
  marketplace_resource_update_canceled: (name) => `Resource ${name} update has been canceled.`,
  marketplace_resource_terminate_requested: (name) => `Resource ${name} deletion has been requested.`,
  marketplace_resource_terminate_succeeded: (name) => `Resource ${name} has been deleted.`,
  marketplace_resource_terminate_failed: (name) => `Resource ${name} deletion has failed.`,
  marketplace_resource_terminate_canceled: (name) => `Resource ${name} deletion has been canceled.`,
  marketplace_resource_update_limits_succeeded: (name) => `Limits of resource ${name} have been updated.`,
  marketplace_resource_update_limits_failed: (name) => `Updating limits of resource ${name} has failed.`,
}

/** The event of a type, tied to everything that the order stands between. */
export function orderEvent(type: string, order: EventFacts): NewEvent {
  const message = ORDER_MESSAGES[type] ?? RESOURCE_MESSAGES[type]?.(order.resource_name)
  if (!message) throw new Error(`No message for event ${type}`)
  return {
    type,
    message,
    context: {
      order_uuid: hex(order.uuid),
      order_type: order.type,
      resource_uuid: hex(order.resource_uuid),
      resource_name: order.resource_name,
      offering_uuid: hex(order.offering_uuid),
      offering_name: order.offering_name,
      offering_type: order.offering_type,
      ...projectContext(order),
    },
    scopes: [
      ['order', order.id],
      ['resource', order.resource_id],
      ['project', order.project_id],
      ['customer', order.customer_id],
      ['offering', order.offering_id],
      ['customer', order.provider_id],
    ],
  }
}

const STEM: { readonly [Kind in OrderKind]: string } = { Create: 'create', Restore: 'create', Update: 'update', Terminate: 'terminate' }

export type Step = 'requested' | 'succeeded' | 'failed' | 'canceled'

/** The type of the resource's event; changed limits have two of their own. */
export function resourceEventType(order: { type: OrderKind; attributes: { [key: string]: unknown } }, step: Step): string {
  const limits = order.type === 'Update' && 'old_limits' in order.attributes && (step === 'succeeded' || step === 'failed')
  return `marketplace_resource_${limits ? 'update_limits' : STEM[order.type]}_${step}`
}
