// How a job is told which of its attempts it is, and how it says that another may do better.

/** Which try of a job this is, from 1; `last`: after it nobody tries again. `signal` is aborted when its time is over. */
export type Attempt = { number: number; last: boolean; signal: AbortSignal }

/** Thrown by a job whose work could not be done now and may be later: no fault, unless it is the last attempt. */
export class TryAgain extends Error {}

/** The one attempt of work that is called by hand: in tests, in commands. */
export const byHand = (): Attempt => ({ number: 1, last: true, signal: new AbortController().signal })
