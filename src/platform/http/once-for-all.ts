// Work whose outcome is the same for all who ask at about the same time: done once, and kept for a moment.

/** `work`, run for one at a time: who asks meanwhile, or within `heldMs` after, is given the same. A failure is kept for nobody. */
export function sharedFor<T>(heldMs: number, work: () => Promise<T>): () => Promise<T> {
  let current: Promise<T> | undefined
  let until = 0
  return () => {
    if (current && performance.now() < until) return current
    until = Number.POSITIVE_INFINITY
    const mine = work()
    current = mine
    mine.then(
      () => {
        until = performance.now() + heldMs
      },
      () => {
        until = 0
      },
    )
    return mine
  }
}
