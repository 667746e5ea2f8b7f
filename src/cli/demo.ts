// tradepost demo: the demo world, in a database that has none yet.
import { ensureAdministrator } from '../core/users/administrator.ts'
import { isEmpty, loadDemo } from '../demo/load.ts'
import { migrate } from '../platform/db/migrate.ts'
import { type Environment, openEnvironment, StartError, say } from './environment.ts'

/** Loads the demo world when the database is empty; the lines to print, none when it was not. */
export async function loadDemoIfEmpty({ config, database }: Environment): Promise<string[]> {
  return (await isEmpty(database)) ? loadDemo(config, database) : []
}

export async function demo(): Promise<void> {
  const environment = await openEnvironment()
  await migrate(environment.databaseUrl)
  const administrator = await ensureAdministrator(environment.database.db, environment.config)
  if (administrator) say(`Administrator ${administrator.username}, password ${administrator.password}  (shown once)`)
  const lines = await loadDemoIfEmpty(environment)
  await environment.close()
  if (lines.length === 0) throw new StartError('The database is not empty: the demo world is loaded into an empty one only')
  for (const line of lines) say(line)
}
