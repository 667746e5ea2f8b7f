// The table of contents: every module registered one by one, in the order in which they may use each other.
import type { FastifyInstance } from 'fastify'
import { customerRoutes } from './core/customers/routes.ts'
import { keyConstraints } from './core/keys/commands.ts'
import { keyRoutes } from './core/keys/routes.ts'
import { organizationGroupRoutes } from './core/organization-groups/routes.ts'
import { projectRoutes } from './core/projects/routes.ts'
import { roleConstraints } from './core/roles/commands.ts'
import { expiredGrants } from './core/roles/grants.ts'
import { onGrantChange } from './core/roles/reactions.ts'
import { roleRoutes } from './core/roles/routes.ts'
import { siteRoutes } from './core/site/routes.ts'
import { versionRoutes } from './core/site/version.ts'
import { userPermissionRoutes } from './core/user-permissions/routes.ts'
import { userConstraints } from './core/users/commands.ts'
import { mailEmailChange } from './core/users/email.ts'
import { forgetLoginFailures } from './core/users/login.ts'
import { mailPendingActions } from './core/users/pending-actions.ts'
import { userRoutes } from './core/users/routes.ts'
import { sessionSource } from './core/users/sessions.ts'
import { categoryConstraints } from './offerings/categories/commands.ts'
import { categoryRoutes } from './offerings/categories/routes.ts'
import { categoryGroupRoutes } from './offerings/category-groups/routes.ts'
import { offeringConstraints } from './offerings/commands.create.ts'
import { componentConstraints } from './offerings/components.ts'
import { followOfferingManagers } from './offerings/managers.ts'
import { offeringPermissionRoutes } from './offerings/permissions/routes.ts'
import { planConstraints } from './offerings/plans/commands.ts'
import { planRoutes } from './offerings/plans/routes.ts'
import { pluginRoutes } from './offerings/plugins.routes.ts'
import { publicOfferingRoutes } from './offerings/public/routes.ts'
import { offeringRoutes } from './offerings/routes.ts'
import { orderFileGuards } from './orders/edit.ts'
import { ORDER_JOBS } from './orders/jobs.ts'
import { orderConstraints } from './orders/place.ts'
import { orderRoutes } from './orders/routes.ts'
import { createAuthenticator } from './platform/auth/authenticate.ts'
import type { Config } from './platform/config.ts'
import type { Database } from './platform/db/database.ts'
import type { Translations } from './platform/db/failures.ts'
import { mediaRoutes } from './platform/files/routes.ts'
import { removeStoredFile, sweepStoredFiles } from './platform/files/store.ts'
import type { Api } from './platform/http/api.ts'
import { type DescribedRoute, describeApi } from './platform/http/description.ts'
import { registerHealth } from './platform/http/health.ts'
import { forgetIdempotencyKeys } from './platform/http/idempotency.ts'
import { registerMetrics } from './platform/http/metrics.ts'
import { limitRequests } from './platform/http/rate-limit.ts'
import { createServer } from './platform/http/server.ts'
import { type AnyJob, type Jobs, openJobs } from './platform/jobs/queue.ts'
import { globalCategoryRoutes } from './resources/global-categories.routes.ts'
import { resourceRoutes } from './resources/routes.ts'
import { usageRoutes } from './resources/usages/routes.ts'
import { serviceProviderConstraints } from './service-providers/commands.ts'
import { serviceProviderRoutes } from './service-providers/routes.ts'

export type AppDeps = {
  config: Config
  database: Database
  /** Log lines go to stdout as JSON unless false. */
  log?: boolean
}

/** The line of the field's API that is spoken; clients ask for it. */
const VERSION = '8.0.3'

/** Constraint names of all modules and what the caller is told when one is broken. */
const TRANSLATIONS: Translations = {
  ...userConstraints,
  ...keyConstraints,
  ...roleConstraints,
  ...serviceProviderConstraints,
  ...categoryConstraints,
  ...offeringConstraints,
  ...componentConstraints,
  ...planConstraints,
  ...orderConstraints,
}

/** Every kind of work of all modules. */
export const JOBS: readonly AnyJob[] = [
  removeStoredFile,
  sweepStoredFiles,
  mailEmailChange,
  mailPendingActions,
  forgetLoginFailures,
  expiredGrants,
  forgetIdempotencyKeys,
  ...ORDER_JOBS,
]

/** The whole application on an open, migrated database; it listens to nothing yet. */
export async function buildApp({ config, database, log = true }: AppDeps): Promise<FastifyInstance> {
  const authenticator = createAuthenticator(sessionSource(database.db), database.url)
  const app = createServer({
    origins: config.PUBLIC_URL,
    corsOrigins: config.CORS_ORIGINS,
    trustedProxies: config.TRUSTED_PROXIES,
    timeZone: config.TIME_ZONE,
    authenticator,
    translations: TRANSLATIONS,
    logger: log ? { level: config.LOG_LEVEL } : false,
  })
  if (config.REQUESTS_PER_SECOND > 0) await limitRequests(app, config.REQUESTS_PER_SECOND)
  const jobs = await openJobs(database.url, JOBS, (error) => app.log.error({ reason: error.message }, 'job queue'))
  const described: DescribedRoute[] = []
  const api: Api = { app, db: database.db, config, jobs, described }

  onGrantChange(followOfferingManagers)
  registerHealth(app, { database })
  registerMetrics(app, { database })
  mediaRoutes(api, orderFileGuards)
  userRoutes(api)
  keyRoutes(api)
  userPermissionRoutes(api)
  versionRoutes(api, VERSION)
  siteRoutes(api)
  roleRoutes(api)
  organizationGroupRoutes(api)
  customerRoutes(api)
  projectRoutes(api)
  serviceProviderRoutes(api)
  categoryGroupRoutes(api)
  categoryRoutes(api)
  offeringRoutes(api)
  planRoutes(api)
  publicOfferingRoutes(api)
  pluginRoutes(api)
  offeringPermissionRoutes(api)
  globalCategoryRoutes(api)
  usageRoutes(api)
  resourceRoutes(api)
  orderRoutes(api)

  let description: ReturnType<typeof describeApi> | undefined
  const openapi = () => {
    description ??= describeApi(described, 'Tradepost', VERSION)
    return description
  }
  app.decorate('openapi', openapi)
  app.decorate('jobs', jobs)
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
  }
}
