// What may be sent about an organization (platform.md §10.2).
import { linksTo } from '../../platform/http/links.ts'
import {
  body,
  boolean,
  choice,
  datetime,
  decimal,
  email,
  file,
  html,
  integer,
  json,
  nullable,
  number,
  optional,
  type Parsed,
  slug,
  staffOnly,
  text,
  url,
  uuid,
} from '../../platform/http/shapes.ts'
import { organizationGroups } from '../organization-groups/list.ts'
import { COUNTRY_CODES } from './countries.ts'

const line = (max?: number) => text({ blank: true, ...(max ? { max } : {}) })
const words = (max: number) => optional(line(max))
const count = (max?: number) => nullable(integer({ min: 0, ...(max ? { max } : {}) }))

const SMALL_MAX = 32_767

/** What the organization itself tells of how it is reached. */
const contact = {
  email: optional(email({ max: 75, blank: true })),
  phone_number: words(255),
  contact_details: words(500),
  homepage: optional(url({ max: 255, blank: true })),
  postal: words(20),
  address: words(300),
  country: optional(choice(COUNTRY_CODES, { blank: true })),
  notification_emails: words(640),
}

export const contactBody = body(contact)
export type ContactInput = Parsed<typeof contactBody>

export const customerBody = body('CustomerRequest', {
  name: text({ max: 150 }),
  slug: staffOnly(slug({ max: 50, blank: true })),
  native_name: words(160),
  abbreviation: words(12),
  description: optional(html({ max: 4096 })),
  ...contact,
  agreement_number: staffOnly(line(160)),
  registration_code: words(160),
  backend_id: words(255),
  domain: staffOnly(line(255)),
  vat_code: words(20),
  bank_name: words(150),
  bank_account: words(50),
  latitude: optional(nullable(number())),
  longitude: optional(nullable(number())),
  access_subnets: staffOnly(line()),
  accounting_start_date: staffOnly(datetime()),
  default_tax_percent: staffOnly(decimal({ digits: 5, places: 2, min: 0, max: 100 })),
  blocked: staffOnly(boolean()),
  archived: staffOnly(boolean()),
  display_billing_info_in_projects: optional(boolean()),
  sponsor_number: staffOnly(count()),
  max_service_accounts: staffOnly(count(SMALL_MAX)),
  grace_period_days: staffOnly(count()),
  // Read so that a bad one is told; there are no checklists to choose from yet.
  project_metadata_checklist: optional(nullable(uuid())),
  user_email_patterns: optional(json()),
  user_affiliations: optional(json()),
  user_identity_sources: optional(json()),
  image: optional(nullable(file('image'))),
})
export type CustomerInput = Parsed<typeof customerBody>

export const organizationGroupsBody = body('OrganizationGroupsRequest', { organization_groups: optional(linksTo(organizationGroups)) })
export type OrganizationGroupsInput = Parsed<typeof organizationGroupsBody>
