// What every command begins with: the settings, the data folder held by one server, the database.
import { type Config, databaseLimits, readConfig, withSecretKey } from '../platform/config.ts'
import { type Database, openDatabase } from '../platform/db/database.ts'
import { findEmbedded, startEmbedded } from '../platform/db/embedded.ts'
import { OperatorError } from '../platform/operator-error.ts'

/** A start that cannot be; the message says why in one line. */
export class StartError extends OperatorError {}

export type Environment = { config: Config; database: Database; databaseUrl: string; close: () => Promise<void> }

/** Prints a line for the operator. */
export const say = (line = ''): void => {
  process.stdout.write(`${line}\n`)
}

// The application's logger lives only as long as the application.
export const warn = (msg: string, reason: string) =>
  process.stderr.write(`${JSON.stringify({ level: 40, time: Date.now(), msg, reason })}\n`)

/**
 * Settings and an open database. The embedded one is started unless a server of the same data folder runs it already;
 * `alone` refuses that, because two servers on one folder would be two on one port and one database process.
 */
export async function openEnvironment({ alone = false } = {}): Promise<Environment> {
  const config = withSecretKey(readConfig(process.env))
  const onError = (error: Error) => warn('database connection lost', error.message)
  const open = (url: string) => openDatabase(url, { ...databaseLimits(config), onError })
  if (config.DATABASE_URL !== '') {
    const database = open(config.DATABASE_URL)
    return { config, database, databaseUrl: config.DATABASE_URL, close: () => database.close() }
  }
  const running = alone ? undefined : await findEmbedded(config.DATA_DIR)
  if (running) {
    const database = open(running)
    return { config, database, databaseUrl: running, close: () => database.close() }
  }
  const embedded = await startEmbedded(config.DATA_DIR, { onRestart: (reason) => warn('embedded database is started again', reason) })
  const database = open(embedded.url)
  return {
    config,
    database,
    databaseUrl: embedded.url,
    close: async () => {
      await database.close()
      await embedded.stop()
    },
  }
}
