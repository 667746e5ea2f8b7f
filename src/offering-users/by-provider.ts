// A name that a provider gives a person at an offering, whether there is an account yet or not (service-providers.md §3.6).
import { sql } from 'kysely'
import { run } from '../platform/db/database.ts'
import type { Context } from '../platform/wiring.ts'
import { makeAccount, readAccounts } from './accounts.ts'
import { setUsername } from './commands.ts'
import { holdNaming } from './names.ts'
import type { Pair } from './standing.ts'

/**
 * Sees to it that the person has an account at the offering, and gives it the name unless that is blank; 400 when another account
 * has it. For several offerings in one transaction: in the order of their ids, for each is held.
 */
export async function setUsernameAt(context: Context, { offering_id, user_id }: Pair, username: string): Promise<void> {
  const { tx } = context
  const own = sql<boolean>`ou.offering_id = ${offering_id} and ou.user_id = ${user_id}`
  await run(tx, sql`select from offering_user ou where ${own} for update`)
  const naming = await holdNaming(tx, offering_id)
  await makeAccount(context, { ...naming, nameFor: async () => undefined }, { offering_id, user_id, username: undefined, is_tied: false })
  const [account] = await readAccounts(context, own)
  if (account && username !== '') await setUsername(context, account, username)
}
