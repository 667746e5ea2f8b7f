import { describe, expect, it } from 'vitest'
import { findOfferingType, OFFERING_TYPES, supportsLimits } from './offering-types.ts'

describe('types of offerings', () => {
  it('have distinct keys', () => {
    expect(new Set(OFFERING_TYPES.map(({ key }) => key)).size).toBe(OFFERING_TYPES.length)
  })

  it('that are carried out by an agent give it every verb to report with', () => {
    for (const { processing, orderVerbs } of OFFERING_TYPES.filter((type) => type.processing === 'agent')) {
      expect([processing, orderVerbs]).toEqual([
        'agent',
        { cancel: false, set_state_executing: true, set_state_done: true, set_state_erred: true },
      ])
    }
  })

  it('that are not known support nothing', () => {
    expect(findOfferingType('Nothing.Known')).toBeUndefined()
    expect(supportsLimits('Nothing.Known')).toBe(false)
    expect(supportsLimits('Marketplace.Basic')).toBe(true)
  })
})
