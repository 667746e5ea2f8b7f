// Something sold and bought, so that it is billed: an offering with a plan, an organization that orders, its invoices.
import { turnMonths } from '../../src/billing/jobs.ts'
import type { clockedWorld } from './clock.ts'
import { type Person, type Row, urls } from './world.ts'

export type Values = { [name: string]: unknown }
export type Line = { [name: string]: unknown }

/** An offering with a plan of the components given: type → what the component is, what the plan says of it. */
export async function selling(
  w: ReturnType<typeof clockedWorld>,
  parts: { [type: string]: [component: Values, plan: Values] },
  planValues: Values = {},
  offeringValues: Values = {},
) {
  const c = await w.current.cast()
  const offering = await w.current.offering(c.provider, offeringValues)
  const plan = await w.current.plan(offering, planValues)
  const components: { [type: string]: Row } = {}
  for (const [type, [values, price]] of Object.entries(parts)) {
    const part = await w.current.component(offering, { type, name: type, limit_period: null, ...values })
    await w.current.planComponent(plan, part, price)
    components[type] = part
  }
  const resources = '/api/marketplace-resources/'
  const finish = async (order: string) => {
    const { body } = await w.current.as(c.staff).post(`/api/marketplace-orders/${order}/approve_by_provider/`)
    await w.current.runJobs()
    return body
  }
  /** Orders a resource, which runs at once. */
  const buy = async (limits: Values = {}, attributes: Values = {}, of: Row = plan) => {
    const { status, body } = await w.current.as(c.customerOwner).post('/api/marketplace-orders/', {
      offering: urls.offering(offering),
      project: urls.project(c.project),
      plan: urls.plan(offering, of),
      attributes: { name: 'vm', ...attributes },
      limits,
    })
    if (status !== 201) throw new Error(JSON.stringify(body))
    await finish(body.uuid)
    const uuid = body.marketplace_resource_uuid as string
    const act = async (verb: string, sent: Values = {}) => {
      const answer = await w.current.as(c.customerOwner).post(`${resources}${uuid}/${verb}/`, sent)
      if (answer.status !== 200) throw new Error(JSON.stringify(answer.body))
      return finish(answer.body.order_uuid)
    }
    const use = (amounts: { [type: string]: string }, by: Person = c.providerOwner, date?: string) =>
      w.current.as(by).post('/api/marketplace-component-usages/set_usage/', {
        resource: uuid,
        usages: Object.entries(amounts).map(([type, amount]) => ({ type, amount })),
        ...(date && { date }),
      })
    return { uuid, act, use }
  }
  const invoices = async (by: Person = c.customerOwner) =>
    (await w.current.as(by).get('/api/invoices/?o=created')).body as (Line & { items: Line[]; uuid: string })[]
  const lines = async (month?: number) =>
    (await invoices()).filter((one) => month === undefined || one.month === month).flatMap(({ items }) => items)
  const turn = () => w.current.runJob(turnMonths, {})
  return { ...c, offering, plan, components, buy, invoices, lines, turn }
}

/** Three seats at ten each. */
export const FIXED = { seats: [{ billing_type: 'fixed' }, { price: '10', amount: 3 }] } as { [type: string]: [Values, Values] }
/** A line by its component, price, quantity and what it comes to. */
export const brief = (lines: Line[]) =>
  lines.map(({ name, unit_price, quantity, price }) => [String(name).split(' / ').at(-1), Number(unit_price), Number(quantity), price])
