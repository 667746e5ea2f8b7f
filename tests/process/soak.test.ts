// Some seconds of what npm run soak does for minutes: two servers and a worker under random requests, races, kept writes and kills.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { soak } from '../../soak/soak.ts'
import { freshDatabase } from '../support/database.ts'

it('two servers and a worker that are killed under load lose nothing, break nothing and fail nobody', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tradepost-soak-'))
  const database = await freshDatabase()
  try {
    const summary = await soak({ url: database.url, folder, seconds: 6, kills: 3, seed: 20_261_121, contests: 1 })

    expect(summary.departures).toEqual([])
    expect(summary.kills).toBe(3)
    expect(summary.races).toBeGreaterThan(0)
    expect(summary.kept).toBeGreaterThan(0)
    expect(Object.values(summary.answers.fuzz ?? {}).reduce((a, b) => a + b, 0)).toBeGreaterThan(30)
  } finally {
    await database.drop()
    rmSync(folder, { recursive: true, force: true })
  }
}, 90_000)
