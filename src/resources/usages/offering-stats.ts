// What all resources of an offering used, by component and month: for those who own the offering.
import { type RawBuilder, sql } from 'kysely'
import { providerOfferings } from '../../offerings/public.ts'
import type { Collection } from '../../platform/http/collection.ts'
import { accepted, BadValue, type Filter, own } from '../../platform/http/filters.ts'
import { dayIn } from '../../platform/http/moments.ts'
import { integer, text, type View } from '../../platform/http/view.ts'

const offeringStatView: View = {
  name: 'OfferingComponentStat',
  from: 'computed stat',
  alias: 'stat',
  joins: {},
  fields: {
    period: text("to_char(stat.billing_period, 'YYYY-MM')"),
    billing_period: text('stat.billing_period'),
    // The last day of the month.
    date: text("(stat.billing_period + interval '1 month' - interval '1 day')::date"),
    usage: integer('stat.usage'),
    description: text('stat.description'),
    measured_unit: text('stat.measured_unit'),
    type: text('stat.type'),
    name: text('stat.name'),
  },
}

/** A month, or a day in it. */
function requireMonth(value: string): string {
  const day = dayIn(/^\d{4}-\d{2}$/.test(value.trim()) ? `${value.trim()}-01` : value)
  if (!day) throw new BadValue('Enter a valid date.')
  return day
}

const month = (compare: (first: RawBuilder<unknown>) => RawBuilder<boolean>): Filter =>
  own({ type: 'string', format: 'date' }, (value) => compare(sql`date_trunc('month', ${requireMonth(value)}::date)`), 'cu.billing_period')

const ORDERINGS: { readonly [key: string]: string } = { billing_period: 'stat.billing_period', name: 'stat.name', type: 'stat.type' }
const FILTERS = Object.entries(providerOfferings.filters).map(([name, { schema, many }]) => [name, accepted(schema, many)] as const)

export const offeringStats: Collection = {
  path: `${providerOfferings.path}{uuid}/component_stats/`,
  name: `${providerOfferings.name}_component_stats`,
  model: 'ComponentUsage',
  view: offeringStatView,
  // Whoever may read the list may read all of it; the route decides that by the offering.
  visible: () => 'all',
  filters: {
    // The contract repeats the filters of offerings, where there is one offering only.
    ...Object.fromEntries(FILTERS),
    start: month((first) => sql`cu.billing_period >= ${first}`),
    end: month((first) => sql`cu.billing_period <= ${first}`),
  },
  // Its orderings too; what components do not have orders nothing.
  orderings: Object.fromEntries(
    ['billing_period', ...Object.keys(providerOfferings.orderings)].map((key) => [key, ORDERINGS[key] ?? 'stat.id']),
  ),
  defaultOrder: ['billing_period'],
  computed: {
    of: {
      from: 'component_usage cu',
      alias: 'cu',
      joins: { oc: 'join offering_component oc on oc.id = cu.component_id' },
    },
    uses: 'oc.id',
    rows: (
      found,
    ) => sql`select row_number() over (order by cu.billing_period, oc.id) as id, cu.billing_period, ceil(sum(cu.usage)) as usage,
      oc.description, oc.measured_unit, oc.type, oc.name ${found} group by cu.billing_period, oc.id`,
  },
}
