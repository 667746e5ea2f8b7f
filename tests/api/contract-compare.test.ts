// The comparing itself: a description that is as promised departs in nothing, a damaged one in exactly what was damaged.
import { expect, test } from 'vitest'
import { type Facts, factsOf, linesOfFacts, unnamed } from '../../tools/contract-facts.ts'
import { client, type Injectable, pathFinder } from '../support/client.ts'
import { compareDescription, contractFacts, excuses } from '../support/contract.ts'
import { compareAnswer } from '../support/contract-answer.ts'

const thing = {
  type: 'object',
  required: ['uuid', 'parts'],
  properties: {
    uuid: { type: 'string', format: 'uuid', readOnly: true },
    state: { allOf: [{ $ref: '#/components/schemas/State' }], readOnly: true },
    mood: { oneOf: [{ $ref: '#/components/schemas/State' }, { enum: [''] }, { enum: [null] }] },
    note: { type: 'string', nullable: true },
    parts: { type: 'array', items: { type: 'object', required: ['size'], properties: { size: { type: 'integer' } } } },
    prices: { type: 'object', additionalProperties: { type: 'string', format: 'decimal' } },
    parent: { $ref: '#/components/schemas/Thing' },
  },
}

const document = {
  components: {
    schemas: {
      State: { type: 'string', enum: ['new', 'done'] },
      Thing: thing,
      ThingRequest: {
        type: 'object',
        required: ['name'],
        properties: { name: { type: 'string' }, note: { type: 'string', nullable: true } },
      },
    },
  },
  paths: {
    '/api/things/': {
      get: {
        operationId: 'things_list',
        'x-tier': 'core',
        parameters: [
          { in: 'query', name: 'state', schema: { type: 'array', items: { type: 'string', enum: ['new', 'done'] } } },
          { in: 'query', name: 'o', explode: false, schema: { type: 'array', items: { type: 'string', enum: ['name'] } } },
        ],
        responses: { 200: answer({ type: 'array', items: { $ref: '#/components/schemas/Thing' } }) },
      },
      post: {
        operationId: 'things_create',
        'x-tier': 'support',
        requestBody: { required: true, content: { 'application/json': { schema: { $ref: '#/components/schemas/ThingRequest' } } } },
        responses: { 201: answer({ $ref: '#/components/schemas/Thing' }) },
      },
    },
    '/api/things/{uuid}/': {
      delete: { operationId: 'things_destroy', 'x-tier': 'core', responses: { 204: {} } },
    },
  },
}

function answer(schema: unknown) {
  return { content: { 'application/json': { schema } } }
}

const facts = factsOf(document)

type Loose = { [key: string]: Loose | undefined }
/** Sets the value at a place, a path of names with blanks between; undefined removes it. */
function put(at: Loose, place: string, value: unknown): void {
  const steps = place.split(' ')
  const last = steps.pop() as string
  const holder = steps.reduce((inner, step) => inner[step] as Loose, at)
  if (value === undefined) delete holder[last]
  else holder[last] = value as Loose
}

/** The departures of a copy of the document that was changed at some places. */
function departuresWhen(changes: { [place: string]: unknown }): string[] {
  const copy = structuredClone(document) as unknown as Loose
  // A nullable key at the top counts as always there, so a description that departs in nothing requires it.
  put(copy, 'components schemas Thing required', ['uuid', 'parts', 'note', 'mood'])
  for (const [place, value] of Object.entries(changes)) put(copy, place, value)
  return compareDescription(facts, copy).map(({ operation, text }) => `${operation}  ${text}`)
}

const THING = 'components schemas Thing properties'
const LIST = 'paths /api/things/ get'
const CREATE = 'paths /api/things/ post'

test('a description that is the contract itself departs in nothing', () => {
  expect(departuresWhen({})).toEqual([])
})

test('the whole contract, written as a description of the newer kind, departs in nothing', () => {
  const whole = contractFacts()
  expect(compareDescription(whole, asOpenApi(whole)).filter(({ text }) => !text.includes('named by the reference page'))).toEqual([])
})

test.each<[string, { [place: string]: unknown }, string[]]>([
  ['an operation is missing', { 'paths /api/things/{uuid}/ delete': undefined }, ['DELETE /api/things/{uuid}/  operation missing']],
  [
    'an operation has another id',
    { [`${LIST} operationId`]: 'things' },
    ['GET /api/things/  operationId things, the contract has things_list'],
  ],
  [
    'a parameter is missing',
    { [`${LIST} parameters`]: [document.paths['/api/things/'].get.parameters[0]] },
    ['GET /api/things/  query o: missing'],
  ],
  [
    'a parameter takes one value and fewer words',
    {
      [`${LIST} parameters`]: [
        { in: 'query', name: 'state', schema: { type: 'string', enum: ['new'] } },
        document.paths['/api/things/'].get.parameters[1],
      ],
    },
    ['GET /api/things/  query state: one value only, the contract takes several', 'GET /api/things/  query state: enum lacks done'],
  ],
  [
    'a field is missing and another may be null',
    { [`${THING} prices`]: undefined, [`${THING} uuid`]: { type: ['string', 'null'], format: 'uuid' } },
    [
      'GET /api/things/  200[].uuid: may be null, the contract has it never null',
      'GET /api/things/  200[].prices: missing',
      'POST /api/things/  201.uuid: may be null, the contract has it never null',
      'POST /api/things/  201.prices: missing',
    ],
  ],
  [
    'a nested field has another type and may be left out',
    { [`${THING} parts items`]: { type: 'object', properties: { size: { type: 'string' } } } },
    [
      'GET /api/things/  200[].parts[].size: may be left out, the contract always has it',
      'GET /api/things/  200[].parts[].size: type string, the contract has number',
      'POST /api/things/  201.parts[].size: may be left out, the contract always has it',
      'POST /api/things/  201.parts[].size: type string, the contract has number',
    ],
  ],
  [
    'the items of a list are anything',
    { [`${THING} parts`]: { type: 'array' } },
    ['GET /api/things/  200[].parts[]: not described', 'POST /api/things/  201.parts[]: not described'],
  ],
  [
    'a body refuses null, requires more and less',
    {
      'components schemas ThingRequest': {
        type: 'object',
        required: ['note', 'size'],
        properties: { name: { type: 'string' }, note: { type: 'string' }, size: { type: 'integer' } },
      },
    },
    [
      'POST /api/things/  body.note: null is refused, the contract takes it',
      'POST /api/things/  body.note: required, the contract has it optional',
      'POST /api/things/  body.size: required, the contract has it optional (unknown there)',
      'POST /api/things/  body.name: optional, the contract requires it',
    ],
  ],
  [
    'another status, a body where none is promised, none where one is',
    {
      [`${CREATE} responses`]: { 200: {} },
      [`${LIST} responses`]: { 200: {} },
      'paths /api/things/{uuid}/ delete responses': { 204: answer(thing) },
    },
    [
      'GET /api/things/  response 200: no body declared',
      'POST /api/things/  response 201: not declared (has 200)',
      'DELETE /api/things/{uuid}/  response 204: a body declared, the contract has none',
    ],
  ],
])('%s', (_name, changes, expected) => {
  // The parent is a thing too, and shows the same once more.
  expect(departuresWhen(changes).filter((text) => !text.includes('.parent.'))).toEqual(expected)
})

test('a nullable key that is left out is a departure, unless some callers only are shown it', () => {
  const without = { 'components schemas Thing required': ['uuid', 'parts', 'mood'] }
  const shownToSome = { ...without, [`${THING} note`]: { type: ['string', 'null'], 'x-conditional': true } }

  expect(departuresWhen(without)).toContain('POST /api/things/  201.note: may be left out, the contract always has it')
  expect(departuresWhen(shownToSome)).toEqual([])
})

test('tier and prefix choose what is compared', () => {
  expect(compareDescription(facts, {}, { tier: 'core' })).toHaveLength(2)
  expect(compareDescription(facts, {}, { prefix: '/api/things/{' })).toHaveLength(1)
  expect(compareDescription(facts, {}, { prefix: '/api/other/' })).toEqual([])
})

const uuid = '0123456789abcdef0123456789abcdef'
const good = { uuid, state: 'new', mood: '', note: null, parts: [{ size: 1 }], prices: { cpu: '1.50' } }
const wrongIn = (status: number, body: unknown, options = {}) =>
  compareAnswer(facts, 'POST /api/things/', status, body, options).map(({ text }) => text)

test('an answer as described departs in nothing', () => {
  expect(wrongIn(201, { ...good, parent: good }, { closed: true, nullsShown: true })).toEqual([])
  expect(compareAnswer(facts, 'GET /api/things/', 200, [good, good])).toEqual([])
  expect(compareAnswer(facts, 'DELETE /api/things/{uuid}/', 204, undefined)).toEqual([])
})

test.each<[string, unknown, string]>([
  ['null', { ...good, uuid: null }, '201.uuid: null, declared never null'],
  ['another type', { ...good, parts: {} }, '201.parts: {}, declared array'],
  ['an unknown word', { ...good, state: 'old' }, '201.state: "old" is not one of the declared values'],
  ['an empty word', { ...good, state: '' }, '201.state: "" is not one of the declared values'],
  ['a fraction', { ...good, parts: [{ size: 1 }, { size: 1.5 }] }, '201.parts[].size: 1.5, declared integer'],
  [
    'a dashed uuid',
    { ...good, uuid: '01234567-89ab-cdef-0123-456789abcdef' },
    '201.uuid: "01234567-89ab-cdef-0123-456789abcdef" is no uuid',
  ],
  ['a number in a map of decimals', { ...good, prices: { cpu: 1.5 } }, '201.prices.*: 1.5, declared string'],
  ['a required key missing', { ...good, uuid: undefined, parts: [{}] }, '201.parts[].size: missing'],
  ['a fault deep inside', { ...good, parent: { ...good, parent: { ...good, note: 5 } } }, '201.parent.parent.note: 5, declared string'],
  ['no body', undefined, 'response 201: no body, one is declared'],
])('an answer with %s departs', (_name, body, expected) => {
  expect(wrongIn(201, body && JSON.parse(JSON.stringify(body)))).toContain(expected)
})

test('what may be missing depends on what was asked for and by whom', () => {
  const { note: _, ...short } = good

  expect(wrongIn(201, short)).toEqual([])
  expect(wrongIn(201, short, { nullsShown: true })).toEqual(['201.note: missing'])
  expect(wrongIn(201, short, { nullsShown: true, conditional: new Set(['note']) })).toEqual([])
  expect(wrongIn(201, { state: 'new' }, { nullsShown: true, partial: true })).toEqual([])
})

test('undeclared keys, statuses and bodies are departures', () => {
  expect(wrongIn(201, { ...good, extra: 1 }, { closed: true })).toEqual(['201.extra: not declared'])
  expect(wrongIn(200, good)).toEqual(['response 200: not declared (has 201)'])
  expect(compareAnswer(facts, 'DELETE /api/things/{uuid}/', 204, {})).toEqual([
    { operation: 'DELETE /api/things/{uuid}/', text: 'response 204: a body, none is declared' },
  ])
})

test('an excuse covers what its patterns say and nothing else', () => {
  const excuse = { operation: '* /api/things/*', text: '20*.prices.*: type string*', reason: '' }

  expect(excuses(excuse, { operation: 'GET /api/things/', text: '200[].prices.*: type string, the contract has number' })).toBe(true)
  expect(excuses(excuse, { operation: 'GET /api/thingies/', text: '200[].prices.*: type string, the contract has number' })).toBe(false)
  expect(excuses(excuse, { operation: 'GET /api/things/', text: '200[].price: type string' })).toBe(false)
})

test('a request is matched to its operation, a literal path before a parameter', () => {
  const find = pathFinder(['GET /api/things/{uuid}/', 'GET /api/things/count/', 'POST /api/things/{uuid}/parts/{name}/'])

  expect(find('GET', '/api/things/count/')).toBe('GET /api/things/count/')
  expect(find('GET', `/api/things/${uuid}/`)).toBe('GET /api/things/{uuid}/')
  expect(find('POST', '/api/things/{uuid}/parts/{name}/')).toBe('POST /api/things/{uuid}/parts/{name}/')
  expect(find('POST', `/api/things/${uuid}/`)).toBeUndefined()
})

/** An app of one description that gives every request the same answer. */
function appAnswering(status: number, body: unknown, type = 'application/json'): Injectable {
  return {
    inject: async ({ url }) =>
      url === '/api/schema/'
        ? { statusCode: 200, headers: {}, payload: JSON.stringify(document) }
        : { statusCode: status, headers: { 'content-type': type }, payload: body === undefined ? '' : JSON.stringify(body) },
  }
}

test('the client lets a good answer through and refuses others, naming operation and place', async () => {
  const { parts: _, ...bad } = good

  expect((await client(appAnswering(201, good)).post('/api/things/', { name: 'a' })).body).toEqual(good)
  await expect(client(appAnswering(201, bad)).post('/api/things/', {})).rejects.toThrow(/POST \/api\/things\/ .*\n {2}201\.parts: missing/)
  await expect(client(appAnswering(201, bad)).post('/api/nothings/', {})).rejects.toThrow('not described')
  await expect(client(appAnswering(400, {}, 'application/json; charset=utf-8')).post('/api/things/', {})).rejects.toThrow('content type')
  expect((await client(appAnswering(400, { name: ['?'] })).post('/api/things/', {})).body).toEqual({ name: ['?'] })
  expect((await client(appAnswering(201, bad), { checked: false }).post('/api/things/', {})).status).toBe(201)
})

test('the client sends what it was given', async () => {
  const sent: Parameters<Injectable['inject']>[0][] = []
  const app: Injectable = {
    inject: async (request) => {
      sent.push(request)
      return { statusCode: 404, headers: {}, payload: '' }
    },
  }
  const caller = client(app, { token: 'abc' })

  await caller.get('http://example.org/api/things/?a=1', { query: { state: ['new', 'done'], page: 2, o: undefined } })
  await caller.patch('/api/things/', { name: 'x' }, { headers: { 'x-one': '1' } })
  await caller.upload('/api/things/', { name: 'x', image: new File(['PNG'], 'a.png', { type: 'image/png' }) })

  expect(sent[0]).toEqual({ method: 'GET', url: '/api/things/?a=1&state=new&state=done&page=2', headers: { authorization: 'Token abc' } })
  expect(sent[1]).toMatchObject({ method: 'PATCH', payload: '{"name":"x"}', headers: { 'content-type': 'application/json', 'x-one': '1' } })
  expect(sent[2]?.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/)
  expect(String(sent[2]?.payload)).toContain('filename="a.png"\r\nContent-Type: image/png\r\n\r\nPNG')
})

test('facts are written one a line', () => {
  expect(linesOfFacts({ a: { b: 1 }, c: [] })).toBe('{\n"a": {"b":1},\n"c": []\n}\n')
  expect(unnamed('GET /api/things/{uuid}/parts/{name}/')).toBe('GET /api/things/{}/parts/{}/')
})

/** A description made from facts: not how any server writes it, but saying the same. */
function asOpenApi(whole: Facts) {
  const paths: { [path: string]: { [method: string]: unknown } } = {}
  for (const [key, operation] of Object.entries(whole.operations)) {
    const [method = '', path = ''] = key.split(' ')
    const parameters = Object.entries(operation.query).map(([name, { many, ...shape }]) => ({
      in: 'query',
      name,
      schema: many ? { type: 'array', items: asSchema(whole, shape) } : asSchema(whole, shape),
    }))
    const responses = Object.fromEntries(
      operation.statuses.map((status) => [
        status,
        operation.answers[status] ? answer(asSchema(whole, operation.answers[status], true)) : {},
      ]),
    )
    const body = operation.body && { requestBody: { content: { 'application/json': { schema: asSchema(whole, operation.body) } } } }
    paths[path] = { ...paths[path], [method.toLowerCase()]: { operationId: operation.id, parameters, responses, ...body } }
  }
  // Answers require their nullable keys; bodies of the same schema do not, hence two of each.
  const schemas = Object.entries(whole.schemas).flatMap(([name, shape]) => [
    [name, asSchema(whole, shape)],
    [`${name}Answer`, asSchema(whole, shape, true)],
  ])
  return { paths, components: { schemas: Object.fromEntries(schemas) } }
}

type Shapes = Facts['schemas'][string]
function asSchema(whole: Facts, shape: Shapes, inAnswer = false): { [key: string]: unknown } {
  const inner = (one: Shapes) => asSchema(whole, one, inAnswer)
  const isNullable = (one: Shapes): boolean => one.nullable === true || (one.ref !== undefined && isNullable(whole.schemas[one.ref] ?? {}))
  const fields = Object.entries(shape.fields ?? {})
  const plain = {
    ...(shape.ref ? { $ref: `#/components/schemas/${shape.ref}${inAnswer ? 'Answer' : ''}` } : {}),
    ...(shape.type ? { type: shape.type } : {}),
    ...(shape.enum ? { enum: shape.enum } : {}),
    ...(shape.items ? { items: inner(shape.items) } : {}),
    ...(shape.values ? { additionalProperties: inner(shape.values) } : {}),
    ...(shape.fields ? { properties: Object.fromEntries(fields.map(([name, one]) => [name, inner(one)])) } : {}),
    ...(shape.fields ? { required: fields.filter(([, one]) => one.required || (inAnswer && isNullable(one))).map(([name]) => name) } : {}),
    ...(shape.anyOf ? { anyOf: shape.anyOf.map(inner) } : {}),
  }
  return shape.nullable ? { anyOf: [plain, { type: 'null' }] } : plain
}
