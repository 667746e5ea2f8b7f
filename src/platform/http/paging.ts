// Page numbers in, headers out (platform.md §3.1).
import { invalidPage, tooLong } from './errors.ts'
import { type Query, valuesOf } from './query.ts'

export const PAGE_SIZE_DEFAULT = 10
export const PAGE_SIZE_MAX = 300

/** Characters of a request's address, of which links to other pages repeat the most. 200 uuids fit. */
export const TARGET_MAX = 8000
/** Of a Link header: clients and proxies take 8 KiB of headers, or 16. */
const LINK_MAX = 8000

export type Page = { number: number | 'last'; size: number }

const lastOf = (query: Query, name: string) => valuesOf(query, name).at(-1)

/** The page asked for. A size that makes no sense becomes 10, one too large 300; a page that makes no sense is 404. */
export function readPage(query: Query): Page {
  const sent = lastOf(query, 'page_size') ?? ''
  const size = /^\d{1,9}$/.test(sent) && Number(sent) > 0 ? Math.min(Number(sent), PAGE_SIZE_MAX) : PAGE_SIZE_DEFAULT
  const page = lastOf(query, 'page') ?? ''
  if (page === '') return { number: 1, size }
  if (page === 'last') return { number: 'last', size }
  if (!/^\d{1,15}$/.test(page) || Number(page) < 1) throw invalidPage()
  return { number: Number(page), size }
}

export const pagesIn = (count: number, size: number) => Math.max(1, Math.ceil(count / size))

// As Python's urlencode writes it, which the field's clients compare with: a comma is %2C, or they would cut the header there.
const encode = (text: string) =>
  encodeURIComponent(text.toWellFormed())
    .replace(/%20/g, '+')
    .replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)

function pageUrl(address: string, query: Query, page: number): string {
  const pairs = Object.keys(query)
    .filter((name) => name !== 'page')
    .flatMap((name) => valuesOf(query, name).map((value): [string, string] => [name, value]))
  if (page > 1) pairs.push(['page', String(page)])
  pairs.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  const text = pairs.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&')
  return text === '' ? address : `${address}?${text}`
}

/** 414 for a query that a link to the next page cannot repeat: written as links are, it may be three times as long as it was sent. */
export function requireRepeatable(address: string, query: Query): void {
  if (relation(pageUrl(address, query, Number.MAX_SAFE_INTEGER), 'next').length > LINK_MAX) throw tooLong(LINK_MAX)
}

const relation = (url: string, name: string) => `<${url}>; rel="${name}"`

/** Relations by how much a client needs them: past the bound the last of these are left out. */
const NEEDED = ['next', 'prev', 'first', 'last']

/** As many of the relations as a header holds, in the order given. */
function linkOf(relations: readonly { name: string; text: string }[]): string {
  let room = LINK_MAX
  const byNeed = [...relations].sort((a, b) => NEEDED.indexOf(a.name) - NEEDED.indexOf(b.name))
  const told = new Set(
    byNeed.filter(({ text }) => {
      room -= text.length
      return room >= 0
    }),
  )
  return relations.flatMap((one) => (told.has(one) ? [one.text] : [])).join(', ')
}

/** `X-Result-Count` and `Link` for page `number` of a list at `address` (absolute, without its query). */
export function pageHeaders(address: string, query: Query, count: number, number: number, size: number): Record<string, string> {
  const last = pagesIn(count, size)
  const relations: [string, number][] = [['first', 1]]
  if (number > 1) relations.push(['prev', number - 1])
  if (number < last) relations.push(['next', number + 1])
  relations.push(['last', last])
  const link = linkOf(relations.map(([name, page]) => ({ name, text: relation(pageUrl(address, query, page), name) })))
  return { 'X-Result-Count': String(count), Link: link }
}
