// What is told of offerings, their components and plans, tied to the offering and the organization that provides it
// (platform.md §13).

import { eventKind, inGroups, type NewEvent, newEvent } from '../platform/events/kinds.ts'
import { prefixed } from '../platform/events/record.ts'
import type { ProviderOffering } from './subject.ts'

type Told = Pick<ProviderOffering, 'id' | 'uuid' | 'name' | 'customer_id' | 'customer_uuid' | 'customer_name'>

// The original keeps what happens to an offering in no group; with the provider it is found (contract notes).
const offering = inGroups('providers')

export const offeringEvents = eventKind<Told>()({
  marketplace_offering_created: offering('Offering <offering> has been created.'),
  marketplace_offering_updated: offering('Offering <offering> has been updated.'),
  marketplace_offering_component_created: offering('Component <component> of offering <offering> has been created.'),
  marketplace_offering_component_updated: offering('Component <component> of offering <offering> has been updated.'),
  marketplace_offering_component_deleted: offering('Component <component> of offering <offering> has been deleted.'),
})

type OfferingEventType = keyof typeof offeringEvents.types

/** An event of an offering; `component` is the type of the component that it is about. */
export const offeringEvent = (type: OfferingEventType, told: Told, component?: { type: string }): NewEvent =>
  newEvent(offeringEvents, type, {
    words: { offering: told.name, component: component?.type ?? '' },
    context: {
      ...prefixed('offering', { uuid: told.uuid, name: told.name }),
      ...prefixed('customer', { uuid: told.customer_uuid, name: told.customer_name }),
      ...(component && { component_type: component.type }),
    },
    scopes: [
      ['offering', told.id],
      ['customer', told.customer_id],
    ],
    facts: told,
  })

/** A plan as events name it. */
export type ToldPlan = {
  id: number
  uuid: string
  name: string
  offering_id: number
  offering_uuid: string
  offering_name: string
  customer_id: number
}

export const planEvents = eventKind<ToldPlan>()({
  marketplace_plan_created: offering('Plan <plan> has been created.'),
  marketplace_plan_updated: offering('Plan <plan> has been updated.'),
  marketplace_plan_archived: offering('Plan <plan> has been archived.'),
  marketplace_plan_deleted: offering('Plan <plan> has been deleted.'),
  marketplace_plan_component_current_price_updated: offering(
    'Price of <component> in plan <plan> has been changed from <before> to <now>.',
  ),
  marketplace_plan_component_future_price_updated: offering(
    'Price of <component> in plan <plan> will change from <before> to <now> next month.',
  ),
  marketplace_plan_component_quota_updated: offering('Quota of <component> in plan <plan> has been changed from <before> to <now>.'),
})

type PlanEventType = keyof typeof planEvents.types

/** A component's value that changed: `from` is what the message calls the old one, `old_value` what it was. */
export type ComponentChange = {
  component_type: string
  from?: string | number | null
  old_value: string | number | null
  new_value: string | number
}

/** An event about a plan, or about one of its components. */
export function planEvent(type: PlanEventType, plan: ToldPlan, change?: ComponentChange): NewEvent {
  const { from, ...values } = change ?? {}
  return newEvent(planEvents, type, {
    words: {
      plan: plan.name,
      component: change?.component_type ?? '',
      before: from ?? change?.old_value ?? null,
      now: change?.new_value ?? null,
    },
    context: {
      ...prefixed('plan', { uuid: plan.uuid, name: plan.name }),
      ...prefixed('offering', { uuid: plan.offering_uuid, name: plan.offering_name }),
      ...values,
    },
    scopes: [
      ['offering', plan.offering_id],
      ['customer', plan.customer_id],
    ],
    facts: plan,
  })
}
