// GET /metrics: the process, requests by route and status, connections of the pool, jobs by state, in Prometheus's text.
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { type Database, run } from '../db/database.ts'
import { sharedFor } from './once-for-all.ts'

export function registerMetrics(app: FastifyInstance, { database }: { database: Database }): void {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const requests = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time to answer requests, by method, route and status.',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [registry],
  })
  observePool(registry, database)
  observeJobs(registry, database)
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown'
    requests.observe({ method: request.method, route, status: String(reply.statusCode) }, reply.elapsedTime / 1000)
  })
  // Its figures cost statements: all who ask within a second are told the same.
  const told = sharedFor(1000, () => registry.metrics())
  app.get('/metrics', { config: { apart: true } }, async (_request, reply) => reply.type(registry.contentType).send(await told()))
}

function observePool(registry: Registry, { pool }: Database): void {
  const connections = new Gauge({
    name: 'database_pool_connections',
    help: 'Connections of the pool: all, idle, and requests waiting for one.',
    labelNames: ['state'] as const,
    registers: [registry],
    collect() {
      connections.set({ state: 'total' }, pool.totalCount)
      connections.set({ state: 'idle' }, pool.idleCount)
      connections.set({ state: 'waiting' }, pool.waitingCount)
    },
  })
}

function observeJobs(registry: Registry, { db }: Database): void {
  const jobs = new Gauge({
    name: 'jobs',
    help: 'Jobs in the database, by queue and state; the same on every server.',
    labelNames: ['queue', 'state'] as const,
    registers: [registry],
    async collect() {
      jobs.reset()
      // The page must come when the database is away: then above all.
      const counted = await run(
        db,
        sql<{ name: string; state: string; n: number }>`select name, state::text, count(*) as n from pgboss.job group by 1, 2`,
      ).catch(() => [])
      for (const { name, state, n } of counted) jobs.set({ queue: name, state }, n)
    },
  })
}
