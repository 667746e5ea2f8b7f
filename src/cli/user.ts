import { randomBytes } from 'node:crypto'
import { createUser, issueToken } from '../core/users/commands.ts'
import { transaction } from '../platform/db/database.ts'
import { migrate } from '../platform/db/migrate.ts'
import { openEnvironment, StartError, say } from './environment.ts'

type CreateOptions = { staff?: boolean; support?: boolean; email?: string; password?: string }

export async function createUserCommand(username: string, options: CreateOptions): Promise<void> {
  const { database, databaseUrl, config, close } = await openEnvironment()
  await migrate(databaseUrl)
  const password = options.password ?? randomBytes(12).toString('base64url')
  await transaction(database.db, (tx) =>
    createUser(tx, config, {
      username,
      password,
      email: options.email ?? '',
      is_staff: options.staff === true,
      is_support: options.support === true,
    }),
  )
  say(`User ${username}, password ${options.password ? 'as given' : password}`)
  await close()
}

export async function tokenCommand(username: string): Promise<void> {
  const { database, config, close } = await openEnvironment()
  const token = await transaction(database.db, async (tx) => {
    const user = await tx.selectFrom('user').select('id').where('username', '=', username).executeTakeFirst()
    if (!user) throw new StartError(`There is no user ${username}`)
    return issueToken(tx, config, user.id)
  })
  say(token)
  await close()
}
