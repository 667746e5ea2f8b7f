import { describe, expect, it } from 'vitest'
import {
  costOfCreation,
  costOfPlanSwitch,
  costOfRenewal,
  estimate,
  fixedPrice,
  initPrice,
  moneyText,
  type PricedComponent,
  switchPrice,
} from './prices.ts'

const part = (type: string, values: Partial<PricedComponent>): PricedComponent => ({
  type,
  billing_type: 'limit',
  is_prepaid: false,
  price: '0',
  amount: 0,
  factor: 1,
  ...values,
})

describe('what a plan costs', () => {
  it('orders 37: the unit price and the limits: 10 + 2 × 5', () => {
    const plan = { unit_price: '10', components: [part('ram', { price: '2' })] }

    expect(moneyText(estimate(plan, { ram: 5 }))).toBe('20.0000000000')
  })

  it('orders 36: a one-time component is charged when a resource is made, a usage component never beforehand', () => {
    const plan = {
      unit_price: '0',
      components: [part('setup', { billing_type: 'one', price: '100' }), part('storage', { billing_type: 'usage', price: '7' })],
    }

    expect(moneyText(costOfCreation(plan, {}))).toBe('100.0000000000')
    expect(initPrice(plan).toNumber()).toBe(100)
    expect(moneyText(estimate(plan, { storage: 9 }))).toBe('0.0000000000')
  })

  it('an unlimited component is never billed', () => {
    const plan = { unit_price: '3', components: [part('ram', { price: '2' })] }

    expect(estimate(plan, { ram: -1 }).toNumber()).toBe(3)
  })

  it('a limit kept in smaller units is priced by the larger one', () => {
    const plan = { unit_price: '0', components: [part('ram', { price: '2', factor: 1024 })] }

    expect(estimate(plan, { ram: 2048 }).toNumber()).toBe(4)
  })

  it('a prepaid component is paid for all its months, and its one-time price is not charged twice', () => {
    const plan = { unit_price: '0', components: [part('cpu', { billing_type: 'one', is_prepaid: true, price: '5' })] }

    expect(costOfCreation(plan, { cpu: 2 }, { start: '2026-01-15', end: '2026-03-20' }).toNumber()).toBe(30)
    expect(costOfCreation(plan, { cpu: 2 }, { start: '2026-01-15', end: null }).toNumber()).toBe(10)
    expect(costOfRenewal(plan, { cpu: 2 }, 6).toNumber()).toBe(60)
  })

  it('the fee for switching is charged on a switch of plans only', () => {
    const plan = { unit_price: '10', components: [part('fee', { billing_type: 'few', price: '4' }), part('ram', { price: '1' })] }

    expect(switchPrice(plan).toNumber()).toBe(4)
    expect(costOfPlanSwitch(plan, { ram: 2 }).toNumber()).toBe(16)
    expect(estimate(plan, { ram: 2 }).toNumber()).toBe(12)
  })

  it('the fixed price is price times amount of the fixed components', () => {
    const components = [part('cpu', { billing_type: 'fixed', price: '2.5', amount: 4 }), part('ram', { price: '9', amount: 9 })]

    expect(fixedPrice({ components }).toNumber()).toBe(10)
  })

  it('sums stay exact where floats would not', () => {
    const components = Array.from({ length: 10 }, (_, i) => part(`c${i}`, { price: '0.1' }))

    expect(moneyText(estimate({ unit_price: '0', components }, Object.fromEntries(components.map(({ type }) => [type, 1]))))).toBe(
      '1.0000000000',
    )
    expect(moneyText(estimate({ unit_price: '999999999999.0000000001', components: [] }, {}))).toBe('999999999999.0000000001')
  })
})
