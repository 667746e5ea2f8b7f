// What a request or a job did: states it changed, events it recorded, jobs it enqueued. Told to whoever watches; a running
// server has no watcher, tests write the table of effects from what they see (tests/api/effects.tsv).
import { AsyncLocalStorage } from 'node:async_hooks'

export type Effect = { kind: 'state' | 'event' | 'job'; what: string }

type Watcher = (source: string, effects: readonly Effect[]) => void

let watcher: Watcher | undefined
const running = new AsyncLocalStorage<Effect[]>()

/** Has `watch` told of everything that succeeds from now on; for tests. */
export const watchEffects = (watch: Watcher): void => {
  watcher = watch
}

/** Runs `work`, whose effects are those of `source`: an operation, a job. What fails has none. */
export async function withEffects<T>(source: string, work: () => Promise<T>): Promise<T> {
  if (!watcher) return work()
  const effects: Effect[] = []
  const result = await running.run(effects, work)
  watcher(source, effects)
  return result
}

export const noteEffect = (kind: Effect['kind'], what: string): void => {
  running.getStore()?.push({ kind, what })
}
