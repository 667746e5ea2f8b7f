// Who may do what to an order, what must hold first, and when the consumer's review is taken as given (orders.md §2.3, §3).
import { findOfferingType, LISTED_OFFERING_STATES, type OfferingState, type OfferingType, reviewedByProvider } from '../offerings/public.ts'
import { type Actor, hasRole, readsAll, scopeIds } from '../platform/auth/actor.ts'
import type { Config } from '../platform/config.ts'
import { forbidden, methodNotAllowed, refused } from '../platform/http/errors.ts'
import { right } from '../platform/http/rights.ts'
import { isPrivate, type OfferingFacts, type OrderKind, type ProjectFacts, type ResourceSubject } from '../resources/public.ts'

type Around = Pick<OfferingFacts, 'offering_id' | 'provider_id'> & Pick<ProjectFacts, 'project_id' | 'customer_id'>

export const mayAsConsumer = (permission: string) => right(permission, ['project', 'project_id'], ['customer', 'customer_id'])

export const mayAsProvider = (permission: string) => right(permission, ['offering', 'offering_id'], ['customer', 'provider_id'])

/** In the providing organization; a role on the offering alone does not do. */
export const mayAsProviderOrganization = (permission: string) => right(permission, ['customer', 'provider_id'])

/** Any role in the project or its organization lets one order there; support sees every project, and orders by own roles only. */
export const mayOrderIn = (actor: Actor, { project_id, customer_id }: Pick<ProjectFacts, 'project_id' | 'customer_id'>): boolean =>
  actor.is_staff || scopeIds(actor, 'project').includes(project_id) || scopeIds(actor, 'customer').includes(customer_id)

const [approve, approvePrivate] = [mayAsConsumer('ORDER.APPROVE'), mayAsConsumer('ORDER.APPROVE_PRIVATE')]

/** Orders of private offerings may be approved by those who hold the lesser permission (platform.md §6.5). */
export const mayApproveAsConsumer = (actor: Actor, row: Around & Pick<OfferingFacts, 'shared' | 'billable'>): boolean =>
  approve(actor, row) || (isPrivate(row) && approvePrivate(actor, row))

/** An order may be refused by who made it, too. */
const mayReject = (actor: Actor, row: Around & { created_by_id: number }): boolean =>
  actor.id === row.created_by_id || mayAsConsumer('ORDER.REJECT')(actor, row)

/** Who may take which step of an order: the permissions of its operations, and what `explain` tells. */
export const ORDER_RIGHTS = {
  approve_by_consumer: mayApproveAsConsumer,
  approve_by_provider: mayAsProvider('ORDER.APPROVE'),
  reject_by_consumer: mayReject,
  reject_by_provider: mayAsProvider('ORDER.REJECT'),
  cancel: mayAsConsumer('ORDER.CANCEL'),
  set_state_executing: mayAsProvider('ORDER.APPROVE'),
  set_state_done: mayAsProvider('ORDER.APPROVE'),
  set_state_erred: mayAsProvider('ORDER.APPROVE'),
  retry: mayAsProvider('ORDER.APPROVE'),
} as const

/** 400 while the consuming organization is blocked or archived. */
export function organizationOpen(row: Pick<ProjectFacts, 'blocked' | 'archived'>): void {
  if (row.blocked) throw refused('Blocked organization is not available.')
  if (row.archived) throw refused('Archived organization is not available.')
}

/** 400 from the project's end date on. */
export function projectNotExpired(row: Pick<ProjectFacts, 'project_expired' | 'project_name' | 'customer_name'>): void {
  if (row.project_expired) throw refused(`Project '${row.project_name} | ${row.customer_name}' is expired.`)
}

/** On sites that say so: 403 for who changes a resource without having agreed to what its offering asks (orders.md §5.5). */
export const consentGiven =
  ({ ENFORCE_USER_CONSENT_FOR_OFFERINGS: enforced }: Config) =>
  ({ consent_missing, offering_name }: ResourceSubject, actor: Actor): void => {
    if (!enforced || !consent_missing || readsAll(actor)) return
    throw forbidden(`Terms of Service consent required for offering '${offering_name}'. Agree to them before changing the resource.`)
  }

/** Whether an offering in that state takes orders of the kind (orders.md §1.3): what is to go may go from all but an unavailable one. */
export function takesOrders(type: OrderKind, state: OfferingState): boolean {
  if (type === 'Terminate') return state !== 'Unavailable'
  const open: readonly OfferingState[] = type === 'Create' ? ['Active'] : LISTED_OFFERING_STATES
  return open.includes(state)
}

/** 405 for a verb that orders of the offering's type do not have (orders.md §1.4). */
export const typeSupports =
  (verb: keyof OfferingType['orderVerbs']) =>
  ({ offering_type }: Pick<OfferingFacts, 'offering_type'>): void => {
    if (findOfferingType(offering_type)?.orderVerbs[verb]) return
    throw methodNotAllowed(`The order's offering with ${offering_type} type does not support this action`)
  }

/** Whether somebody of the provider must look at the order. */
export const needsProviderReview = ({ offering_type, plugin_options }: Pick<OfferingFacts, 'offering_type' | 'plugin_options'>): boolean =>
  reviewedByProvider(offering_type, plugin_options)

/** What the creator of an order is with respect to it. */
export type Standing = {
  is_staff: boolean
  /** Holds ORDER.APPROVE, or ORDER.APPROVE_PRIVATE, in the project or its organization. */
  approves: boolean
  approves_private: boolean
  owns_provider: boolean
}

export const standingOf = (actor: Actor, row: Around): Standing => ({
  is_staff: actor.is_staff,
  approves: approve(actor, row),
  approves_private: approvePrivate(actor, row),
  owns_provider: hasRole(actor, 'CUSTOMER.OWNER', [['customer', row.provider_id]]),
})

export type ReviewFacts = Pick<OfferingFacts, 'shared' | 'billable' | 'provider_id' | 'plugin_options'> &
  Pick<ProjectFacts, 'customer_id'> & { type: OrderKind; has_attachment: boolean }

/** A rule that decides whether somebody must look at an order, and what it came to. */
export type Ruling = { rule: keyof typeof RULES; needed: boolean }

/** What the rules of review are about (orders.md §2.3, §1.4). */
export const RULES = {
  four_eyes: 'The offering wants orders approved by somebody else than who made them.',
  purchase_order: 'The offering asks for a purchase order, and none is attached.',
  staff: 'The order was made by staff.',
  private_offering: 'The offering is private: who may approve orders of private offerings there needs no other.',
  own_offering: 'The organization orders its own offering, which approves that by itself.',
  provider_terminates: 'An owner of the providing organization ends what it provides.',
  approver: 'Who may approve orders of the consumer needs no other.',
  offering_type: 'The type of the offering decides whether the provider looks at orders.',
} as const

/** Whether somebody of the consumer must look at the order, or its creator's word is enough; the first rule that applies decides. */
export function consumerRuling(order: ReviewFacts, creator: Standing): Ruling {
  const options = order.plugin_options
  if (needsFourEyes(order)) return { rule: 'four_eyes', needed: true }
  if (needsPurchaseOrder(order)) return { rule: 'purchase_order', needed: true }
  if (creator.is_staff) return { rule: 'staff', needed: false }
  if (isPrivate(order)) return { rule: 'private_offering', needed: !creator.approves_private }
  const own = order.shared && order.provider_id === order.customer_id
  if (own && options.auto_approve_in_service_provider_projects === true && !options.disable_autoapprove)
    return { rule: 'own_offering', needed: false }
  if (order.type === 'Terminate' && creator.owns_provider) return { rule: 'provider_terminates', needed: false }
  return { rule: 'approver', needed: !creator.approves }
}

export const needsConsumerReview = (order: ReviewFacts, creator: Standing): boolean => consumerRuling(order, creator).needed

/** The offering asks for a purchase order that is not there yet (orders.md §1.6). */
export const needsPurchaseOrder = (order: Pick<OfferingFacts, 'plugin_options'> & { has_attachment: boolean }): boolean =>
  Boolean(order.plugin_options.require_purchase_order_upload) && !order.has_attachment

/** The offering wants a second person to approve what is made or changed (orders.md §7 row 28); ending something spends nothing. */
export const needsFourEyes = ({ plugin_options, type }: Pick<OfferingFacts, 'plugin_options'> & { type: OrderKind }): boolean =>
  plugin_options.four_eyes_approval === true && type !== 'Terminate'
