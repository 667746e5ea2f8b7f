// The first administrator: without one nobody could log in to an empty database.
import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { Config } from '../../platform/config.ts'
import { type Db, run, transaction } from '../../platform/db/database.ts'
import { createUser } from './commands.ts'

/** Makes the administrator when there is no user at all; returns name and password to show once. */
export async function ensureAdministrator(db: Db, config: Config): Promise<{ username: string; password: string } | undefined> {
  const password = config.ADMIN_PASSWORD === '' ? randomBytes(12).toString('base64url') : config.ADMIN_PASSWORD
  return transaction(db, async (tx) => {
    // Two servers that start at once on an empty database make one administrator.
    await run(tx, sql`lock table "user" in share row exclusive mode`)
    const anyone = await tx.selectFrom('user').select('id').limit(1).executeTakeFirst()
    if (anyone) return undefined
    await createUser(tx, config, { username: config.ADMIN_USERNAME, password, email: '', is_staff: true, is_support: false })
    return { username: config.ADMIN_USERNAME, password }
  })
}
