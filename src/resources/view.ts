// What a resource looks like to those who use it and to those who provide it: one row per field (orders.md §1.9).

import { OFFERING_STATES, offeringComponentFields, reconsentAsked } from '../offerings/public.ts'
import { sightSql, verbSql } from '../platform/http/rights.ts'
import {
  absent,
  boolean,
  date,
  datetime,
  type Field,
  type Fields,
  forStaffAndSupport,
  json,
  list,
  map,
  nullable,
  number,
  object,
  oneOf,
  onlyNamed,
  retold,
  shownTo,
  text,
  url,
  uuid,
  type View,
} from '../platform/http/view.ts'
import { stateIn } from '../platform/states/sql.ts'
import { boughtFields, boughtJoins, integers, orderAliases, orderFields, orderJoins, shownAttributes } from './order-fields.ts'
import { maySeeOrder } from './order-sight.ts'
import { OPEN_ORDER_STATES } from './states.orders.ts'
import { RESOURCE_STATES } from './states.ts'
import { RESOURCE_SUBJECT } from './subject.ts'
import { RESOURCE_VERBS } from './verbs.ts'

/** Components of the resource's offering, wherever a subselect needs them. */
const COMPONENTS = 'from offering_component oc where oc.offering_id = r.offering_id'

const has = (condition: string) => boolean(`exists (select 1 ${COMPONENTS} and ${condition})`)

const quote = (words: readonly string[]) => words.map((word) => `'${word}'`).join(', ')

const VERBS = Object.entries(RESOURCE_VERBS)
  .map(([name, verb]) => `when '${name}' then ${verbSql(verb, RESOURCE_SUBJECT)}`)
  .join(' ')

/** Verbs that the caller could use now and the offering has not switched off, as a JSON list of names. */
const availableActions: Field = {
  ...json(`(select coalesce(jsonb_agg(verb order by verb), '[]') from unnest(array[${quote(Object.keys(RESOURCE_VERBS))}]) verb
    where case verb ${VERBS} end and not coalesce(off.plugin_options -> 'disabled_resource_actions' ? verb, false))`),
  schema: { type: 'array', items: { type: 'string' } },
}

/** The first day on which a period of that length has passed since the first of the current one. */
const NEXT_PERIOD = `(period_start(nullif(oc.limit_period, 'total'), ctx.today) + case oc.limit_period when 'annual' then interval '1 year'
  when 'quarterly' then interval '3 months' else interval '1 month' end)::date`

/** The first day of the current period, from which usage counts against the limit. */
const PERIOD_START = 'period_start(oc.limit_period, ctx.today)'

/**
 * One order of the resource, chosen by `condition`, as orders show it; offering and project are the resource's own. Null also for
 * callers who do not see the resource's orders (docs/decisions/0039).
 */
function orderOf(prefix: string, condition: string): Field {
  const a = orderAliases(prefix)
  const joins = [`left join plan ${a.plan} on ${a.plan}.id = ${prefix}.plan_id`, ...Object.values(orderJoins(a))].join(' ')
  const order = retold(
    object({ ...boughtFields(a.plan), ...orderFields(a) }),
    (shown) => `(select ${shown} from "order" ${prefix} ${joins} where ${prefix}.resource_id = r.id and ${condition}
    and ${sightSql(maySeeOrder, RESOURCE_SUBJECT)} order by ${prefix}.created, ${prefix}.id limit 1)`,
  )
  return nullable(order)
}

// Values that only features which are not served yet would fill: backing objects. Each is what an original without the feature in
// use answers.
const unused: Fields = {
  scope: absent(text('null')),
  resource_uuid: nullable(uuid('null')),
  resource_type: nullable(text('null')),
  endpoints: list({ uuid: uuid('null'), name: text('null'), url: text('null') }, 'from generate_series(1, 0) none', 'none'),
  service_settings_uuid: absent(uuid('null')),
}

// The caller's own name at the offering.
const OWN_NAME = `(select ou.username from offering_user ou where ou.offering_id = r.offering_id and ou.user_id = ctx.actor_id and ou.state <> 'Deleted')`

const fields: Fields = {
  ...boughtFields('plan'),
  username: nullable(text(OWN_NAME)),
  user_requires_reconsent: boolean(reconsentAsked('r.offering_id')),
  attributes: json(shownAttributes('r')),
  limits: json('r.limits', integers),
  uuid: uuid('r.uuid'),
  created: datetime('r.created'),
  modified: datetime('r.modified'),
  url: url('/api/marketplace-resources/{}/', 'r.uuid'),
  description: text('r.description'),
  state: oneOf(RESOURCE_STATES, 'r.state'),
  backend_id: text('r.backend_id'),
  effective_id: text('r.effective_id'),
  project: url('/api/projects/{}/', 'p.uuid'),
  project_uuid: uuid('p.uuid'),
  project_name: text('p.name'),
  project_description: text('p.description'),
  project_end_date: nullable(date('p.end_date')),
  project_end_date_requested_by: absent(url('/api/users/{}/', 'project_requester.uuid')),
  project_slug: text('p.slug'),
  customer_uuid: uuid('c.uuid'),
  customer_name: text('c.name'),
  customer_slug: text('c.slug'),
  offering_slug: text('off.slug'),
  offering_backend_id: text('off.backend_id'),
  // Wanted by the pages of the field, though not in the contract (clients.md §3).
  offering_customer_uuid: uuid('prv.uuid'),
  offering_state: oneOf(OFFERING_STATES, 'off.state'),
  parent_offering_uuid: absent(uuid('off_parent.uuid')),
  parent_offering_name: absent(text('off_parent.name')),
  parent_offering_slug: absent(text('off_parent.slug')),
  parent_uuid: absent(uuid('parent.uuid')),
  parent_name: absent(text('parent.name')),
  backend_metadata: json('r.backend_metadata'),
  is_usage_based: has("oc.billing_type = 'usage'"),
  is_limit_based: has("oc.billing_type = 'limit'"),
  name: text('r.name'),
  slug: text('r.slug'),
  // What is stored tells of the month in which usage was last reported.
  current_usages: json(`case when r.current_usages_month = period_start('month', ctx.today) then r.current_usages else '{}' end`, {
    type: 'object',
    additionalProperties: { type: 'number' },
  }),
  can_terminate: boolean(verbSql(RESOURCE_VERBS.terminate, RESOURCE_SUBJECT)),
  report: {
    ...json("coalesce(r.report, '[]')"),
    schema: { type: 'array', items: { type: 'object', properties: { header: { type: 'string' }, body: { type: 'string' } } } },
  },
  end_date: nullable(date('r.end_date')),
  end_date_requested_by: nullable(url('/api/users/{}/', 'requester.uuid')),
  limit_usage: map(
    'oc.type',
    number(`(select sum(cu.usage) from component_usage cu where cu.resource_id = r.id and cu.component_id = oc.id
      and cu.billing_period >= ${PERIOD_START})`),
    `${COMPONENTS} and oc.billing_type = 'limit' and exists (select 1 from component_usage cu where cu.resource_id = r.id
      and cu.component_id = oc.id and cu.billing_period >= ${PERIOD_START})`,
  ),
  renewal_date: nullable(
    map(
      'oc.type',
      date(NEXT_PERIOD),
      `${COMPONENTS} and oc.billing_type = 'limit' and oc.limit_period in ('month', 'quarterly', 'annual')`,
    ),
  ),
  downscaled: boolean('r.downscaled'),
  restrict_member_access: boolean('r.restrict_member_access'),
  paused: boolean('r.paused'),
  error_message: text('r.error_message'),
  error_traceback: shownTo(forStaffAndSupport, text('r.error_traceback')),
  options: nullable(json('r.options')),
  available_actions: availableActions,
  last_sync: datetime('r.last_sync'),
  offering_components: list(offeringComponentFields('oc'), COMPONENTS, 'oc.id'),
  ...unused,
}

const orders = {
  order_in_progress: orderOf('running', stateIn('running.state', OPEN_ORDER_STATES)),
  creation_order: orderOf('creation', "creation.type = 'Create'"),
}

const base = {
  from: 'resource r',
  alias: 'r',
  joins: {
    ...boughtJoins('r', 'plan'),
    off_parent: 'left join offering off_parent on off_parent.id = off.parent_id',
    parent: 'left join resource parent on parent.id = r.parent_id',
    requester: 'left join "user" requester on requester.id = r.end_date_requested_by_id',
    project_requester: 'left join "user" project_requester on project_requester.id = p.end_date_requested_by_id',
  },
}

/** A row of a list: its two orders are shown only when `field` names them, for they cost more than all the rest (orders.md §7 row 19). */
export const resourceRowView: View = {
  ...base,
  name: 'ResourceRow',
  fields: { ...fields, order_in_progress: onlyNamed(orders.order_in_progress), creation_order: onlyNamed(orders.creation_order) },
}

/** One resource, with the order that is changing it and the one that made it. */
export const resourceView: View = { ...base, name: 'Resource', fields: { ...fields, ...orders } }

/** What PUT and PATCH answer. */
export const resourceUpdateView: View = {
  ...base,
  name: 'ResourceUpdate',
  fields: { name: text('r.name'), description: text('r.description'), end_date: nullable(date('r.end_date')) },
}

/** The plans that a resource ran on, with what was used meanwhile. */
export const planPeriodView: View = {
  name: 'ResourcePlanPeriod',
  from: 'resource_plan_period rpp',
  alias: 'rpp',
  joins: { plan: 'join plan on plan.id = rpp.plan_id' },
  fields: {
    uuid: uuid('rpp.uuid'),
    plan_name: text('plan.name'),
    plan_uuid: uuid('plan.uuid'),
    start: nullable(datetime('rpp.start')),
    end: nullable(datetime('rpp."end"')),
    components: list(
      {
        uuid: uuid('cu.uuid'),
        created: datetime('cu.created'),
        description: text('cu.description'),
        type: text('oc.type'),
        name: text('oc.name'),
        measured_unit: text('oc.measured_unit'),
        usage: { ...text('cu.usage'), schema: { type: 'string', format: 'decimal' } },
        date: datetime('cu.date'),
        recurring: boolean('cu.recurring'),
      },
      'from component_usage cu join offering_component oc on oc.id = cu.component_id where cu.plan_period_id = rpp.id',
      'cu.billing_period, cu.id',
    ),
  },
}
