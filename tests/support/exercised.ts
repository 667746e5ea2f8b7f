// Which operations the tests made succeed, what these and the jobs did, and which meant departures answers showed. Each test process appends to a
// file of its own in the folder that TRADEPOST_EXERCISED names; without it (a single test file by hand) nothing is kept.
import { appendFileSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { watchEffects } from '../../src/platform/effects.ts'

const folder = process.env.TRADEPOST_EXERCISED
const noted = new Set<string>()

const note = (line: string) => {
  if (!folder || noted.has(line)) return
  noted.add(line)
  appendFileSync(join(folder, `${process.pid}.txt`), `${line}\n`)
}

/** An operation answered with success; `operation` as in the description: `GET /api/projects/{uuid}/`. */
export const noteExercised = (operation: string) => note(operation)

const EXCUSED = 'excused '
/** An answer departed in the meant way that stands at this place of the list. */
export const noteExcused = (place: number) => note(`${EXCUSED}${place}`)

const EFFECT = 'effect\t'
if (folder) {
  watchEffects((source, effects) => {
    for (const { kind, what } of effects) note([`${EFFECT}${source}`, kind, what].join('\t'))
  })
}

export type SeenEffect = { source: string; kind: string; what: string }

/** What all test processes noted in the folder. */
export function readExercised(from: string): { operations: Set<string>; excuses: Set<number>; effects: SeenEffect[] } {
  const lines = readdirSync(from).flatMap((name) => readFileSync(join(from, name), 'utf8').split('\n').filter(Boolean))
  const excuses = lines.filter((line) => line.startsWith(EXCUSED)).map((line) => Number(line.slice(EXCUSED.length)))
  const effects = [...new Set(lines.filter((line) => line.startsWith(EFFECT)))].map((line) => {
    const [source = '', kind = '', what = ''] = line.slice(EFFECT.length).split('\t')
    return { source, kind, what }
  })
  const operations = lines.filter((line) => !line.startsWith(EXCUSED) && !line.startsWith(EFFECT))
  return { operations: new Set(operations), excuses: new Set(excuses), effects }
}
