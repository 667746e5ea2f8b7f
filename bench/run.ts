// npm run bench [-- --orders 50000] [-- --keep <folder>] [-- --walk [<part of a path>]] [-- --commands] [-- --bookings]: floor and product interleaved on the same data in one run; prints a
// line a figure (name, product, floor, ratio, target, ok or short) and exits 1 when one is short. Figures are ratios: machines
// are noisy. A folder that is kept spares the next run the loading.
import { type ChildProcess, fork } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { Agent } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import pg from 'pg'
import { newToken, tokenDigest } from '../src/platform/auth/token.ts'
import { foldCounts } from '../src/platform/counts/kept.ts'
import { openDatabase, run } from '../src/platform/db/database.ts'
import { startEmbedded } from '../src/platform/db/embedded.ts'
import { migrate } from '../src/platform/db/migrate.ts'
import { environment, MEMORY, warm } from '../tools/install.mjs'
import { bookings, loadBookings } from './bookings.ts'
import { commands } from './commands.ts'
import { loadOrders, WORLD } from './load.ts'
import { get, latency, median, rate, type Target } from './load-generator.ts'
import { type Taken, walk } from './walk.ts'

const CONNECTIONS = 8
const ROUNDS = 5
const ROUND_MS = 2000
function atLeast(name: string, product: number, floor: number, target: number): Figure {
  const ratio = product / floor
  return { name, product, floor, ratio, target: `>= ${target}`, ok: ratio >= target }
}

function atMost(name: string, product: number, floor: number, target: number): Figure {
  const ratio = product / floor
  return { name, product, floor, ratio, target: `<= ${target}`, ok: ratio <= target }
}

const KINDS: readonly [string, (step: Taken) => boolean][] = [
  ['lists', ({ narrowed }) => !narrowed],
  ['filters that match at most 1,000 rows', ({ narrowed, count }) => narrowed && count <= 1000],
  ['orderings, and filters that match more', ({ narrowed, count }) => narrowed && count > 1000],
]

/** Beside bookings. */
const FEW_ORDERS = 50_000
const LIST = '/api/marketplace-orders/'
const OWNER_CUSTOMER = WORLD.providers + 7

type Figure = { name: string; product: number; floor: number; ratio: number; target: string; ok: boolean }
type Tokens = { staff: string; owner: string; provider: string }
type World = {
  url: string
  tokens: Tokens
  one: string
  product: ChildProcess
  floor: ChildProcess
  productPort: number
  floorPort: number
}

const told = (line: string) => process.stderr.write(`${new Date().toTimeString().slice(0, 8)} ${line}\n`)

const { orders, keep, walked, commanded, booked } = readOptions(process.argv.slice(2))
/** A part that was asked for by itself. */
const alone = booked
  ? bookingsAlone
  : commanded
    ? commandsAlone
    : walked === undefined
      ? undefined
      : (world: World) => walkAlone(world, walked)
const sizes = alone ? [orders] : [50_000, 1_000_000].filter((size) => size <= orders)
const folder = keep ?? mkdtempSync(join(tmpdir(), 'tradepost-bench-'))
// As a start of the product does it: what is measured carries no type stripper either.
warm()
const database = await startEmbedded(folder)
const started: ChildProcess[] = []
try {
  const worlds = new Map<number, World>()
  for (const [i, size] of sizes.entries()) worlds.set(size, await openWorld(size, 18_100 + i * 10))
  const figures = await (alone ? alone(worlds.get(orders) as World) : measure(worlds))
  process.stdout.write(`${['name', 'product', 'floor', 'ratio', 'target', ''].join('\t')}\n`)
  for (const f of figures) {
    process.stdout.write(
      `${[f.name, f.product.toFixed(1), f.floor.toFixed(1), f.ratio.toFixed(2), f.target, f.ok ? 'ok' : 'short'].join('\t')}\n`,
    )
  }
  process.exitCode = figures.every((f) => f.ok) ? 0 : 1
} finally {
  for (const child of started) child.kill('SIGKILL')
  await database.stop()
  if (!keep) rmSync(folder, { recursive: true, force: true })
}

type Options = { orders: number; keep: string | undefined; walked: string | undefined; commanded: boolean; booked: boolean }

function readOptions(words: string[]): Options {
  const after = (word: string) => (words.includes(word) ? words[words.indexOf(word) + 1] : undefined)
  const walked = words.includes('--walk') ? (after('--walk') ?? '') : undefined
  return {
    orders: Number(after('--orders') ?? 1_000_000),
    keep: after('--keep'),
    walked,
    commanded: words.includes('--commands'),
    booked: words.includes('--bookings'),
  }
}

/** A database with `size` orders, and floor and product on it, each a process of its own. */
async function openWorld(size: number, port: number): Promise<World> {
  const name = booked ? `bench_bookings_${size}` : `bench_${size}`
  const admin = new pg.Client({ connectionString: database.url })
  await admin.connect()
  const { rowCount: present } = await admin.query('select 1 from pg_database where datname = $1', [name])
  if (!present) await admin.query(`create database ${name}`)
  await admin.end()
  const url = database.url.replace(/tradepost$/, name)
  await migrate(url)
  if (!present) {
    told(`loading ${size} orders`)
    await loadOrders(url, booked ? FEW_ORDERS : size)
    if (booked) await loadBookings(url, size)
  }
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const tokens = {
    staff: await person(client, 'staff', true),
    owner: await person(client, 'owner', false, OWNER_CUSTOMER),
    provider: await person(client, 'provider', false, 1),
  }
  const one = (await client.query<{ uuid: string }>('select uuid from "order" order by id offset 1000 limit 1')).rows[0]?.uuid ?? ''
  await client.end()
  const floor = await start('floor.ts', [url, String(port), `http://127.0.0.1:${port + 1}`, String(OWNER_CUSTOMER)])
  const product = await start('product.mjs', [url, String(port + 1)])
  return { url, tokens, one, product, floor, productPort: port + 1, floorPort: port }
}

/** Somebody with a token, and with an organization of theirs unless they run the site. */
async function person(client: pg.Client, username: string, isStaff: boolean, customerId?: number): Promise<string> {
  const token = newToken()
  await client.query('delete from user_token where user_id = (select id from "user" where username = $1)', [username])
  const { rows } = await client.query<{ id: number }>(
    `insert into "user" (username, is_staff) values ($1, $2) on conflict (username) do update set is_staff = excluded.is_staff returning id`,
    [username, isStaff],
  )
  const id = rows[0]?.id
  await client.query('insert into user_token (user_id, digest, sealed) values ($1, $2, $3)', [id, tokenDigest(token), Buffer.alloc(0)])
  if (customerId !== undefined) {
    await client.query(
      `insert into role_grant (user_id, role_id, scope_type, scope_id) select $1, id, 'customer', $2 from role where name = 'CUSTOMER.OWNER'
        on conflict do nothing`,
      [id, customerId],
    )
  }
  return token
}

function start(file: string, words: string[]): Promise<ChildProcess> {
  const child = fork(new URL(file, import.meta.url), words, {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: MEMORY,
    env: environment,
  })
  started.push(child)
  return new Promise((resolve, reject) => {
    child.once('message', () => resolve(child))
    child.once('exit', (code) => reject(new Error(`${file} ended with ${code}`)))
  })
}

function asked(world: World, who: keyof Tokens, path: string): Target {
  return { port: world.productPort, path, headers: { authorization: `Token ${world.tokens[who]}` } }
}

/** Requests per second of two targets, in turns, so that what disturbs the machine disturbs both. */
async function inTurns(a: Target, b: Target): Promise<[number, number]> {
  const rates: [number[], number[]] = [[], []]
  await rate(a, CONNECTIONS, 500)
  await rate(b, CONNECTIONS, 500)
  for (let i = 0; i < ROUNDS; i++) {
    rates[0].push(await rate(a, CONNECTIONS, ROUND_MS))
    rates[1].push(await rate(b, CONNECTIONS, ROUND_MS))
  }
  return [median(rates[0]), median(rates[1])]
}

async function measure(worlds: Map<number, World>): Promise<Figure[]> {
  const figures: Figure[] = []
  const small = worlds.get(50_000)
  if (!small) throw new Error('The benchmark needs at least 50000 orders')
  for (const who of ['staff', 'owner'] as const) {
    told(`lists as ${who} against the floor`)
    await sameAnswer(asked(small, who, LIST), { port: small.floorPort, path: `/${who}` })
    const [product, floor] = await inTurns(asked(small, who, LIST), { port: small.floorPort, path: `/${who}` })
    figures.push(atLeast(`list 10 orders as ${who}, 50,000 orders (requests/s)`, product, floor, 0.8))
    const [again, memory] = await inTurns(asked(small, who, LIST), { port: small.floorPort, path: `/memory/${who}` })
    figures.push({ ...atLeast(`the same against the same bytes from memory, as ${who}`, again, memory, 0), target: '' })
  }
  const [product, floor] = await inTurns(asked(small, 'staff', `${LIST}${small.one}/`), {
    port: small.floorPort,
    path: `/one?${small.one}`,
  })
  figures.push(atLeast('retrieve one order, 50,000 orders (requests/s)', product, floor, 0.7))
  const large = worlds.get(1_000_000)
  if (large) {
    told('a million orders against 50,000')
    for (const who of ['staff', 'owner'] as const) {
      const [many, few] = await inTurns(asked(large, who, LIST), asked(small, who, LIST))
      figures.push(atLeast(`list 10 orders as ${who}, 1,000,000 against 50,000 (requests/s)`, many, few, 0.8))
    }
    const first = await latency(asked(large, 'staff', LIST), 50)
    const deep = await latency(asked(large, 'staff', `${LIST}?page=50000`), 20)
    figures.push({
      name: 'page 50,000 against page 1, 1,000,000 orders (ms)',
      product: deep,
      floor: first,
      ratio: deep / first,
      target: '<= 20',
      ok: deep <= first * 20,
    })
  }
  told('memory')
  figures.push(await memory(small))
  if (large) {
    figures.push(...(await commandsAlone(large)))
    figures.push(...(await walkAlone(large, '')))
  }
  return figures
}

async function commandsAlone(world: World): Promise<Figure[]> {
  told('commands')
  const changed = await commands({ url: world.url, port: world.productPort, token: world.tokens.staff, one: world.one })
  return changed.flatMap(({ name, rate: perSecond, read, p50, p99, least }) => [
    atLeast(`${name} an order against retrieving one, 1,000,000 orders (requests/s)`, perSecond, read, least),
    atMost(`${name} an order, 99th of a hundred against the middle (ms)`, p99, p50, 10),
  ])
}

async function bookingsAlone(world: World): Promise<Figure[]> {
  told('bookings')
  const { made, seen } = await bookings({ url: world.url, port: world.productPort, token: world.tokens.staff, one: world.one })
  return [
    atLeast('book, of 100,000 bookings of an offering, against retrieving one order (requests/s)', made.rate, made.read, made.least),
    atMost('book, 99th of a hundred against the middle (ms)', made.p99, made.p50, 10),
    ...seen.map(({ name, ms, one }) => atMost(`${name} against retrieving one order (ms)`, ms, one, 10)),
    ...(await walkAlone(world, '/api/booking-')),
  ]
}

async function walkAlone(world: World, only: string): Promise<Figure[]> {
  await settle(world.url)
  return worst(await walk({ ...world, port: world.productPort }, told, only))
}

/** What worker and database do by themselves within minutes: differences are folded into the counts, dead rows are cleared away. */
async function settle(url: string): Promise<void> {
  const { db, close } = openDatabase(url)
  await foldCounts(db)
  await run(db, sql`vacuum (analyze)`)
  await close()
}

/** The floor must do the same work: its answer holds what the product's does. */
async function sameAnswer(product: Target, floor: Target): Promise<void> {
  const agent = new Agent()
  const [ours, theirs] = (await Promise.all([get(agent, product), get(agent, floor)])).map(
    (text) => JSON.parse(text) as { [key: string]: unknown }[],
  )
  const keys = Object.keys(ours?.[0] ?? {}).filter((key) => key !== 'error_traceback')
  const differing = keys.filter((key) => JSON.stringify(ours?.map((row) => row[key])) !== JSON.stringify(theirs?.map((row) => row[key])))
  if (differing.length > 0) throw new Error(`The floor answers otherwise: ${differing.join(', ')}`)
}

/** A figure for each kind of what the walk asked, of its slowest; the twenty slowest of all are printed. */
function worst(taken: readonly Taken[]): Figure[] {
  told('the slowest of the walk:')
  const over = taken.filter((step) => step.ratio > step.limit).length
  for (const { ms, ratio, limit, count, caller, path } of taken.slice(0, Math.max(20, over))) {
    told(`${ms.toFixed(1)} ms, ${ratio.toFixed(1)} of ${limit}, ${count} rows, ${caller}: ${path}`)
  }
  return KINDS.flatMap(([name, is]) => {
    const [slowest] = taken.filter(is)
    const these = taken.filter((step) => is(step) && step.ratio > step.limit).length
    return slowest ? [atMost(`the slowest of ${name} (ms; ${these} over)`, slowest.ms, slowest.ms / slowest.ratio, slowest.limit)] : []
  })
}

/** Resident megabytes of the server after 10,000 mixed requests. */
async function memory(world: World): Promise<Figure> {
  const paths = [
    LIST,
    `${LIST}?state=done&o=-created`,
    `${LIST}${world.one}/`,
    '/api/marketplace-resources/',
    '/api/projects/',
    '/api/customers/',
    '/api/users/me/',
  ]
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })
  for (let i = 0; i < 10_000; i += CONNECTIONS) {
    const batch = Array.from({ length: CONNECTIONS }, (_, k) => {
      const path = paths[(i + k) % paths.length] as string
      // The one order is another organization's: staff alone sees it.
      return asked(world, path.includes(world.one) || (i + k) % 3 > 0 ? 'staff' : 'owner', path)
    })
    await Promise.all(batch.map((target) => get(agent, target)))
  }
  agent.destroy()
  const pages = Number(readFileSync(`/proc/${world.product.pid}/statm`, 'utf8').split(' ')[1])
  const megabytes = (pages * 4096) / 1e6
  return {
    name: 'resident memory after 10,000 mixed requests (MB)',
    product: megabytes,
    floor: 200,
    ratio: megabytes / 200,
    target: '<= 1',
    ok: megabytes <= 200,
  }
}
