// What may be sent about accounts: request shapes only.

import { providerOfferings } from '../offerings/public.ts'
import { linkTo } from '../platform/http/links.ts'
import { body, boolean, html, json, nullable, optional, text, url, uuid } from '../platform/http/shapes.ts'
import { personLink } from './people.ts'

const USERNAME_MAX = 100
const username = optional(nullable(text({ max: USERNAME_MAX, blank: true })))

export const createBody = body('OfferingUserRequest', {
  user: optional(personLink),
  offering: optional(linkTo(providerOfferings)),
  username,
  offering_uuid: optional(uuid()),
  user_uuid: optional(uuid()),
})

// Clients send all of it back; the person and the offering stay what they are, whatever is said of them.
export const updateBody = body({
  user: optional(json()),
  offering: optional(json()),
  username,
  offering_uuid: optional(json()),
  user_uuid: optional(json()),
})

export const pendingBody = body('OfferingUserStateTransitionRequest', {
  comment: optional(html()),
  comment_url: optional(url({ blank: true })),
})

export const commentsBody = body('PatchedOfferingUserServiceProviderCommentRequest', {
  service_provider_comment: optional(html()),
  service_provider_comment_url: optional(url({ blank: true })),
})

export const restrictionBody = body('OfferingUserUpdateRestrictionRequest', { is_restricted: boolean() })
