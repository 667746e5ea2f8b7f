// Two things at once: for every pair of operations that meet on the same objects the invariants of the world hold afterwards, and
// nobody is answered with a failure, or waits for a lock until its time is over. A sample here; RACE_ROUNDS=20 is all of them, each
// so often, RACE_ONLY='component removed' those of that name; npm run soak goes on with them for minutes.
import { beforeAll, describe, expect, it } from 'vitest'
import { watchEffects } from '../../src/platform/effects.ts'
import { faultsOfWorld } from '../support/faults-of-world.ts'
import { ACTS, parentsOf, type Race, races, runRace } from '../support/races.ts'
import { randomFrom } from '../support/random.ts'
import { world } from '../support/world.ts'

const w = world()
// What they do follows from who comes first: the table of effects holds what is always so.
beforeAll(() => watchEffects(() => undefined))
const SEED = Number(process.env.RACE_SEED ?? 20_261_121)
const ROUNDS = Number(process.env.RACE_ROUNDS ?? 0)
const ONLY = new RegExp(process.env.RACE_ONLY ?? '')
const SAMPLE = 50

const deadlocks = async (): Promise<number> => {
  const { rows } = await w.current.database.pool.query(
    'select pg_stat_clear_snapshot(), (select deadlocks from pg_stat_database where datname = current_database()) as n',
  )
  return Number(rows[0].n)
}

describe('operations at the same time', () => {
  it(
    'leave the world whole, whichever two they are',
    async () => {
      const random = randomFrom(SEED)
      const all = races(await parentsOf(w.current.database.pool)).filter(([a, b]) => ONLY.test(`${a.name} × ${b.name}`))
      const some: Race[] =
        ROUNDS > 0
          ? all.flatMap((race) => Array.from({ length: ROUNDS }, () => race))
          : Array.from({ length: SAMPLE }, () => all[Math.floor(random() * all.length)] as Race)
      const before = await deadlocks()

      const faults: string[] = []
      const known = new Set<string>()
      const well = new Set<string>()
      for (const race of some) {
        const round = await runRace(w.current, race, random)
        const found = (await faultsOfWorld(w.current.db)).filter((fault) => !known.has(fault))
        for (const fault of found) known.add(fault)
        for (const [i, act] of race.entries()) if ((round.statuses[i] ?? 500) < 300) well.add(act.name)
        faults.push(...round.faults, ...found.map((fault) => `${round.race} [${round.statuses.join()}] ${fault}`))
      }

      // What never succeeds tests nothing.
      const idle = ROUNDS > 0 && !process.env.RACE_ONLY ? ACTS.map(({ name }) => name).filter((name) => !well.has(name)) : []
      expect(faults).toEqual([])
      expect(idle).toEqual([])
      expect((await deadlocks()) - before).toBe(0)
    },
    ROUNDS > 0 ? 10_800_000 : 60_000,
  )
})
