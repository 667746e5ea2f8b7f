// What an order would cost and where it would come to stand, if it were made now: it is made, looked at and undone, so that
// estimate and order can never disagree.
import { sql } from 'kysely'
import { costByComponent, moneyText } from '../offerings/public.ts'
import { run } from '../platform/db/database.ts'
import { tried } from '../platform/db/tried.ts'
import { type Api, operation } from '../platform/http/api.ts'
import type { Call } from '../platform/http/operation.ts'
import type { Parsed } from '../platform/http/shapes.ts'
import { ORDER_STATES } from '../resources/public.ts'
import { createOrder } from './create.ts'
import { orders } from './list.ts'
import { consumerRuling, mayOrderIn, needsProviderReview, RULES, standingOf } from './policy.ts'
import { createBody } from './schema.ts'

type Input = Parsed<typeof createBody>
type Made = {
  state: string
  cost: string | null
  fixed_price: string | null
  activation_price: string | null
  start_date: string | null
  end_date: string | null
}

const MONEY = { type: ['string', 'null'], format: 'decimal' }
const DAY = { type: ['string', 'null'], format: 'date' }
const NEEDED = { type: 'object', properties: { needed: { type: 'boolean' }, why: { type: 'string' } }, required: ['needed', 'why'] }
const ANSWER = {
  type: 'object',
  properties: {
    state: { type: 'string', enum: [...ORDER_STATES] },
    cost: MONEY,
    fixed_price: MONEY,
    activation_price: MONEY,
    start_date: DAY,
    end_date: DAY,
    components: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          type: { type: 'string' },
          billing_type: { type: 'string' },
          amount: { type: 'integer' },
          price: { type: 'string', format: 'decimal' },
          cost: { type: 'string', format: 'decimal' },
        },
        required: ['type', 'billing_type', 'amount', 'price', 'cost'],
      },
    },
    consumer_review: NEEDED,
    provider_review: NEEDED,
  },
}

/** Costs are decimal texts of ten places in the site's currency, as in the order itself; null without a plan. */
async function estimateOrder(call: Call<undefined, Input>) {
  const { tx, actor, input } = call
  const { offering, project, plan, limits = {} } = input
  const made = await tried(tx, async () => {
    const id = await createOrder(call)
    const [row] = await run(
      tx,
      sql<Made>`select o.state, o.cost::text as cost, o.fixed_price::numeric(32, 10)::text as fixed_price,
          o.activation_price::numeric(32, 10)::text as activation_price, o.start_date, r.end_date
        from "order" o join resource r on r.id = o.resource_id where o.id = ${id}`,
    )
    return row as Made
  })
  const ruling = consumerRuling(
    { ...offering, ...project, type: 'Create', has_attachment: false },
    standingOf(actor, { ...offering, ...project }),
  )
  const period = { start: made.start_date ?? project.today, end: made.end_date }
  const costs = plan ? costByComponent(plan, limits, period) : []
  return {
    ...made,
    components: (plan?.components ?? []).map(({ type, billing_type, amount, price }, i) => ({
      type,
      billing_type,
      amount: billing_type === 'fixed' ? amount : (limits[type] ?? 0),
      price,
      cost: moneyText((costs[i] as (typeof costs)[number]).cost),
    })),
    consumer_review: { needed: ruling.needed, why: RULES[ruling.rule] },
    provider_review: { needed: needsProviderReview(offering), why: RULES.offering_type },
  }
}

/** Beside the contract: POST of a new order's body, which writes nothing. */
export function estimateRoutes(api: Api): void {
  operation(
    api,
    { path: `${orders.path}estimate/`, id: 'marketplace_orders_estimate', tag: orders.name },
    {
      summary: 'What an order would cost, and who would have to look at it',
      permission: 'whom its command lets',
      allowed: (actor, { project }) => mayOrderIn(actor, project),
      body: createBody,
      answer: ANSWER,
      run: estimateOrder,
    },
  )
}
