// One statement on one connection, which ends: answered, refused by the database's own limits, given up when the database
// says nothing, or canceled because the caller is gone.
import { connect } from 'node:net'
import type pg from 'pg'
import { CallerGone, callerNow } from './caller.ts'
import { asAway } from './failures.ts'

/** What the driver keeps of a connection and does not tell its types. */
type Line = pg.PoolClient & {
  host: string
  port: number
  processID: number
  secretKey: number
  connection: {
    stream: { destroy: () => void }
    parsedStatements: { [name: string]: string }
    close: (what: { type: 'S'; name: string }) => void
  }
}

export type Query = { text: string; values: unknown[]; name?: string }

/** The names that are to be closed on a connection before it is asked again. */
const closing = new WeakMap<object, Set<string>>()
const asking = new WeakMap<object, number>()

/** Has a named statement closed on a connection, when nothing is under way there. */
export function closeLater(client: pg.PoolClient, name: string): void {
  const names = closing.get(client) ?? new Set<string>()
  closing.set(client, names.add(name))
}

function closeForgotten(client: Line): void {
  const names = closing.get(client)
  if (!names || (asking.get(client) ?? 0) > 0) return
  closing.delete(client)
  const { connection } = client
  for (const name of names) {
    if (connection.parsedStatements[name] === undefined) continue
    // Sent ahead of the next statement, whose synchronization ends it too. The driver's own note must go with it, or it would
    // ask for what is not there any more. Both hold whatever state a transaction is in.
    delete connection.parsedStatements[name]
    connection.close({ type: 'S', name })
  }
}

/** These end a transaction: they are never held back, and a commit that is under way is not canceled. */
const ENDS = new Set(['commit', 'rollback'])

/** Sends a statement and waits for its answer, `maxMs` at most. Throws CallerGone for those who do not wait for it any more. */
export async function ask(pooled: pg.PoolClient, query: Query, maxMs: number): Promise<pg.QueryResult> {
  const client = pooled as Line
  const caller = ENDS.has(query.text) ? undefined : callerNow()
  if (caller?.gone) throw new CallerGone()
  closeForgotten(client)
  let canceling: Promise<void> | undefined
  const end = () => {
    canceling ??= cancel(client)
  }
  caller?.endings.add(end)
  const late = setTimeout(() => client.connection.stream.destroy(), Math.max(1, maxMs))
  asking.set(client, (asking.get(client) ?? 0) + 1)
  try {
    return await client.query(query)
  } catch (error) {
    throw caller?.gone ? new CallerGone() : asAway(error)
  } finally {
    asking.set(client, (asking.get(client) ?? 1) - 1)
    clearTimeout(late)
    caller?.endings.delete(end)
    // Until it has arrived the connection is not for others: it would end their statement.
    await canceling
  }
}

const CANCEL_CODE = 80_877_102
const CANCEL_MAX_MS = 1000

/** Asks the database, on a connection of its own as its protocol wants it, to end what runs on this one. */
function cancel({ host, port, processID, secretKey, connection }: Line): Promise<void> {
  return new Promise((done) => {
    const line = host.startsWith('/') ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host)
    const message = Buffer.alloc(16)
    for (const [i, value] of [16, CANCEL_CODE, processID, secretKey].entries()) message.writeInt32BE(value, i * 4)
    line.setTimeout(CANCEL_MAX_MS, () => {
      line.destroy()
      // It may arrive yet, and would end whatever runs then: nothing runs on that connection any more.
      connection.stream.destroy()
    })
    line.on('error', () => undefined)
    line.on('close', () => done())
    line.on('connect', () => line.end(message))
    // The database says nothing and hangs up once it is done.
    line.resume()
  })
}
