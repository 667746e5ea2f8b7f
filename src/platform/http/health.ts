// Whether the process lives, and whether it can serve: its database reachable and migrated.
import type { FastifyInstance } from 'fastify'
import type { Database } from '../db/database.ts'
import { pendingMigrations } from '../db/migrate.ts'
import { sharedFor } from './once-for-all.ts'

/** How long an answer holds: probes come every few seconds, everybody else has no business here. */
const HELD_MS = 1000

const OPEN = { config: { apart: true } }

export function registerHealth(app: FastifyInstance, { database }: { database: Database }): void {
  const pending = sharedFor(HELD_MS, () =>
    pendingMigrations(database.url).catch((error: unknown) => {
      app.log.warn({ err: error }, 'not ready')
      throw error
    }),
  )
  app.get('/health/live', OPEN, async () => ({ status: 'ok' }))
  app.get('/health/ready', OPEN, async (_request, reply) => {
    const missing = await pending().catch(() => undefined)
    if (missing?.length === 0) return { status: 'ok' }
    return reply.code(503).send(missing ? { status: 'not migrated', pending: missing } : { status: 'database unreachable' })
  })
}
