// How often one caller may ask: a user whose token is good, or else an address, so that what fails to authenticate counts together
// whatever it sends. Kept by each server for itself: it guards that server (docs/decisions/0036).
import type { FastifyRequest } from 'fastify'
import type { Actor } from '../auth/actor.ts'
import { neighbourhoodOf } from '../auth/networks.ts'
import { throttled } from './errors.ts'

const WINDOW_MS = 1000

/** Counts by key within windows of a second; false for what goes beyond `most`. 0 is any number. */
function counter(most: number): (key: string | number) => boolean {
  let counts = new Map<string | number, number>()
  let since = 0
  return (key) => {
    if (most === 0) return true
    if (performance.now() - since >= WINDOW_MS) {
      counts = new Map()
      since = performance.now()
    }
    const count = (counts.get(key) ?? 0) + 1
    counts.set(key, count)
    return count <= most
  }
}

/** Refuse with 429 and Retry-After what goes beyond (platform.md §1.7). */
export type RateLimits = { ofActor: (actor: Actor) => void; ofAddress: (request: FastifyRequest) => void }

export function rateLimits(perToken: number, perAddress: number): RateLimits {
  const [tokens, addresses] = [counter(perToken), counter(perAddress)]
  const hold = (passed: boolean) => {
    if (!passed) throw throttled(WINDOW_MS / 1000)
  }
  return {
    ofActor: ({ id }) => hold(tokens(id)),
    ofAddress: ({ ip }) => hold(addresses(neighbourhoodOf(ip))),
  }
}
