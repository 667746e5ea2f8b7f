// Run after the whole suite, with the folder that TRADEPOST_EXERCISED named: the table of what operations and jobs did while
// the tests ran. A difference fails, and the table is written anew, so that whoever made it reads and commits it.
import { readFileSync, writeFileSync } from 'node:fs'
import { wiringOf } from '../../src/modules.ts'
import { describedFacts } from '../support/contract.ts'
import { readExercised, type SeenEffect } from '../support/exercised.ts'

const folder = process.argv[2] ?? process.env.TRADEPOST_EXERCISED
if (!folder) throw new Error('usage: effects.ts FOLDER (the folder that TRADEPOST_EXERCISED named while the tests ran)')

const TABLE = new URL('effects.tsv', import.meta.url)
const COLUMNS = ['state', 'event', 'job'] as const

const openapi: unknown = JSON.parse(readFileSync(new URL('../../openapi/openapi.json', import.meta.url), 'utf8'))
const operations = Object.keys(describedFacts(openapi).operations)
const wiring = wiringOf()
const sources = [...operations, ...wiring.jobs.map(({ name }) => `job ${name}`)]

const { effects } = readExercised(folder)
// What only tests declare is no part of the product.
const ofProduct = ({ source, kind, what }: SeenEffect) =>
  sources.includes(source) && (kind !== 'job' || wiring.jobs.some(({ name }) => name === what))
const seen = effects.filter(ofProduct)

const cell = (source: string, kind: string) =>
  seen
    .filter((effect) => effect.source === source && effect.kind === kind)
    .map(({ what }) => what)
    .sort()
    .join(', ')

const rows = [...new Set(seen.map(({ source }) => source))]
  .sort()
  .map((source) => [source, ...COLUMNS.map((kind) => cell(source, kind))].join('\t'))
const table = `${['by', 'states', 'events', 'jobs'].join('\t')}\n${rows.join('\n')}\n`

const before = readFileSync(TABLE, { encoding: 'utf8', flag: 'a+' })
const known = new Set(Object.keys(wiring.eventTypes))
const never = [...known].filter((type) => !seen.some(({ kind, what }) => kind === 'event' && what === type))
for (const type of never) process.stdout.write(`${type}: no test sees this event recorded\n`)
if (table !== before) {
  const [old, now] = [new Set(before.split('\n')), new Set(table.split('\n'))]
  for (const line of [...old].filter((one) => !now.has(one))) process.stdout.write(`- ${line}\n`)
  for (const line of [...now].filter((one) => !old.has(one))) process.stdout.write(`+ ${line}\n`)
  writeFileSync(TABLE, table)
  process.stdout.write('tests/api/effects.tsv was not what the tests saw. It is now: read what changed, and commit it if it was meant.\n')
}
process.stdout.write(`${rows.length} operations and jobs have effects\n`)
if (table !== before || never.length > 0) process.exitCode = 1
