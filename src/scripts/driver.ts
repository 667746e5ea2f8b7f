// Offerings whose orders a script of the provider carries out (orders.md §1.4), kept among the offering's secrets.
import { sql } from 'kysely'
import { readSecretOptions } from '../offerings/public.ts'
import { type Carrying, type Driver, Failed, type OrderSubject, type Outcome } from '../orders/public.ts'
import type { Config } from '../platform/config.ts'
import { type Executor, run } from '../platform/db/database.ts'
import { refused } from '../platform/http/errors.ts'
import { TryAgain } from '../platform/jobs/attempt.ts'
import { noteBackendId, type OrderKind } from '../resources/public.ts'
import { type Ended, runProgram } from './child.ts'
import { orderEnvironment, ownEnvironment } from './environment.ts'

/** Which of the offering's scripts an order runs; what comes back is made anew. */
const SCRIPTS = { Create: 'create', Restore: 'create', Update: 'update', Terminate: 'terminate' } as const satisfies {
  [Kind in OrderKind]: string
}

const INTERPRETERS = new Map([
  ['python', 'python3'],
  ['bash', 'bash'],
  ['shell', 'bash'],
])

const OFF = 'Scripts are not enabled on this site.'
const MESSAGE_MAX = 1000
// The machine has not enough of something just now.
const SHORT = new Set(['EAGAIN', 'EMFILE', 'ENFILE', 'ENOMEM', 'ENOSPC'])

type Setup = { interpreter: string; script: string; environ: unknown }

/** The offering's script for orders of a kind, or why there is none. */
async function findScript(db: Executor, config: Config, offeringId: number, kind: OrderKind): Promise<Setup | string> {
  if (!config.SCRIPTS_ENABLED) return OFF
  const [row] = await run(db, sql<{ sealed: Buffer | null }>`select secret_options as sealed from offering where id = ${offeringId}`)
  const options = readSecretOptions(config.SECRET_KEY, row?.sealed ?? null)
  const script = options[SCRIPTS[kind]]
  if (typeof script !== 'string' || script.trim() === '') return `The offering has no script to ${SCRIPTS[kind]} a resource.`
  const interpreter = INTERPRETERS.get(String(options.language ?? '').toLowerCase())
  return interpreter
    ? { interpreter, script, environ: options.environ }
    : 'The offering does not say whether its scripts are python or bash.'
}

async function carryOut(order: OrderSubject, { db, config, attempt }: Carrying): Promise<Outcome> {
  const setup = await findScript(db, config, order.offering_id, order.type)
  if (typeof setup === 'string') throw new Error(setup)
  const [resource] = await run(db, sql<{ backend_id: string }>`select backend_id from resource where id = ${order.resource_id}`)
  const ended = await runProgram({
    ...setup,
    environment: { ...ownEnvironment(setup.environ), ...orderEnvironment(order, resource?.backend_id ?? '') },
    maxSeconds: config.SCRIPT_MAX_SECONDS,
    maxMebibytes: config.SCRIPT_MAX_MEBIBYTES,
    signal: attempt.signal,
  }).catch((cause: NodeJS.ErrnoException) => {
    const text = `The script could not be begun: ${cause.message}`
    throw SHORT.has(cause.code ?? '') ? new TryAgain(text, { cause }) : new Error(text, { cause })
  })
  const { output, stdout } = ended
  if (ended.how === 'aborted') throw new TryAgain('The script was broken off')
  const fault = faultOf(ended, config)
  if (fault !== undefined) throw new Failed([fault, output.trim().slice(-MESSAGE_MAX)].filter(Boolean).join('\n'), output)
  const backendId = SCRIPTS[order.type] === 'create' ? backendIdOf(stdout) : undefined
  return {
    output,
    done: async ({ tx }) => {
      if (backendId !== undefined) await noteBackendId(tx, order.resource_id, backendId)
    },
  }
}

function faultOf({ how, code }: Ended, { SCRIPT_MAX_SECONDS }: Config): string | undefined {
  if (how === 'late') return `The script did not end within ${SCRIPT_MAX_SECONDS} s.`
  if (how === 'talkative') return 'The script wrote more than it may.'
  if (how === 'killed') return 'The script was killed.'
  return code === 0 ? undefined : `The script ended with exit code ${code}.`
}

/** The last line that the script wrote, when that is one word. */
function backendIdOf(stdout: string): string | undefined {
  const last = stdout.trimEnd().split('\n').at(-1)?.trim() ?? ''
  return /^\S{1,255}$/.test(last) ? last : undefined
}

/** Carried out again after a crash, under the same ORDER_UUID. */
export const scriptDriver: Driver = {
  check: async ({ tx, config }, { type, offering }) => {
    // What is there can always be given up; should its script be missing, the order says so.
    if (type === 'Terminate') return
    const setup = await findScript(tx, config, offering.offering_id, type)
    if (typeof setup === 'string') throw refused(setup)
  },
  carryOut,
  resumable: true,
  long: true,
}
