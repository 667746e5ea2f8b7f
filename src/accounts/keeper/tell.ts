// What becomes of service and course accounts is told to the system that keeps them outside, once committed, and again until it has
// heard. Each change counts up `changed`; what was told brings `told` up to it. What goes wrong is shown on the account meanwhile.
import { type RawBuilder, sql } from 'kysely'
import { run, type Tx } from '../../platform/db/database.ts'
import { TryAgain } from '../../platform/jobs/attempt.ts'
import { transition } from '../../platform/states/transition.ts'
import { type Context, inTransaction, type Job } from '../../platform/wiring.ts'
import { courseKind } from '../courses/kept.ts'
import { serviceKind } from '../service/kept.ts'
import type { AccountState } from '../states.ts'
import { type Answered, putAccount } from './client.ts'

const KINDS = { 'service-accounts': serviceKind, 'course-accounts': courseKind } as const
export type KindName = keyof typeof KINDS
type Named = { kind: KindName; id: number }

const table = (kind: KindName): RawBuilder<unknown> => sql.table(KINDS[kind].states.table)

/** An account was changed by somebody: the system outside, if there is one, is to hear of it. */
export async function noteChange({ tx, config, jobs }: Context, kind: KindName, id: number): Promise<void> {
  await run(tx, sql`update ${table(kind)} set changed = changed + 1 where id = ${id}`)
  if (config.ACCOUNTS_URL !== '') await jobs.send(tx, tellKeeper, { kind, id })
}

type Standing = { state: AccountState; changed: number; told: number }

const standingOf = async (tx: Tx, { kind, id }: Named): Promise<Standing | undefined> =>
  (await run(tx, sql<Standing>`select state, changed, told from ${table(kind)} where id = ${id} for update`))[0]

/** Two calls for one account would overtake each other; the last of many tries comes some hours after the first. */
export const tellKeeper: Job<Named> = {
  name: 'accounts.tell',
  retryLimit: 12,
  expireSeconds: 60,
  key: ({ kind, id }) => `${kind} ${id}`,
  run: async (deps, named, attempt) => {
    const { kind, id } = named
    if (deps.config.ACCOUNTS_URL === '') return
    const [account] = await run(deps.db, KINDS[kind].wanted(id))
    if (!account || account.told >= account.changed) return
    const { uuid, changed, wanted } = account
    const answered = await putAccount(deps.config, `${kind}/${uuid}`, { ...wanted, version: changed }, attempt.signal)
    const failed = await inTransaction(deps, (context) => settle(context, named, changed, answered))
    if (failed) throw new TryAgain(failed)
  },
}

/** Writes down what became of telling it the change of that number; gives what is to be tried again for. */
async function settle(context: Context, named: Named, changed: number, answered: Answered): Promise<string | undefined> {
  const { tx } = context
  const { kind, id } = named
  const standing = await standingOf(tx, named)
  if (!standing || standing.told >= changed) return undefined
  const outcome = 'kept' in answered ? await KINDS[kind].take(context, id, answered.kept) : answered
  const over = outcome === undefined || outcome.for_good
  await run(tx, sql`update ${table(kind)} set tried = now(), told = ${over ? changed : standing.told} where id = ${id}`)
  await show(tx, named, standing, outcome?.error ?? '')
  return over ? undefined : outcome.error
}

/** What went wrong, or nothing any more; a closed account stays closed. */
async function show(tx: Tx, { kind, id }: Named, { state }: Standing, error_message: string): Promise<void> {
  const { states } = KINDS[kind]
  if (state === 'Closed') await run(tx, sql`update ${table(kind)} set error_message = ${error_message} where id = ${id}`)
  else if (error_message === '') await transition(tx, states, 'mend', id, 'OK', { error_message, error_traceback: '' })
  else await transition(tx, states, 'fail', id, 'Erred', { error_message })
}

const REMINDED_MAX = 1000

/** What was not heard in all those tries, or was there before the system outside was, is told again, now and then. */
export const remindKeeper: Job = {
  name: 'accounts.remind',
  cron: '47 * * * *',
  run: async (deps) => {
    if (deps.config.ACCOUNTS_URL === '') return
    for (const kind of Object.keys(KINDS) as KindName[]) {
      await inTransaction(deps, async ({ tx, jobs }) => {
        const untold = await run(
          tx,
          sql<{ id: number }>`update ${table(kind)} set tried = now() where id in (select id from ${table(kind)}
            where told < changed and coalesce(tried, modified) < now() - interval '6 hours' order by id limit ${REMINDED_MAX}) returning id`,
        )
        for (const { id } of untold) await jobs.send(tx, tellKeeper, { kind, id })
      })
    }
  },
}
