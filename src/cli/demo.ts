// tradepost demo, and serve --demo: the demo world, loaded into an empty database only.
import type { FastifyInstance } from 'fastify'
import { buildApp } from '../app.ts'
import { migrate } from '../platform/db/migrate.ts'
import { type Environment, openEnvironment, StartError, say } from './environment.ts'

export async function demo(): Promise<void> {
  const environment = await openEnvironment()
  const { config, database, databaseUrl, close } = environment
  try {
    await migrate(databaseUrl)
    const app = await buildApp({ config, database, log: false })
    try {
      const lines = await loadDemoIfEmpty(app, environment)
      if (lines.length === 0) throw new StartError('The database is not empty: the demo world is for an empty one')
      for (const line of lines) say(line)
    } finally {
      await app.close()
    }
  } finally {
    await close()
  }
}

/** Loads the demo world when there is no user yet; returns what to tell the operator, nothing when there is somebody. */
export async function loadDemoIfEmpty(app: FastifyInstance, { config, database }: Environment): Promise<string[]> {
  const anyone = await database.db.selectFrom('user').select('id').limit(1).executeTakeFirst()
  if (anyone) return []
  const { loadDemo } = await import('../demo.ts')
  return loadDemo({ app, config, database })
}
