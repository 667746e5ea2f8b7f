// What an offering looks like to those who provide it. The public catalogue shows most of the same fields (public/view.ts).

import { COUNTRY_CODES } from '../core/public.ts'
import { keptKeys, keptSum } from '../platform/counts/kept.ts'
import {
  absent,
  boolean,
  constant,
  datetime,
  described,
  type Field,
  type Fields,
  fileUrl,
  integer,
  json,
  list,
  nullable,
  number,
  oneOf,
  text,
  url,
  uuid,
  type View,
} from '../platform/http/view.ts'
import { attachedFields } from './attached/view.ts'
import { offeringComponentFields } from './components.view.ts'
import { organizationGroupFields, providerPlanFields } from './plans/plan-fields.ts'
import { OFFERING_STATES } from './states.ts'

const emptyList = (): Field => constant([], { type: 'array', items: { type: 'object', additionalProperties: true } })
const nothing = (schema: { [key: string]: unknown }): Field => nullable(described(schema, text('null')))

/** Organizations that use the offering: of its resources that are there or being changed (service-providers.md §2.25). */
export const TOTAL_CUSTOMERS = `(select count(distinct used_in.customer_id) from project used_in where used_in.id in ${keptKeys(
  'resource_counted',
  'project_id,offering_id',
  'project_id',
  `kept.offering_id = offering.id and kept.state in ('OK', 'Updating', 'Terminating')`,
)})`

const ORDER_COUNT = keptSum('order_counted', 'offering_id', 'kept.offering_id = offering.id')

// One word for how the offering is billed as a whole.
const BILLING_CLASS = `(select case when bool_and(billed.billing_type = 'limit') then 'limit_only'
  when bool_and(billed.billing_type = 'usage') then 'usage_only' else 'mixed' end
  from offering_component billed where billed.offering_id = offering.id)`

const AGENT_TYPES = ['Order processing', 'Usage reporting', 'Glauth sync', 'Resource sync', 'Event processing', 'unknown']

/** What the site's agents do for the offering, by the services that they have told of. */
const agentStatus = list(
  {
    agent_type: oneOf(
      AGENT_TYPES,
      `case service.mode when 'order_process' then 'Order processing' when 'report' then 'Usage reporting'
        when 'glauth_sync' then 'Glauth sync' when 'membership_sync' then 'Resource sync' when 'event_process' then 'Event processing'
        else 'unknown' end`,
    ),
    status: text('site_agent_state(service.last_seen)'),
    last_request_timestamp: nullable(datetime('service.last_seen')),
    service_name: text('service.name'),
  },
  `from site_agent_service service join site_agent_identity agent on agent.id = service.identity_id
    where agent.offering_id = offering.id`,
  'agent.name, service.name, service.id',
)

const groups = list(
  organizationGroupFields('allowed', 'above'),
  `from offering_organization_group allowing join organization_group allowed on allowed.id = allowing.organization_group_id
    left join organization_group above on above.id = allowed.parent_id where allowing.offering_id = offering.id`,
  'allowed.name, allowed.id',
)

const identity: Fields = {
  url: url('/api/marketplace-provider-offerings/{}/', 'offering.uuid'),
  uuid: uuid('offering.uuid'),
  created: datetime('offering.created'),
  name: text('offering.name'),
  slug: text('offering.slug'),
  description: text('offering.description'),
  full_description: text('offering.full_description'),
  privacy_policy_link: text('offering.privacy_policy_link'),
  access_url: text('offering.access_url'),
  endpoints: list(
    { uuid: uuid('endpoint.uuid'), name: text('endpoint.name'), url: text('endpoint.url') },
    'from offering_endpoint endpoint where endpoint.offering_id = offering.id',
    'endpoint.name, endpoint.id',
  ),
  // Catalogues of software, partitions of clusters and roles of account holders belong to types that cannot be ordered yet.
  software_catalogs: emptyList(),
  partitions: emptyList(),
  roles: emptyList(),
}

const relations: Fields = {
  customer: nullable(url('/api/customers/{}/', 'customer.uuid')),
  customer_uuid: nullable(uuid('customer.uuid')),
  customer_name: nullable(text('customer.name')),
  project: nullable(url('/api/projects/{}/', 'project.uuid')),
  project_uuid: nullable(uuid('project.uuid')),
  project_name: nullable(text('project.name')),
  category: url('/api/marketplace-categories/{}/', 'category.uuid'),
  category_uuid: uuid('category.uuid'),
  category_title: text('category.title'),
}

const definition: Fields = {
  // Windows of bookings are shown as they are now.
  attributes: json(
    `case when offering.type = 'Marketplace.Booking' then schedules_at(offering.attributes, now()) else offering.attributes end`,
  ),
  options: json('offering.options'),
  resource_options: json('offering.resource_options'),
  components: list(
    offeringComponentFields('component'),
    'from offering_component component where component.offering_id = offering.id',
    'component.id',
  ),
  plugin_options: json('offering.plugin_options'),
  // Sealed in the database: opened for one offering at a time, never in lists (secret-options.ts).
  secret_options: absent(json('null::jsonb')),
  service_attributes: json('offering.service_attributes'),
  state: oneOf(OFFERING_STATES, 'offering.state'),
  vendor_details: text('offering.vendor_details'),
  getting_started: text('offering.getting_started'),
  integration_guide: text('offering.integration_guide'),
  thumbnail: nullable(fileUrl('thumbnail.uuid')),
  order_count: integer(ORDER_COUNT),
  plans: list(providerPlanFields, 'from plan where plan.offering_id = offering.id', 'plan.name, plan.id'),
  type: text('offering.type'),
  shared: boolean('offering.shared'),
  billable: boolean('offering.billable'),
}

// Offerings stand for no object of another system: nothing is linked, so nothing has a state or a quota.
const scope: Fields = {
  scope: absent(text('null')),
  scope_uuid: nothing({ format: 'uuid' }),
  scope_name: nothing({ format: 'uuid' }),
  scope_state: nothing({}),
  scope_error_message: nothing({}),
  quotas: emptyList(),
}

const further: Fields = {
  paused_reason: text('offering.paused_reason'),
  datacite_doi: text('offering.datacite_doi'),
  // As the field says it where citations were never counted.
  citation_count: constant(-1, { type: 'integer' }),
  latitude: nullable(number('offering.latitude')),
  longitude: nullable(number('offering.longitude')),
  country: oneOf([...COUNTRY_CODES, ''], 'offering.country'),
  backend_id: text('offering.backend_id'),
  backend_id_rules: json('offering.backend_id_rules', {}),
  organization_groups: groups,
  // Offerings cannot be tagged yet.
  tags: emptyList(),
  image: nullable(fileUrl('image.uuid')),
  total_customers: nullable(integer(TOTAL_CUSTOMERS)),
  // Nothing is invoiced yet.
  total_cost: nullable(integer('null::bigint')),
  total_cost_estimated: nullable(integer('null::bigint')),
  parent_description: nullable(text('parent.description')),
  parent_uuid: nullable(uuid('parent.uuid')),
  parent_name: nullable(text('parent.name')),
  backend_metadata: json('offering.backend_metadata', {}),
  has_compliance_requirements: boolean('offering.compliance_checklist_id is not null'),
  billing_type_classification: text(`coalesce(${BILLING_CLASS}, 'mixed')`),
  compliance_checklist: nullable(url('/api/checklists-admin/{}/', 'compliance.uuid')),
  integration_status: nullable(agentStatus),
  google_calendar_is_public: nullable(boolean(`(case when offering.type = 'Marketplace.Booking' then calendar.public end)`)),
  google_calendar_link: nullable(
    text(`case when calendar.public and calendar.backend_id is not null
      then 'https://calendar.google.com/calendar/embed?src=' || replace(calendar.backend_id, '@', '%40') end`),
  ),
}

export const providerOfferingView: View = {
  name: 'ProviderOfferingDetails',
  from: 'offering',
  alias: 'offering',
  joins: {
    customer: 'join customer on customer.id = offering.customer_id',
    category: 'join category on category.id = offering.category_id',
    category_group: 'left join category_group on category_group.id = category.group_id',
    project: 'left join project on project.id = offering.project_id',
    parent: 'left join offering parent on parent.id = offering.parent_id',
    compliance: 'left join checklist compliance on compliance.id = offering.compliance_checklist_id',
    image: 'left join file image on image.id = offering.image_id',
    thumbnail: 'left join file thumbnail on thumbnail.id = offering.thumbnail_id',
    calendar: 'left join google_calendar calendar on calendar.offering_id = offering.id',
  },
  fields: { ...identity, ...relations, ...definition, ...attachedFields, ...scope, ...further },
}
