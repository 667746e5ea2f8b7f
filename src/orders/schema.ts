// What may be sent about orders: bodies only, the answers stand in the view.

import type { LinkContext } from '../platform/http/operation.ts'
import {
  body,
  boolean,
  choice,
  date,
  dictionary,
  dictionaryOf,
  file,
  html,
  integer,
  link,
  list,
  nullable,
  optional,
  slug,
  staffOnly,
  text,
  url,
  uuid,
  withDefault,
} from '../platform/http/shapes.ts'
import { findOffering, findPlan, findProject, ORDER_TYPES } from '../resources/public.ts'

const offeringPath = '/api/marketplace-public-offerings/'

/** Any offering: why one may not be ordered is told by the rules. */
const offeringLink = () => link({ path: offeringPath, find: (uuid, context) => findOffering((context as LinkContext).tx, uuid) })

/** A project that the caller sees. */
const projectLink = () =>
  link({ path: '/api/projects/', find: (uuid, context) => findProject((context as LinkContext).tx, (context as LinkContext).viewer, uuid) })

/** A plan; the address names its offering too, but only the plan's own key counts. */
export const planLink = () =>
  link({
    path: `${offeringPath}{offering_uuid}/plans/{uuid}/`,
    find: (uuid, context) => findPlan((context as LinkContext).tx, { uuid }),
  })

export const limits = () => dictionaryOf(integer())

export const createBody = body('OrderCreateRequest', {
  offering: offeringLink(),
  project: projectLink(),
  plan: optional(planLink()),
  attributes: optional(dictionary()),
  limits: optional(limits()),
  accepting_terms_of_service: optional(boolean()),
  callback_url: optional(nullable(url())),
  request_comment: optional(nullable(text({ max: 255, blank: true }))),
  type: optional(choice(ORDER_TYPES)),
  start_date: optional(nullable(date())),
  slug: staffOnly(slug({ max: 50 })),
})

export const updateBody = body('OrderUpdateRequest', {
  limits: optional(limits()),
  attributes: optional(dictionary()),
  start_date: optional(nullable(date())),
})

export const providerApprovalBody = body('OrderApproveByProviderRequest', { attributes: optional(dictionary()) })

const longText = () => withDefault(text({ blank: true }), '')

/** Why an order failed, or why the consumer refuses it; clients know one shape for both. */
export const errorBody = body('OrderErrorDetailsRequest', {
  error_message: longText(),
  error_traceback: longText(),
  consumer_rejection_comment: longText(),
})
export const providerRejectionBody = body('OrderProviderRejectionRequest', { provider_rejection_comment: longText() })
export const backendIdBody = body('OrderBackendIDRequest', { backend_id: text({ max: 255 }) })
export const attachmentBody = body('OrderAttachmentRequest', { attachment: optional(nullable(file('pdf'))) })

export const providerInfoBody = body('OrderProviderInfoRequest', {
  provider_message: optional(html({ blank: true })),
  provider_message_url: optional(url({ blank: true })),
  provider_message_attachment: optional(file('pdf')),
})
export const consumerInfoBody = body('OrderConsumerInfoRequest', {
  consumer_message: optional(html({ blank: true })),
  consumer_message_attachment: optional(file('pdf')),
})

// Orders that change a resource.
export const terminateBody = body('ResourceTerminateRequest', { attributes: optional(dictionary()) })
export const switchPlanBody = body('ResourceSwitchPlanRequest', { plan: planLink() })
export const updateLimitsBody = body('ResourceUpdateLimitsRequest', {
  limits: dictionaryOf(integer({ min: 0 })),
  request_comment: optional(nullable(text({ max: 255, blank: true }))),
})
const amounts = () => dictionaryOf(integer({ min: 1 }))
export const reallocateBody = body('ResourceReallocateLimitsRequest', {
  limits: amounts(),
  targets: list(body('ResourceReallocateTargetRequest', { resource_uuid: uuid(), allocated_limits: amounts() }), { empty: false, max: 50 }),
})
const renewal = { extension_months: integer({ min: 1, max: 60 }), limits: optional(dictionaryOf(integer({ min: 0 }))) }
export const renewBody = body('ResourceRenewRequest', {
  ...renewal,
  request_comment: optional(nullable(text({ max: 255, blank: true }))),
  attachment: optional(nullable(file('pdf'))),
})
export const renewalEstimateBody = body('RenewalEstimateRequestRequest', renewal)
// Clients made for the contract send the resource along; nothing of it is used.
export const restoreBody = body('ResourceRequest', {
  offering: optional(text({ blank: true })),
  plan: optional(text({ blank: true })),
  name: optional(text({ blank: true })),
  slug: optional(text({ blank: true })),
  end_date: optional(nullable(date())),
  downscaled: optional(boolean()),
  paused: optional(boolean()),
})
export const optionsBody = body('ResourceOptionsRequest', { options: optional(nullable(dictionary())) })
