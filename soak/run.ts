// npm run soak [-- --minutes 20] [-- --kills 60] [-- --seed 1]: what npm test samples, for long and all at once, on a database of its own
// in a temporary folder. Prints the table that goes into docs/soak.md; exits 1 when there was a departure.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbedded } from '../src/platform/db/embedded.ts'
import { migrate } from '../src/platform/db/migrate.ts'
import { warm } from '../tools/install.mjs'
import { reportOf } from './report.ts'
import { soak } from './soak.ts'

const words = process.argv.slice(2)
const after = (word: string, otherwise: number) => (words.includes(word) ? Number(words[words.indexOf(word) + 1]) : otherwise)
const minutes = after('--minutes', 20)
const seed = after('--seed', Date.now() % 1_000_000)
// As a start of the product does it: what is measured carries no type stripper.
warm()
const folder = mkdtempSync(join(tmpdir(), 'tradepost-soak-'))
const database = await startEmbedded(folder)
try {
  await migrate(database.url)
  const say = (line: string) => process.stderr.write(`${new Date().toTimeString().slice(0, 8)} ${line}\n`)
  say(`seed ${seed}`)
  const summary = await soak({
    url: database.url,
    folder: join(folder, 'servers'),
    seconds: minutes * 60,
    kills: after('--kills', Math.ceil(minutes * 3)),
    seed,
    contests: after('--contests', 50),
    say,
  })
  process.stdout.write(`${reportOf(summary)}\n`)
  process.exitCode = summary.departures.length > 0 ? 1 : 0
} finally {
  await database.stop()
  rmSync(folder, { recursive: true, force: true })
}
process.exit()
