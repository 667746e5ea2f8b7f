// What a change costs: orders are made, approved and done by eight callers at once, each order once, on a database that keeps
// what it has answered. Rates stand against `retrieve one order` in the same minutes.
import { Agent } from 'node:http'
import pg from 'pg'
import { percentile, rate, type Target, timed } from './load-generator.ts'

const CONNECTIONS = 8
const CREATE_MS = 8000
const READ_MS = 2000

export type Commanded = { url: string; port: number; token: string; one: string }
/** `least`: what its rate must be of that of retrieving one order. */
export type Command = { name: string; rate: number; read: number; p50: number; p99: number; least: number }

/** Creates for some seconds, then approves and ends what was created. */
export async function commands(world: Commanded): Promise<Command[]> {
  const target = (path: string): Target => ({ port: world.port, path, headers: { authorization: `Token ${world.token}` } })
  const read = () => rate(target(`/api/marketplace-orders/${world.one}/`), CONNECTIONS, READ_MS)
  const bodies = await placesToOrder(world.url)
  const rich = await richPlaces(world.url)
  const made: string[] = []
  const figures: Command[] = []
  const phase = async (name: string, next: (i: number) => [path: string, body: unknown] | undefined) => {
    const before = await read()
    const { perSecond, taken } = await changing(target, next, (text) => {
      if (name === 'create') made.push((JSON.parse(text) as { uuid: string }).uuid)
    })
    const after = await read()
    const least = name === RICH ? 0.06 : 0.08
    figures.push({ name, rate: perSecond, read: (before + after) / 2, p50: percentile(taken, 0.5), p99: percentile(taken, 0.99), least })
  }
  const creating = (bodies: readonly unknown[]) => {
    const until = { at: 0 }
    return (i: number): [string, unknown] | undefined => {
      until.at ||= performance.now() + CREATE_MS
      return performance.now() < until.at ? ['/api/marketplace-orders/', bodies[i % bodies.length]] : undefined
    }
  }
  await phase('create', creating(bodies))
  await phase(RICH, creating(rich))
  const verb =
    (name: string) =>
    (i: number): [string, unknown] | undefined =>
      made[i] === undefined ? undefined : [`/api/marketplace-orders/${made[i]}/${name}/`, {}]
  await phase('approve', verb('approve_by_provider'))
  await phase('done', verb('set_state_done'))
  return figures
}

type Next = (i: number) => [path: string, body: unknown] | undefined

/** Eight callers, each with the next change as soon as it has an answer. */
export async function changing(target: (path: string) => Target, next: Next, heard: (text: string) => void = () => undefined) {
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

const RICH = 'create with options, components and a callback'
const OPTIONS = {
  order: ['size', 'system', 'note'],
  options: {
    size: { type: 'integer', label: 'Size', min: 1, max: 100, required: true },
    system: { type: 'select_string', label: 'System', choices: ['linux', 'bsd'] },
    note: { type: 'string', label: 'Note' },
  },
}

/** Bodies of orders on an offering with a form of three options and four components; it is made when it is not there. */
async function richPlaces(url: string): Promise<unknown[]> {
  const db = new pg.Client({ connectionString: url })
  await db.connect()
  const { rowCount } = await db.query(`select from offering where slug = 'rich'`)
  if (!rowCount) {
    await db.query(
      `with sold as (insert into offering (customer_id, category_id, name, slug, type, state, options)
          values (1, 1, 'Rich', 'rich', 'Marketplace.Slurm', 'Active', $1) returning id),
        parts as (insert into offering_component (offering_id, type, name, billing_type, limit_period)
          select id, part, part, 'limit', 'month' from sold cross join unnest('{cpu,ram,disk,gpu}'::text[]) part returning id),
        plans as (insert into plan (offering_id, name, unit, unit_price) select id, 'Rich', 'month', 10 from sold returning id)
      insert into plan_component (plan_id, component_id, price) select plans.id, parts.id, 2 from plans cross join parts`,
      [JSON.stringify(OPTIONS)],
    )
  }
  const { rows } = await db.query<{ offering: string; plan: string; project: string }>(
    `select offering.uuid as offering, plan.uuid as plan, project.uuid as project from offering join plan on plan.offering_id = offering.id
      join project on project.id > 200 where offering.slug = 'rich' order by project.id limit 500`,
  )
  await db.end()
  return rows.map(({ offering, plan, project }, i) => ({
    ...bodyOf(
      { offering, plan, project },
      `rich ${i}`,
      { cpu: 4, ram: 16, disk: 100, gpu: 1 },
      { size: 4, system: 'linux', note: 'measured' },
    ),
    callback_url: 'https://example.com/callback',
  }))
}

const bodyOf = (
  { offering, plan, project }: { offering: string; plan: string; project: string },
  name: string,
  limits: { [type: string]: number },
  attributes: { [option: string]: unknown } = {},
) => ({
  offering: `/api/marketplace-public-offerings/${offering}/`,
  project: `/api/projects/${project}/`,
  plan: `/api/marketplace-public-offerings/${offering}/plans/${plan}/`,
  attributes: { name, ...attributes },
  limits,
})

/** Bodies of orders over many projects and offerings whose provider reviews and whose agent carries out. */
async function placesToOrder(url: string): Promise<unknown[]> {
  const db = new pg.Client({ connectionString: url })
  await db.connect()
  const { rows } = await db.query<{ offering: string; project: string; plan: string }>(
    `select offering.uuid as offering, project.uuid as project, plan.uuid as plan from offering
      join plan on plan.offering_id = offering.id join project on project.id % 50 = offering.id % 50 and project.id > 200
     where offering.type = 'Marketplace.Slurm' and offering.slug <> 'rich' order by project.id, offering.id limit 500`,
  )
  await db.end()
  return rows.map((place, i) => bodyOf(place, `measured ${i}`, { cpu: 4 }))
}
