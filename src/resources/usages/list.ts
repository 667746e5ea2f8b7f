// What resources used, by component and month. Seen by whoever sees the resource, as consumer or as provider (orders.md §5.7).
import { sql } from 'kysely'
import { type Actor, readsAll } from '../../platform/auth/actor.ts'
import type { Collection } from '../../platform/http/collection.ts'
import type { Visibility } from '../../platform/http/cut.ts'
import { dateCompared, dateIs, numberIs, textIs, urlOf, uuidIs } from '../../platform/http/filters.ts'
import { seesResource } from '../sight.ts'
import { componentUsageView } from './view.ts'

function visible(actor: Actor | undefined): Visibility {
  if (!actor) return 'none'
  if (readsAll(actor)) return 'all'
  return { where: sql`cu.resource_id in (select r.id from resource r where ${seesResource(actor)})` }
}

export const componentUsages: Collection = {
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
}
