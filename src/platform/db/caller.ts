// For whom statements run: whoever is gone waits for nothing, so what runs for them is ended (server.ts says who is gone).
import { AsyncLocalStorage } from 'node:async_hooks'

export type Caller = {
  gone: boolean
  /** Ends what runs now; a caller may have several statements under way. */
  endings: Set<() => void>
}

const current = new AsyncLocalStorage<Caller>()

export const newCaller = (): Caller => ({ gone: false, endings: new Set() })
export const callerNow = (): Caller | undefined => current.getStore()
/** Runs `work`, and all that comes of it, for a caller. */
export const onBehalfOf = <T>(caller: Caller, work: () => T): T => current.run(caller, work)

/** The caller hung up. */
export function leave(caller: Caller): void {
  caller.gone = true
  for (const end of caller.endings) end()
}

/** Thrown where work would go on for a caller who is gone. */
export class CallerGone extends Error {
  constructor() {
    super('The caller is gone')
    this.name = 'CallerGone'
  }
}
