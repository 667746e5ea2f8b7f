// Writes whose answers are kept: each that was acknowledged is there at the end, once, and has come as far as was said. Where no answer
// came the same is sent again under the same Idempotency-Key, until one does.
import { sql } from 'kysely'
import type { Db } from '../src/platform/db/database.ts'
import { run } from '../src/platform/db/database.ts'
import { type Factories, urls } from '../tests/support/factories.ts'
import { pick } from '../tests/support/random.ts'
import { AWAY, ask, type Sent } from './callers.ts'
import type { Soak } from './soak.ts'

type Entry = { uuid: string; approved: boolean; ended: boolean; agent: boolean }

export type Ledger = {
  write: () => Promise<void>
  /** What is wrong with what was acknowledged. */
  faults: () => Promise<string[]>
  count: () => number
}

const PAUSE_MS = 300

export async function openLedger(soak: Soak, w: Factories, db: Db): Promise<Ledger> {
  const people = await w.cast()
  const [basic, agents] = [await w.offering(people.provider), await w.offering(people.provider, { type: 'Marketplace.Slurm' })]
  const plans = { basic: await w.plan(basic), agents: await w.plan(agents) }
  const entries: Entry[] = []
  let keys = 0

  /** The answer to a POST, however often servers die under it; undefined when the run ends before. */
  async function post(path: string, token: string, body: unknown) {
    const key = `ledger-${++keys}`
    const sent: Sent = { method: 'POST', path, body: JSON.stringify(body), headers: { 'Idempotency-Key': key } }
    for (let tries = 0; tries < 200; tries++) {
      const answer = await ask(soak.anyServer(), token, sent)
      soak.heard('ledger', sent, answer)
      if (answer.status !== 503 && answer.status !== 429) return answer
      if (answer.text !== AWAY && soak.late()) return undefined
      await new Promise((done) => setTimeout(done, PAUSE_MS))
    }
    return undefined
  }

  async function one(): Promise<void> {
    const agent = soak.random() < 0.5
    const offering = agent ? agents : basic
    const body = {
      offering: urls.offering(offering),
      project: urls.project(people.project),
      plan: urls.plan(offering, agent ? plans.agents : plans.basic),
      attributes: {},
    }
    const person = pick(soak.random, [people.staff, people.customerOwner, people.projectManager])
    const made = await post('/api/marketplace-orders/', person.token, body)
    if (made?.status !== 201) return soak.depart(`the ledger's order was answered ${made?.status} ${made?.text.slice(0, 200)}`)
    const entry: Entry = { uuid: made.body.uuid, approved: false, ended: false, agent }
    entries.push(entry)
    if (made.body.state !== 'pending-provider' || soak.random() < 0.2) return
    const approved = await post(`/api/marketplace-orders/${entry.uuid}/approve_by_provider/`, people.providerOwner.token, {})
    entry.approved = approved?.status === 200
    if (!entry.approved || !agent) return
    const done = await post(`/api/marketplace-orders/${entry.uuid}/set_state_done/`, people.providerOwner.token, {})
    entry.ended = done?.status === 200
  }

  return {
    count: () => entries.length,
    write: async () => {
      while (!soak.over()) await one()
    },
    faults: async () => {
      const rows = await run(
        db,
        sql<{ uuid: string; state: string }>`select uuid, state from "order" where project_id = ${people.project.id}`,
      )
      const states = new Map(rows.map(({ uuid, state }) => [uuid, state]))
      const lost = entries.filter(({ uuid }) => !states.has(uuid)).map(({ uuid }) => `order ${uuid} was acknowledged and is gone`)
      const behind = entries.flatMap(({ uuid, approved, ended, agent }) => {
        const state = states.get(uuid) ?? 'gone'
        const must = ended || (approved && !agent) ? ['done'] : approved ? ['executing', 'done'] : undefined
        return must && !must.includes(state) ? [`order ${uuid} should be ${must.join(' or ')} and is ${state}`] : []
      })
      const twice = rows.length - entries.length
      return [...lost, ...behind, ...(twice > 0 ? [`${twice} orders were made that nobody was told of`] : [])]
    },
  }
}
