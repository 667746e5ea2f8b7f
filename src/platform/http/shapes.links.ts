// URLs of objects in bodies (platform.md §2.5): whether a text is one, and whether what it names exists for the caller.
import { readUuid } from './filters.ts'
import { ask, LATER_MAX, type Later, later } from './shapes.later.ts'
import { bad, NOT_NULL, typeName } from './shapes.read.ts'

/**
 * What a link names. `path` is a collection's, or a pattern with `{…}` where the path holds several uuids. `find` gets
 * the last of them and all; undefined when the row does not exist for the caller.
 */
export type LinkTarget<Row> = { path: string; find: (uuid: string, context: unknown, uuids: readonly string[]) => Promise<Row | undefined> }

const patterns = new Map<string, RegExp>()

/** Makes a path known as one of an object, so that a link to it in the wrong field is told from junk. */
export function registerLinkPath(path: string): RegExp {
  const whole = path.includes('{') ? path : `${path}{uuid}/`
  const pattern = patterns.get(whole) ?? new RegExp(`^${whole.replace(/\{[^}]+\}/g, '([0-9a-fA-F-]+)')}$`)
  patterns.set(whole, pattern)
  return pattern
}

const NO_MATCH = 'Invalid hyperlink - No URL match.'

// Any host will do: behind a proxy the caller may know the server by another name.
const pathOf = (url: string) => /^(?:https?:\/\/[^/?#]*)?(\/[^?#]*)/i.exec(url.trim())?.[1] ?? ''

/** The row that a URL will name, once looked up. */
export function readLink<Row>(value: unknown, { path, find }: LinkTarget<Row>): Later<Row> {
  if (value === '' || value === null) return bad(NOT_NULL)
  if (typeof value !== 'string') return bad(`Incorrect type. Expected URL string, received ${typeName(value)}.`)
  const sent = pathOf(value)
  const uuids = registerLinkPath(path)
    .exec(sent)
    ?.slice(1)
    .map((key) => readUuid(key) ?? bad(NO_MATCH))
  const uuid = uuids?.at(-1)
  if (!uuids || !uuid) {
    const known = [...patterns.values()].some((pattern) => pattern.exec(sent)?.slice(1).every(readUuid))
    return bad(known ? 'Invalid hyperlink - Incorrect URL match.' : NO_MATCH)
  }
  return later(async (context) => (await find(uuid, context, uuids)) ?? bad('Invalid hyperlink - Object does not exist.'))
}

/** The rows of a list of URLs. One text for the whole list, that of its first bad link. */
export function readLinks<Row>(values: readonly unknown[], target: LinkTarget<Row>): Later<Row[]> {
  if (values.length > LATER_MAX) bad(`Ensure this field has no more than ${LATER_MAX} elements.`)
  const read = values.map((value) => readLink(value, target))
  return later(async (context) => {
    const rows: Row[] = []
    for (const one of read) rows.push(await ask(one, context))
    return rows
  })
}
