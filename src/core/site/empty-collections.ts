// Lists of things that Tradepost does not have. Web interfaces ask for them on many pages, and a 404 breaks the page
// (clients.md §3), so each answers honestly that there are none: count 0, with the filters and orders that clients send.
import type { Collection } from '../../platform/http/collection.ts'
import { choiceAmong, type Filter, flag, since, textContains, textIs, uuidIs } from '../../platform/http/filters.ts'

// No row ever, with one column for each kind of filter, so that a bad value is refused as it is on every list.
const FROM = `(select null::bigint as id, null::uuid as uuid, null::text as word, null::boolean as yes, null::timestamptz as moment where false) nothing`

const uuid = uuidIs('nothing.uuid')
const word = textContains('nothing.word')
const exact = textIs('nothing.word')
const yes = flag('nothing.yes')
const moment = since('nothing.moment')
const among = (...choices: string[]) => choiceAmong(choices, 'nothing.word')

type EmptyList = {
  path: string
  model: string
  filters?: { [name: string]: Filter }
  /** Keys that `o` takes. */
  orderings?: readonly string[]
  /** Answered without a token too. */
  anonymous?: boolean
}

const EMPTY_LISTS: readonly EmptyList[] = [
  {
    path: '/api/admin-announcements/',
    model: 'AdminAnnouncement',
    filters: { description: word, is_active: yes, type: among('danger', 'information', 'warning') },
    orderings: ['active_from', 'active_to', 'created', 'name', 'type'],
  },
  {
    path: '/api/component-user-usage-limits/',
    model: 'ComponentUserUsageLimit',
    filters: { component_type: exact, offering_uuid: uuid, resource: exact, resource_uuid: uuid, username: exact },
  },
  {
    path: '/api/customer-credits/',
    model: 'CustomerCredit',
    filters: { customer_name: word, customer_slug: exact, customer_uuid: uuid, query: word },
    orderings: ['customer_name', 'end_date', 'expected_consumption', 'value'],
  },
  {
    path: '/api/customer-permissions-reviews/',
    model: 'CustomerPermissionReview',
    filters: { closed: moment, customer_uuid: uuid, is_pending: yes, reviewer_uuid: uuid },
    orderings: ['closed', 'created'],
  },
  { path: '/api/identity-providers/', model: 'IdentityProvider', anonymous: true },
  // Gone from the contract; older pages still ask for its count.
  { path: '/api/marketplace-checklists/', model: 'MarketplaceChecklist' },
  {
    path: '/api/marketplace-project-estimated-cost-policies/',
    model: 'ProjectEstimatedCostPolicy',
    filters: { customer: exact, customer_uuid: uuid, project: exact, project_uuid: uuid, scope: exact, scope_uuid: uuid },
  },
  {
    path: '/api/marketplace-project-update-requests/',
    model: 'RemoteProjectUpdateRequest',
    filters: {
      customer_uuid: uuid,
      offering_uuid: uuid,
      project_uuid: uuid,
      provider_uuid: uuid,
      state: among('approved', 'canceled', 'draft', 'pending', 'rejected'),
    },
  },
  {
    path: '/api/project-credits/',
    model: 'ProjectCredit',
    filters: { customer_name: word, customer_slug: exact, customer_uuid: uuid, project_name: word, project_uuid: uuid, query: word },
    orderings: ['end_date', 'expected_consumption', 'project_name', 'value'],
  },
  {
    path: '/api/user-agreements/',
    model: 'UserAgreement',
    filters: { agreement_type: among('PP', 'TOS'), language: exact },
    anonymous: true,
  },
]

const nameOf = (path: string) => path.replace('/api/', '').replaceAll('-', '_').replaceAll('/', '')

/** The collections, ready to be served. */
export const emptyCollections: readonly Collection[] = EMPTY_LISTS.map((facts) => ({
  path: facts.path,
  name: nameOf(facts.path),
  model: facts.model,
  view: { name: facts.model, from: FROM, alias: 'nothing', joins: {}, fields: {} },
  visible: () => 'all',
  filters: facts.filters ?? {},
  orderings: Object.fromEntries((facts.orderings ?? []).map((key) => [key, 'nothing.word'])),
  defaultOrder: [],
  anonymous: facts.anonymous === true,
}))
