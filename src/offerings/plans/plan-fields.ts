// How a plan looks, wherever it is shown: by itself, within an offering, on the provider's side and on the public one.
// All over the alias `plan`; the aliases used inside begin with `plan_`, so that a view may hold these fields in a list.
import { keptSum } from '../../platform/counts/kept.ts'
import {
  absent,
  boolean,
  decimal,
  type Field,
  type Fields,
  integer,
  list,
  map,
  nullable,
  number,
  oneOf,
  text,
  url,
  uuid,
} from '../../platform/http/view.ts'

export const PLAN_UNITS = ['month', 'quarter', 'half_month', 'day', 'hour', 'quantity'] as const

/** A group of organizations over the alias `group`, its parent over the alias `above`. */
export const organizationGroupFields = (group: string, above: string): Fields => ({
  uuid: uuid(`${group}.uuid`),
  url: url('/api/organization-groups/{}/', `${group}.uuid`),
  name: text(`${group}.name`),
  parent_uuid: absent(uuid(`${above}.uuid`)),
  parent_name: absent(text(`${above}.name`)),
  parent: nullable(url('/api/organization-groups/{}/', `${above}.uuid`)),
  customers_count: integer(`(select count(*) from customer_organization_group member where member.organization_group_id = ${group}.id)`),
})

const COMPONENTS = `from plan_component plan_part join offering_component plan_kind on plan_kind.id = plan_part.component_id
  where plan_part.plan_id = plan.id`

const sumOf = (what: string, condition: string) => `(select coalesce(sum(${what}), 0) ${COMPONENTS} and ${condition})`

/** Resources that use the plan now. */
export const RESOURCES_COUNT = keptSum('resource_counted', 'plan_id', `kept.plan_id = plan.id and kept.state <> 'Terminated'`)

// The least that a resource on the plan costs at first: fixed parts, what is charged once, and the smallest limits allowed.
const MINIMAL_PRICE = `plan.unit_price + ${sumOf(
  `case plan_kind.billing_type when 'one' then plan_part.price else plan_part.price * greatest(coalesce(plan_kind.min_value, 0), 0) end`,
  `plan_kind.billing_type in ('one', 'limit')`,
)}`

// One word for the whole plan: how its components are billed, `mixed` when in several ways.
const PLAN_TYPE = `(select case when count(distinct plan_kind.billing_type) > 1 then 'mixed' else coalesce(min(case plan_kind.billing_type
  when 'usage' then 'usage-based' when 'one' then 'one-time' when 'few' then 'on-plan-switch' else plan_kind.billing_type end), 'fixed') end ${COMPONENTS})`

const components = list(
  {
    type: text('plan_kind.type'),
    name: text('plan_kind.name'),
    measured_unit: text('plan_kind.measured_unit'),
    amount: integer('plan_part.amount'),
    price: decimal('plan_part.price'),
    future_price: nullable(decimal('plan_part.future_price')),
    discount_threshold: nullable(integer('plan_part.discount_threshold')),
    discount_rate: nullable(integer('plan_part.discount_rate')),
  },
  COMPONENTS,
  'plan_kind.id',
)

/** Prices by component type; a component whose price stays has no future one. */
const priceMap = (price: Field) => map('plan_kind.type', price, COMPONENTS)

/**
 * The fields of a plan whose address is `address`. Prices are numbers, but the public side sends decimal texts of ten places,
 * for clients take nothing else there (clients.md §2).
 */
export const planFields = (address: Field, side: 'provider' | 'public'): Fields => ({
  url: address,
  uuid: uuid('plan.uuid'),
  name: text('plan.name'),
  description: text('plan.description'),
  article_code: text('plan.article_code'),
  max_amount: nullable(integer('plan.max_amount')),
  archived: boolean('plan.archived'),
  is_active: boolean(`plan.max_amount is null or ${RESOURCES_COUNT} < plan.max_amount`),
  unit_price: decimal('plan.unit_price'),
  unit: oneOf(PLAN_UNITS, 'plan.unit'),
  init_price: number(sumOf('plan_part.price', `plan_kind.billing_type = 'one'`)),
  switch_price: number(sumOf('plan_part.price', `plan_kind.billing_type = 'few'`)),
  backend_id: text('plan.backend_id'),
  organization_groups: list(
    organizationGroupFields('plan_group', 'plan_group_above'),
    `from plan_organization_group plan_member join organization_group plan_group on plan_group.id = plan_member.organization_group_id
      left join organization_group plan_group_above on plan_group_above.id = plan_group.parent_id where plan_member.plan_id = plan.id`,
    'plan_group.name, plan_group.id',
  ),
  components,
  prices: priceMap(side === 'public' ? decimal('plan_part.price') : number('plan_part.price')),
  future_prices: map('plan_kind.type', number('plan_part.future_price'), `${COMPONENTS} and plan_part.future_price is not null`),
  quotas: map('plan_kind.type', number('plan_part.amount'), COMPONENTS),
  resources_count: integer(RESOURCES_COUNT),
  plan_type: text(PLAN_TYPE),
  minimal_price: number(MINIMAL_PRICE),
})

/** The plans of an offering as its provider sees them; the offering is the alias `offering`. */
export const providerPlanFields: Fields = planFields(url('/api/marketplace-plans/{}/', 'plan.uuid'), 'provider')
