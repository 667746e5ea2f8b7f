// How a line came to its price: what it is of, since when and by which order, the quantity with its days, the price, the rounding.
import { sql } from 'kysely'
import { type Db, run } from '../platform/db/database.ts'

const TEXT = { type: 'string' }
const MONEY = { type: 'string', format: 'decimal' }

export const EXPLANATION = {
  type: 'object',
  properties: {
    item_uuid: { type: 'string', format: 'uuid' },
    name: TEXT,
    kind: { type: 'string', enum: ['charge', 'discount', 'correction', 'compensation'] },
    price: MONEY,
    steps: {
      type: 'array',
      items: {
        type: 'object',
        properties: { step: TEXT, text: TEXT, figures: { type: 'object', additionalProperties: true } },
        required: ['step', 'text', 'figures'],
      },
    },
  },
  required: ['item_uuid', 'name', 'kind', 'price', 'steps'],
}

type Period = { start: string; end: string; quantity: number; billing_periods: number; total: string }
type Found = {
  uuid: string
  name: string
  kind: 'charge' | 'discount' | 'correction' | 'compensation'
  billing_type: string
  unit: string
  unit_price: string
  quantity: string
  product: string
  price: string
  tax: string
  tax_percent: string
  start: string
  end: string
  days: number
  month_days: number
  by_hand: boolean
  details: {
    plan_name?: string
    plan_uuid?: string
    offering_component_name?: string
    offering_component_type?: string
    resource_name?: string
    resource_limit_periods?: Period[]
  }
  order_uuid: string | null
  order_type: string | null
  completed_at: string | null
  corrects_uuid: string | null
  corrects_name: string | null
}

type Step = { step: string; text: string; figures: { [name: string]: unknown } }

const QUANTITIES: { readonly [billing_type: string]: (line: Found) => string } = {
  fixed: ({ unit, days, month_days, quantity }) =>
    ['month', 'quantity', 'half_month'].includes(unit)
      ? `${days} of ${month_days} days of the month, as parts of a ${unit.replace('_', ' ')} rounded up to two places: ${quantity}.`
      : `Begun units of a ${unit}: ${quantity}.`,
  limit: ({ details, quantity }) => {
    const periods = details.resource_limit_periods
    if (!periods) return `What the limit was changed by: ${quantity}.`
    return `The limit of each day over the days of the period that is billed, rounded up to two places: ${quantity}.`
  },
  usage: ({ quantity }) => `What was reported for the month: ${quantity}.`,
  one: ({ quantity }) => `Charged once, when the resource began: ${quantity}.`,
  few: ({ quantity }) => `Charged when the plan was switched: ${quantity}.`,
}

function quantityStep(line: Found): Step {
  const { kind, quantity, days, month_days, details, corrects_uuid } = line
  const figures = { quantity, days, month_days, ...(details.resource_limit_periods && { periods: details.resource_limit_periods }) }
  if (kind === 'correction')
    return { step: 'quantity', text: `What the line corrected, ${corrects_uuid}, says too much or too little: ${quantity}.`, figures }
  if (kind === 'compensation') return { step: 'quantity', text: `As much as the line given back, ${corrects_uuid}: ${quantity}.`, figures }
  if (kind === 'discount') return { step: 'quantity', text: 'A discount is one amount.', figures }
  if (line.by_hand) return { step: 'quantity', text: `Written by hand: ${quantity}.`, figures }
  return { step: 'quantity', text: QUANTITIES[line.billing_type]?.(line) ?? quantity, figures }
}

function stepsOf(line: Found): Step[] {
  const { details, order_uuid, order_type, completed_at, unit_price, quantity, product, price, tax, tax_percent, unit, start, end, kind } =
    line
  return [
    {
      step: 'order',
      text: order_uuid
        ? `A ${order_type} order of ${details.resource_name ?? 'the resource'}, done at ${completed_at}.`
        : 'No order stands behind it.',
      figures: { order_uuid, order_type, completed_at },
    },
    {
      step: 'component',
      text: `${details.offering_component_name ?? line.name} in plan ${details.plan_name ?? 'unknown'}, billed as ${line.billing_type}.`,
      figures: {
        plan_uuid: details.plan_uuid ?? null,
        component: details.offering_component_type ?? null,
        billing_type: line.billing_type,
      },
    },
    { step: 'period', text: `From ${start} to ${end}.`, figures: { start, end } },
    quantityStep(line),
    {
      step: 'price',
      text: kind === 'discount' ? `The discount of the plan: ${unit_price}.` : `${unit_price} a ${unit}.`,
      figures: { unit_price, unit },
    },
    { step: 'product', text: `${unit_price} × ${quantity} = ${product}.`, figures: { unit_price, quantity, product } },
    { step: 'rounding', text: `To cents, away from zero: ${price}.`, figures: { product, price } },
    { step: 'tax', text: `${tax_percent} % of ${price}: ${tax}.`, figures: { tax_percent, tax } },
  ]
}

/** The line of that id, step by step. */
export async function explain(db: Db, zone: string, id: number) {
  const [line] = await run(
    db,
    sql<Found>`select item.uuid, item.name, item.kind, item.billing_type, item.unit, trim_scale(item.unit_price)::text as unit_price,
        trim_scale(item.quantity)::text as quantity, trim_scale(item.unit_price * item.quantity)::text as product, item.price::text as price,
        tax_of(item.price, i.tax_percent)::text as tax, trim_scale(i.tax_percent)::text as tax_percent, wire_time(item.start) as start, wire_time(item."end") as "end",
        site_day(item."end", ${zone}) - site_day(item.start, ${zone}) + 1 as days, item.by_hand, item.details,
        extract(day from site_month(item.start, ${zone}) + interval '1 month' - interval '1 day')::int as month_days,
        caused.uuid as order_uuid, caused.type as order_type, wire_time(caused.completed_at) as completed_at, corrected.uuid as corrects_uuid, corrected.name as corrects_name
      from invoice_item item join invoice i on i.id = item.invoice_id left join invoice_item corrected on corrected.id = item.corrects_id
        left join lateral (select o.uuid, o.type, o.completed_at from "order" o where o.resource_id = item.resource_id and o.state = 'done'
          and o.completed_at < item.start + interval '1 minute' order by o.completed_at desc limit 1) caused on true
      where item.id = ${id}`,
  )
  if (!line) throw new Error(`No invoice item ${id}`)
  return { item_uuid: line.uuid, name: line.name, kind: line.kind, price: line.price, steps: stepsOf(line) }
}
