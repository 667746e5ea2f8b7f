// tradepost user: people, from the machine that the server runs on; whoever may do this needs no login.
import { randomBytes } from 'node:crypto'
import { createUser, issueToken } from '../core/users/commands.ts'
import { type Tx, transaction } from '../platform/db/database.ts'
import { migrate } from '../platform/db/migrate.ts'
import { inTransaction } from '../platform/wiring.ts'
import { openDeps } from './deps.ts'
import { openEnvironment, StartError, say } from './environment.ts'

type CreateOptions = { staff?: boolean; support?: boolean; email?: string; password?: string }

// As the API takes them.
const USERNAME = /^[0-9a-z_.@+-]{1,128}$/
const EMAIL = /^[^\s@]+@[^\s@]+$/

const findUser = (tx: Tx, username: string) => tx.selectFrom('user').select('id').where('username', '=', username).executeTakeFirst()

export async function createUserCommand(username: string, options: CreateOptions): Promise<void> {
  const { email = '', password = randomBytes(12).toString('base64url') } = options
  if (!USERNAME.test(username)) throw new StartError(`${username}: a user name has lower case letters, numbers and @ . + - _ only`)
  if (email !== '' && !EMAIL.test(email)) throw new StartError(`${email} is no e-mail address`)
  const { database, databaseUrl, config, close } = await openEnvironment()
  await migrate(databaseUrl)
  await transaction(database.db, async (tx) => {
    if (await findUser(tx, username)) throw new StartError(`There is a user ${username} already`)
    await createUser(tx, config, { username, password, email, is_staff: options.staff === true, is_support: options.support === true })
  })
  say(`User ${username}, password ${options.password === undefined ? password : 'as given'}`)
  await close()
}

export async function tokenCommand(username: string): Promise<void> {
  const environment = await openEnvironment()
  await migrate(environment.databaseUrl)
  const { deps, close } = await openDeps(environment)
  const token = await inTransaction(deps, async (context) => {
    const user = await findUser(context.tx, username)
    if (!user) throw new StartError(`There is no user ${username}`)
    return issueToken(context, user.id)
  })
  say(token)
  await close()
}
