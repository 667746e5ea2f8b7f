// Sums of lines that are single figures, and how they grow.
import { sql } from 'kysely'
import { customers, projects } from '../core/public.ts'
import { readsAll } from '../platform/auth/actor.ts'
import { type Db, run } from '../platform/db/database.ts'
import { findSubject, selectRows } from '../platform/http/collection.ts'
import { str } from '../platform/http/columns.ts'
import type { Viewer } from '../platform/http/context.ts'
import { visibleCondition } from '../platform/http/cut.ts'
import { invalid } from '../platform/http/errors.ts'
import { allOf, readUuid } from '../platform/http/filters.ts'
import { type Query, readFilters, valuesOf } from '../platform/http/query.ts'
import { invoiceItems, invoices } from './list.ts'
import { invoiceItemView, invoiceView } from './view.ts'

const COUNTS = sql.raw("i.state <> 'canceled'")

// Filters that say which invoices: their sums are kept, so that no line needs to be read.
const OF_INVOICES = ['customer_uuid', 'month', 'year']

/** What the lines of the list come to, with its filters; ten places. */
export async function totalPrice(db: Db, viewer: Viewer, query: Query): Promise<{ total_price: string }> {
  const given = Object.keys(invoiceItems.filters).filter((name) => valuesOf(query, name).some((value) => value !== ''))
  const kept = viewer.actor !== undefined && readsAll(viewer.actor) && given.every((name) => OF_INVOICES.includes(name))
  const { view, visible, filters } = kept ? invoices : invoiceItems
  const asked = kept ? Object.fromEntries(OF_INVOICES.map((name) => [name, filters[name] as never])) : filters
  const { all, uses } = readFilters(asked, query, viewer.actor)
  const total = str(`coalesce(sum(${kept ? 'i.price' : 'item.price'}), 0)::numeric(32, 10)::text`)
  const where = allOf([...all, visibleCondition(view.alias, visible(viewer.actor)), sql`${COUNTS}`])
  const [row] = await selectRows(db, kept ? invoiceView : invoiceItemView, { total }, viewer, where, { uses: [...uses, 'i'] })
  return { total_price: row?.total ?? '0.0000000000' }
}

const MONTHS_MAX = 120

function periodOf(query: Query): number {
  const sent = valuesOf(query, 'period').at(-1) ?? '1'
  if (!/^\d{1,4}$/.test(sent) || Number(sent) < 1) throw invalid({ period: ['A valid integer is required.'] })
  if (Number(sent) > MONTHS_MAX) throw invalid({ period: [`Ensure this value is less than or equal to ${MONTHS_MAX}.`] })
  return Number(sent)
}

type Costs = { total_price: string; start_date: string; end_date: string }

/** What an organization or a project, as the caller sees it, comes to in the last months, the present one among them. */
export async function costsForPeriod(db: Db, viewer: Viewer, query: Query, of: 'customer' | 'project'): Promise<Costs> {
  const name = `${of}_uuid`
  const sent = valuesOf(query, name).at(-1) ?? ''
  if (sent === '') throw invalid({ [name]: ['This field is required.'] })
  const hex = readUuid(sent)
  if (!hex) throw invalid({ [name]: ['Must be a valid UUID.'] })
  const months = periodOf(query)
  const found = await (of === 'customer' ? findSubject(db, customers, viewer, hex) : findSubject(db, projects, viewer, hex))
  if (!found) throw invalid({ [name]: ['Object does not exist.'] })
  const seen = visibleCondition('item', invoiceItems.visible(viewer.actor)) ?? sql<boolean>`true`
  const [row] = await run(
    db,
    sql<Costs>`select coalesce((select sum(item.price) from invoice_item item join invoice i on i.id = item.invoice_id
          where ${sql.raw(`item.${of}_id`)} = ${found.id} and i.month between start_date and end_date and ${COUNTS} and (${seen})), 0)::numeric(32, 10)::text as total_price,
        start_date, end_date
      from (select (month - make_interval(months => ${months}::int - 1))::date as start_date, (month + interval '1 month' - interval '1 day')::date as end_date
        from (select site_month(now(), ${viewer.timeZone}::text) as month) present) period`,
  )
  return row as Costs
}

const MONTHS_SHOWN = 13
const CUSTOMERS_SHOWN = 4

/** What all organizations came to in each of the last months, those that came to most one by one. */
export async function growth(db: Db, viewer: Viewer, query: Query) {
  const sent = valuesOf(query, 'customers_count').at(-1) ?? ''
  if (sent !== '' && !/^\d{1,3}$/.test(sent)) throw invalid({ customers_count: ['A valid integer is required.'] })
  const most = sent === '' ? CUSTOMERS_SHOWN : Number(sent)
  const rows = await run(
    db,
    sql<{ periods: string[]; total_periods: number[]; other_periods: number[]; customer_periods: { name: string; periods: number[] }[] }>`
      with months as materialized (select generate_series(month - make_interval(months => ${MONTHS_SHOWN - 1}), month, interval '1 month')::date as month
          from (select site_month(now(), ${viewer.timeZone}::text) as month) present),
        sums as materialized (select i.customer_id, i.month, i.price + i.tax as total from invoice i
          where i.month >= (select min(month) from months) and i.month <= (select max(month) from months) and ${COUNTS}),
        largest as materialized (select customer_id, sum(total) as total from sums group by customer_id order by total desc, customer_id limit ${most}::bigint),
        totals as (select month, coalesce((select sum(total) from sums where sums.month = months.month), 0) as total,
          coalesce((select sum(total) from sums where sums.month = months.month and customer_id in (select customer_id from largest)), 0) as large from months)
      select (select json_agg(to_char(month, 'YYYY-MM') order by month) from totals) as periods,
        (select json_agg(total order by month) from totals) as total_periods,
        (select json_agg(total - large order by month) from totals) as other_periods,
        (select coalesce(json_agg(json_build_object('name', c.name, 'periods', (
            select json_agg(coalesce((select sum(total) from sums where sums.customer_id = c.id and sums.month = months.month), 0) order by months.month) from months))
          order by largest.total desc, c.id), '[]') from largest join customer c on c.id = largest.customer_id) as customer_periods`,
  )
  return rows[0]
}

const NUMBERS = { type: 'array', items: { type: 'number' } }

export const GROWTH = {
  type: 'object',
  properties: {
    periods: { type: 'array', items: { type: 'string' } },
    total_periods: NUMBERS,
    other_periods: NUMBERS,
    customer_periods: {
      type: 'array',
      items: { type: 'object', properties: { name: { type: 'string' }, periods: NUMBERS }, required: ['name', 'periods'] },
    },
  },
  required: ['periods', 'total_periods', 'other_periods', 'customer_periods'],
}

export const COSTS_FOR_PERIOD = {
  type: 'object',
  properties: {
    total_price: { type: 'string' },
    start_date: { type: 'string', format: 'date' },
    end_date: { type: 'string', format: 'date' },
  },
  required: ['total_price', 'start_date', 'end_date'],
}
