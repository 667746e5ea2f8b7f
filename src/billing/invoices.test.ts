// What resources come to on invoices (orders.md §1.12, §6.9).
import { describe, expect, it } from 'vitest'
import { brief, FIXED, type Line, selling as sellingIn, type Values } from '../../tests/support/billing.ts'
import { clockedWorld } from '../../tests/support/clock.ts'

const w = clockedWorld()
const selling = (parts: { [type: string]: [Values, Values] }, plan: Values = {}, offering: Values = {}) =>
  sellingIn(w, parts, plan, offering)

describe('orders 107: a resource that becomes OK', () => {
  it('on the first is billed for the whole month, a line for each component', async () => {
    await w.at('2027-06-01T09:00:00Z')
    const { buy, lines, invoices } = await selling({
      ...FIXED,
      cores: [{ billing_type: 'limit', limit_period: 'month' }, { price: '2.5' }],
      setup: [{ billing_type: 'one' }, { price: '100' }],
      hours: [{ billing_type: 'usage' }, { price: '0.1' }],
      move: [{ billing_type: 'few' }, { price: '7' }],
    })

    await buy({ cores: 4 })

    expect(brief(await lines())).toEqual([
      ['seats', 30, 1, 30],
      ['cores', 2.5, 4, 10],
      ['setup', 100, 1, 100],
    ])
    const [invoice] = await invoices()
    expect(invoice).toMatchObject({ year: 2027, month: 6, state: 'pending', price: '140.0000000000', total: '140.0000000000' })
    expect(invoice?.items[0]).toMatchObject({ unit: 'month', end: '2027-06-30T23:59:59.999999Z' })
  })

  it('on the 16th of a month of thirty days, for half of it', async () => {
    await w.at('2027-06-16T09:00:00Z')
    const { buy, lines } = await selling(FIXED)

    await buy()

    expect(brief(await lines())).toEqual([['seats', 30, 0.5, 15]])
  })
})

describe('orders 108: a resource that is terminated', () => {
  it('ends its lines at that moment, by its days, and has none in the next month', async () => {
    await w.at('2027-06-01T00:00:00Z')
    const { buy, lines, turn } = await selling({ ...FIXED, cores: [{ billing_type: 'limit', limit_period: 'month' }, { price: '1' }] })
    const bought = await buy({ cores: 10 })

    await w.at('2027-06-15T12:00:00Z')
    await bought.act('terminate')

    expect(brief(await lines())).toEqual([
      ['seats', 30, 0.5, 15],
      ['cores', 1, 5, 5],
    ])
    expect(Date.parse(String((await lines())[0]?.end))).toBeGreaterThanOrEqual(Date.parse('2027-06-15T12:00:00Z'))
    await w.at('2027-07-01T00:01:00Z')
    await turn()
    expect(await lines(7)).toEqual([])
  })
})

describe('orders 109: a limit in total', () => {
  it('is billed once, by what it is raised by, and given back by what it is lowered by', async () => {
    await w.at('2027-06-05T10:00:00Z')
    const { buy, lines, turn } = await selling({ space: [{ billing_type: 'limit', limit_period: 'total' }, { price: '3' }] })
    const bought = await buy({ space: 10 })
    expect(brief(await lines())).toEqual([['space', 3, 10, 30]])

    await bought.act('update_limits', { limits: { space: 20 } })
    await bought.act('update_limits', { limits: { space: 15 } })

    expect(brief(await lines())).toEqual([
      ['space', 3, 10, 30],
      ['space', 3, 10, 30],
      ['space', -3, 5, -15],
    ])
    await w.at('2027-07-01T00:01:00Z')
    await turn()
    expect(await lines(7)).toEqual([])
  })
})

describe('orders 110: the month turns', () => {
  it('closes the old invoice and bills what goes on once, with the prices that were announced', async () => {
    await w.at('2027-09-10T00:00:00Z')
    const { buy, lines, invoices, turn, plan, staff } = await selling({
      ...FIXED,
      cores: [{ billing_type: 'limit', limit_period: 'month' }, { price: '1' }],
      hours: [{ billing_type: 'usage' }, { price: '2' }],
    })
    const bought = await buy({ cores: 10 })
    await bought.use({ hours: '5' })
    await w.current
      .as(staff)
      .post(`/api/marketplace-plans/${plan.uuid}/update_prices/`, { prices: { seats: '20', cores: '1', hours: '2' } })

    await w.at('2027-10-01T00:01:00Z')
    await turn()
    await turn()

    expect((await invoices()).map(({ month, state, invoice_date }) => [month, state, invoice_date])).toEqual([
      [9, 'created', '2027-10-01'],
      [10, 'pending', null],
    ])
    expect(brief(await lines(9))).toEqual([
      ['seats', 30, 0.7, 21],
      ['cores', 1, 7, 7],
      ['hours', 2, 5, 10],
    ])
    expect(brief(await lines(10))).toEqual([
      ['seats', 60, 1, 60],
      ['cores', 1, 10, 10],
    ])
    const { body } = await w.current.as(staff).get(`/api/marketplace-plans/${plan.uuid}/`)
    expect([body.prices.seats, body.future_prices, body.unit_price]).toEqual([20, {}, '60.0000000000'])
  })
})

describe('orders 111', () => {
  it('what is not billable is not billed', async () => {
    await w.at('2027-11-10T00:00:00Z')
    const { buy, invoices } = await selling(FIXED, {}, { billable: false })
    await buy()

    expect(await invoices()).toEqual([])
  })

  it('usage is billed as it is reported, and a later report changes the line', async () => {
    await w.at('2027-11-10T00:00:00Z')
    const { buy, lines } = await selling({ hours: [{ billing_type: 'usage' }, { price: '2' }] })
    const bought = await buy()
    expect((await bought.use({ hours: '7' })).status).toBe(201)
    const [first] = await lines()
    expect(brief([first as Line])).toEqual([['hours', 2, 7, 14]])

    await bought.use({ hours: '5' })

    expect(await lines()).toEqual([{ ...first, quantity: '5.0000000000', price: 10, total: '10.00' }])
  })
})
