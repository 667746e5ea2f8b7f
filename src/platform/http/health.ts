// Whether the process lives, and whether it can serve: its database reachable and migrated.
import type { FastifyInstance } from 'fastify'
import type { Database } from '../db/database.ts'
import { pendingMigrations } from '../db/migrate.ts'

export function registerHealth(app: FastifyInstance, { database }: { database: Database }): void {
  app.get('/health/live', async () => ({ status: 'ok' }))
  app.get('/health/ready', async (request, reply) => {
    try {
      const pending = await pendingMigrations(database.url)
      if (pending.length === 0) return { status: 'ok' }
      return reply.code(503).send({ status: 'not migrated', pending })
    } catch (error) {
      request.log.warn({ err: error }, 'not ready')
      return reply.code(503).send({ status: 'database unreachable' })
    }
  })
}
