// What is generated is committed, and is what would be generated now.
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { GENERATED } from '../tools/generated.ts'
import { freshDatabase } from './support/database.ts'
import { expectGenerated } from './support/generated.ts'

let database: Awaited<ReturnType<typeof freshDatabase>>
beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.drop())

describe('a generated file is up to date (if not: npm run gen)', () => {
  it.each(GENERATED)('$path', async ({ path, make }) => {
    const present = readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')

    const text = await make(database.url, present)

    expectGenerated(path, text)
  })
})
