// What the checks of the whole API let pass, each with its reason. The lists may only shrink: an excuse that nothing needs
// any more fails as well.
import { expect } from 'vitest'

/** Check → what it lets pass → why. `*` at the end stands for anything. */
const EXCUSES: { [check: string]: { [what: string]: string } } = {
  'filters that change nothing': {
    '/api/marketplace-provider-offerings/{uuid}/component_stats/ *':
      'the contract repeats the filters of offerings where there is one offering only',
    '/api/marketplace-provider-offerings/{uuid}/customers/ *':
      'the contract repeats the filters of offerings where there is one offering only',
    '/api/marketplace-provider-offerings/{uuid}/orders/ parent_offering_uuid':
      'orders of one offering have one parent, and that one has none',
    '/api/checklists-admin-questions/ has_onboarding_mapping': 'nothing of onboarding is filled in by answers',
    '/api/marketplace-categories/ has_shared': 'any value means yes (service-providers.md)',
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
    'POST /api/keys/': 'everybody has keys of their own',
    'POST /api/marketplace-resources/suggest_name/': 'changes nothing',
    'POST /api/marketplace-user-offering-consents/': 'everybody agrees for themselves',
    'POST /api/users/confirm_email/': 'the code is the right',
  },
  'writes that need no role': {
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
