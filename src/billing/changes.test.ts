// What changes within a month, after it, and beside it: limits, plans, ends, moves, late reports (docs/decisions/0060, 0061).
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { brief, FIXED, type Line, selling as sellingIn, type Values } from '../../tests/support/billing.ts'
import { clockedWorld } from '../../tests/support/clock.ts'
import { type Row, urls } from '../../tests/support/world.ts'
import { run } from '../platform/db/database.ts'

const w = clockedWorld({ TIME_ZONE: 'Europe/Tallinn' })
const selling = (parts: { [type: string]: [Values, Values] }, plan: Values = {}, offering: Values = {}) =>
  sellingIn(w, parts, plan, offering)
const limit = (limit_period: string, price = '1'): [Values, Values] => [{ billing_type: 'limit', limit_period }, { price }]
const resources = '/api/marketplace-resources/'

describe('limits within a month', () => {
  it('count at the highest of each day: a raise from today, a cut from tomorrow, and are told by their days', async () => {
    await w.at('2027-04-01T08:00:00Z')
    const { buy, lines } = await selling({ cores: limit('month', '30') })
    const bought = await buy({ cores: 10 })
    await w.at('2027-04-11T08:00:00Z')
    await bought.act('update_limits', { limits: { cores: 20 } })
    await bought.act('update_limits', { limits: { cores: 12 } })
    await w.at('2027-04-21T08:00:00Z')
    await bought.act('update_limits', { limits: { cores: 6 } })

    // Ten days of 10, one of 20, ten of 12, nine of 6: 294 of 30 days.
    expect(brief(await lines())).toEqual([['cores', 30, 9.8, 294]])
    const [line] = (await lines()) as [{ details: { resource_limit_periods: unknown[] } }]
    expect(line.details.resource_limit_periods).toEqual([
      { start: '2027-04-01', end: '2027-04-10', quantity: 10, billing_periods: 10, total: '100' },
      { start: '2027-04-11', end: '2027-04-11', quantity: 20, billing_periods: 1, total: '20' },
      { start: '2027-04-12', end: '2027-04-21', quantity: 12, billing_periods: 10, total: '120' },
      { start: '2027-04-22', end: '2027-04-30', quantity: 6, billing_periods: 9, total: '54' },
    ])
  })

  it('of a quarter are billed ahead in its first month, and later only by what is raised', async () => {
    await w.at('2027-04-01T08:00:00Z')
    const { buy, lines, turn } = await selling({ space: limit('quarterly', '91') })
    const bought = await buy({ space: 10 })
    expect(brief(await lines(4))).toEqual([['space', 91, 10, 910]])

    await w.at('2027-05-01T08:00:00Z')
    await turn()
    expect(await lines(5)).toEqual([])
    await w.at('2027-06-01T08:00:00Z')
    await bought.act('update_limits', { limits: { space: 20 } })
    // Ten more for thirty of 91 days.
    expect(brief(await lines(6))).toEqual([['space', 91, 3.3, 300.3]])
    await bought.act('update_limits', { limits: { space: 1 } })
    await w.at('2027-07-01T08:00:00Z')
    await turn()

    expect(brief(await lines(7))).toEqual([['space', 91, 1, 91]])
  })

  it('of a year are billed in the month in which the resource was made, and are not given back', async () => {
    await w.at('2027-08-01T08:00:00Z')
    const { buy, lines, turn } = await selling({ support: limit('annual', '365') })
    const bought = await buy({ support: 1 })
    await run(w.current.db, sql`update resource set created = '2027-08-01T08:00:00Z'`)
    await turn()
    const [first] = await lines(8)
    expect(Number(first?.quantity)).toBeGreaterThan(0)
    await w.at('2027-09-05T08:00:00Z')
    await bought.act('terminate')

    expect(await lines(9)).toEqual([])
  })

  it('beyond a threshold are cheaper by a line of their own', async () => {
    await w.at('2027-09-01T08:00:00Z')
    const { buy, lines } = await selling({
      cores: [
        { billing_type: 'limit', limit_period: 'month' },
        { price: '2', discount_threshold: 10, discount_rate: 25 },
      ],
    })
    await buy({ cores: 10 })

    expect(brief(await lines())).toEqual([
      ['cores', 2, 10, 20],
      ['cores: discount', -5, 1, -5],
    ])
  })
})

describe('a switch of plan', () => {
  it('ends the lines of the old plan, begins those of the new one on the same day, and charges the switch once', async () => {
    await w.at('2027-09-01T08:00:00Z')
    const { buy, lines, offering, components } = await selling({
      ...FIXED,
      setup: [{ billing_type: 'one' }, { price: '100' }],
      move: [{ billing_type: 'few' }, { price: '7' }],
    })
    const other = await w.current.plan(offering)
    await w.current.planComponent(other, components.seats as Row, { price: '20', amount: 3 })
    await w.current.planComponent(other, components.setup as Row, { price: '50' })
    await w.current.planComponent(other, components.move as Row, { price: '9' })
    const bought = await buy()

    await w.at('2027-09-16T12:00:00Z')
    await bought.act('switch_plan', { plan: urls.plan(offering, other) })

    expect(brief(await lines())).toEqual([
      ['seats', 30, 0.5, 15],
      ['setup', 100, 1, 100],
      ['seats', 60, 0.5, 30],
      ['move', 9, 1, 9],
    ])
    await bought.act('terminate')
    await w.at('2027-09-20T12:00:00Z')
    expect(brief(await lines())).toContainEqual(['seats', 60, 0.04, 2.4])
  })
})

describe('a month that is over', () => {
  it('is never rewritten: usage reported late is billed on the open invoice, and a correction names what it corrects', async () => {
    await w.at('2027-10-05T08:00:00Z')
    const { buy, lines, turn, invoices, staff, customerOwner } = await selling({ hours: [{ billing_type: 'usage' }, { price: '2' }] })
    const bought = await buy()
    await bought.use({ hours: '5' })
    await w.at('2027-11-03T08:00:00Z')
    await turn()
    const [closed] = await invoices()

    await bought.use({ hours: '8' }, staff, '2027-10-20T00:00:00Z')
    expect(brief(await lines(11))).toEqual([['hours: correction of 2027-10', 2, 3, 6]])
    const [correction] = await lines(11)
    const { body } = await w.current.as(customerOwner).get(`/api/invoice-items/${correction?.uuid}/explain/`)
    expect(body.steps.map(({ step }: Line) => step)).toEqual([
      'order',
      'component',
      'period',
      'quantity',
      'price',
      'product',
      'rounding',
      'tax',
    ])
    await bought.use({ hours: '4' }, staff, '2027-10-20T00:00:00Z')
    expect(brief(await lines(11))).toEqual([['hours: correction of 2027-10', -2, 1, -2]])
    await w.at('2027-12-03T08:00:00Z')
    await bought.use({ hours: '6' }, staff, '2027-10-20T00:00:00Z')

    expect(brief(await lines(12))).toEqual([['hours: correction of 2027-10', 2, 2, 4]])
    expect((await invoices())[0]).toEqual(closed)
  })

  it('costs what it cost then, though prices have changed since', async () => {
    await w.at('2028-01-05T08:00:00Z')
    const { buy, lines, turn, staff, plan } = await selling({ hours: [{ billing_type: 'usage' }, { price: '2' }] })
    const bought = await buy()
    await w.current.as(staff).post(`/api/marketplace-plans/${plan.uuid}/update_prices/`, { prices: { hours: '5' } })
    await w.at('2028-02-03T08:00:00Z')
    await turn()

    await bought.use({ hours: '10' }, staff, '2028-01-20T00:00:00Z')
    await bought.use({ hours: '10' })

    expect(brief(await lines(2))).toEqual([
      ['hours', 2, 10, 20],
      ['hours', 5, 10, 50],
    ])
  })

  it('that the server missed is closed and opened with the others by who comes first', async () => {
    await w.at('2028-02-10T08:00:00Z')
    const { buy, invoices, lines } = await selling(FIXED)
    const bought = await buy()
    await w.at('2028-05-05T08:00:00Z')

    await bought.act('terminate')

    expect((await invoices()).map(({ month, state, invoice_date, due_date }) => [month, state, invoice_date, due_date])).toEqual([
      [2, 'created', '2028-03-01', '2028-03-31'],
      [3, 'created', '2028-04-01', '2028-05-01'],
      [4, 'created', '2028-05-01', '2028-05-31'],
      [5, 'pending', null, undefined],
    ])
    // Twenty of 29 days, two whole months, five of 31 days.
    expect((await lines()).map(({ quantity }) => Number(quantity))).toEqual([0.69, 1, 1, 0.17])
  })
})

describe('where it is billed', () => {
  it('follows the resource into a project of another organization, and the project into another organization', async () => {
    await w.at('2028-05-10T08:00:00Z')
    const { buy, lines, staff, consumer } = await selling(FIXED)
    const bought = await buy()
    const [other, third] = [await w.current.customer(), await w.current.customer()]
    const elsewhere = await w.current.project(other)
    const of = async (customer: Row) =>
      (await w.current.as(staff).get(`/api/invoices/?customer_uuid=${customer.uuid}`)).body.map(({ price }: Line) => Number(price))

    await w.current.as(staff).post(`${resources}${bought.uuid}/move_resource/`, { project: { url: urls.project(elsewhere) } })
    expect([await of(consumer), await of(other)]).toEqual([[0], [21.3]])
    expect(await lines()).toEqual([])
    const moved = await w.current
      .as(staff)
      .post(`/api/projects/${elsewhere.uuid}/move_project/`, { customer: urls.customer(third), preserve_permissions: false })
    expect(moved.status).toBe(200)

    expect([await of(other), await of(third)]).toEqual([[0], [21.3]])
  })

  it('begins when the organization’s accounting does', async () => {
    await w.at('2028-06-01T00:00:00Z')
    const { buy, lines, consumer } = await selling(FIXED)
    await w.current.db
      .updateTable('customer')
      .set({ accounting_start_date: '2028-06-16T00:00:00+03:00' })
      .where('id', '=', consumer.id)
      .execute()

    await buy()

    expect(brief(await lines())).toEqual([['seats', 30, 0.5, 15]])
  })

  it('is taxed as the organization is when its invoice is opened', async () => {
    await w.at('2028-06-01T00:00:00Z')
    const { buy, invoices, consumer } = await selling(FIXED)
    await w.current.db.updateTable('customer').set({ default_tax_percent: '22' }).where('id', '=', consumer.id).execute()

    await buy()

    expect((await invoices())[0]).toMatchObject({ price: '30.0000000000', tax: '6.6000000000', total: '36.6000000000' })
  })

  it('keeps what staff wrote or removed as it is, whatever happens to the resource', async () => {
    await w.at('2028-06-01T00:00:00Z')
    const { buy, lines, staff } = await selling({ ...FIXED, cores: limit('month') })
    const bought = await buy({ cores: 4 })
    const [seats, cores] = await lines()
    await w.current.as(staff).patch(`/api/invoice-items/${seats?.uuid}/`, { unit_price: '3' })
    await w.current.as(staff).delete(`/api/invoice-items/${cores?.uuid}/`)

    await w.at('2028-06-10T00:00:00Z')
    await bought.act('terminate')

    expect(brief(await lines())).toEqual([['seats', 3, 1, 3]])
  })

  it('ends with a resource that is forgotten, whose line stays', async () => {
    await w.at('2028-06-01T00:00:00Z')
    const { buy, lines, staff } = await selling(FIXED)
    const bought = await buy()
    await w.at('2028-06-15T08:00:00Z')

    expect((await w.current.as(staff).post(`${resources}${bought.uuid}/unlink/`)).status).toBe(204)

    expect(brief(await lines())).toEqual([['seats', 30, 0.5, 15]])
    expect((await lines())[0]).toMatchObject({ resource: null, resource_uuid: bought.uuid, resource_name: 'vm' })
  })

  it('goes on when the provider says by hand that it works, though its order failed', async () => {
    await w.at('2028-07-16T08:00:00Z')
    const { buy, lines, providerOwner } = await selling(FIXED)
    const bought = await buy()
    await bought.act('terminate')
    expect(await lines()).toHaveLength(1)

    const provided = `/api/marketplace-provider-resources/${bought.uuid}/`
    await w.current.as(providerOwner).post(`${provided}set_as_erred/`, {})
    await w.at('2028-07-20T08:00:00Z')
    await w.current.as(providerOwner).post(`${provided}set_as_ok/`)

    expect(brief(await lines())).toEqual([
      ['seats', 30, 0.04, 1.2],
      ['seats', 30, 0.39, 11.7],
    ])
  })
})

describe('a preview', () => {
  it('tells what the running month will come to at today’s use, and writes nothing', async () => {
    await w.at('2028-09-01T08:00:00Z')
    const { buy, lines, consumer, customerOwner, outsider } = await selling({
      ...FIXED,
      hours: [{ billing_type: 'usage' }, { price: '2' }],
    })
    const bought = await buy()
    await w.at('2028-09-10T08:00:00Z')
    await bought.use({ hours: '10' })
    const see = (person = customerOwner, customer: string | undefined = urls.customer(consumer)) =>
      w.current.as(person).get('/api/invoices/preview/', { query: { customer } })

    const { body } = await see()

    expect(body).toMatchObject({ year: 2028, month: 9, price: '90.0000000000', customer_uuid: consumer.uuid })
    expect(body.items.map(({ quantity, expected }: Line) => [Number(quantity), expected])).toEqual([
      [30, true],
      [1, false],
    ])
    expect(brief(await lines()).map(([, , quantity]) => quantity)).toEqual([1, 10])
    expect((await see(outsider)).status).toBe(400)
    expect((await see(customerOwner, '')).body).toEqual({ customer: ['This field is required.'] })
  })
})
