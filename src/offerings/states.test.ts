import { describe, expect, it } from 'vitest'
import { faultsOf } from '../platform/states/transition.ts'
import { OFFERING_TYPES } from './offering-types.ts'
import { offeringStates } from './states.ts'

describe('states of an offering', () => {
  it('are all reached and known', () => {
    expect(faultsOf(offeringStates)).toEqual([])
  })
})

describe('types of offerings', () => {
  it('have distinct keys, and an agent has all verbs to report with', () => {
    expect(new Set(OFFERING_TYPES.map(({ key }) => key)).size).toBe(OFFERING_TYPES.length)
    for (const { processing, orderVerbs } of OFFERING_TYPES) {
      if (processing === 'agent')
        expect(orderVerbs).toMatchObject({ set_state_executing: true, set_state_done: true, set_state_erred: true })
    }
  })
})
