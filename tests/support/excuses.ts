// What the checks of the whole API let pass, each with its reason. The lists may only shrink: an excuse that nothing needs
// any more fails as well.
import { expect } from 'vitest'

/** Check → what it lets pass → why. `*` at the end stands for anything. */
const EXCUSES: { [check: string]: { [what: string]: string } } = {
  'filters that change nothing': {
    '/api/marketplace-provider-offerings/{uuid}/list_course_accounts/ *':
      'the contract repeats the filters of offerings where there is one offering only',
    '/api/marketplace-provider-offerings/{uuid}/list_project_service_accounts/ *':
      'the contract repeats the filters of offerings where there is one offering only',
    '/api/marketplace-provider-offerings/{uuid}/list_customer_service_accounts/ *':
      'the contract repeats the filters of offerings where there is one offering only',
    '/api/marketplace-provider-offerings/{uuid}/component_stats/ *':
      'the contract repeats the filters of offerings where there is one offering only',
    '/api/marketplace-provider-offerings/{uuid}/costs/ *': 'the contract repeats the filters of offerings where there is one offering only',
    '/api/invoices/{uuid}/stats/ *': 'the contract repeats the filters of invoices where there is one invoice only',
    '/api/invoice-items/ credit_uuid': 'nobody has credit',
    '/api/marketplace-provider-offerings/{uuid}/customers/ *':
      'the contract repeats the filters of offerings where there is one offering only',
    '/api/marketplace-provider-offerings/{uuid}/orders/ parent_offering_uuid':
      'orders of one offering have one parent, and that one has none',
    '/api/checklists-admin-questions/ has_onboarding_mapping': 'nothing of onboarding is filled in by answers',
    '/api/events/ created_*': 'seconds, which no row shows; src/events/events.test.ts',
    '/api/events/ scope': 'an address of one of many kinds; src/events/events.test.ts',
    '/api/invoices/ created': 'the first day of a month, of which rows show year and month; src/billing/invoices.test.ts',
    '/api/marketplace-categories/ has_shared': 'any value means yes (service-providers.md)',
    '/api/booking-resources/ is_attached': 'resources have no backing objects',
    '/api/booking-resources/ visible_to_providers': 'there are no accounts of people in an offering',
    '/api/marketplace-resources/ is_attached': 'resources have no backing objects',
    '/api/marketplace-resources/ lexis_links_supported': 'there are no LEXIS links',
    '/api/marketplace-resources/ visible_to_providers': 'there are no accounts of people in an offering',
    '/api/marketplace-provider-resources/ is_attached': 'resources have no backing objects',
    '/api/marketplace-provider-resources/ lexis_links_supported': 'there are no LEXIS links',
    '/api/marketplace-provider-resources/ visible_to_providers': 'there are no accounts of people in an offering',
    '/api/marketplace-provider-offerings/ scope_uuid': 'offerings stand for no object of another system',
    '/api/marketplace-provider-offerings/ tag*': 'offerings have no tags',
    '/api/marketplace-provider-offerings/groups/ scope_uuid': 'offerings stand for no object of another system',
    '/api/marketplace-provider-offerings/groups/ tag*': 'offerings have no tags',
    '/api/marketplace-public-offerings/ scope_uuid': 'offerings stand for no object of another system',
    '/api/marketplace-public-offerings/ tag*': 'offerings have no tags',
  },
  'writes that nobody can do': {
    'POST /api-auth/password/': 'nobody of the cast has a password; src/core/users/login.test.ts',
    'POST /api/marketplace-orders/{uuid}/delete_attachment/': 'needs a stored file; src/orders/edit.test.ts',
    'POST /api/marketplace-provider-offerings/{uuid}/sync/': 'no type that is served keeps objects in a system of its own',
    'POST /api/marketplace-provider-resources/{uuid}/pull/': 'no type that is served keeps objects in a system of its own',
    'POST /api/marketplace-resources/{uuid}/pull/': 'no type that is served keeps objects in a system of its own',
  },
  'writes that are open to all who see the object': {
    'DELETE /api/booking-feeds/{uuid}/': 'everybody sees feeds of their own alone',
    'POST /api/booking-feeds/': 'everybody has bookings of their own',
    'POST /api/booking-offerings/{uuid}/*': 'whoever sees it owns it',
    'POST /api/keys/': 'everybody has keys of their own',
    'POST /api/marketplace-resources/suggest_name/': 'changes nothing',
    'POST /api/marketplace-user-offering-consents/': 'everybody agrees for themselves',
    'POST /api/users/confirm_email/': 'the code is the right',
  },
  'writes that need no role': {
    'POST /api/booking-resources/{uuid}/reschedule/': 'whoever booked it moves it',
    'POST /api/booking-feeds/': 'everybody has bookings of their own; what others are shown is asked by the feed itself',
    'POST /api/booking-resources/{uuid}/reject/': 'who asked for a booking takes it back, whatever roles they have',
    'POST /api/keys/': 'everybody has keys of their own',
    'POST /api/marketplace-user-offering-consents/': 'everybody agrees for themselves',
    'POST /api/marketplace-user-offering-consents/{uuid}/revoke/': 'everybody takes back what they agreed to',
    'POST /api/marketplace-offering-users/{uuid}/submit_answers/': 'everybody answers about an account of their own',
    'POST /api/users/{uuid}/cancel_change_email/': 'everybody has an address of their own',
    'POST /api/users/{uuid}/change_email/': 'everybody has an address of their own',
    'POST /api/users/{uuid}/refresh_token/': 'everybody has a token of their own',
  },
  'lists that everybody sees whole': {
    '/api/marketplace-categories/': 'the catalogue',
    '/api/marketplace-category-groups/': 'the catalogue',
    '/api/marketplace-plan-components/': 'the catalogue',
    '/api/marketplace-public-offerings/': 'the catalogue',
    '/api/marketplace-service-providers/': 'the catalogue',
    '/api/organization-groups/': 'names of groups are nobody’s secret (platform.md)',
    '/api/project-types/': 'words to choose from',
    '/api/roles/': 'words to choose from',
  },
  'filters that refuse what names nothing': {
    '/api/events/ scope': 'what may not be seen cannot be audited (platform.md)',
  },
  'filters that widen a list': {
    '/api/projects/ include_terminated': 'removed projects are shown to those who may bring them back, when they ask for them',
  },
  'filters that show what the list leaves out': {
    '/api/projects/ include_terminated': 'removed projects are shown to those who may bring them back, when they ask for them',
    '/api/projects/ is_removed': 'removed projects are shown to those who may bring them back, when they ask for them',
  },
  'filters that read what only some are shown': {
    '/api/users/ is_active*': 'whoever is shown to others is active',
    '/api/users/ o=is_active*': 'whoever is shown to others is active',
    '/api/users/user_active_status_count/ is_active*': 'for staff and support only',
    '/api/customers/{uuid}/users/ is_active*': 'whoever is listed is active',
    '/api/projects/{uuid}/other_users/ is_active*': 'whoever is listed is active',
  },
  'orderings by nothing': {
    '/api/marketplace-provider-offerings/{uuid}/list_course_accounts/ t*':
      'accounts have none of these; the contract repeats the keys of offerings',
    '/api/marketplace-provider-offerings/{uuid}/list_project_service_accounts/ t*':
      'accounts have none of these; the contract repeats the keys of offerings',
    '/api/marketplace-provider-offerings/{uuid}/list_customer_service_accounts/ t*':
      'accounts have none of these; the contract repeats the keys of offerings',
    '/api/marketplace-provider-offerings/ total_cost*': 'nothing is invoiced yet, so all cost the same',
    '/api/marketplace-public-offerings/ total_cost*': 'nothing is invoiced yet, so all cost the same',
    '/api/marketplace-provider-offerings/{uuid}/customers/ state': 'organizations have none; the contract repeats the keys of offerings',
    '/api/marketplace-provider-offerings/{uuid}/customers/ t*': 'organizations have none; the contract repeats the keys of offerings',
    '/api/projects/ estimated_cost': 'nothing is billed yet, so all cost the same',
  },
  'orderings by something else than the field of their name': {
    '/api/marketplace-orders/ state': 'in the order in which states need somebody (orders.md)',
    '/api/marketplace-provider-offerings/{uuid}/orders/ state': 'in the order in which states need somebody (orders.md)',
  },
  'filters that disagree with the field of their name': {
    '/api/marketplace-provider-offerings/{uuid}/list_course_accounts/ *': 'the filters are those of offerings and change nothing',
    '/api/marketplace-provider-offerings/{uuid}/list_project_service_accounts/ *': 'the filters are those of offerings and change nothing',
    '/api/marketplace-provider-offerings/{uuid}/list_customer_service_accounts/ *': 'the filters are those of offerings and change nothing',
    '/api/marketplace-project-service-accounts/ project*': 'the field is a uuid, the filter takes an address',
    '/api/marketplace-customer-service-accounts/ customer*': 'the field is a uuid, the filter takes an address',
    '/api/marketplace-service-providers/{service_provider_uuid}/project_service_accounts/ project*':
      'the field is a uuid, the filter takes an address',
    '/api/marketplace-provider-offerings/{uuid}/customers/ *': 'the filters are those of offerings and change nothing',
    '/api/marketplace-offering-permissions/ user*': 'the field is an address, the filter takes a uuid',
    '/api/marketplace-offering-permissions/ offering*': 'the field is an address, the filter takes a uuid',
    '/api/organization-groups/ parent*': 'the field is an address, the filter takes a uuid',
    '/api/projects/ customer*': 'the field is an address, the filter takes a uuid',
  },
}

const covers = (excuse: string, complaint: string): boolean =>
  excuse.endsWith('*') ? complaint.startsWith(excuse.slice(0, -1)) : complaint === excuse

/** Whether a check is told to let something pass. */
export const isExcused = (check: string, what: string): boolean => Object.keys(EXCUSES[check] ?? {}).some((excuse) => covers(excuse, what))

/** Expects exactly what is excused to be complained about. */
export function expectExcused(check: string, complaints: readonly string[]): void {
  const unexcused = complaints.filter((complaint) => !isExcused(check, complaint))
  const idle = Object.keys(EXCUSES[check] ?? {}).filter((excuse) => !complaints.some((complaint) => covers(excuse, complaint)))

  expect(unexcused, `${check}: mend them, or excuse them in tests/support/excuses.ts with a reason`).toEqual([])
  expect(idle, `excuses of ${check} that nothing needs any more: take them out of tests/support/excuses.ts`).toEqual([])
}
