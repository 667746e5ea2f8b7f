// What a change costs: orders are made, approved and done by eight callers at once, each order once, on a database that keeps
// what it has answered. Rates stand against `retrieve one order` in the same minutes.
import { Agent } from 'node:http'
import pg from 'pg'
import { percentile, rate, type Target, timed } from './load-generator.ts'

const CONNECTIONS = 8
const CREATE_MS = 8000
const READ_MS = 2000

export type Commanded = { url: string; port: number; token: string; one: string }
export type Command = { name: string; rate: number; read: number; p50: number; p99: number }

/** Creates for some seconds, then approves and ends what was created. */
export async function commands(world: Commanded): Promise<Command[]> {
  const target = (path: string): Target => ({ port: world.port, path, headers: { authorization: `Token ${world.token}` } })
  const read = () => rate(target(`/api/marketplace-orders/${world.one}/`), CONNECTIONS, READ_MS)
  const bodies = await placesToOrder(world.url)
  const made: string[] = []
  const figures: Command[] = []
  const phase = async (name: string, next: (i: number) => [path: string, body: unknown] | undefined) => {
    const before = await read()
    const { perSecond, taken } = await all(target, next, (text) => {
      if (name === 'create') made.push((JSON.parse(text) as { uuid: string }).uuid)
    })
    const after = await read()
    figures.push({ name, rate: perSecond, read: (before + after) / 2, p50: percentile(taken, 0.5), p99: percentile(taken, 0.99) })
  }
  const until = { at: 0 }
  await phase('create', (i) => {
    until.at ||= performance.now() + CREATE_MS
    return performance.now() < until.at ? ['/api/marketplace-orders/', bodies[i % bodies.length]] : undefined
  })
  const verb =
    (name: string) =>
    (i: number): [string, unknown] | undefined =>
      made[i] === undefined ? undefined : [`/api/marketplace-orders/${made[i]}/${name}/`, {}]
  await phase('approve', verb('approve_by_provider'))
  await phase('done', verb('set_state_done'))
  return figures
}

type Next = (i: number) => [path: string, body: unknown] | undefined

async function all(target: (path: string) => Target, next: Next, heard: (text: string) => void) {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })
  const taken: number[] = []
  let i = 0
  const began = performance.now()
  const caller = async () => {
    for (let step = next(i++); step; step = next(i++)) {
      const [path, body] = step
      const { status, text, ms } = await timed(target(path), { method: 'POST', body, agent })
      if (status >= 300) throw new Error(`${path} answered ${status}: ${text.slice(0, 300)}`)
      taken.push(ms)
      heard(text)
    }
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, caller))
  const seconds = (performance.now() - began) / 1000
  agent.destroy()
  return { perSecond: taken.length / seconds, taken }
}

/** Bodies of orders over many projects and offerings whose provider reviews and whose agent carries out. */
async function placesToOrder(url: string): Promise<unknown[]> {
  const db = new pg.Client({ connectionString: url })
  await db.connect()
  const { rows } = await db.query<{ offering: string; project: string; plan: string }>(
    `select offering.uuid as offering, project.uuid as project, plan.uuid as plan from offering
      join plan on plan.offering_id = offering.id join project on project.id % 50 = offering.id % 50 and project.id > 200
     where offering.type = 'Marketplace.Slurm' order by project.id, offering.id limit 500`,
  )
  await db.end()
  return rows.map(({ offering, project, plan }, i) => ({
    offering: `/api/marketplace-public-offerings/${offering}/`,
    project: `/api/projects/${project}/`,
    plan: `/api/marketplace-public-offerings/${offering}/plans/${plan}/`,
    attributes: { name: `measured ${i}` },
    limits: { cpu: 4 },
  }))
}
