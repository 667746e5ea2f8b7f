// What somebody who means harm sends, as a table: npm test sends each once, the soak run as often as it has time. Each is something of
// which a server once stood still, grew, or failed, or that is of the same kind.
import { request, type Target } from './wire.ts'

export type Attack = {
  name: string
  /** What is sent on a connection of its own. */
  bytes: (target: Target) => Buffer
  /** On so many connections at once; one unless said. */
  times?: number
  /** Takes seconds to send: for the soak run alone. */
  heavy?: boolean
  /** Every answer is one of these; 429 and 503 may always be. */
  statuses: readonly number[]
}

const MB = 1024 * 1024
const LOGIN = 'POST /api-auth/password/'
const ORDER = 'POST /api/marketplace-orders/'
const PROJECT = 'POST /api/projects/'
const ORDERS = '/api/marketplace-orders/'
const OPEN_OFFERINGS = '/api/marketplace-public-offerings/'

type Options = Parameters<typeof request>[2]

const sent =
  (line: string, options: Options = {}) =>
  (target: Target) =>
    request(target, line, options)

/** A body of a type, made when it is sent: the table itself holds no megabytes. */
const body =
  (line: string, type: string, make: () => string | Buffer, anonymous = false) =>
  (target: Target) =>
    request(target, line, { headers: { 'Content-Type': type }, body: make(), anonymous })

const FORM = 'application/x-www-form-urlencoded'
const JSON_TYPE = 'application/json'
const MULTIPART = 'multipart/form-data; boundary=b'
const filePart = (name: string, content: Buffer) =>
  Buffer.concat([
    Buffer.from(`--b\r\nContent-Disposition: form-data; name="${name}"; filename="x.bin"\r\n\r\n`),
    content,
    Buffer.from('\r\n--b--'),
  ])
const textParts = (count: number, name: string, text: string) =>
  `${`--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${text}\r\n`.repeat(count)}--b--`

const MULTIPARTS: readonly Attack[] = [
  { name: 'delimiters, 10 MB', bytes: body(ORDER, MULTIPART, () => '\r\n--b'.repeat((10 * MB) / 5)), statuses: [413] },
  { name: 'delimiters, 50 MB', bytes: body(ORDER, MULTIPART, () => '\r\n--b'.repeat(10 * MB)), heavy: true, statuses: [413] },
  { name: 'delimiters without a token', bytes: body(LOGIN, MULTIPART, () => '\r\n--b'.repeat(2 * MB), true), statuses: [413] },
  {
    name: 'delimiters without a token, in chunks',
    bytes: (target) => chunked(target, LOGIN, MULTIPART, '\r\n--b'.repeat(400), 400, true),
    statuses: [413],
  },
  {
    name: 'nearly delimiters',
    bytes: body(ORDER, `multipart/form-data; boundary=${'a'.repeat(70)}`, () => `\r\n--${'a'.repeat(69)}b`.repeat(60_000)),
    statuses: [400],
  },
  { name: 'line ends', bytes: body(ORDER, MULTIPART, () => '\r\n--'.repeat(MB)), statuses: [400] },
  {
    name: 'a file of 55 MB',
    bytes: body(ORDER, MULTIPART, () => filePart('name', Buffer.alloc(55 * MB, 97))),
    heavy: true,
    statuses: [400],
  },
  { name: 'a text of 55 MB', bytes: body(ORDER, MULTIPART, () => textParts(1, 'name', 'a'.repeat(55 * MB))), heavy: true, statuses: [413] },
  {
    name: '900 parts of 60 kB of headers',
    bytes: body(ORDER, MULTIPART, () => `\r\n--b\r\n${'a:b\r\n'.repeat(12_000)}\r\nx`.repeat(900)),
    heavy: true,
    statuses: [400, 413],
  },
  {
    name: '900 parts of folded headers',
    bytes: body(ORDER, MULTIPART, () => `\r\n--b\r\na:b\r\n${' :\r\n'.repeat(12_000)}\r\nx`.repeat(900)),
    heavy: true,
    statuses: [400, 413],
  },
  {
    name: 'JSON in 900 parts',
    bytes: body(ORDER, MULTIPART, () => textParts(900, 'attributes', `[${'1,'.repeat(2000)}1]`)),
    statuses: [400, 413],
  },
  {
    name: '100 parts of headers',
    bytes: body(ORDER, MULTIPART, () => `\r\n--b\r\n${'a:b\r\n'.repeat(12_000)}\r\nx`.repeat(100)),
    statuses: [400, 413],
  },
  { name: 'a file of 20 MB', bytes: body(ORDER, MULTIPART, () => filePart('name', Buffer.alloc(20 * MB, 97))), statuses: [400] },
  { name: 'no end', bytes: body(ORDER, MULTIPART, () => filePart('name', Buffer.alloc(5 * MB, 97)).subarray(0, -5)), statuses: [400] },
  {
    name: 'boundaries of every kind',
    bytes: body(ORDER, `multipart/form-data; ${'boundary=b; '.repeat(500)}boundary="\\"`, () => '--b--'),
    statuses: [400],
  },
]

const FORMS: readonly Attack[] = [
  { name: 'names without values, 1 MB', bytes: body(LOGIN, FORM, () => 'a&'.repeat(MB / 2), true), statuses: [413] },
  { name: 'names without values, 4 MB', bytes: body(ORDER, FORM, () => 'a&'.repeat(2 * MB)), statuses: [413] },
  { name: 'names without values, 60 kB', bytes: body(LOGIN, FORM, () => 'a&'.repeat(30_000), true), statuses: [413], times: 20 },
  ...['=', '%', '+', '%41', '%ff', ';', '&'].map((text) => ({
    name: `${text} for 4 MB`,
    bytes: body(ORDER, FORM, () => text.repeat(Math.floor((4 * MB) / text.length))),
    statuses: [400, 413],
  })),
  { name: 'JSON in 900 fields', bytes: body(ORDER, FORM, () => `attributes=[${'1,'.repeat(2000)}1]&`.repeat(900)), statuses: [400, 413] },
]

const repeated = (text: string, bytes = 4 * MB - 64) => text.repeat(Math.floor(bytes / text.length))
const orderWith = (part: string) => `{"attributes": ${part}}`

const JSONS: readonly Attack[] = [
  ['open lists', () => repeated('[')],
  ['open objects', () => repeated('{"a":')],
  ['values', () => `[${repeated('1,')}1]`],
  ['spaces', () => repeated(' ')],
  ['a text', () => orderWith(`{"name": "${repeated('a')}"}`)],
  ['escapes', () => orderWith(`{"name": "${repeated('\\n')}"}`)],
  ['escaped letters', () => orderWith(`{"name": "${repeated('\\u00e9')}"}`)],
  ['half surrogates', () => orderWith(`{"name": "${repeated('\\ud800')}"}`)],
  ['letters of four bytes', () => orderWith(`{"name": "${repeated('💡')}"}`)],
  ['digits', () => repeated('9')],
  ['whole numbers of 80 digits', () => orderWith(`[${repeated(`${'9'.repeat(80)},`)}1]`)],
  ['decimals', () => orderWith(`[${repeated(`0.${'1'.repeat(80)},`)}1]`)],
  ['keys', () => orderWith(`{${Array.from({ length: 24_000 }, (_, i) => `"k${i}":"${'x'.repeat(120)}"`).join()}}`)],
  ['the same key', () => orderWith(`{${Array.from({ length: 24_000 }, () => `"k":"${'x'.repeat(120)}"`).join()}}`)],
  ['keys that are wrong', () => `{"limits": {${Array.from({ length: 24_000 }, (_, i) => `"k${i}":"x"`).join()}}}`],
  ['keys of every object', () => `{"limits": {"constructor": "x", "toString": "x", "__proto__": {"a": 1}, "hasOwnProperty": 1}}`],
  ['minus signs', () => `[${repeated('-')}`],
  ['nearly NaN', () => `[${repeated('Na')}`],
  ['no UTF-8', () => Buffer.alloc(4 * MB - 64, 0xff)],
  ['zeros', () => Buffer.alloc(4 * MB - 64)],
].map(([name, make]) => ({ name: `JSON: ${name}`, bytes: body(ORDER, JSON_TYPE, make as () => string | Buffer), statuses: [400, 413] }))

const HTMLS: readonly Attack[] = [
  '<',
  '<a ',
  '<!--',
  '<b>',
  '</b>',
  '&',
  '<a href="',
  '<a href=javascript:',
  '<svg><style>',
  '<script',
  '<![CDATA[',
].map((text) => ({
  name: `rich text of ${text}`,
  bytes: body(PROJECT, JSON_TYPE, () => JSON.stringify({ name: 'x', description: repeated(text, 262_000) })),
  statuses: [400],
}))

const OTHER_BODIES: readonly Attack[] = [
  { name: 'a body in chunks of one byte', bytes: (target) => chunked(target, ORDER, JSON_TYPE, 'a', 200_000), statuses: [400] },
  {
    name: 'a compressed body',
    bytes: sent(ORDER, { headers: { 'Content-Type': JSON_TYPE, 'Content-Encoding': 'gzip' }, body: Buffer.from([0x1f, 0x8b, 8, 0, 0]) }),
    statuses: [400],
  },
  {
    name: 'a charset',
    bytes: sent(ORDER, { headers: { 'Content-Type': `${JSON_TYPE}; charset=utf-16` }, body: Buffer.from('{"name": "x"}', 'utf16le') }),
    statuses: [400],
  },
  {
    name: 'a type of 12 kB',
    bytes: sent(ORDER, { headers: { 'Content-Type': `${JSON_TYPE}${'; a=b'.repeat(2000)}` }, body: '{}' }),
    statuses: [400, 415],
  },
  {
    name: 'too much without a token',
    bytes: body(LOGIN, JSON_TYPE, () => `{"username": "${'x'.repeat(3 * MB)}"}`, true),
    statuses: [413],
    times: 10,
  },
  {
    name: 'a length that is a lie',
    bytes: sent(ORDER, { headers: { 'Content-Type': JSON_TYPE, 'Content-Length': '62000000' }, body: '{}' }),
    statuses: [413],
  },
  {
    name: 'trailers',
    bytes: (target) =>
      Buffer.concat([chunked(target, ORDER, JSON_TYPE, '{}', 1).subarray(0, -2), Buffer.from(`${'X-A: b\r\n'.repeat(1000)}\r\n`)]),
    statuses: [400, 431],
  },
  {
    name: 'a promise to go on',
    bytes: sent(ORDER, { headers: { 'Content-Type': JSON_TYPE, Expect: '100-continue' }, body: '{}' }),
    statuses: [400],
  },
  {
    name: 'a promise of something else',
    bytes: sent(ORDER, { headers: { 'Content-Type': JSON_TYPE, Expect: 'miracles' }, body: '{}' }),
    statuses: [400, 417],
  },
  {
    name: 'passwords',
    bytes: body(LOGIN, JSON_TYPE, () => JSON.stringify({ username: `u${Math.random()}`, password: 'x'.repeat(128) }), true),
    statuses: [401],
    times: 60,
  },
]

function chunked(target: Target, line: string, type: string, chunk: string, count: number, anonymous = false): Buffer {
  const head = request(target, line, { headers: { 'Content-Type': type, 'Transfer-Encoding': 'chunked' }, anonymous })
  return Buffer.concat([
    head,
    Buffer.from(`${Buffer.byteLength(chunk).toString(16)}\r\n${chunk}\r\n`.repeat(count)),
    Buffer.from('0\r\n\r\n'),
  ])
}

const long = (text: string, length = 7500) => text.repeat(Math.floor(length / text.length))
const U = '0'.repeat(32)

/** One of every kind of filter, as long or as many as there is room for. */
const QUERIES: readonly Attack[] = [
  ['a text', `query=${long('a')}`],
  ['jokers', `query=${long('%25_', 400)}`],
  ['a text of 400', `query=${'ab '.repeat(133)}`.replaceAll(' ', '%20')],
  ['one letter', 'query=a'],
  ['a text of Cyrillic', `query=${'%D0%B0'.repeat(400)}`],
  ['uuids', `uuid=${Array.from({ length: 200 }, () => U).join()}`],
  ['more uuids', `project_uuid=${long(`${U},`)}`],
  ['words', `type=${long('Create&type=', 7000)}Create`],
  ['commas', `state=${long(',')}`],
  ['moments', `created=${long('9')}`],
  ['moments of spaces', `created=2026-01-01T00:00:00${long('%20', 1200)}x`],
  ['URLs', `offering=http://${long('a/')}`],
  ['a name a thousand times', long('query=a&')],
  ['names', Array.from({ length: 900 }, (_, i) => `a${i}=b`).join('&')],
  ['ampersands', long('&')],
  ['orders', `o=${long('created,-state,')}`],
  ['fields', long('field=uuid&')],
  ['other fields', Array.from({ length: 500 }, (_, i) => `field=f${i}`).join('&')],
  ['pages', `page=${'9'.repeat(15)}&page_size=300`],
  ['percent signs', `query=${long('%')}`],
  ['zeros', `query=${long('%00', 300)}`],
  ['half surrogates', `query=${long('%ED%A0%80', 300)}`],
  ['keys of every object', 'o=constructor&field=__proto__&__proto__=a&toString=b&state=constructor'],
].map(([name, query]) => ({ name: `query: ${name}`, bytes: sent(`GET ${ORDERS}?${query}`), statuses: [200, 400, 404, 414] }))

const TARGETS: readonly Attack[] = [
  {
    name: 'a whole URL without a token',
    bytes: (target) => request(target, `GET http://${target.host}/api/`, { anonymous: true }),
    statuses: [401],
  },
  { name: 'escaped letters of a path without a token', bytes: sent('GET /%61pi/', { anonymous: true }), statuses: [401, 404] },
  { name: 'an address of 12 kB', bytes: sent(`GET /api/${'a/'.repeat(6000)}`, { anonymous: true }), statuses: [414], times: 10 },
  { name: 'an unknown address of 7 kB', bytes: sent(`GET /api/${'a/'.repeat(3500)}`, { anonymous: true }), statuses: [404], times: 10 },
  { name: 'slashes', bytes: sent(`GET ${'/'.repeat(7000)}`, { anonymous: true }), statuses: [404] },
  { name: 'dots', bytes: sent(`GET /api/${'%2e%2e/'.repeat(1000)}`, { anonymous: true }), statuses: [404] },
  { name: 'a key of 7 kB', bytes: sent(`GET ${ORDERS}${'0'.repeat(7000)}/`), statuses: [404] },
  { name: 'percent signs in a path', bytes: sent(`GET /api/${'%25'.repeat(2000)}/`), statuses: [404] },
  { name: 'a method of 16 kB', bytes: sent(`${'A'.repeat(15_000)} /api/`), statuses: [400, 405] },
  { name: 'a tunnel', bytes: sent('CONNECT example.org:443'), statuses: [400, 404, 405] },
  { name: 'OPTIONS of everything', bytes: sent('OPTIONS *', { anonymous: true }), statuses: [404] },
  { name: 'another protocol', bytes: sent('GET /api/', { headers: { Connection: 'Upgrade, close', Upgrade: 'h2c' } }), statuses: [200] },
]

const header = (name: string, value: string, line = `GET ${ORDERS}?page_size=1`): Attack => ({
  name: `header ${name}: ${value.slice(0, 12)}…`,
  bytes: sent(line, { headers: { [name]: value } }),
  statuses: [200, 304, 400, 401, 403, 404, 406, 412, 431],
})

const HEADERS: readonly Attack[] = [
  ...[
    'Accept',
    'Accept-Encoding',
    'Accept-Language',
    'Cookie',
    'If-None-Match',
    'If-Match',
    'Range',
    'X-Forwarded-For',
    'Origin',
    'X-A',
  ].map((name) => header(name, long('a, ', 14_000))),
  header('Accept', `${long('application/', 14_000)}x`),
  header('Accept-Encoding', `gzip${' '.repeat(14_000)};q=1`, 'GET /api/schema/'),
  header('Authorization', `Token${' '.repeat(14_000)}x`),
  header('Authorization', long('a ', 14_000)),
  header('X-Impersonated-User-Uuid', long('0', 14_000)),
  header('Idempotency-Key', long('k', 14_000), 'POST /api/keys/'),
  { name: 'headers of 100 kB', bytes: sent('GET /api/', { headers: { 'X-A': 'x'.repeat(100_000) } }), statuses: [431] },
  {
    name: 'a thousand headers',
    bytes: (target) => Buffer.concat([request(target, 'GET /api/').subarray(0, -2), Buffer.from(`${'a: b\r\n'.repeat(2400)}\r\n`)]),
    statuses: [200, 431],
  },
]

const MASSES: readonly Attack[] = [
  { name: 'whether it is ready', bytes: sent('GET /health/ready', { anonymous: true }), statuses: [200], times: 300 },
  { name: 'figures', bytes: sent('GET /metrics', { anonymous: true }), statuses: [200], times: 100 },
  { name: 'the description', bytes: sent('GET /api/schema/', { anonymous: true }), statuses: [200], times: 60 },
  { name: 'the description as YAML', bytes: sent('GET /api/schema/?format=yaml', { anonymous: true }), statuses: [200], times: 60 },
  { name: 'the page of the description', bytes: sent('GET /api/docs/', { anonymous: true }), statuses: [200], times: 60 },
  { name: 'what is on offer', bytes: sent(`GET ${OPEN_OFFERINGS}?page_size=300`, { anonymous: true }), statuses: [200], times: 100 },
  {
    name: 'bad tokens',
    bytes: (target) => request({ ...target, token: `${Math.random()}` }, 'GET /api/keys/'),
    statuses: [401],
    times: 300,
  },
  { name: 'requests behind each other', bytes: (target) => pipelined(target, `GET ${OPEN_OFFERINGS}`, 1500), statuses: [200] },
  {
    name: 'the least of requests behind each other',
    bytes: (target) =>
      Buffer.concat([Buffer.from('GET / HTTP/1.1\r\nHost:a\r\n\r\n'.repeat(10_000)), request(target, 'GET /', { anonymous: true })]),
    statuses: [404],
  },
  { name: 'requests for nothing behind each other', bytes: (target) => pipelined(target, 'GET /api/nothing/', 1500), statuses: [404] },
]

const pipelined = (target: Target, line: string, count: number): Buffer => {
  const kept = request(target, line, { headers: { Connection: 'keep-alive' }, anonymous: true })
  return Buffer.concat([...Array.from({ length: count - 1 }, () => kept), request(target, line, { anonymous: true })])
}

/** All of them. */
export const ATTACKS: readonly Attack[] = [
  ...MULTIPARTS.map((one) => ({ ...one, name: `multipart: ${one.name}` })),
  ...FORMS.map((one) => ({ ...one, name: `form: ${one.name}` })),
  ...JSONS,
  ...HTMLS,
  ...OTHER_BODIES,
  ...QUERIES,
  ...TARGETS,
  ...HEADERS,
  ...MASSES,
]
