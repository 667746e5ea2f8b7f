// Run after the whole suite, with the folder that TRADEPOST_EXERCISED named: fails when a served operation was made to
// succeed by no test, or when a list of exceptions excuses what needs no excuse any more.
import { readFileSync } from 'node:fs'
import { departuresMeant, describedFacts, notExercised } from '../support/contract.ts'
import { readExercised } from '../support/exercised.ts'

const folder = process.argv[2] ?? process.env.TRADEPOST_EXERCISED
if (!folder) throw new Error('usage: exercised.ts FOLDER (the folder that TRADEPOST_EXERCISED named while the tests ran)')

const openapi: unknown = JSON.parse(readFileSync(new URL('../../openapi/openapi.json', import.meta.url), 'utf8'))
const served = Object.keys(describedFacts(openapi).operations)
const { operations, excuses } = readExercised(folder)
const excused = new Set(notExercised())

const complaints = [
  ...served.filter((key) => !operations.has(key) && !excused.has(key)).map((key) => `${key}: no test makes it succeed; write one`),
  ...[...excused].filter((key) => operations.has(key)).map((key) => `${key}: is exercised; take it out of contract/not-exercised.json`),
  ...[...excused].filter((key) => !served.includes(key)).map((key) => `${key}: is not served; take it out of contract/not-exercised.json`),
  ...departuresMeant().flatMap(({ operation, text, answers }, place) =>
    answers && !excuses.has(place) ? [`contract/departures.json: no answer departs as "${operation}  ${text}" says; take it out`] : [],
  ),
]

for (const complaint of complaints) process.stdout.write(`${complaint}\n`)
process.stdout.write(`${served.length} operations served, ${served.filter((key) => operations.has(key)).length} exercised\n`)
if (complaints.length > 0) process.exitCode = 1
