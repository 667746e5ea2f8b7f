// What of a resource's usage fell on which of its users, by the names that they have at the provider's (orders.md §5.7).
import { sql } from 'kysely'
import { type Actor, readsAll } from '../../platform/auth/actor.ts'
import { run } from '../../platform/db/database.ts'
import type { Collection } from '../../platform/http/collection.ts'
import type { Visibility } from '../../platform/http/cut.ts'
import { invalid } from '../../platform/http/errors.ts'
import { dateCompared, dateIs, numberIs, textContains, textIs, urlOf, uuidIs } from '../../platform/http/filters.ts'
import type { Call, LinkContext } from '../../platform/http/operation.ts'
import { right } from '../../platform/http/rights.ts'
import { body, datetime, decimal, link, optional, type Parsed, text } from '../../platform/http/shapes.ts'
import { absent, date, datetime as moment, number, url, uuid, type View, text as words } from '../../platform/http/view.ts'
import { monthOf } from '../../platform/time.ts'
import { checkMoment, takesUsage } from './commands.ts'
import { type ComponentUsage, usageSeenBy } from './list.ts'
import { componentUsageView } from './view.ts'

// The account that has the name at the offering.
const ACCOUNT = '(select ou.uuid from offering_user ou where ou.offering_id = off.id and ou.username = share.username)'

const userUsageView: View = {
  name: 'ComponentUserUsage',
  from: 'component_user_usage share',
  alias: 'share',
  joins: { cu: 'join component_usage cu on cu.id = share.component_usage_id', ...componentUsageView.joins },
  fields: {
    uuid: uuid('share.uuid'),
    user: absent(url('/api/marketplace-offering-users/{}/', ACCOUNT)),
    username: words('share.username'),
    component_usage: url('/api/marketplace-component-usages/{}/', 'cu.uuid'),
    usage: number('share.usage'),
    description: words('share.description'),
    created: moment('share.created'),
    modified: moment('share.modified'),
    backend_id: words('share.backend_id'),
    measured_unit: words('oc.measured_unit'),
    resource_name: words('r.name'),
    resource_uuid: uuid('r.uuid'),
    offering_name: words('off.name'),
    offering_uuid: uuid('off.uuid'),
    project_name: words('p.name'),
    project_uuid: uuid('p.uuid'),
    customer_name: words('c.name'),
    customer_uuid: uuid('c.uuid'),
    component_type: words('oc.type'),
    date: moment('share.date'),
    billing_period: date('cu.billing_period'),
  },
}

function visible(actor: Actor | undefined): Visibility {
  if (!actor) return 'none'
  if (readsAll(actor)) return 'all'
  return {
    where: sql`exists (select 1 from component_usage cu where cu.id = share.component_usage_id and ${usageSeenBy(actor)})`,
  }
}

export const userUsages: Collection = {
  path: '/api/marketplace-component-user-usages/',
  name: 'marketplace_component_user_usages',
  model: 'ComponentUserUsage',
  view: userUsageView,
  visible,
  filters: {
    billing_period_month: numberIs('extract(month from cu.billing_period)'),
    billing_period_year: numberIs('extract(year from cu.billing_period)'),
    component_usage__billing_period: dateIs('cu.billing_period'),
    customer_uuid: uuidIs('c.uuid'),
    date_after: dateCompared('>=', 'share.date::date'),
    date_before: dateCompared('<=', 'share.date::date'),
    offering_uuid: uuidIs('off.uuid'),
    project_uuid: uuidIs('p.uuid'),
    resource: urlOf(['/api/marketplace-resources/{uuid}/', '/api/marketplace-provider-resources/{uuid}/'], 'r.uuid'),
    resource_uuid: uuidIs('r.uuid'),
    type: textIs('oc.type'),
    username: textContains('share.username'),
  },
  orderings: { component_usage__billing_period: 'cu.billing_period', usage: 'share.usage', username: 'share.username' },
  defaultOrder: [],
}

const noAccount = 'Invalid hyperlink - Object does not exist.'

async function findAccount(hex: string, context: unknown): Promise<{ offering_id: number } | undefined> {
  const { tx } = context as LinkContext
  return (await run(tx, sql<{ offering_id: number }>`select offering_id from offering_user where uuid = ${hex}::uuid`))[0]
}

export const setUserUsageBody = body('ComponentUserUsageCreateRequest', {
  username: text({ max: 100 }),
  usage: optional(decimal({ digits: 20, places: 2 })),
  user: optional(link({ path: '/api/marketplace-offering-users/', find: findAccount })),
  date: optional(datetime()),
})

export const maySetUsage = right('RESOURCE.SET_USAGE', ['offering', 'offering_id'], ['customer', 'provider_id'])

/** Says what of the month's usage fell on one user; what was said of that user before is replaced. */
export async function setUserUsage({
  tx,
  actor,
  viewer,
  row,
  input,
}: Call<ComponentUsage, Parsed<typeof setUserUsageBody>>): Promise<void> {
  takesUsage(row.resource_state)
  if (input.user && input.user.offering_id !== row.offering_id) throw invalid({ user: [noAccount] })
  const reported = { moment: input.date ?? row.date, timeZone: viewer.timeZone }
  checkMoment(reported, actor.is_staff, [row])
  if (monthOf(reported.moment, viewer.timeZone) !== row.billing_period) {
    throw invalid({ date: ['Date must be in the billing period of the usage.'] })
  }
  await run(
    tx,
    sql`insert into component_user_usage (component_usage_id, username, usage, date)
      values (${row.id}, ${input.username}, ${input.usage ?? '0'}, ${reported.moment}::timestamptz)
      on conflict on constraint component_user_usage_key do update set usage = excluded.usage, date = excluded.date`,
  )
}
