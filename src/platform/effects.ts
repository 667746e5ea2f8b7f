// What a request or a job did: states it changed, events it recorded, jobs it enqueued. Told to whoever watches; a running
// server has no watcher, tests write the table of effects from what they see (tests/api/effects.tsv).
import { AsyncLocalStorage } from 'node:async_hooks'

export type Effect = { kind: 'state' | 'event' | 'job'; what: string }

type Watcher = (source: string, effects: readonly Effect[]) => void

let watcher: Watcher | undefined
/** `kept` are those of transactions that are committed: they stay, however the rest goes on. */
const running = new AsyncLocalStorage<{ noted: Effect[]; kept: Effect[] }>()

/** Has `watch` told of everything that succeeds from now on; for tests. */
export const watchEffects = (watch: Watcher): void => {
  watcher = watch
}

/** Runs `work`, whose effects are those of `source`: an operation, a job. Of one that fails those count that are committed. */
export async function withEffects<T>(source: string, work: () => Promise<T>): Promise<T> {
  if (!watcher) return work()
  const effects = { noted: [], kept: [] }
  try {
    const result = await running.run(effects, work)
    watcher(source, effects.noted)
    return result
  } catch (error) {
    watcher(source, effects.kept)
    throw error
  }
}

/** Runs a transaction of its own within an operation or a job: what it did stays when it is committed. */
export async function committing<T>(work: () => Promise<T>): Promise<T> {
  const effects = running.getStore()
  const before = effects?.noted.length ?? 0
  const result = await work()
  effects?.kept.push(...effects.noted.slice(before))
  return result
}

/** Runs work that will be undone: nothing that it does is an effect. */
export const withoutEffects = <T>(work: () => Promise<T>): Promise<T> => running.run({ noted: [], kept: [] }, work)

export const noteEffect = (kind: Effect['kind'], what: string): void => {
  running.getStore()?.noted.push({ kind, what })
}
