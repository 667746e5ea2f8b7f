// What one alone can have is had by one. A sample here; CONTEST_ROUNDS=50 is more of it, and npm run soak runs each fifty times.
import { beforeAll, describe, expect, it } from 'vitest'
import { watchEffects } from '../../src/platform/effects.ts'
import { CONTESTS, runContest } from '../support/contests.ts'
import { faultsOfWorld } from '../support/faults-of-world.ts'
import { world } from '../support/world.ts'

const w = world()
// Who wins is not told by the table of effects.
beforeAll(() => watchEffects(() => undefined))
const ROUNDS = Number(process.env.CONTEST_ROUNDS ?? 2)

describe('a contest', () => {
  it.each(CONTESTS.map((contest) => [contest.name, contest] as const))(
    'has one winner: %s',
    async (_, contest) => {
      const faults: string[] = []

      for (let i = 0; i < ROUNDS; i++) faults.push(...(await runContest(w.current, w.current.db, contest)))

      expect([...faults, ...(await faultsOfWorld(w.current.db))]).toEqual([])
    },
    10_000 + ROUNDS * 2000,
  )
})
