// What is generated is committed, and is what would be generated now.
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { GENERATED } from '../tools/generated.ts'
import { freshDatabase } from './support/database.ts'

let database: Awaited<ReturnType<typeof freshDatabase>>
beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.drop())

describe('a generated file is up to date (if not: npm run gen)', () => {
  it.each(GENERATED)('$path', async ({ path, make }) => {
    const present = readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')

    const text = await make(database.url, present)

    expect(text === present ? 'up to date' : firstDifference(present, text)).toBe('up to date')
  })
})

// A whole difference of a large file takes minutes to print.
function firstDifference(present: string, wanted: string): string {
  const [is, should] = [present.split('\n'), wanted.split('\n')]
  const line = should.findIndex((text, i) => text !== is[i])
  return `line ${line + 1} is ${JSON.stringify(is[line])}, should be ${JSON.stringify(should[line])}`
}
