// What may be sent about an offering (orders.md §5.2).
import { COUNTRY_CODES, customers, organizationGroups } from '../core/public.ts'
import { linksTo, linkTo } from '../platform/http/links.ts'
import type { LinkContext } from '../platform/http/operation.ts'
import {
  body,
  boolean,
  choice,
  decimal,
  dictionary,
  dictionaryOf,
  file,
  html,
  integer,
  json,
  link,
  list,
  nullable,
  number,
  optional,
  slug,
  text,
  url,
  uuid,
} from '../platform/http/shapes.ts'
import { categories } from './categories/list.ts'
import { findComplianceChecklist } from './compliance.ts'
import { componentBody } from './components.ts'
import { pluginOptionsBody, secretOptionsBody } from './integration-options.ts'
import { optionFormBody } from './option-form.ts'
import { PLAN_UNITS } from './plans/plan-fields.ts'

const latitude = number({ min: -90, max: 90 })
const longitude = number({ min: -180, max: 180 })

// What an offering says of itself.
const overview = {
  description: optional(html()),
  full_description: optional(html()),
  privacy_policy_link: optional(url({ max: 200, blank: true })),
  access_url: optional(url({ max: 200, blank: true })),
  getting_started: optional(html()),
  integration_guide: optional(html()),
  slug: optional(slug({ max: 50, blank: true })),
}

const plan = body({
  name: text({ max: 150 }),
  description: optional(html()),
  article_code: optional(text({ max: 30, blank: true })),
  max_amount: optional(nullable(integer({ min: 1, max: 32_767 }))),
  archived: optional(boolean()),
  unit: optional(choice(PLAN_UNITS)),
  // Sent along by clients; it is always the sum of the fixed components.
  unit_price: optional(decimal({ digits: 22, places: 10 })),
  backend_id: optional(text({ max: 255, blank: true })),
})

const limitBounds = body({ min: integer({ min: 0 }), max: integer({ min: 0 }), max_available_limit: integer({ min: 0 }) })

export const createBody = body('OfferingCreateRequest', {
  name: text({ max: 150 }),
  ...overview,
  // Required, but the contract lets it be left out: its absence is refused by the command.
  customer: optional(nullable(linkTo(customers))),
  category: linkTo(categories),
  type: text({ max: 100 }),
  attributes: optional(dictionary()),
  options: optional(optionFormBody),
  resource_options: optional(optionFormBody),
  components: optional(list(componentBody)),
  plugin_options: optional(pluginOptionsBody),
  plans: optional(list(plan)),
  limits: optional(dictionaryOf(limitBounds)),
  vendor_details: optional(html()),
  shared: optional(boolean()),
  billable: optional(boolean()),
  datacite_doi: optional(text({ max: 255, blank: true })),
  latitude: optional(nullable(latitude)),
  longitude: optional(nullable(longitude)),
  country: optional(choice(COUNTRY_CODES, { blank: true })),
  backend_id: optional(text({ max: 255, blank: true })),
  backend_id_rules: optional(json()),
  backend_metadata: optional(json()),
  compliance_checklist: optional(
    nullable(link({ path: '/api/checklists-admin/', find: (uuid, context) => findComplianceChecklist((context as LinkContext).tx, uuid) })),
  ),
  thumbnail: optional(nullable(file('image'))),
  image: optional(nullable(file('image'))),
})

export const overviewBody = body('OfferingOverviewUpdateRequest', { name: text({ max: 150 }), ...overview })
// Anything: what is no object is refused by the command, in words of its own.
export const attributesBody = nullable(json())
export const attributesShape = dictionary()
export const descriptionBody = body('OfferingDescriptionUpdateRequest', { category: linkTo(categories) })
export const locationBody = body('OfferingLocationUpdateRequest', { latitude, longitude })
export const optionsBody = body('OfferingOptionsUpdateRequest', { options: optionFormBody })
export const resourceOptionsBody = body('OfferingResourceOptionsUpdateRequest', { resource_options: optionFormBody })
export const integrationBody = body('OfferingIntegrationUpdateRequest', {
  plugin_options: optional(pluginOptionsBody),
  secret_options: optional(secretOptionsBody),
  service_attributes: optional(dictionary()),
  backend_id: optional(text({ max: 255, blank: true })),
})
export const backendMetadataBody = body('OfferingBackendMetadataRequest', { backend_metadata: optional(json()) })
export const backendIdRulesBody = body({ backend_id_rules: optional(nullable(json())) })
export const pauseBody = body('OfferingPauseRequest', { paused_reason: optional(text({ blank: true })) })
export const imageBody = body('OfferingImageRequest', { image: file('image') })
export const thumbnailBody = body('OfferingThumbnailRequest', { thumbnail: file('image') })
export const endpointBody = body('NestedEndpointRequest', { name: text({ max: 150 }), url: text() })
export const endpointUuidBody = body('EndpointUUIDRequest', { uuid: uuid() })
export const organizationGroupsBody = body('OrganizationGroupsRequest', { organization_groups: optional(linksTo(organizationGroups)) })
