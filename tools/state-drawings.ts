// Pictures of the state tables, for people: docs/states/*.md, one file for each table of the product.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { StateTable } from '../src/platform/states/transition.ts'

const source = fileURLToPath(new URL('../src/', import.meta.url))

export type AnyStateTable = StateTable<string, string>

const isStateTable = (value: unknown): value is AnyStateTable =>
  typeof value === 'object' && value !== null && ['table', 'states', 'initial', 'final', 'actions'].every((key) => key in value)

/** Every state table that a module exports, by its exported name. */
export async function stateTables(): Promise<{ [name: string]: AnyStateTable }> {
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((path) => /(^|\/)states[a-z.-]*\.ts$/.test(path))
  const found: { [name: string]: AnyStateTable } = {}
  for (const file of files.sort()) {
    const module: { [name: string]: unknown } = await import(join(source, file))
    for (const [name, value] of Object.entries(module)) if (isStateTable(value)) found[name] = value
  }
  return found
}

const identifier = (state: string) => state.replace(/\W/g, '_')
const plain = (word: string) => word.replaceAll('"', '')

/** A page with the drawing of one table. */
export function drawStates(name: string, { table, states, initial, final, actions }: AnyStateTable): string {
  const entries = Object.entries(actions)
  const arrows = entries.flatMap(([action, { from, to }]) =>
    from.flatMap((before) => to.map((after) => `  ${identifier(before)} --> ${identifier(after)}: ${action}`)),
  )
  const picture = [
    'stateDiagram-v2',
    ...states.map((state) => `  state "${state}" as ${identifier(state)}`),
    ...initial.map((state) => `  [*] --> ${identifier(state)}`),
    ...arrows,
    ...final.map((state) => `  ${identifier(state)} --> [*]`),
  ]
  const rows = entries.map(([action, { from, to }]) => `| ${action} | ${from.join(', ')} | ${to.join(', ')} |`)
  return [
    `# States of ${plain(table)}`,
    '',
    `Generated from \`${name}\`; do not edit.`,
    '',
    '```mermaid',
    ...picture,
    '```',
    '',
    '| Action | From | To |',
    '| --- | --- | --- |',
    ...rows,
    '',
  ].join('\n')
}

// orderStates → order
const fileName = (name: string) => name.replace(/States$/, '').replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

/** File name → page, for every table. */
export async function stateDrawings(): Promise<{ [file: string]: string }> {
  const tables = Object.entries(await stateTables())
  return Object.fromEntries(tables.map(([name, table]) => [`${fileName(name)}.md`, drawStates(name, table)]))
}
