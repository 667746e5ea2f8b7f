// Page numbers in, headers out (platform.md §3.1).

import { invalidPage } from './errors.ts'
import { type Query, valuesOf } from './query.ts'

export const PAGE_SIZE_DEFAULT = 10
export const PAGE_SIZE_MAX = 300

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

/** `X-Result-Count` and `Link` for page `number` of a list at `address` (absolute, without its query). */
export function pageHeaders(address: string, query: Query, count: number, number: number, size: number): Record<string, string> {
  const last = pagesIn(count, size)
  const relations: [string, number][] = [['first', 1]]
  if (number > 1) relations.push(['prev', number - 1])
  if (number < last) relations.push(['next', number + 1])
  relations.push(['last', last])
  const link = relations.map(([relation, page]) => `<${pageUrl(address, query, page)}>; rel="${relation}"`).join(', ')
  return { 'X-Result-Count': String(count), Link: link }
}
