import { stringify } from 'yaml'
import { buildApp } from '../app.ts'
import { migrate } from '../platform/db/migrate.ts'
import { openEnvironment, say } from './environment.ts'

export async function openapi({ yaml = false }: { yaml?: boolean }): Promise<void> {
  const { config, database, databaseUrl, close } = await openEnvironment()
  await migrate(databaseUrl)
  const app = await buildApp({ config, database, log: false })
  const description = app.openapi()
  say(yaml ? stringify(description) : JSON.stringify(description, null, 1))
  await app.close()
  await close()
}
