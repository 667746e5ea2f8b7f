// tradepost demo: the demo world, in a database that has none yet.
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { ensureAdministrator } from '../core/users/administrator.ts'
import { isEmpty, loadDemo } from '../demo/load.ts'
import { migrate } from '../platform/db/migrate.ts'
import { type Environment, openEnvironment, StartError, say } from './environment.ts'

/**
 * Loads the demo world when the database is empty; the lines to print, none when it was not. By a process of its own:
 * making a world takes 60 MB that the server would keep.
 */
export async function loadDemoIfEmpty({ database }: Environment): Promise<string[]> {
  if (!(await isEmpty(database))) return []
  const words = [...process.execArgv, fileURLToPath(new URL('../main.ts', import.meta.url)), 'demo']
  try {
    return (await promisify(execFile)(process.execPath, words)).stdout.trimEnd().split('\n')
  } catch (error) {
    throw new StartError(`The demo world could not be loaded: ${(error as { stderr?: string }).stderr?.trim() ?? error}`)
  }
}

export async function demo(): Promise<void> {
  const environment = await openEnvironment()
  await migrate(environment.databaseUrl)
  const administrator = await ensureAdministrator(environment.database.db, environment.config)
  if (administrator) say(`Administrator ${administrator.username}, password ${administrator.password}  (shown once)`)
  if (!(await isEmpty(environment.database))) {
    throw new StartError('The database is not empty: the demo world is loaded into an empty one only')
  }
  for (const line of await loadDemo(environment.config, environment.database)) say(line)
  await environment.close()
}
