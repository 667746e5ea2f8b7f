// One valid request for each write: what it is done to and what is sent, so that the table of permissions shows who succeeds and
// who is refused, also where the right depends on the body. A write that is not here is sent without a body to the object of
// its collection; that must succeed for somebody, or tests/api/permissions.test.ts says so.
import type { Files } from './client.ts'
import type { Cast, Things } from './populate.ts'
import { type Row, urls } from './world.ts'

export type Request = {
  /** The key of the object that it is done to, in place of the collection's usual one. */
  on?: string
  body?: unknown
  /** Sent as a form, in place of a body. */
  files?: Files
}

export type Requests = { [operation: string]: Request }

const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')
const picture = () => new File([PNG], 'picture.png', { type: 'image/png' })
const LATER = '2998-01-01'
const FORM = { order: ['size'], options: { size: { type: 'string', label: 'Size' } } }

/** Every valid request, by operation. */
export const validRequests = (people: Cast, things: Things): Requests => ({
  ...peopleRequests(people, things),
  ...projectRequests(people, things),
  ...catalogueRequests(people, things),
  ...offeringRequests(people, things),
  ...termsRequests(things),
  ...attachedRequests(things),
  ...agentRequests(things),
  ...accountRequests(people, things),
  ...orderRequests(people, things),
  ...resourceRequests(people, things),
  ...checklistRequests(things),
})

/** PUT needs all of it, PATCH takes the same. */
const both = (path: string, request: Request): Requests => ({ [`PUT ${path}`]: request, [`PATCH ${path}`]: request })

/** The three operations on the people of a scope: a new one comes, one who is there stays longer or goes. */
const grants = (path: string, role: string, { outsider }: Cast, there: Row): Requests => ({
  [`POST ${path}add_user/`]: { body: { role, user: outsider.uuid } },
  [`POST ${path}update_user/`]: { body: { role, user: there.uuid, expiration_time: `${LATER}T00:00:00Z` } },
  [`POST ${path}delete_user/`]: { body: { role, user: there.uuid } },
})

function peopleRequests(people: Cast, things: Things): Requests {
  const key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJqfhX3mkxMfnHYWPZMpxaH6mwJAXrCYzNGqLXGRkbUy new@laptop'
  const role = { name: 'PROJECT.NEW', content_type: 'project', permissions: [] }
  const user = { username: 'new.person', email: 'new.person@example.com' }
  return {
    ...grants('/api/customers/{uuid}/', 'CUSTOMER.GUEST', people, things.helper),
    'POST /api/customers/': { body: { name: 'New' } },
    ...both('/api/customers/{uuid}/', { body: { name: 'Renamed' } }),
    'DELETE /api/customers/{uuid}/': { on: things.emptyCustomer.uuid },
    'POST /api/customers/{uuid}/contact/': { body: { email: 'front@example.com' } },
    'POST /api/customers/{uuid}/update_organization_groups/': { body: { organization_groups: [] } },
    'POST /api/keys/': { body: { public_key: key } },
    'POST /api/organization-groups/': { body: { name: 'New' } },
    ...both('/api/organization-groups/{uuid}/', { body: { name: 'Renamed' } }),
    'POST /api/roles/': { body: role },
    ...both('/api/roles/{uuid}/', { body: role }),
    'DELETE /api/roles/{uuid}/': { on: things.idleRole.uuid },
    'PUT /api/roles/{uuid}/update_descriptions/': { body: { description: 'Something else' } },
    'POST /api/users/': { body: user },
    ...both('/api/users/{uuid}/', { body: user }),
    'POST /api/users/confirm_email/': { body: { code: things.emailCode } },
    'POST /api/users/{uuid}/change_email/': { body: { email: 'other@example.com' } },
    'POST /api/users/{uuid}/change_password/': { body: { new_password: 'a long and unusual password 7' } },
  }
}

function projectRequests(people: Cast, things: Things): Requests {
  const project = { name: 'Renamed', customer: urls.customer(people.consumer) }
  return {
    ...grants('/api/projects/{uuid}/', 'PROJECT.ADMIN', people, people.projectAdmin),
    'POST /api/projects/': { body: project },
    ...both('/api/projects/{uuid}/', { body: project }),
    'DELETE /api/projects/{uuid}/': { on: things.emptyProject.uuid },
    'POST /api/projects/{uuid}/move_project/': {
      on: things.emptyProject.uuid,
      body: { customer: urls.customer(things.emptyCustomer), preserve_permissions: false },
    },
    'POST /api/projects/{uuid}/recover/': { on: things.removedProject.uuid, body: {} },
  }
}

function catalogueRequests(people: Cast, things: Things): Requests {
  const plan = { name: 'New', offering: urls.providerOffering(things.offering) }
  const groups = { organization_groups: [`/api/organization-groups/${things.group.uuid}/`] }
  return {
    ...grants('/api/marketplace-service-providers/{uuid}/', 'CUSTOMER.MANAGER', people, things.helper),
    'POST /api/marketplace-service-providers/': { body: { customer: urls.customer(things.emptyCustomer) } },
    ...both('/api/marketplace-service-providers/{uuid}/', { body: { description: 'Something else' } }),
    'DELETE /api/marketplace-service-providers/{uuid}/': { on: things.idleProvider.uuid },
    'POST /api/marketplace-categories/': { body: { title: 'New' } },
    ...both('/api/marketplace-categories/{uuid}/', { body: { title: 'Renamed' } }),
    'DELETE /api/marketplace-categories/{uuid}/': { on: things.emptyCategory.uuid },
    'POST /api/marketplace-category-groups/': { body: { title: 'New' } },
    ...both('/api/marketplace-category-groups/{uuid}/', { body: { title: 'Renamed' } }),
    'POST /api/marketplace-plans/': { body: plan },
    ...both('/api/marketplace-plans/{uuid}/', { on: things.otherPlan.uuid, body: plan }),
    'DELETE /api/marketplace-plans/{uuid}/': { on: things.otherPlan.uuid },
    'POST /api/marketplace-plans/{uuid}/update_discounts/': { body: { discounts: { cpu: { discount_threshold: 2, discount_rate: 10 } } } },
    'POST /api/marketplace-plans/{uuid}/update_organization_groups/': { body: groups },
    'POST /api/marketplace-plans/{uuid}/update_prices/': { body: { prices: { cpu: '3' } } },
    'POST /api/marketplace-plans/{uuid}/update_quotas/': { body: { quotas: { seats: 5 } } },
  }
}

function offeringRequests(people: Cast, things: Things): Requests {
  const path = 'POST /api/marketplace-provider-offerings/{uuid}/'
  const offering = {
    name: 'New',
    customer: urls.customer(people.provider),
    category: urls.category(things.category),
    type: 'Marketplace.Basic',
  }
  const component = { billing_type: 'usage', type: 'disk', name: 'Disk' }
  return {
    ...grants('/api/marketplace-provider-offerings/{uuid}/', 'OFFERING.MANAGER', people, things.helper),
    'POST /api/marketplace-provider-offerings/': { body: offering },
    'DELETE /api/marketplace-provider-offerings/{uuid}/': { on: things.draft.uuid },
    [`${path}activate/`]: { on: things.draft.uuid },
    [`${path}add_endpoint/`]: { body: { name: 'Back', url: 'https://back.example.com' } },
    [`${path}create_offering_component/`]: { body: component },
    [`${path}import_resource/`]: { body: { backend_id: 'found-0', project: people.project.uuid, plan: things.plan.uuid } },
    [`${path}set_importable_resources/`]: { body: { resources: [{ backend_id: 'found-1', name: 'Machine' }] } },
    [`${path}delete_endpoint/`]: { body: { uuid: things.endpoint } },
    [`${path}make_available/`]: { on: things.unavailable.uuid },
    [`${path}pause/`]: { body: { paused_reason: 'Holidays' } },
    [`${path}remove_offering_component/`]: { on: things.draft.uuid, body: { uuid: things.spare.uuid } },
    [`${path}set_backend_metadata/`]: { body: { backend_metadata: {} } },
    [`${path}unpause/`]: { on: things.paused.uuid },
    [`${path}update_attributes/`]: { body: { key: 'other' } },
    [`${path}update_backend_id_rules/`]: { body: { backend_id_rules: {} } },
    [`${path}update_description/`]: { body: { category: urls.category(things.emptyCategory) } },
    [`${path}update_image/`]: { files: { image: picture() } },
    [`${path}update_integration/`]: { body: { backend_id: 'other' } },
    [`${path}update_location/`]: { body: { latitude: 1, longitude: 2 } },
    [`${path}update_offering_component/`]: { on: things.draft.uuid, body: { uuid: things.spare.uuid, name: 'Renamed' } },
    [`${path}update_options/`]: { body: { options: FORM } },
    [`${path}update_organization_groups/`]: { body: { organization_groups: [] } },
    [`${path}update_overview/`]: { body: { name: 'Renamed' } },
    [`${path}update_resource_options/`]: { body: { resource_options: FORM } },
    [`${path}update_thumbnail/`]: { files: { thumbnail: picture() } },
  }
}

function termsRequests(things: Things): Requests {
  const terms = '/api/marketplace-offering-terms-of-service/'
  const consents = '/api/marketplace-user-offering-consents/'
  return {
    [`POST ${terms}`]: { body: { offering: urls.providerOffering(things.offering), version: 'third' } },
    ...both(`${terms}{uuid}/`, { body: { terms_of_service: 'Be kind.' } }),
    [`POST ${consents}`]: { body: { offering: things.offering.uuid } },
    ...both(`${consents}{uuid}/`, { body: { version: 'second' } }),
  }
}

function attachedRequests({ offering }: Things): Requests {
  const screenshots = '/api/marketplace-screenshots/'
  const form = { name: 'New', offering: urls.providerOffering(offering) }
  const report = new File(['Read me.'], 'readme.txt', { type: 'text/plain' })
  return {
    [`POST ${screenshots}`]: { files: { ...form, image: picture() } },
    [`PUT ${screenshots}{uuid}/`]: { files: { ...form, image: picture() } },
    [`PATCH ${screenshots}{uuid}/`]: { body: { name: 'Renamed' } },
    'POST /api/marketplace-offering-files/': { files: { ...form, file: report } },
  }
}

function agentRequests({ agents }: Things): Requests {
  const identities = '/api/marketplace-site-agent-identities/'
  const services = 'POST /api/marketplace-site-agent-services/{uuid}/'
  const identity = { offering: agents.uuid, name: 'agent' }
  return {
    [`POST ${identities}`]: { body: identity },
    ...both(`${identities}{uuid}/`, { body: identity }),
    [`POST ${identities}{uuid}/register_service/`]: { body: { name: 'orders' } },
    [`${services}register_processor/`]: { body: { name: 'slurm', backend_type: 'SLURM' } },
    [`${services}set_statistics/`]: { body: { statistics: { orders: 1 } } },
  }
}

function accountRequests(people: Cast, { offering, accounts }: Things): Requests {
  const path = '/api/marketplace-offering-users/'
  const roles = '/api/marketplace-offering-user-roles/'
  const step = (verb: string, state: keyof typeof accounts): Requests => ({
    [`POST ${path}{uuid}/${verb}/`]: { on: accounts[state].uuid },
  })
  return {
    [`POST ${path}`]: { body: { offering: urls.providerOffering(offering), user: urls.user(people.projectAdmin) } },
    ...both(`${path}{uuid}/`, { body: { username: 'renamed' } }),
    ...step('begin_creating', 'Requested'),
    ...step('set_pending_additional_validation', 'Creating'),
    ...step('set_pending_account_linking', 'Creating'),
    ...step('set_validation_complete', 'Pending account linking'),
    ...step('set_ok', 'Requested'),
    ...step('set_error_creating', 'Creating'),
    ...step('request_deletion', 'OK'),
    ...step('set_deleting', 'Requested deletion'),
    ...step('set_deleted', 'Deleting'),
    ...step('set_error_deleting', 'Deleting'),
    [`PATCH ${path}{uuid}/update_comments/`]: { body: { service_provider_comment: 'Please call us.' } },
    [`POST ${path}{uuid}/update_restricted/`]: { body: { is_restricted: true } },
    [`POST ${path}{uuid}/submit_answers/`]: { body: [] },
    'POST /api/marketplace-provider-offerings/{uuid}/update_compliance_checklist/': { body: { compliance_checklist: null } },
    [`POST ${roles}`]: { body: { name: 'gpu-users', offering: urls.providerOffering(offering) } },
    ...both(`${roles}{uuid}/`, { body: { name: 'renamed', offering: urls.providerOffering(offering) } }),
  }
}

function orderRequests(people: Cast, things: Things): Requests {
  const path = 'POST /api/marketplace-orders/{uuid}/'
  const { offering, plan } = things
  const on = (state: string) => ({ on: (things.orders[state] as Row).uuid })
  const order = {
    offering: urls.offering(offering),
    project: urls.project(people.project),
    plan: urls.plan(offering, plan),
    attributes: { name: 'new' },
    limits: { cpu: 1 },
  }
  return {
    'POST /api/marketplace-orders/estimate/': { body: order },
    'POST /api/marketplace-orders/': { body: order },
    ...both('/api/marketplace-orders/{uuid}/', { ...on('pending-consumer'), body: { attributes: { name: 'renamed' } } }),
    [`${path}approve_by_consumer/`]: on('pending-consumer'),
    [`${path}reject_by_consumer/`]: { ...on('pending-consumer'), body: {} },
    [`${path}set_backend_id/`]: { body: { backend_id: 'other' } },
    [`${path}set_consumer_info/`]: { body: { consumer_message: 'Hello' } },
    [`${path}set_provider_info/`]: { body: { provider_message: 'Hello' } },
    [`${path}set_state_executing/`]: on('agent pending-provider'),
    [`${path}set_state_done/`]: on('agent executing'),
    [`${path}set_state_erred/`]: { ...on('agent executing'), body: { error_message: 'It broke' } },
    'POST /api/marketplace-support-requests/{uuid}/resolve/': { body: { answer: 'There it is' } },
    'POST /api/marketplace-support-requests/{uuid}/refuse/': { body: { answer: 'There is none' } },
    'POST /api/marketplace-support-requests/{uuid}/comment/': { body: { text: 'When?' } },
    [`${path}retry/`]: on('agent erred'),
    [`${path}update_attachment/`]: { files: { attachment: new File(['%PDF-1.7'], 'order.pdf', { type: 'application/pdf' }) } },
  }
}

function resourceRequests(people: Cast, things: Things): Requests {
  const { offering, otherPlan, resources } = things
  const sides = ['/api/marketplace-resources/', '/api/marketplace-provider-resources/'].flatMap((side) => {
    const path = `POST ${side}{uuid}/`
    return Object.entries({
      ...both(`${side}{uuid}/`, { body: { name: 'renamed' } }),
      [`${path}move_resource/`]: { body: { project: { url: urls.project(things.emptyProject) } } },
      [`${path}restore/`]: { on: things.restorable.uuid, body: {} },
      [`${path}set_downscaled/`]: { body: { downscaled: true } },
      [`${path}set_end_date_by_staff/`]: { body: { end_date: LATER } },
      [`${path}set_paused/`]: { body: { paused: true } },
      [`${path}set_restrict_member_access/`]: { body: { restrict_member_access: false } },
      [`${path}set_slug/`]: { body: { slug: 'other' } },
      [`${path}terminate/`]: { body: {} },
      [`${path}update_options/`]: { body: { options: { size: 'large' } } },
    })
  })
  const provider = 'POST /api/marketplace-provider-resources/{uuid}/'
  return {
    ...Object.fromEntries(sides),
    'POST /api/marketplace-resources/suggest_name/': { body: { project: people.project.uuid, offering: offering.uuid } },
    'POST /api/marketplace-resources/{uuid}/switch_plan/': { body: { plan: urls.plan(offering, otherPlan) } },
    'POST /api/marketplace-resources/{uuid}/estimate_renewal/': { on: things.prepaid.uuid, body: { extension_months: 1 } },
    'POST /api/marketplace-resources/{uuid}/renew/': { on: things.prepaid.uuid, body: { extension_months: 1 } },
    'POST /api/marketplace-resources/{uuid}/reallocate_limits/': {
      on: things.prepaid.uuid,
      body: { limits: { seats: 1 }, targets: [{ resource_uuid: things.beside.uuid, allocated_limits: { seats: 1 } }] },
    },
    'POST /api/marketplace-resources/{uuid}/update_limits/': { body: { limits: { cpu: 2 } } },
    [`${provider}set_as_erred/`]: { body: { error_message: 'It broke' } },
    [`${provider}set_backend_id/`]: { body: { backend_id: 'other' } },
    [`${provider}set_backend_metadata/`]: { body: { backend_metadata: {} } },
    [`${provider}set_end_date_by_provider/`]: { body: { end_date: LATER } },
    [`${provider}set_limits/`]: { body: { limits: { cpu: 2 } } },
    [`${provider}set_state_ok/`]: { on: resources.Erred.uuid },
    [`${provider}submit_report/`]: { body: { report: [{ header: 'Use', body: 'Much' }] } },
    [`${provider}update_options_direct/`]: { body: { options: { size: 'large' } } },
    'POST /api/marketplace-component-usages/{uuid}/set_user_usage/': { body: { username: 'carl', usage: '1' } },
    'POST /api/marketplace-component-usages/set_usage/': {
      body: { resource: resources.OK.uuid, usages: [{ type: 'cpu', amount: '1' }], date: '2026-02-03T00:00:00Z' },
    },
  }
}

function checklistRequests({ checklist, question, base, lastQuestion, option }: Things): Requests {
  const [lists, questions] = ['/api/checklists-admin/', '/api/checklists-admin-questions/']
  const [options, dependencies] = ['/api/checklists-admin-question-options/', '/api/checklists-admin-question-dependencies/']
  const at = ({ uuid }: Row) => `${questions}${uuid}/`
  const asking = { checklist: `${lists}${checklist.uuid}/`, description: 'Why?', question_type: 'multi_select' }
  const labelled = { question: at(question), label: 'Other' }
  const depending = { question: at(lastQuestion), depends_on_question: at(question), operator: 'in', required_answer_value: [option.uuid] }
  const changed = { question: at(question), depends_on_question: at(base), operator: 'equals', required_answer_value: false }
  return {
    [`POST ${lists}`]: { body: { name: 'New' } },
    ...both(`${lists}{uuid}/`, { body: { name: 'Renamed' } }),
    [`POST ${questions}`]: { body: asking },
    ...both(`${questions}{uuid}/`, { body: asking }),
    [`POST ${options}`]: { body: labelled },
    ...both(`${options}{uuid}/`, { body: labelled }),
    [`POST ${dependencies}`]: { body: depending },
    ...both(`${dependencies}{uuid}/`, { body: changed }),
  }
}
