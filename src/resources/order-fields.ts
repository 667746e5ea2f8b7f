// How an order looks, wherever it is shown: in the list of orders, and inside its resource. It stands here and not in
// orders because resources may only look left. Shared aliases: off offering, prv its organization, cat category,
// p project, c the organization that orders, r resource. An order's own aliases are parameters.

import { OFFERING_TYPES } from '../offerings/public.ts'
import {
  absent,
  boolean,
  constant,
  date,
  datetime,
  decimal,
  described,
  type Field,
  type Fields,
  fileUrl,
  forStaffAndSupport,
  json,
  nullable,
  number,
  object,
  oneOf,
  shownTo,
  text,
  url,
  uuid,
} from '../platform/http/view.ts'
import { stateIn } from '../platform/states/sql.ts'
import { OPEN_ORDER_STATES, ORDER_STATES } from './states.orders.ts'

export const BILLING_UNITS = ['month', 'quarter', 'half_month', 'day', 'hour', 'quantity'] as const
export const ORDER_TYPES = ['Create', 'Update', 'Terminate', 'Restore'] as const

export const integers = { type: 'object', additionalProperties: { type: 'integer' } }
const none = (schema: { [key: string]: unknown }): Field => nullable(constant(null, schema))

/** Joins of what `boughtFields` show; the base table needs `offering_id`, `project_id` and `plan_id` under `alias`. */
export const boughtJoins = (alias: string, plan: string) => ({
  off: `join offering off on off.id = ${alias}.offering_id`,
  prv: 'join customer prv on prv.id = off.customer_id',
  cat: 'join category cat on cat.id = off.category_id',
  off_image: 'left join file off_image on off_image.id = off.image_id',
  off_thumbnail: 'left join file off_thumbnail on off_thumbnail.id = off.thumbnail_id',
  cat_icon: 'left join file cat_icon on cat_icon.id = cat.icon_id',
  p: `join project p on p.id = ${alias}.project_id`,
  c: 'join customer c on c.id = p.customer_id',
  [plan]: `left join plan ${plan} on ${plan}.id = ${alias}.plan_id`,
})

/** Offering, provider, category and plan: the block that orders and resources begin with (orders.md §3.1). */
export const boughtFields = (plan: string): Fields => ({
  offering: url('/api/marketplace-public-offerings/{}/', 'off.uuid'),
  offering_name: text('off.name'),
  offering_uuid: uuid('off.uuid'),
  offering_description: text('off.description'),
  offering_image: absent(fileUrl('off_image.uuid')),
  offering_thumbnail: absent(fileUrl('off_thumbnail.uuid')),
  offering_type: text('off.type'),
  offering_shared: boolean('off.shared'),
  offering_billable: boolean('off.billable'),
  offering_plugin_options: json('off.plugin_options'),
  provider_name: text('prv.name'),
  provider_uuid: uuid('prv.uuid'),
  provider_slug: text('prv.slug'),
  category_title: text('cat.title'),
  category_uuid: uuid('cat.uuid'),
  category_icon: absent(fileUrl('cat_icon.uuid')),
  plan: absent(url('/api/marketplace-public-offerings/{}/plans/{}/', 'off.uuid', `${plan}.uuid`)),
  plan_unit: nullable(oneOf(BILLING_UNITS, `${plan}.unit`)),
  plan_name: nullable(text(`${plan}.name`)),
  plan_uuid: nullable(uuid(`${plan}.uuid`)),
  plan_description: nullable(text(`${plan}.description`)),
})

/** Aliases of one order and of what is joined for it alone. */
export type OrderAliases = {
  order: string
  plan: string
  oldPlan: string
  creator: string
  consumer: string
  provider: string
  attachment: string
  providerFile: string
  consumerFile: string
  issue: string
}

export const orderAliases = (prefix: string): OrderAliases => ({
  order: prefix,
  plan: `${prefix}_plan`,
  oldPlan: `${prefix}_old_plan`,
  creator: `${prefix}_creator`,
  consumer: `${prefix}_consumer`,
  provider: `${prefix}_provider`,
  attachment: `${prefix}_attachment`,
  providerFile: `${prefix}_provider_file`,
  consumerFile: `${prefix}_consumer_file`,
  issue: `${prefix}_issue`,
})

/** Joins that an order needs besides offering, project and resource. */
export const orderJoins = (a: OrderAliases) => ({
  [a.oldPlan]: `left join plan ${a.oldPlan} on ${a.oldPlan}.id = ${a.order}.old_plan_id`,
  [a.creator]: `join "user" ${a.creator} on ${a.creator}.id = ${a.order}.created_by_id`,
  [a.consumer]: `left join "user" ${a.consumer} on ${a.consumer}.id = ${a.order}.consumer_reviewed_by_id`,
  [a.provider]: `left join "user" ${a.provider} on ${a.provider}.id = ${a.order}.provider_reviewed_by_id`,
  [a.attachment]: `left join file ${a.attachment} on ${a.attachment}.id = ${a.order}.attachment_id`,
  [a.providerFile]: `left join file ${a.providerFile} on ${a.providerFile}.id = ${a.order}.provider_message_attachment_id`,
  [a.consumerFile]: `left join file ${a.consumerFile} on ${a.consumerFile}.id = ${a.order}.consumer_message_attachment_id`,
  [a.issue]: `left join support_request ${a.issue} on ${a.issue}.order_id = ${a.order}.id`,
})

const SECRETIVE = OFFERING_TYPES.filter(({ secretAttributes }) => secretAttributes.length > 0)
const quoted = (words: readonly string[]) => words.map((word) => `'${word}'`).join(', ')

/** The attributes of the order or resource `alias`, without those that its type of offering keeps to itself (orders.md §1.4). */
export const shownAttributes = (alias: string): string =>
  `(case off.type ${SECRETIVE.map(({ key, secretAttributes }) => `when '${key}' then ${alias}.attributes - array[${quoted(secretAttributes)}]`).join(' ')} else ${alias}.attributes end)`

const CANCELABLE = OFFERING_TYPES.filter((type) => type.orderVerbs.cancel).map((type) => `'${type.key}'`)

function reviewFields(side: 'consumer' | 'provider', order: string, user: string): Fields {
  return {
    [`${side}_reviewed_by`]: nullable(text(`${user}.username`)),
    [`${side}_reviewed_by_full_name`]: nullable(text(`${user}.full_name`)),
    [`${side}_reviewed_by_username`]: nullable(text(`${user}.username`)),
    [`${side}_reviewed_at`]: nullable(datetime(`${order}.${side}_reviewed_at`)),
  }
}

/** Every field of OrderDetails after the block of what was bought. */
export function orderFields(a: OrderAliases): Fields {
  const o = a.order
  return {
    attributes: json(shownAttributes(o)),
    limits: json(`${o}.limits`, integers),
    uuid: uuid(`${o}.uuid`),
    created: datetime(`${o}.created`),
    modified: datetime(`${o}.modified`),
    // The object behind a resource in the provider's own system: no type that is served has one.
    resource_uuid: none({ type: 'string', format: 'uuid' }),
    resource_type: none({ type: 'string' }),
    resource_name: text('r.name'),
    cost: nullable(decimal(`${o}.cost`)),
    state: oneOf(ORDER_STATES, `${o}.state`),
    output: text(`${o}.output`),
    marketplace_resource_uuid: uuid('r.uuid'),
    error_message: text(`${o}.error_message`),
    error_traceback: shownTo(forStaffAndSupport, text(`${o}.error_traceback`)),
    callback_url: nullable(described({ format: 'uri' }, text(`${o}.callback_url`))),
    completed_at: nullable(datetime(`${o}.completed_at`)),
    request_comment: nullable(text(`${o}.request_comment`)),
    attachment: nullable(fileUrl(`${a.attachment}.uuid`)),
    type: oneOf(ORDER_TYPES, `${o}.type`),
    start_date: nullable(date(`${o}.start_date`)),
    slug: text(`${o}.slug`),
    url: url('/api/marketplace-orders/{}/', `${o}.uuid`),
    ...reviewFields('consumer', o, a.consumer),
    ...reviewFields('provider', o, a.provider),
    created_by_username: text(`${a.creator}.username`),
    created_by_full_name: text(`${a.creator}.full_name`),
    created_by_civil_number: nullable(text(`${a.creator}.civil_number`)),
    created_by_email: nullable(described({ format: 'email' }, text(`${a.creator}.email`))),
    created_by_organization: nullable(text(`${a.creator}.organization`)),
    // Users carry no registry code.
    created_by_organization_registry_code: none({ type: 'string' }),
    customer_name: text('c.name'),
    customer_uuid: uuid('c.uuid'),
    customer_slug: text('c.slug'),
    project_name: text('p.name'),
    project_uuid: uuid('p.uuid'),
    project_description: text('p.description'),
    project_slug: text('p.slug'),
    old_plan_name: nullable(text(`${a.oldPlan}.name`)),
    new_plan_name: nullable(text(`${a.plan}.name`)),
    old_plan_uuid: nullable(uuid(`${a.oldPlan}.uuid`)),
    new_plan_uuid: nullable(uuid(`${a.plan}.uuid`)),
    old_cost_estimate: absent(decimal(`${o}.old_cost_estimate`)),
    new_cost_estimate: nullable(decimal(`${o}.cost`)),
    can_terminate: boolean(`(${stateIn(`${o}.state`, OPEN_ORDER_STATES)} and off.type in (${CANCELABLE.join(', ')}))`),
    fixed_price: number(`${o}.fixed_price`),
    activation_price: number(`${o}.activation_price`),
    termination_comment: nullable(text(`${o}.termination_comment`)),
    backend_id: text(`${o}.backend_id`),
    order_subtype: nullable(text(`${o}.subtype`)),
    provider_message: text(`${o}.provider_message`),
    provider_message_url: described({ format: 'uri' }, text(`${o}.provider_message_url`)),
    provider_message_attachment: nullable(fileUrl(`${a.providerFile}.uuid`)),
    consumer_message: text(`${o}.consumer_message`),
    consumer_message_attachment: nullable(fileUrl(`${a.consumerFile}.uuid`)),
    consumer_rejection_comment: text(`${o}.consumer_rejection_comment`),
    provider_rejection_comment: text(`${o}.provider_rejection_comment`),
    // What people are asked to do for it: of support offerings only.
    issue: nullable(object({ key: text(`('REQ-' || ${a.issue}.id)`), uuid: uuid(`${a.issue}.uuid`) }, { when: `${a.issue}.id` })),
  }
}
