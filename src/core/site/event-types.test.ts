import { globSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { contractFacts } from '../../../tests/support/contract.ts'
import { wiringOf } from '../../modules.ts'
import { eventGroups } from './event-types.ts'

const SOURCE = new URL('../../', import.meta.url).pathname

// Every text of small letters and underscores in the source, with gaps where a template has them.
function* wordsOfSource(): Generator<string> {
  for (const file of globSync('**/*.ts', { cwd: SOURCE })) {
    if (file.endsWith('.test.ts')) continue
    const source = readFileSync(`${SOURCE}${file}`, 'utf8').replace(/\$\{[^}]*\}/g, '$')
    for (const [, word] of source.matchAll(/['`]([a-z]+_[a-z_$]+)['`]/g)) yield word as string
  }
}

const words = [...new Set(wordsOfSource())]
const declared = wiringOf().eventTypes
const types = Object.keys(declared)
const known = new Set(contractFacts().schemas.EventTypesEnum?.enum)
const isWritten = (type: string) => words.some((word) => new RegExp(`^${word.replaceAll('$', '[a-z_]+')}$`).test(type))

describe('types of events', () => {
  it('are all recorded somewhere', () => {
    expect(types.filter((type) => !isWritten(type))).toEqual([])
  })

  it('are all that the source names', () => {
    expect(words.filter((word) => known.has(word) && !types.includes(word))).toEqual([])
  })

  it('are known to clients, by type and by group', () => {
    const groups = contractFacts().schemas.EventGroupsEnum?.enum ?? []

    expect(types.filter((type) => !known.has(type))).toEqual([])
    expect(Object.keys(eventGroups(declared)).filter((group) => !groups.includes(group))).toEqual([])
  })

  it('have a group and a message each', () => {
    const grouped = new Set(Object.values(eventGroups(declared)).flat())

    expect(types.filter((type) => !grouped.has(type))).toEqual([])
    expect(Object.values(declared).filter(({ message }) => !message.endsWith('.'))).toEqual([])
  })
})
