// Everything at once on two servers and a worker: random requests as everybody, races, kept writes, hostile bytes, and processes killed
// at random moments. What must never be is a departure; without any the run has passed.
import { sql } from 'kysely'
import { readConfig } from '../src/platform/config.ts'
import { openDatabase, run } from '../src/platform/db/database.ts'
import { CONTESTS, runContest } from '../tests/support/contests.ts'
import { operationsOf } from '../tests/support/described.ts'
import { factories } from '../tests/support/factories.ts'
import { faultsOfWorld } from '../tests/support/faults-of-world.ts'
import { parentsOf, type Race, races, runRace } from '../tests/support/races.ts'
import { pick, type Random, randomFrom } from '../tests/support/random.ts'
import { AWAY, ask, caller, type Sent } from './callers.ts'
import { startFleet } from './fleet.ts'
import { fuzz } from './fuzz.ts'
import { type Generation, newGeneration } from './generation.ts'
import { hostile } from './hostile.ts'
import { openLedger } from './ledger.ts'

export type Options = {
  /** A migrated database of its own. */
  url: string
  /** A folder for what servers write. */
  folder: string
  seconds: number
  kills: number
  seed: number
  /** How often each contest is run, once all has calmed down. */
  contests?: number
  /** Told what happens while it runs. */
  say?: (line: string) => void
}

export type Summary = {
  seconds: number
  /** Answers by who asked and by status; `no answer` where a server was ended. */
  answers: { [who: string]: { [status: string]: number } }
  kills: number
  races: number
  kept: number
  looks: number
  memory: { [name: string]: number }
  departures: readonly string[]
}

/** What the parts share. */
export type Soak = {
  random: Random
  over: () => boolean
  /** Long after the end: what still waits gives up. */
  late: () => boolean
  anyServer: () => string
  heard: (who: string, sent: Sent, answer: { status: number; text: string }) => void
  depart: (what: string) => void
}

const SECRET = 'a secret for the soak run, long enough to be one'
const FUZZERS = 8
const GENERATION_MS = 15_000
const LOOK_MS = 20_000
const SETTLE_MS = 60_000
/** Far above what a server holds; what grows without end passes it. */
const MEMORY_MAX_MB = 400
const KEPT_OFFERINGS = 500
const MADE_MS = 3000
/** A server that starts beside everything else takes the machine for seconds. */
const SLOW_MS = 10_000

export async function soak(options: Options): Promise<Summary> {
  const { url, folder, seconds, seed, say = () => undefined } = options
  const database = openDatabase(url, { max: 6 })
  const config = readConfig({ SECRET_KEY: SECRET, PUBLIC_URL: 'http://testserver' })
  const w = factories(database.db, config)
  const fleet = await startFleet({
    ...{ DATABASE_URL: url, DATA_DIR: folder, SECRET_KEY: SECRET, PUBLIC_URL: 'http://testserver', LOG_LEVEL: 'error', WORKER: 'off' },
    ADMIN_PASSWORD: 'correct horse battery',
  })
  const random = randomFrom(seed)
  const began = Date.now()
  const until = began + seconds * 1000
  const answers: Summary['answers'] = {}
  const departures = new Set<string>()
  const counts = { kills: 0, races: 0, looks: 0 }
  const raced: number[] = []
  const shared: Soak = {
    random,
    over: () => Date.now() >= until,
    late: () => Date.now() >= until + SETTLE_MS,
    anyServer: () => pick(random, fleet.urls),
    depart: (what) => {
      departures.add(what)
      say(`DEPARTURE ${what}`)
    },
    heard: (who, { method, path, body }, { status, text }) => {
      answers[who] ??= {}
      const by = answers[who]
      const word = text === AWAY ? AWAY : String(status)
      by[word] = (by[word] ?? 0) + 1
      // 503 is said of limits that are passed, and by a server whose start or end it is.
      if (status >= 500 && status !== 503)
        shared.depart(`${method} ${path} answered ${status} ${text.slice(0, 300)} to ${String(body).slice(0, 300)}`)
    },
  }

  const generations: Generation[] = [await newGeneration(w)]
  const ledger = await openLedger(shared, w, database.db)
  const operations = operationsOf((await described(fleet.urls[0] as string)) as Parameters<typeof operationsOf>[0]).filter(
    // Whoever logs out is nobody from then on, and everybody does at some time.
    ({ path }) => path !== '/api-auth/logout/',
  )
  const pairs = races(await parentsOf(database.pool))
  const racer = await w.user({ is_staff: true })

  async function race(): Promise<void> {
    const as = () => caller(shared.anyServer, racer.token)
    while (!shared.over()) {
      const round = await runRace({ ...w, as, staff: racer, away: [503], slowMs: SLOW_MS }, pick(random, pairs) as Race, random)
      counts.races++
      raced.push(round.offering)
      for (const fault of round.faults) shared.depart(fault)
    }
  }
  async function renew(): Promise<void> {
    for (let next = Date.now() + GENERATION_MS; !shared.over(); await pause(200)) {
      if (Date.now() < next) continue
      generations.push(await newGeneration(w))
      next = Date.now() + GENERATION_MS
    }
  }
  const faultsNow = () => faultsOfWorld(database.db, { offerings: raced.slice(-KEPT_OFFERINGS) })
  // Nobody is killed by now: who has won is told by the answers.
  async function contests(): Promise<void> {
    const as = () => caller(shared.anyServer, racer.token)
    for (const contest of CONTESTS) {
      for (let i = 0; i < (options.contests ?? 0); i++) {
        for (const fault of await runContest({ ...w, as, staff: racer }, database.db, contest)) shared.depart(fault)
      }
    }
  }
  async function look(): Promise<void> {
    counts.looks++
    const first = await faultsNow()
    if (first.length === 0) return
    // The run makes its own objects by rows, one after the other: what is a fault stays one.
    await pause(MADE_MS)
    const still = new Set(await faultsNow())
    for (const fault of first) if (still.has(fault)) shared.depart(fault)
  }
  async function lookNowAndThen(): Promise<void> {
    for (let next = Date.now() + LOOK_MS; !shared.over(); await pause(200)) {
      if (Date.now() < next) continue
      await look()
      const sum = Object.values(answers)
        .flatMap((by) => Object.values(by))
        .reduce((a, b) => a + b, 0)
      say(
        `${Math.round((Date.now() - began) / 1000)} s: ${sum} answers, ${counts.races} races, ${counts.kills} kills, ${departures.size} departures`,
      )
      next = Date.now() + LOOK_MS
    }
  }
  async function kill(): Promise<void> {
    for (let i = 0; i < options.kills; i++) {
      // Spread over the run, each at a random moment of its share.
      const at = began + ((i + random()) / options.kills) * seconds * 950
      while (Date.now() < at) await pause(50)
      const name = await fleet.kill(Math.floor(random() * 3))
      counts.kills++
      say(`${name} was killed, and lives again`)
    }
  }

  try {
    await Promise.all([
      ...Array.from({ length: FUZZERS }, () => fuzz(shared, operations, generations)),
      ...[race(), race(), renew(), lookNowAndThen(), kill(), ledger.write(), ledger.write(), hostile(shared, racer.token)],
    ])
    await settled(database.db)
    await contests()
    await look()
    for (const fault of await ledger.faults()) shared.depart(fault)
    for (const url of fleet.urls) {
      const { status } = await ask(url, undefined, { method: 'GET', path: '/health/ready' })
      if (status !== 200) shared.depart(`${url} is not ready at the end: ${status}`)
    }
    const memory = fleet.memory()
    for (const [name, held] of Object.entries(memory)) if (held > MEMORY_MAX_MB) shared.depart(`${name} held ${held} MB`)
    return { seconds, answers, ...counts, kept: ledger.count(), memory, departures: [...departures] }
  } finally {
    await fleet.stop()
    await database.close()
  }
}

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms))

async function described(server: string): Promise<unknown> {
  const { body } = await ask(server, undefined, { method: 'GET', path: '/api/schema/', headers: { accept: 'application/json' } })
  return body
}

/** Until the worker has done what was asked of it: jobs of a worker that was killed are taken up again within half a minute. */
async function settled(db: Parameters<typeof run>[0]): Promise<void> {
  for (const until = Date.now() + SETTLE_MS; Date.now() < until; await pause(250)) {
    const [left] = await run(
      db,
      sql<{ n: number }>`select count(*)::int as n from pgboss.job where name = 'orders.execute' and state < 'completed'`,
    )
    if (left?.n === 0) return
  }
}
