import { migrate } from '../platform/db/migrate.ts'
import { openEnvironment, say } from './environment.ts'

export async function migrateDatabase(): Promise<void> {
  const { databaseUrl, close } = await openEnvironment()
  const applied = await migrate(databaseUrl)
  say(applied.length === 0 ? 'The schema is up to date.' : `Applied ${applied.join(', ')}`)
  await close()
}
