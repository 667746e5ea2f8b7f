// What the server sends to the database, with the values bound to it: for the number of statements that a list takes, and for
// its SQL as text.
import type { Database } from '../../src/platform/db/database.ts'

export type Statement = { text: string; values: readonly unknown[] }

type Connection = { query: (statement: Statement, ...rest: unknown[]) => unknown }

const watched = new WeakSet<object>()
let sent: Statement[] | undefined

// Who asks is kept between requests, and looked up again now and then; what is asked for has no part in it.
const OF_THE_CALLER = /\bt\.digest = \$1\s*$|^update user_token\b/

/** The statements that `work` sends over the database's pool, in their order, without those that look up the caller. */
export async function statementsOf(database: Database, work: () => Promise<unknown>): Promise<Statement[]> {
  database.pool.on('acquire', watch)
  const found: Statement[] = []
  sent = found
  try {
    await work()
  } finally {
    sent = undefined
    database.pool.off('acquire', watch)
  }
  return found.filter(({ text }) => !OF_THE_CALLER.test(text))
}

function watch(client: object): void {
  if (watched.has(client)) return
  watched.add(client)
  const connection = client as Connection
  const query = connection.query.bind(connection)
  connection.query = (statement, ...rest) => {
    sent?.push({ text: statement.text, values: statement.values ?? [] })
    return query(statement, ...rest)
  }
}
