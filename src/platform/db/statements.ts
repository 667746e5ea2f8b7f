// Which statements a connection plans once and keeps. Callers choose fields, filters and orders, so there are more texts than
// a database has memory for: a text is named from its second use on, all named texts together have a greatest length, and the
// least used make room. What an attacker asks once or twice displaces only what others asked as rarely.
import { createHash } from 'node:crypto'

// A plan takes some ten times the memory of its text and 50 kB at least, on each connection: so much together is up to 50 MB.
const WEIGHT_MAX = 2_000_000
const WEIGHT_MIN = 2000
const weightOf = (text: string) => WEIGHT_MIN + text.length
/** One that takes a good part of it alone is planned each time. */
const WEIGHT_OF_ONE_MAX = WEIGHT_MAX / 10
const CANDIDATES_MAX = 10_000
/** After so many statements uses count half, so that what was much used once makes room too. */
const HALVED_EVERY = 20_000

export type Named = { name: string; text: string }

type Entry = Named & { uses: number }

export type Statements = {
  /** The name under which a text is to be planned and kept; undefined while it is not worth it. */
  nameOf: (text: string) => Named | undefined
  /** How many are named now. */
  count: () => number
}

/** `forgotten` hears of names that are not used any more, for connections to close them. */
export function createStatements(forgotten: (name: string) => void): Statements {
  const named = new Map<string, Entry>()
  const candidates = new Set<string>()
  let weight = 0
  let asked = 0

  function forgetLeastUsed(): void {
    let least: Entry | undefined
    for (const entry of named.values()) if (!least || entry.uses < least.uses) least = entry
    if (!least) return
    named.delete(least.text)
    weight -= weightOf(least.text)
    forgotten(least.name)
  }

  return {
    nameOf: (text) => {
      if (++asked % HALVED_EVERY === 0) for (const entry of named.values()) entry.uses = Math.floor(entry.uses / 2)
      const known = named.get(text)
      if (known) {
        known.uses++
        return known
      }
      const name = createHash('sha256').update(text).digest('hex').slice(0, 20)
      if (!candidates.delete(name)) {
        candidates.add(name)
        if (candidates.size > CANDIDATES_MAX) candidates.delete(candidates.values().next().value as string)
        return undefined
      }
      if (weightOf(text) > WEIGHT_OF_ONE_MAX) return undefined
      while (weight + weightOf(text) > WEIGHT_MAX) forgetLeastUsed()
      const entry = { name, text, uses: 2 }
      named.set(text, entry)
      weight += weightOf(text)
      return entry
    },
    count: () => named.size,
  }
}
