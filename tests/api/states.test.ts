// The life of everything that has states.
import { describe, expect, it } from 'vitest'
import { faultsOf } from '../../src/platform/states/transition.ts'
import { stateDrawings, stateTables } from '../../tools/state-drawings.ts'
import { expectGeneratedFolder } from '../support/generated.ts'

const tables = Object.entries(await stateTables())

describe.each(tables)('%s', (_name, table) => {
  it('names known states only, and reaches each of them (if not: an action in states.ts must lead there, or it is initial)', () => {
    expect(faultsOf(table)).toEqual([])
  })

  it('ends where it says so and nowhere else (if not: mend `final` in states.ts, or the action that leaves it)', () => {
    const left = new Set(Object.values(table.actions).flatMap(({ from, to }) => from.filter((state) => to.some((next) => next !== state))))

    expect(table.states.filter((state) => !left.has(state))).toEqual(table.states.filter((state) => table.final.includes(state)))
  })

  it('has actions that lead somewhere (if not: give them `from` and `to` in states.ts)', () => {
    const idle = Object.entries(table.actions).filter(([, { from, to }]) => from.length === 0 || to.length === 0)

    expect(idle.map(([action]) => action)).toEqual([])
  })
})

describe('the drawings of states', () => {
  it('are those of the tables', async () => {
    expectGeneratedFolder('docs/states', await stateDrawings())
  })
})
