// Chance that can be had again: everything random in a test follows from its seed.

export type Random = () => number

/** Numbers from 0 to 1 that follow from the seed (mulberry32). */
export function randomFrom(seed: number): Random {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

export const pick = <T>(random: Random, from: readonly T[]): T => from[Math.floor(random() * from.length)] as T

export const noise = (random: Random, length: number) =>
  Array.from({ length }, () => String.fromCharCode(33 + Math.floor(random() * 90))).join('')
