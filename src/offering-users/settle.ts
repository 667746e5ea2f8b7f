// The work that makes accounts what they are to be, after the commit of what made it necessary. Safe to be begun again anywhere: it
// asks what there is, under the locks of what it changes. Accounts are locked first, by their ids, then their offering's naming.
import { sql } from 'kysely'
import { MANAGES_ACCOUNTS } from '../offerings/public.ts'
import { run } from '../platform/db/database.ts'
import type { Attempt } from '../platform/jobs/attempt.ts'
import { type Context, inTransaction, type Job, type JobDeps } from '../platform/wiring.ts'
import { makeAccount, moveAccount, nameAccount, readAccounts, readPerson } from './accounts.ts'
import { fits, holdNaming, type Naming, ruleOf } from './names.ts'
import { type Change, type Concerned, changes, type Pair } from './standing.ts'
import { GOING, offeringUserStates } from './states.ts'

const BATCH = 50

/** Brings people to offerings and lets them go, whom something has happened to. */
export const settleAccounts: Job<Concerned> = {
  name: 'offering-users.settle',
  run: (deps, concerned, attempt) => settle(deps, concerned, attempt),
}

/** Once an hour all offerings, for what nobody tells of: a consent whose grace is over, a resource that was moved. */
export const settleEverything: Job = {
  name: 'offering-users.settle-everything',
  cron: '41 * * * *',
  run: async (deps, _, attempt) => {
    const keeping = await run(deps.db, sql<{ id: number }>`select id from offering where ${sql.raw(MANAGES_ACCOUNTS)} order by id`)
    for (const { id } of keeping) await settle(deps, { offering_id: id }, attempt)
  },
}

async function settle(deps: JobDeps, concerned: Concerned, attempt: Attempt): Promise<void> {
  const enforced = deps.config.ENFORCE_USER_CONSENT_FOR_OFFERINGS
  const failures: unknown[] = []
  for (let after: Pair | undefined; !attempt.signal.aborted; ) {
    const found = await changes(deps.db, concerned, { enforced, limit: BATCH, ...(after && { after }) })
    const batch = found.filter(({ offering_id }) => offering_id === found[0]?.offering_id)
    const last = batch.at(-1)
    if (!last) break
    await settleAll(deps, concerned, batch).catch(async (error: unknown) => {
      if (batch.length === 1) return failures.push(error)
      // One of them fails: the others have nothing to do with it.
      for (const one of batch) await settleAll(deps, concerned, [one]).catch((cause: unknown) => failures.push(cause))
      return undefined
    })
    after = last
  }
  if (failures.length > 0) throw failures[0]
}

/** Settles pairs of one offering in a transaction, as far as it is still to be done once they are held. */
const settleAll = (deps: JobDeps, concerned: Concerned, pairs: readonly Change[]): Promise<void> =>
  inTransaction(deps, async (context) => {
    const { tx, config } = context
    const offering_id = pairs[0]?.offering_id ?? 0
    const users = pairs.map(({ user_id }) => user_id)
    await run(
      tx,
      sql`select from offering_user where offering_id = ${offering_id} and user_id = any(${users}::bigint[]) order by id for update`,
    )
    const naming = await holdNaming(tx, offering_id)
    const enforced = config.ENFORCE_USER_CONSENT_FOR_OFFERINGS
    const due = await changes(tx, { ...concerned, offering_id }, { enforced, among: pairs, limit: pairs.length })
    for (const change of due) await (change.comes ? come(context, naming, change) : leave(context, change))
  })

const tie = (context: Context, id: number, is_tied: boolean) =>
  run(context.tx, sql`update offering_user set is_tied = ${is_tied} where id = ${id}`)

/** A role ties a person to an offering: there is an account, or it is there again. */
async function come(context: Context, naming: Naming, { offering_id, user_id, account_id }: Change): Promise<void> {
  if (account_id === null) {
    await makeAccount(context, naming, { offering_id, user_id, username: undefined, is_tied: true })
    return
  }
  const [account] = await readAccounts(context, sql`ou.id = ${account_id}`)
  if (!account) return
  const stamps = { is_tied: true }
  if (account.state === 'Requested deletion') return moveAccount(context, account, 'come_back', 'OK', stamps)
  if (account.state !== 'Deleted') {
    await tie(context, account_id, true)
    return
  }
  // What was removed is made anew, under the same name where a policy gives it.
  const username = await nameAgain(context, naming, account)
  const clean = { service_provider_comment: '', service_provider_comment_url: '', is_restricted: false }
  await moveAccount(context, { ...account, username }, 'come_back', username ? 'OK' : 'Requested', { ...stamps, ...clean, username })
}

async function nameAgain({ tx }: Context, naming: Naming, account: { user_id: number; username: string | null }): Promise<string | null> {
  const { rule } = naming
  if (!rule.gives) return null
  const person = await readPerson(tx, account.user_id)
  return fits(rule, person, account.username) ? account.username : ((await naming.nameFor(person)) ?? null)
}

/** The last role is gone. What the provider has begun to remove, or has removed, goes its way. */
async function leave(context: Context, { account_id }: Change): Promise<void> {
  const [account] = await readAccounts(context, sql`ou.id = ${account_id}`)
  if (!account) return
  const stamps = { is_tied: false }
  if (!offeringUserStates.actions.leave.from.includes(account.state)) {
    await tie(context, account.id, false)
    return
  }
  await moveAccount(context, account, 'leave', account.state === 'Requested' ? 'Deleted' : 'Requested deletion', stamps)
}

/** Names the accounts of an offering by its policy, where theirs could not be of it. `unrestricted`: those alone. */
export const nameAnew: Job<{ offering_id: number; unrestricted?: boolean }> = {
  name: 'offering-users.name-anew',
  run: async (deps, { offering_id, unrestricted = false }, attempt) => {
    const [offering] = await run(
      deps.db,
      sql<{ settings: { [key: string]: unknown } }>`select plugin_options as settings from offering where id = ${offering_id}`,
    )
    if (!offering) return
    const { key, gives } = ruleOf(offering.settings)
    if (gives) {
      // A name that another still had the first time may be free once that one is named.
      for (const _ of [1, 2]) await nameAll(deps, offering_id, unrestricted, attempt)
    }
    if (!unrestricted && !attempt.signal.aborted)
      await run(deps.db, sql`update offering_user_naming set named_by = ${key} where offering_id = ${offering_id}`)
  },
}

async function nameAll(deps: JobDeps, offering_id: number, unrestricted: boolean, attempt: Attempt): Promise<void> {
  for (let after = 0; !attempt.signal.aborted; ) {
    const ids = await run(
      deps.db,
      sql<{
        id: number
      }>`select id from offering_user where offering_id = ${offering_id} and id > ${after} and not (state = any(${[...GOING]}::text[]))
        and not (${unrestricted} and is_restricted) order by id limit ${BATCH}::bigint`,
    )
    if (ids.length === 0) return
    await inTransaction(deps, (context) =>
      nameSome(
        context,
        offering_id,
        ids.map(({ id }) => id),
      ),
    )
    after = ids.at(-1)?.id ?? after
  }
}

async function nameSome(context: Context, offering_id: number, ids: readonly number[]): Promise<void> {
  const { tx } = context
  await run(tx, sql`select from offering_user where id = any(${[...ids]}::bigint[]) order by id for update`)
  const naming = await holdNaming(tx, offering_id)
  for (const account of await readAccounts(context, sql`ou.id = any(${[...ids]}::bigint[])`)) {
    const person = await readPerson(tx, account.user_id)
    if (GOING.includes(account.state) || fits(naming.rule, person, account.username)) continue
    const username = await naming.nameFor(person)
    if (username !== undefined) await nameAccount(context, account, username)
  }
}
