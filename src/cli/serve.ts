// tradepost serve: from nothing to an address, and from SIGTERM to an orderly end.
import { Server } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import { buildApp } from '../app.ts'
import { ensureAdministrator } from '../core/users/administrator.ts'
import { migrate } from '../platform/db/migrate.ts'
import { loadDemoIfEmpty } from './demo.ts'
import { type Environment, openEnvironment, StartError, say } from './environment.ts'

export async function serve({ demo = false }: { demo?: boolean }): Promise<void> {
  const environment = await openEnvironment({ alone: true })
  try {
    const { config, database, databaseUrl } = environment
    await migrate(databaseUrl)
    const app = await buildApp({ config, database })
    endInOrder(app, environment)
    // Told at once: whatever fails after this, it is not made again.
    const administrator = await ensureAdministrator(database.db, config)
    if (administrator) say(`Administrator ${administrator.username}, password ${administrator.password}  (shown once)`)
    const demoLines = demo ? await loadDemoIfEmpty(environment) : []
    await listen(app, config.HOST, config.PORT)
    if (config.WORKER === 'inline') await app.jobs.work({ db: database.db, config, log: app.log as never })

    const address = config.PUBLIC_URL[0] as string
    say(`Tradepost is at ${address}  (API ${address}/api/, docs ${address}/api/docs/)`)
    say(
      config.DATABASE_URL === ''
        ? `Data is in ${config.DATA_DIR}`
        : `Data is in the database of DATABASE_URL; files are in ${config.FILE_STORAGE_DIR}`,
    )
    for (const line of demoLines) say(line)
  } catch (error) {
    await environment.close().catch(() => undefined)
    throw error
  }
}

async function listen(app: FastifyInstance, host: string, port: number): Promise<void> {
  try {
    await app.listen({ host, port })
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    await app.close()
    throw new StartError(
      code === 'EADDRINUSE' ? `Port ${port} is taken: set PORT to another` : `Cannot listen on ${host}:${port}: ${message}`,
    )
  }
}

const DRAIN_MS = 30_000
// Long enough for callers that are just sending on a kept connection, short enough for whoever waits for the end.
const PARTING_MS = 250

/** On a signal: what was accepted is answered, jobs stop between steps, the database closes. */
function endInOrder(app: FastifyInstance, environment: Environment): void {
  let ending = false
  // A kept connection that is closed from our side may meet a request on its way: callers are asked to close it first.
  app.addHook('onSend', (_request, reply, payload, done) => {
    if (ending) reply.header('Connection', 'close')
    done(null, payload)
  })
  const end = async () => {
    if (ending) return
    ending = true
    setTimeout(() => process.exit(1), DRAIN_MS).unref()
    await drain(app)
    await app.close()
    await environment.close()
    process.exit(0)
  }
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, end)
}

// The HTTP server's own close also cuts idle connections, on which a request may be on its way: so the listening ends
// first, and connections only when their callers had the time to hear that they should close them.
async function drain(app: FastifyInstance): Promise<void> {
  if (!app.server.listening) return
  const done = new Promise<void>((resolve) => Server.prototype.close.call(app.server, () => resolve()))
  await Promise.race([done, pause(PARTING_MS)])
  app.server.closeIdleConnections()
  await done
}
