// Requests of every operation, as everybody: valid ones, valid ones with something wrong in them, and wild ones.
import { type Described, fill } from '../tests/support/described.ts'
import { pick, type Random } from '../tests/support/random.ts'
import { randomRequests } from '../tests/support/random-requests.ts'
import type { Request } from '../tests/support/valid-requests.ts'
import { AWAY, ask, formOf, type Sent } from './callers.ts'
import type { Generation } from './generation.ts'
import type { Soak } from './soak.ts'

const AWAY_MS = 100

const READS: ReadonlySet<string> = new Set(['GET', 'HEAD'])

/** Sends until time is over. */
export async function fuzz(soak: Soak, operations: readonly Described[], generations: readonly Generation[]): Promise<void> {
  const { random } = soak
  let known = generations[0] as Generation
  const { likely, queryOf, wild } = randomRequests(random, () => known.known)

  async function bodyOf(operation: Described, valid: Request | undefined): Promise<Pick<Sent, 'body' | 'headers'>> {
    const chance = random()
    if (valid?.files && chance < 0.5) return formOf(valid.files)
    if (valid?.body !== undefined && chance < 0.6) return { body: mutated(JSON.stringify(valid.body), random, wild) }
    if (operation.body && chance < 0.9) return { body: likely(operation.body) }
    return { body: chance < 0.95 ? wild() : wild().slice(0, 5) }
  }

  while (!soak.over()) {
    known = generations[Math.max(0, generations.length - 1 - Math.floor(random() * 3))] as Generation
    const operation = pick(random, operations)
    const valid = known.requests[`${operation.method} ${operation.path}`]
    const path = fill(operation.path, known.places, random() < 0.7 ? valid?.on : undefined)
    const query = random() < 0.3 ? queryOf(operation) : ''
    const sent: Sent = {
      method: operation.method,
      path: query === '' ? path : `${path}?${query}`,
      ...(READS.has(operation.method) ? {} : await bodyOf(operation, valid)),
    }
    const headers = { ...sent.headers, ...oddHeaders(random, wild) }
    const person = pick(random, known.people)
    const answer = await ask(soak.anyServer(), tokenOf(person?.token, random), { ...sent, headers })
    soak.heard('fuzz', sent, answer)
    // Who is told nothing asks again a little later.
    if (answer.text === AWAY) await new Promise((done) => setTimeout(done, AWAY_MS))
  }
}

/** Now and then a token that is nobody's. */
const tokenOf = (token: string | undefined, random: Random) => (random() < 0.02 ? 'f'.repeat(40) : token)

function oddHeaders(random: Random, wild: () => string): { [name: string]: string } {
  const chance = random()
  if (chance < 0.03) return { 'Idempotency-Key': pick(random, ['one', 'two', 'three']) }
  if (chance < 0.05) return { 'If-Match': pick(random, ['*', '"x"', 'W/"x"']) }
  if (chance < 0.06)
    return {
      'X-Impersonated-User-Uuid': wild()
        .replace(/[^\x20-\x7e]/g, '')
        .slice(0, 100),
    }
  return {}
}

/** A JSON text, as it is or with one of its values replaced. */
function mutated(text: string, random: Random, wild: () => string): string {
  const values = [...text.matchAll(/:\s*("(?:[^"\\]|\\.)*"|-?\d+|true|false|null)/g)]
  const one = values.length > 0 && random() < 0.5 ? pick(random, values) : undefined
  return one ? `${text.slice(0, one.index)}:${wild()}${text.slice(one.index + one[0].length)}` : text
}
