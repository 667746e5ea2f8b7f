// What resources used, by component and month. Seen by whoever sees the resource, as consumer or as provider (orders.md §5.7).
import { sql } from 'kysely'
import { type Actor, readsAll } from '../../platform/auth/actor.ts'
import type { Collection } from '../../platform/http/collection.ts'
import { day, int, type RowOf, str, uuid } from '../../platform/http/columns.ts'
import type { Visibility } from '../../platform/http/cut.ts'
import { type Condition, dateCompared, dateIs, numberIs, textIs, urlOf, uuidIs } from '../../platform/http/filters.ts'
import { seesResource } from '../sight.ts'
import { componentUsageView } from './view.ts'

const USAGE = {
  id: int('cu.id'),
  uuid: uuid('cu.uuid'),
  date: str('wire_time(cu.date)'),
  billing_period: day('cu.billing_period'),
  billing_type: str('oc.billing_type'),
  resource_state: str('r.state'),
  offering_id: int('r.offering_id'),
  provider_id: int('off.customer_id'),
}
export type ComponentUsage = RowOf<typeof USAGE>

/** Over the alias `cu`: the actor sees the resource that used it. */
export const usageSeenBy = (actor: Actor): Condition => sql`cu.resource_id in (select r.id from resource r where ${seesResource(actor)})`

function visible(actor: Actor | undefined): Visibility {
  if (!actor) return 'none'
  return readsAll(actor) ? 'all' : { where: usageSeenBy(actor) }
}

export const componentUsages: Collection<ComponentUsage> = {
  path: '/api/marketplace-component-usages/',
  name: 'marketplace_component_usages',
  model: 'ComponentUsage',
  view: componentUsageView,
  visible,
  filters: {
    billing_period: dateIs('cu.billing_period'),
    billing_period_month: numberIs('extract(month from cu.billing_period)'),
    billing_period_year: numberIs('extract(year from cu.billing_period)'),
    customer_uuid: uuidIs('c.uuid'),
    date_after: dateCompared('>=', 'cu.date::date'),
    date_before: dateCompared('<=', 'cu.date::date'),
    offering_uuid: uuidIs('off.uuid'),
    project_uuid: uuidIs('p.uuid'),
    resource: urlOf(['/api/marketplace-resources/{uuid}/', '/api/marketplace-provider-resources/{uuid}/'], 'r.uuid'),
    resource_uuid: uuidIs('r.uuid'),
    type: textIs('oc.type'),
  },
  orderings: { billing_period: 'cu.billing_period', usage: 'cu.usage', date: 'cu.date', component: 'oc.type' },
  defaultOrder: ['-date', 'component'],
  subject: USAGE,
}
