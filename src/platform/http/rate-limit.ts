// How often one caller may ask: a token, or an address without one. Kept by each server for itself: it guards that server.
import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance } from 'fastify'
import { throttled } from './errors.ts'

const WINDOW_MS = 1000

/** Refuses with 429 and Retry-After what goes beyond `perSecond` requests (platform.md §1.7). Before any route is registered. */
export async function limitRequests(app: FastifyInstance, perSecond: number): Promise<void> {
  await app.register(rateLimit, {
    max: perSecond,
    timeWindow: WINDOW_MS,
    keyGenerator: (request) => request.headers.authorization ?? request.ip,
    errorResponseBuilder: () => throttled(WINDOW_MS / 1000),
  })
}
