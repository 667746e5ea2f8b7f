// Every served list as each kind of caller, and every filter and ordering of the large lists with values that match few rows
// and many: how long one request takes against `retrieve one order` of the same minutes. Lists and what is wanted are read
// from the description, so that a list or filter added later is walked too.
import pg from 'pg'
import { latency, type Target, timed } from './load-generator.ts'
import { filled, known, type Parameter, valuesOf } from './walk.values.ts'

export type Caller = 'staff' | 'owner' | 'provider' | 'anonymous'
export type Walked = { url: string; port: number; tokens: { [C in Caller]?: string }; one: string }

type Step = { caller: Caller; path: string; narrowed: boolean }
export type Taken = Step & { count: number; ms: number; ratio: number; limit: number }

const FEW = 1000
const FEW_LIMIT = 10
const MANY_LIMIT = 100
const REFERENCE_EVERY = 15
const REPEATS = 3

/** Whose filters and orderings are walked one by one, and as whom. */
const THOROUGH: { [path: string]: readonly Caller[] } = {
  '/api/marketplace-orders/': ['staff', 'provider'],
  '/api/marketplace-resources/': ['staff'],
  '/api/marketplace-provider-resources/': ['provider'],
  '/api/marketplace-provider-offerings/': ['staff'],
  '/api/marketplace-public-offerings/': ['anonymous'],
  '/api/booking-resources/': ['staff', 'provider'],
  '/api/projects/': ['staff'],
  '/api/users/': ['staff'],
}

/** Reads that are no lists and pages that the issue of scale is about. */
const FURTHER: readonly Step[] = [
  { caller: 'staff', path: '/api/marketplace-global-categories/', narrowed: false },
  { caller: 'owner', path: '/api/marketplace-global-categories/', narrowed: false },
  { caller: 'staff', path: '/api/marketplace-orders/?page=50000', narrowed: true },
  { caller: 'staff', path: '/api/marketplace-orders/?state=done&page=40000', narrowed: true },
  { caller: 'staff', path: '/api/marketplace-resources/?page=50000', narrowed: true },
  { caller: 'provider', path: '/api/marketplace-orders/?o=-created&state=executing', narrowed: true },
]

/** Walks it all; `told` hears how far it is. The slowest first. */
export async function walk(world: Walked, told: (line: string) => void, only?: string): Promise<Taken[]> {
  const steps = (await stepsOf(world)).filter(({ path }) => !only || path.includes(only))
  const taken: Taken[] = []
  const target = ({ caller, path }: Pick<Step, 'caller' | 'path'>): Target => {
    const token = world.tokens[caller]
    return { port: world.port, path, headers: token ? { authorization: `Token ${token}` } : {} }
  }
  let reference = Number.NaN
  for (const [i, step] of steps.entries()) {
    if (i % REFERENCE_EVERY === 0) {
      reference = await latency(target({ caller: 'staff', path: `/api/marketplace-orders/${world.one}/` }), 30)
      told(`${i} of ${steps.length}, one order in ${reference.toFixed(2)} ms`)
    }
    const answer = await timed(target(step))
    // What a caller may not read has no price.
    if (answer.status === 401 || answer.status === 403 || answer.status === 404) continue
    if (answer.status !== 200) {
      told(`${step.path} answered ${answer.status}: ${answer.text.slice(0, 200)}`)
      taken.push({ ...step, count: 0, ms: answer.ms, ratio: Number.POSITIVE_INFINITY, limit: 1 })
      continue
    }
    const ms = answer.ms > 500 ? answer.ms : await latency(target(step), REPEATS)
    const limit = step.narrowed && answer.count > FEW ? MANY_LIMIT : FEW_LIMIT
    taken.push({ ...step, count: answer.count, ms, ratio: ms / reference, limit })
  }
  return taken.sort((a, b) => b.ratio / b.limit - a.ratio / a.limit)
}

type Description = { paths: { [path: string]: { get?: { parameters?: Parameter[]; responses: { 200?: { headers?: object } } } } } }

async function stepsOf(world: Walked): Promise<Step[]> {
  const db = new pg.Client({ connectionString: world.url })
  await db.connect()
  const keys = await known(db).finally(() => db.end())
  const description = JSON.parse((await timed({ port: world.port, path: '/api/schema/?format=json' })).text) as Description
  const steps: Step[] = [...FURTHER]
  for (const [path, { get: read }] of Object.entries(description.paths)) {
    if (!read?.responses[200]?.headers) continue
    const at = filled(path, keys)
    for (const caller of ['staff', 'owner', 'provider', 'anonymous'] as const) steps.push({ caller, path: at, narrowed: false })
    for (const caller of THOROUGH[path] ?? []) {
      const asked = (read.parameters ?? []).flatMap((parameter) => valuesOf(path, parameter, keys))
      steps.push(...asked.map((query) => ({ caller, path: `${at}?${query}`, narrowed: true })))
    }
  }
  return steps
}
