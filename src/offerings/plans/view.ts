// Plans, their components and their use, as providers see them.
import { decimal, integer, nullable, oneOf, text, url, uuid, type View } from '../../platform/http/view.ts'
import { BILLING_TYPES } from '../offering-types.ts'
import { PLAN_UNITS, providerPlanFields, RESOURCES_COUNT } from './plan-fields.ts'

const OFFERING = 'join offering on offering.id = plan.offering_id'
const PROVIDER = 'join customer provider on provider.id = offering.customer_id'
const PARENT = 'left join offering above on above.id = offering.parent_id'

export const planView: View = {
  name: 'ProviderPlanDetails',
  from: 'plan',
  alias: 'plan',
  joins: { offering: OFFERING, provider: PROVIDER, above: PARENT },
  fields: { ...providerPlanFields, offering: url('/api/marketplace-provider-offerings/{}/', 'offering.uuid') },
}

/** Null where there is no limit, though the contract has a number: how many remain cannot be said of what never ends. */
export const planUsageView: View = {
  name: 'PlanUsageResponse',
  from: 'plan',
  alias: 'plan',
  joins: { offering: OFFERING, provider: PROVIDER, above: PARENT },
  fields: {
    plan_uuid: uuid('plan.uuid'),
    plan_name: text('plan.name'),
    limit: nullable(integer('plan.max_amount')),
    usage: integer(RESOURCES_COUNT),
    remaining: nullable(integer(`plan.max_amount - ${RESOURCES_COUNT}`)),
    offering_uuid: uuid('offering.uuid'),
    offering_name: text('offering.name'),
    customer_provider_uuid: uuid('provider.uuid'),
    customer_provider_name: text('provider.name'),
  },
}

export const planComponentView: View = {
  name: 'PlanComponent',
  from: 'plan_component part',
  alias: 'part',
  joins: {
    plan: 'join plan on plan.id = part.plan_id',
    offering: OFFERING,
    kind: 'join offering_component kind on kind.id = part.component_id',
  },
  fields: {
    offering_uuid: uuid('offering.uuid'),
    offering_name: text('offering.name'),
    plan_uuid: uuid('plan.uuid'),
    plan_name: text('plan.name'),
    plan_unit: oneOf(PLAN_UNITS, 'plan.unit'),
    component_name: text('kind.name'),
    measured_unit: text('kind.measured_unit'),
    billing_type: oneOf(BILLING_TYPES, 'kind.billing_type'),
    amount: integer('part.amount'),
    price: decimal('part.price'),
    future_price: nullable(decimal('part.future_price')),
    discount_threshold: nullable(integer('part.discount_threshold')),
    discount_rate: nullable(integer('part.discount_rate')),
  },
}
