// The attacks of tests/attack, one after the other for as long as it lasts, beside everybody else and on servers that are killed meanwhile.
import { ATTACKS } from '../tests/attack/attacks.ts'
import { exchange, type Target } from '../tests/attack/wire.ts'
import { pick } from '../tests/support/random.ts'
import { AWAY } from './callers.ts'
import type { Soak } from './soak.ts'

const EACH_MS = 500
/** May be said to anybody at any time. */
const ALWAYS = [429, 503]

/** Sends one of the table every so often; servers must go on answering everybody else. */
export async function hostile(soak: Soak, token: string): Promise<void> {
  while (!soak.over()) {
    const { name, bytes, times = 1, statuses } = pick(soak.random, ATTACKS)
    const { hostname, port } = new URL(soak.anyServer())
    const target: Target = { host: hostname, port: Number(port), token }
    // Whoever is killed meanwhile answers nothing.
    const heard = await Promise.all(Array.from({ length: times }, () => exchange(target, bytes(target)).catch(() => [])))
    for (const answers of heard) {
      if (answers.length === 0) soak.heard('hostile', { method: 'BYTES', path: name }, { status: 503, text: AWAY })
      for (const status of answers) {
        soak.heard('hostile', { method: 'BYTES', path: name }, { status, text: '' })
        if (![...ALWAYS, ...statuses].includes(status)) soak.depart(`${name} was answered ${status}`)
      }
    }
    await new Promise((done) => setTimeout(done, EACH_MS))
  }
}
