import { describe, expect, it } from 'vitest'
import { findOfferingType, OFFERING_TYPES, supportsLimits } from './offering-types.ts'

describe('types of offerings', () => {
  it('have distinct keys', () => {
    expect(new Set(OFFERING_TYPES.map(({ key }) => key)).size).toBe(OFFERING_TYPES.length)
  })

  it('that are not known support nothing', () => {
    expect(findOfferingType('Nothing.Known')).toBeUndefined()
    expect(supportsLimits('Nothing.Known')).toBe(false)
    expect(supportsLimits('Marketplace.Basic')).toBe(true)
  })
})
