// The HTTP client of the tests. It checks every successful answer against the description that the server publishes
// and against the contract, and notes the operation as exercised. What a test sends and expects is the test's affair.

import type { Facts, Operation } from '../../tools/contract-facts.ts'
import { unnamed } from '../../tools/contract-facts.ts'
import { contractFacts, type Departure, departuresMeant, describedFacts, type Excuse, excuses } from './contract.ts'
import { compareAnswer } from './contract-answer.ts'
import { noteExcused, noteExercised } from './exercised.ts'

/** What the client needs of the server; `openapi` gives the description without a request. */
export type Injectable = {
  openapi?(): unknown
  inject(request: { method: Method; url: string; headers: { [name: string]: string }; payload?: string | Buffer }): Promise<{
    statusCode: number
    headers: { [name: string]: unknown }
    payload: string
  }>
}

type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS'

type Value = string | number | boolean
export type Query = { [name: string]: Value | readonly Value[] | undefined }
export type Headers = { [name: string]: string }
export type Options = { query?: Query; headers?: Headers }

/** Parsed JSON: its shape was checked, its content is for the test to assert. */
export type Body = ReturnType<typeof JSON.parse>

/** `body` is undefined when the answer is empty or no JSON; header names are in lower case. */
export type Answer = { status: number; body: Body; headers: { [name: string]: string | undefined }; text: string }

export type Files = { [name: string]: string | File | readonly (string | File)[] }

export type Client = {
  get(path: string, options?: Options): Promise<Answer>
  head(path: string, options?: Options): Promise<Answer>
  options(path: string, options?: Options): Promise<Answer>
  post(path: string, body?: unknown, options?: Options): Promise<Answer>
  put(path: string, body?: unknown, options?: Options): Promise<Answer>
  patch(path: string, body?: unknown, options?: Options): Promise<Answer>
  delete(path: string, body?: unknown, options?: Options): Promise<Answer>
  /** As multipart/form-data; a list sends its name several times. */
  upload(path: string, fields: Files, options?: Options & { method?: Method }): Promise<Answer>
  /** The bytes as they are: for what is no valid JSON, or another content type. */
  send(method: Method, path: string, payload: string | Buffer | undefined, options?: Options): Promise<Answer>
}

/**
 * A client for an app that listens nowhere. Paths may be absolute URLs as the server gives them out.
 * `checked: false` is for an app that publishes no description.
 */
export function client(app: Injectable, { token, checked = true }: { token?: string; checked?: boolean } = {}): Client {
  const send: Client['send'] = async (method, path, payload, { query, headers } = {}) => {
    const url = target(path, query)
    const answer = await app.inject({
      method,
      url,
      headers: { ...(token ? { authorization: `Token ${token}` } : {}), ...headers },
      ...(payload === undefined ? {} : { payload }),
    })
    const read = readAnswer(method, answer)
    if (checked) await checkAnswer(app, method, url, read)
    return read
  }
  const json =
    (method: Method) =>
    (path: string, body?: unknown, options: Options = {}) =>
      body === undefined
        ? send(method, path, undefined, options)
        : send(method, path, JSON.stringify(body), { ...options, headers: { 'content-type': 'application/json', ...options.headers } })
  return {
    send,
    get: (path, options) => send('GET', path, undefined, options),
    head: (path, options) => send('HEAD', path, undefined, options),
    options: (path, options) => send('OPTIONS', path, undefined, options),
    post: json('POST'),
    put: json('PUT'),
    patch: json('PATCH'),
    delete: json('DELETE'),
    upload: async (path, fields, { method = 'POST', ...options } = {}) => {
      const form = await multipart(fields)
      return send(method, path, form.payload, { ...options, headers: { 'content-type': form.type, ...options.headers } })
    },
  }
}

function target(path: string, query: Query = {}): string {
  const local = path.replace(/^https?:\/\/[^/]+/, '')
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    for (const one of value === undefined ? [] : [value].flat()) parameters.append(name, String(one))
  }
  return parameters.size === 0 ? local : `${local}${local.includes('?') ? '&' : '?'}${parameters}`
}

async function multipart(fields: Files): Promise<{ payload: Buffer; type: string }> {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) {
    for (const one of [value].flat()) {
      if (typeof one === 'string') form.append(name, one)
      else form.append(name, one)
    }
  }
  const encoded = new Response(form)
  return { payload: Buffer.from(await encoded.arrayBuffer()), type: encoded.headers.get('content-type') ?? '' }
}

function readAnswer(method: Method, answer: Awaited<ReturnType<Injectable['inject']>>): Answer {
  const headers = Object.fromEntries(
    Object.entries(answer.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : value === undefined ? value : String(value),
    ]),
  )
  const text = answer.payload
  const isJson = headers['content-type']?.includes('json') === true && text !== '' && method !== 'HEAD'
  return { status: answer.statusCode, body: isJson ? JSON.parse(text) : undefined, headers, text }
}

/** The facts of the description that an app serves, and the way from a request to its operation. */
type Served = { facts: Facts; find: (method: string, path: string) => string | undefined }

const servedBy = new WeakMap<Injectable, Promise<Served>>()

function served(app: Injectable): Promise<Served> {
  const known = servedBy.get(app) ?? readDescription(app)
  servedBy.set(app, known)
  return known
}

async function readDescription(app: Injectable): Promise<Served> {
  const facts = describedFacts(JSON.parse(app.openapi ? JSON.stringify(app.openapi()) : await fetchDescription(app)))
  return { facts, find: pathFinder(Object.keys(facts.operations)) }
}

async function fetchDescription(app: Injectable): Promise<string> {
  const { statusCode, payload } = await app.inject({ method: 'GET', url: '/api/schema/', headers: { accept: 'application/json' } })
  if (statusCode !== 200) throw new Error(`GET /api/schema/ answered ${statusCode}: nothing to check answers against`)
  return payload
}

/** Finds the operation of a request among keys like `GET /api/projects/{uuid}/`; a literal part wins over a parameter. */
export function pathFinder(keys: readonly string[]): Served['find'] {
  const known = keys.map((key) => {
    const literals = key.replace(/\{[^}]+\}/g, '').length
    const source = key.replace(/[.+?^$()|[\]\\]/g, '\\$&').replace(/\{[^}]+\}/g, '[^/]+')
    return { key, literals, pattern: new RegExp(`^${source}$`) }
  })
  known.sort((a, b) => b.literals - a.literals)
  return (method, path) => known.find(({ pattern }) => pattern.test(`${method} ${path}`))?.key
}

/** Beside the API: its description, and the page that shows it. Their own tests say what they answer. */
const BESIDE: readonly string[] = ['/api/schema/', '/api/docs/']

const EMPTY: ReadonlySet<string> = new Set()

async function checkAnswer(app: Injectable, method: Method, url: string, answer: Answer): Promise<void> {
  const [path = '', query = ''] = url.split('?')
  if (method === 'OPTIONS' || !path.startsWith('/api')) return
  if (BESIDE.includes(path)) {
    if (answer.status === 200) noteExercised(`${method} ${path}`)
    return
  }
  if (answer.body !== undefined && answer.headers['content-type'] !== 'application/json') {
    throw violation(`${method} ${path}`, answer, [`content type ${answer.headers['content-type']}, clients take application/json only`])
  }
  if (answer.status < 200 || answer.status > 299) return
  const { facts, find } = await served(app)
  const key = find(method, path)
  const operation = key === undefined ? undefined : facts.operations[key]
  if (key === undefined || !operation) throw violation(`${method} ${path}`, answer, ['answered with success, but is not described'])
  noteExercised(key)
  const partial = new URLSearchParams(query).has('field')
  // A page for people, a file: the description says so by declaring no JSON, and there is nothing to compare.
  if (answer.body === undefined && answer.text !== '' && !operation.answers[answer.status]) return
  const body = answer.body
  const own = compareAnswer(facts, key, answer.status, body, { partial, closed: true }).map((one) => one.text)
  if (operation.counted && !answer.headers['x-result-count']) own.push('no X-Result-Count header')
  const promised = promisedBy(key)
  const owed = promised ? departuresFrom(promised, answer, { partial, conditional: conditionalKeys(facts, operation, answer.status) }) : []
  if (own.length + owed.length > 0) throw violation(key, answer, [...own, ...owed.map((text) => `${text} (by the contract)`)])
}

/** Keys at the top of an answer that the description shows to some callers only. */
function conditionalKeys(facts: Facts, operation: Operation, status: number): ReadonlySet<string> {
  const answer = operation.answers[status]
  const item = answer?.items ?? answer
  const fields = item?.fields ?? facts.schemas[item?.ref ?? '']?.fields
  return fields ? new Set(Object.keys(fields).filter((name) => fields[name]?.conditional)) : EMPTY
}

let promises: ReadonlyMap<string, string> | undefined
/** The contract's key of an operation; its parameters are named alike or not. */
function promisedBy(key: string): string | undefined {
  promises ??= new Map(Object.keys(contractFacts().operations).map((one) => [unnamed(one), one]))
  return promises.get(unnamed(key))
}

let meant: Excuse[] | undefined
function departuresFrom(operation: string, answer: Answer, options: { partial: boolean; conditional: ReadonlySet<string> }): string[] {
  meant ??= departuresMeant()
  const found = compareAnswer(contractFacts(), operation, answer.status, answer.body, { ...options, nullsShown: true })
  return found.filter((departure) => !isMeant(meant ?? [], departure)).map((departure) => departure.text)
}

function isMeant(excusesGiven: Excuse[], departure: Departure): boolean {
  const places = excusesGiven.flatMap((excuse, place) => (excuses(excuse, departure) ? [place] : []))
  for (const place of places) noteExcused(place)
  return places.length > 0
}

const SHOWN_MAX = 12
const TEXT_MAX = 500

const violation = (operation: string, answer: Answer, texts: string[]): Error => {
  const listed = texts.slice(0, SHOWN_MAX).join('\n  ')
  const more = texts.length > SHOWN_MAX ? `\n  and ${texts.length - SHOWN_MAX} more` : ''
  return new Error(
    `${operation} does not answer as described:\n  ${listed}${more}\nIt answered ${answer.status} ${answer.text.slice(0, TEXT_MAX)}`,
  )
}
