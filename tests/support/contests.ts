// Many who want what one alone can have: of a contest exactly one wins, the others are told with 409 (or the 400 of the rule) that they
// have not, each step stands in the history once and is told by one event, and order and resource agree.
import { sql } from 'kysely'
import { type Db, run } from '../../src/platform/db/database.ts'
import type { Answer } from './client.ts'
import { urls } from './factories.ts'
import type { Caller, Racing } from './races.ts'
import { makeStage, type OrderShape, type Stage } from './stage.ts'

type Try = { name: string; does: (as: Caller, s: Stage) => Promise<Answer> }

type Contest = {
  name: string
  shape: OrderShape
  /** What the stage needs besides. */
  prepare?: (db: Db, s: Stage) => Promise<unknown>
  tries: readonly Try[]
  /** Two of them may both succeed, one after the other, where the second is a step from where the first led. */
  follows?: readonly [first: string, second: string]
  /** Refused by a rule, and not because of a state. */
  refusal?: RegExp
}

const times = (n: number, one: Try): Try[] => Array.from({ length: n }, () => one)
const verb = (name: string): Try => ({ name, does: (as, s) => as.post(`/api/marketplace-orders/${s.order.uuid}/${name}/`, {}) })
const onResource = (name: string, body: (s: Stage) => unknown): Try => ({
  name,
  does: (as, s) => as.post(`/api/marketplace-resources/${s.resource.uuid}/${name}/`, body(s)),
})
const newOrder = (name: string, limits: { [type: string]: number }, plan: 'plan' | 'otherPlan'): Try => ({
  name,
  does: (as, s) =>
    as.post('/api/marketplace-orders/', {
      offering: urls.offering(s.offering),
      project: urls.project(s.otherProject),
      plan: urls.plan(s.offering, s[plan]),
      attributes: { name },
      limits,
    }),
})

const basic = (db: Db, s: Stage) => db.updateTable('offering').set({ type: 'Marketplace.Basic' }).where('id', '=', s.offering.id).execute()
const terminate = onResource('terminate', () => ({}))
const waiting = (state: OrderShape['state']): OrderShape => ({ state, type: 'Create' })
const RUNNING: OrderShape = { state: 'done', type: 'Create' }
const PENDING = /^\["Pending order for resource already exists\."\]$/

export const CONTESTS: readonly Contest[] = [
  { name: 'twenty approvals of the consumer', shape: waiting('pending-consumer'), tries: times(20, verb('approve_by_consumer')) },
  { name: 'twenty approvals of the provider', shape: waiting('pending-provider'), tries: times(20, verb('approve_by_provider')) },
  {
    name: 'approve, reject and cancel, for the consumer',
    shape: waiting('pending-consumer'),
    prepare: basic,
    tries: [verb('approve_by_consumer'), verb('reject_by_consumer'), verb('cancel')],
    follows: ['approve_by_consumer', 'cancel'],
  },
  {
    name: 'approve, reject and cancel, for the provider',
    shape: waiting('pending-provider'),
    prepare: basic,
    tries: [verb('approve_by_provider'), verb('reject_by_provider'), verb('cancel')],
    follows: ['approve_by_provider', 'cancel'],
  },
  {
    name: 'done and erred',
    shape: waiting('executing'),
    tries: [...times(3, verb('set_state_done')), ...times(3, verb('set_state_erred'))],
  },
  {
    name: 'two orders on one resource',
    shape: RUNNING,
    tries: [
      onResource('update_limits', () => ({ limits: { cpu: 3 } })),
      onResource('switch_plan', (s) => ({ plan: urls.plan(s.offering, s.otherPlan) })),
      terminate,
    ],
    refusal: PENDING,
  },
  {
    name: 'the last place of a plan',
    shape: RUNNING,
    tries: times(4, newOrder('placed', { cpu: 1 }, 'otherPlan')),
    refusal: /limit has been reached/,
  },
  {
    name: 'the last of a limit',
    shape: RUNNING,
    tries: times(4, newOrder('placed', { cpu: 6 }, 'plan')),
    refusal: /offering safety limit/,
  },
  {
    name: 'the last service account of a project',
    shape: RUNNING,
    prepare: (db, s) => db.updateTable('project').set({ max_service_accounts: 1 }).where('id', '=', s.project.id).execute(),
    tries: times(4, {
      name: 'account',
      does: (as, s) => as.post('/api/marketplace-project-service-accounts/', { project: s.project.uuid }),
    }),
    refusal: /Maximum number of service accounts reached/,
  },
  {
    name: 'terminate and renew',
    shape: RUNNING,
    prepare: (db, s) => db.updateTable('offering_component').set({ is_prepaid: true }).where('id', '=', s.cpu.id).execute(),
    tries: [terminate, onResource('renew', () => ({ extension_months: 1 }))],
    refusal: PENDING,
  },
]

const WRONG_STATE = /^\{"detail":"Valid states for operation: /
/** The event of each step; none of one that the order goes on from. */
const TOLD: { readonly [verb: string]: string } = {
  approve_by_consumer: '',
  approve_by_provider: 'marketplace_order_approved',
  reject_by_consumer: 'marketplace_order_rejected',
  reject_by_provider: 'marketplace_order_rejected',
  cancel: 'marketplace_order_terminated',
  set_state_done: 'marketplace_order_completed',
  set_state_erred: 'marketplace_order_failed',
}

const counted = (rows: readonly { what: string; n: number }[]) => Object.fromEntries(rows.map(({ what, n }) => [what, n]))

/** How often each step of the order was taken, and each event of it told. */
async function traceOf(db: Db, { id }: { id: number }): Promise<{ [what: string]: number }> {
  const rows = await run(
    db,
    sql<{ what: string; n: number }>`select action as what, count(*)::int as n from order_transition where order_id = ${id} group by action
      union all select e.event_type, count(*)::int from event_scope s join event e on e.id = s.event_id
        where s.scope_type = 'order' and s.scope_id = ${id} group by e.event_type`,
  )
  return counted(rows)
}

/** What was wrong with one round of a contest. Whether the world agrees afterwards is asked by `faultsOfWorld`. */
export async function runContest(w: Racing, db: Db, contest: Contest): Promise<string[]> {
  const stage = await makeStage(w, contest.shape, w.staff)
  await contest.prepare?.(db, stage)
  const as = w.as(stage.staff)
  const answers = await Promise.all(contest.tries.map(({ name, does }) => does(as, stage).then((answer) => ({ name, ...answer }))))
  const won = answers.filter(({ status }) => status < 300).map(({ name }) => name)
  const trace = await traceOf(db, stage.order)
  const faults = [...faultsOfAnswers(contest, won, answers), ...faultsOfTrace(contest, won, trace)]
  return faults.map((fault) => `${contest.name}: ${fault}`)
}

function faultsOfAnswers({ follows, refusal }: Contest, won: readonly string[], answers: readonly (Answer & { name: string })[]): string[] {
  const both = follows?.every((name) => won.includes(name)) && won.length === 2
  const told = answers.filter(
    ({ status, text }) => status >= 300 && !(status === 409 && WRONG_STATE.test(text)) && !(status === 400 && refusal?.test(text)),
  )
  return [
    ...(won.length === 1 || both ? [] : [`${won.length} have won: ${won.join(', ')}`]),
    ...told.map(({ name, status, text }) => `${name} was told ${status} ${text}`),
  ]
}

/** Each step that was answered with success stands in the history once, and so does what was told of it. */
function faultsOfTrace({ tries }: Contest, won: readonly string[], trace: { [what: string]: number }): string[] {
  return [...new Set(tries.map(({ name }) => name))].flatMap((name) => {
    const told = TOLD[name]
    const n = won.filter((one) => one === name).length
    return [
      ...(told !== undefined && (trace[name] ?? 0) !== n ? [`${name}: ${trace[name] ?? 0} steps of ${n}`] : []),
      ...(told && n === 1 && trace[told] !== 1 ? [`${told} was told ${trace[told] ?? 0} times`] : []),
    ]
  })
}
