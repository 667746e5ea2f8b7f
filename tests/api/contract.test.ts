// The whole API against the contract: everything promised is served or known to be missing, and the description that is
// served differs from the contract only where that is meant.
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { contractSource, factsFromSource, linesOfFacts, unnamed } from '../../tools/contract-facts.ts'
import {
  byUnnamedKey,
  compareDescription,
  contractFacts,
  departuresMeant,
  describedFacts,
  excuses,
  notExercised,
  notServed,
} from '../support/contract.ts'
import { world } from '../support/world.ts'

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
const openapi: unknown = JSON.parse(read('openapi/openapi.json'))
const promised = contractFacts()
const served = byUnnamedKey(describedFacts(openapi))
const isServed = (key: string) => served.has(unnamed(key))
const isPromised = new Set(Object.keys(promised.operations).map(unnamed))
const missing = new Set(notServed())

const departures = compareDescription(promised, openapi).filter(({ operation }) => isServed(operation))
const meant = departuresMeant()
const line = ({ operation, text }: { operation: string; text: string }) => `${operation}  ${text}`

describe('operations of the contract', () => {
  test('each is served, or listed as not served yet in contract/not-served.json', () => {
    expect(Object.keys(promised.operations).filter((key) => !isServed(key) && !missing.has(key))).toEqual([])
  })

  test('none is both served and listed as not served (if one is: node tools/contract-facts.ts shrink)', () => {
    expect([...missing].filter(isServed)).toEqual([])
  })

  test('the list of those not served names operations of the contract, each once', () => {
    expect(notServed().filter((key) => !(key in promised.operations))).toEqual([])
    expect(missing.size).toBe(notServed().length)
  })
})

describe('the description', () => {
  test('departs from the contract only where that is meant (if not: mend the view, or say why in contract/departures.json)', () => {
    expect(departures.filter((departure) => !meant.some((excuse) => excuses(excuse, departure))).map(line)).toEqual([])
  })

  test('departs wherever a departure is meant to be (if not: take it out of contract/departures.json)', () => {
    const idle = meant.filter((excuse) => !excuse.answers && !departures.some((departure) => excuses(excuse, departure)))

    expect(idle.map(line)).toEqual([])
  })

  test('gives a reason for each departure that is meant', () => {
    expect(meant.filter(({ reason }) => reason.trim().length < 10).map(line)).toEqual([])
  })

  test('names each operation once', () => {
    const ids = [...served.values()].map(({ id }) => id)

    expect(ids.filter((id, place) => ids.indexOf(id) !== place)).toEqual([])
  })

  test('has names of its own for operations beyond the contract', () => {
    const taken = new Set(Object.values(promised.operations).map(({ id }) => id))
    const beyond = [...served].filter(([key]) => !isPromised.has(key))

    expect(beyond.filter(([, { id }]) => taken.has(id)).map(([key]) => key)).toEqual([])
  })

  test('refers to shapes that it has', () => {
    const { operations, schemas } = describedFacts(openapi)
    const named = JSON.stringify([operations, schemas]).matchAll(/"ref":"([^"]+)"/g)

    expect([...named].map(([, name]) => name as string).filter((name) => !(name in schemas))).toEqual([])
  })
})

describe('the committed description', () => {
  const here = world()

  test('is what the server publishes (if not: npm run gen)', async () => {
    const published = await here.current.app.inject('/api/schema/')

    expect(JSON.parse(published.payload)).toEqual(openapi)
  })
})

test('served operations known to be exercised by no test are served', () => {
  expect(notExercised().filter((key) => !isServed(key))).toEqual([])
})

describe.skipIf(!existsSync(contractSource))("the committed facts (skipped where the contract's documents are not at hand)", () => {
  test('are what the documents of the contract give', () => {
    const { operations, schemas } = factsFromSource()

    expect(linesOfFacts(operations) === read('contract/operations.json')).toBe(true)
    expect(linesOfFacts(schemas) === read('contract/schemas.json')).toBe(true)
  })
})
