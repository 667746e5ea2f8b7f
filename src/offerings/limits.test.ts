import { describe, expect, it } from 'vitest'
import { availableLimitReached, checkLimits, type LimitedComponent, periodLimitExceeded } from './limits.ts'

const component = (type: string, values: Partial<LimitedComponent> = {}): LimitedComponent => ({
  type,
  billing_type: 'limit',
  is_prepaid: false,
  limit_period: 'month',
  limit_amount: null,
  min_value: null,
  max_value: null,
  max_available_limit: null,
  ...values,
})

describe('limits of one resource', () => {
  it('orders 20: only limit components and prepaid one-time components take limits', () => {
    const components = [
      component('ram'),
      component('cpu', { billing_type: 'fixed' }),
      component('lease', { billing_type: 'one', is_prepaid: true }),
    ]

    expect(checkLimits(components, { ram: 1, lease: 3 })).toBeUndefined()
    expect(checkLimits(components, { ram: 1, cpu: 1, gpu: 2 })).toEqual({ fields: { limits: ['Invalid types: cpu, gpu'] } })
  })

  it('orders 22: bounds are inclusive, and none of 0 or null binds', () => {
    const components = [component('ram', { min_value: 2, max_value: 4 }), component('disk', { min_value: 0, max_value: 0 })]

    expect(checkLimits(components, { ram: 5 })).toEqual({ rule: 'The limit 5 value cannot be more than 4.' })
    expect(checkLimits(components, { ram: 1 })).toEqual({ rule: 'The limit 1 value cannot be less than 2.' })
    expect(checkLimits(components, { ram: 2, disk: 1000 })).toBeUndefined()
    expect(checkLimits(components, {})).toBeUndefined()
  })

  it('-1 is unlimited where nothing bounds the component, any other negative number is refused', () => {
    expect(checkLimits([component('ram')], { ram: -1 })).toBeUndefined()
    expect(checkLimits([component('ram', { min_value: 2 })], { ram: -1 })).toBeUndefined()
    expect(checkLimits([component('cpu')], { cpu: -2 })).toEqual({
      fields: { limits: { cpu: ['Ensure this value is greater than or equal to -1.'] } },
    })
    expect(checkLimits([component('cpu', { max_available_limit: 9 })], { cpu: -1 })).toEqual({
      fields: { limits: { cpu: ['Ensure this value is greater than or equal to 0.'] } },
    })
  })

  it('the texts for what all resources together may have', () => {
    expect(periodLimitExceeded(component('ram', { limit_period: 'quarterly', limit_amount: 10 }))).toBe(
      'Quarterly limit exceeds threshold 10.',
    )
    expect(availableLimitReached(component('ram', { max_available_limit: 10 }), 6)).toBe(
      'Requested ram cannot be provisioned due to offering safety limit. You can allocate up to 3 of ram.',
    )
  })
})
