// Turns: at most so many at once, the others wait for theirs in order, and not for ever.
import { DatabaseAway } from './failures.ts'

export type Turns = <T>(work: () => Promise<T>) => Promise<T>

const crowded = () => new DatabaseAway('Too many changes wait for each other')

/** Lets `max` run at once; who waits longer than `maxWaitMs` is refused. */
export function createTurns(max: number, maxWaitMs: number, refusal: () => Error = crowded): Turns {
  let running = 0
  const waiting = new Set<() => void>()

  const turn = () =>
    new Promise<void>((resolve, reject) => {
      const begin = () => {
        clearTimeout(late)
        waiting.delete(begin)
        running++
        resolve()
      }
      const late = setTimeout(() => {
        waiting.delete(begin)
        reject(refusal())
      }, maxWaitMs)
      if (running < max) begin()
      else waiting.add(begin)
    })

  return async (work) => {
    await turn()
    try {
      return await work()
    } finally {
      running--
      const [next] = waiting
      next?.()
    }
  }
}
