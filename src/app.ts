// The whole application: the modules of modules.ts on one server.
import type { FastifyInstance } from 'fastify'
import { sessionSource } from './core/users/sessions.ts'
import { MODULES, wiringOf } from './modules.ts'
import { createAuthenticator } from './platform/auth/authenticate.ts'
import { type Config, serverLimits } from './platform/config.ts'
import type { Database } from './platform/db/database.ts'
import type { Api } from './platform/http/api.ts'
import { API_VERSION, type DescribedRoute, describeApi } from './platform/http/description.ts'
import { registerHealth } from './platform/http/health.ts'
import { registerMetrics } from './platform/http/metrics.ts'
import { createServer } from './platform/http/server.ts'
import { openJobs } from './platform/jobs/queue.ts'
import type { Module } from './platform/module.ts'
import type { Jobs, Wiring } from './platform/wiring.ts'

export type AppDeps = {
  config: Config
  database: Database
  /** Log lines go to stdout as JSON unless false. */
  log?: boolean
  /** All of them unless said. */
  modules?: readonly Module[]
}

/** The whole application on an open, migrated database; it listens to nothing yet. */
export async function buildApp({ config, database, log = true, modules = MODULES }: AppDeps): Promise<FastifyInstance> {
  const wiring = wiringOf(modules)
  const authenticator = createAuthenticator(sessionSource(database.db), database.url)
  const app = createServer({
    origins: config.PUBLIC_URL,
    corsOrigins: config.CORS_ORIGINS,
    trustedProxies: config.TRUSTED_PROXIES,
    timeZone: config.TIME_ZONE,
    authenticator,
    translations: wiring.constraints,
    limits: serverLimits(config),
    logger: log ? { level: config.LOG_LEVEL } : false,
  })
  const jobs = await openJobs(database.url, wiring, (error) => app.log.error({ reason: error.message }, 'job queue'))
  const described: DescribedRoute[] = []
  const api: Api = { app, db: database.db, config, jobs, wiring, described }

  registerHealth(app, { database })
  registerMetrics(app, { database })
  for (const { routes } of modules) routes?.(api)

  let description: ReturnType<typeof describeApi> | undefined
  const openapi = () => {
    description ??= describeApi(described, 'Tradepost', API_VERSION)
    return description
  }
  app.decorate('openapi', openapi)
  app.decorate('jobs', jobs)
  app.decorate('wiring', wiring)
  app.addHook('onClose', async () => {
    await authenticator.close()
    await jobs.stop()
  })
  return app
}

declare module 'fastify' {
  interface FastifyInstance {
    /** The OpenAPI document of what is served. */
    openapi: () => ReturnType<typeof describeApi>
    jobs: Jobs
    wiring: Wiring
  }
}
