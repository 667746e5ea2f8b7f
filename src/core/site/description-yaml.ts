// The description as YAML, written piece by piece: as a whole it takes longer than anybody should wait for others.
import { setImmediate as turn } from 'node:timers/promises'
import { stringify } from 'yaml'

const OPTIONS = { aliasDuplicateObjects: false }
/** Levels that are gone through: sections, then paths and kinds of components, then single schemas. */
const LEVELS = 3

type Piece = { indent: string; text: string }

function* piecesOf(value: object, level = 0): Generator<Piece> {
  const indent = '  '.repeat(level)
  for (const [key, part] of Object.entries(value)) {
    const opened = level < LEVELS - 1 && typeof part === 'object' && part !== null && !Array.isArray(part) && Object.keys(part).length > 0
    yield { indent, text: stringify({ [key]: opened ? {} : part }, OPTIONS).replace(opened ? / \{\}\n$/ : /$^/, '\n') }
    if (opened) yield* piecesOf(part, level + 1)
  }
}

/** As `stringify` of all of it. */
export async function yamlOf(value: object): Promise<string> {
  let text = ''
  for (const { indent, text: piece } of piecesOf(value)) {
    text += piece.replace(/^(?=.)/gm, indent)
    await turn()
  }
  return text
}
