// What may not be seen may not be found either. As every kind of caller every filter of every list is asked for values that this
// caller is shown nowhere: the answer must be that for a value which nothing has. tests/api/discretion.tsv is the table of it, and of
// the fields that not everybody is shown.
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { run } from '../../src/platform/db/database.ts'
import type { Answer, Client, Query } from '../support/client.ts'
import { expectExcused } from '../support/excuses.ts'
import { expectGenerated } from '../support/generated.ts'
import { type Knowledge, knowledgeOf, type Pair, pairsFor } from '../support/secrets.ts'
import { type Row, type Scalar, type Shown, whatIsShown } from '../support/shown.ts'
import { addUnseen, UNAWARE } from '../support/unseen.ts'
import { isPaging, keysOfOrder, type Schema, wholeWorld } from '../support/whole-world.ts'

const TIMEOUT = 240_000
const TELLING = 'filters that find what may not be seen'
const COUNT = 'x-result-count'
/** The description itself, and the pages around it. */
// Who is sent to Google is sent with something new each time.
const BESIDE: ReadonlySet<string> = new Set(['/api/schema/', '/api/docs/', '/api/google-auth/{uuid}/authorize/'])
/** Who reads everything: to them nothing is a secret. */
const READ_ALL: ReadonlySet<string> = new Set(['support', 'staff'])
/** Secrets tried of each filter for each caller. */
const TRIES_MAX = 2

const ACTORS = [
  'anonymous',
  'outsider',
  'projectMember',
  'projectManager',
  'customerOwner',
  'offeringManager',
  'providerManager',
  'providerOwner',
  'support',
  'staff',
] as const

type Caller = { name: string; read: Client; known: Knowledge }

describe('what a caller may not see', () => {
  const w = wholeWorld()
  let lists: Shown[]
  let everywhere: Shown['own']
  let callers: Caller[]
  const lines: string[] = []
  beforeAll(async () => {
    const { people, as } = w.current
    ;({ lists, everywhere } = await whatIsShown(w.current, as(people.staff)))
    callers = await Promise.all(
      ACTORS.map(async (name) => {
        const read = name === 'anonymous' ? as() : as(people[name])
        return { name, read, known: await knowledgeOf(read, lists) }
      }),
    )
  }, TIMEOUT)

  it(
    'is not found by any filter: the answer is that for a value which nothing has',
    async () => {
      const told: string[] = []
      const asking = callers.filter(({ name }) => !READ_ALL.has(name))
      const cells = await Promise.all(asking.map((caller) => askEveryFilter(caller, (what) => told.push(`${what} as ${caller.name}`))))
      for (const name of new Set(cells.flatMap((one) => [...one.keys()]))) {
        lines.push([name, ...cells.map((one) => one.get(name) ?? '-'), '-', '-'].join('\t'))
      }

      expectExcused(TELLING, told)
    },
    TIMEOUT,
  )

  it('does not order what may be seen', async () => {
    const made = await everyId()
    const found: string[] = []
    for (const { name, read, known } of callers) {
      for (const { list, path, rows } of lists) {
        const own = known.rows.get(list.path) ?? []
        for (const key of hiddenFrom(own, rows).filter((field) => keysOfOrder(list.query).includes(field))) {
          const ordered = (await read.get(path, { query: { o: key, page_size: 300, field: 'uuid' } })).body as Row[]
          const ids = ordered.map(({ uuid }) => made.get(String(uuid)) ?? 0)
          if (ids.some((id, i) => i > 0 && id < (ids[i - 1] as number))) found.push(`${list.path} o=${key} as ${name}`)
        }
      }
    }

    expect(found).toEqual([])
  })

  it('is the same as ever: the committed table', async () => {
    const details = w.current.operations.filter(({ method, path, list }) => method === 'GET' && !list && path.includes('{'))
    const ofOne = await Promise.all(
      details.map(async ({ path }) => {
        const fields = conditionalPaths(path)
        if (fields.length === 0) return []
        const answers = await Promise.all(callers.map(({ read }) => read.get(w.current.at(path))))
        const cell = ({ status, body }: Answer, field: string[]) =>
          status !== 200 ? String(status) : valuesAt(body, field).length > 0 ? 'shown' : 'no'
        return fields.map((field) => [`${path} shows ${field.join('.')}`, ...answers.map((answer) => cell(answer, field))].join('\t'))
      }),
    )
    const shown = lists.flatMap(({ list, rows }) =>
      conditionalPaths(list.path).map((field) => {
        const cells = callers.map(({ known }) => {
          const own = known.rows.get(list.path)
          return own ? `${own.filter((row) => valuesAt(row, field).length > 0).length} of ${own.length}` : '-'
        })
        return rows.length > 0 ? [`${list.path} shows ${field.join('.')}`, ...cells].join('\t') : ''
      }),
    )

    const head = ['what', ...ACTORS].join('\t')
    expectGenerated('tests/api/discretion.tsv', `${[head, ...shown.filter(Boolean), ...ofOne.flat(), ...lines].join('\n')}\n`)
  })

  it(
    'changes nothing of what they are answered when there is more of it',
    async () => {
      const asked = lists.flatMap((shown) => questionsOf(shown).map((query) => ({ shown, query })))
      const others = w.current.operations.filter(({ method, path, list }) => method === 'GET' && !list && !BESIDE.has(path))
      const unaware = callers.filter(({ name }) => (UNAWARE as readonly string[]).includes(name))
      const answersOf = async ({ read, known }: Caller) => {
        const answers = await everyAnswer(
          read,
          asked.filter(({ shown }) => known.rows.has(shown.list.path)),
        )
        for (const { path } of others) {
          const { status, text } = await read.get(w.current.at(path))
          answers.set(path, `${status} ${text}`)
        }
        return answers
      }
      const before = await Promise.all(unaware.map(answersOf))

      await addUnseen(w.current)

      const after = await Promise.all(unaware.map(answersOf))
      const changed = unaware.flatMap(({ name }, i) =>
        [...(after[i] as Map<string, string>)]
          .filter(([question, answer]) => before[i]?.get(question) !== answer)
          .map(([question]) => `${question} as ${name}`),
      )
      expect(changed).toEqual([])
    },
    TIMEOUT,
  )

  /** By filter: `blind` where secrets were asked for and nothing was told, `tells` where something was. */
  async function askEveryFilter({ read, known }: Caller, tell: (what: string) => void): Promise<Map<string, string>> {
    const cells = new Map<string, string>()
    const readable = lists.filter(({ list }) => known.rows.has(list.path))
    for (const { shown, parameter } of readable.flatMap((one) => one.list.query.map((parameter) => ({ shown: one, parameter })))) {
      const { path } = shown.list
      // Where nothing is seen, one question for each filter shows that nothing is answered either.
      const pairs = pairsFor(parameter, shown, { lists, everywhere }, known, known.rows.get(path)?.length === 0 ? 1 : TRIES_MAX)
      if (pairs.length === 0) continue
      const telling = await firstTelling(read, shown, parameter.name, pairs)
      if (telling !== undefined) tell(`${path} ${parameter.name}`)
      cells.set(`${path} by ${parameter.name}`, telling === undefined ? 'blind' : 'tells')
    }
    return cells
  }

  async function everyId(): Promise<Map<string, number>> {
    const rows = await run(w.current.db, sql<{ uuid: string; id: number }>`select wire_uuid(uuid) as uuid, id from "user"`)
    return new Map(rows.map(({ uuid, id }) => [uuid, id]))
  }

  /** Paths of fields that the description shows to some only. */
  function conditionalPaths(path: string): string[][] {
    const { paths, components } = w.current.app.openapi() as unknown as {
      paths: { [path: string]: { get: { responses: { 200?: { content?: { 'application/json': { schema: Schema } } } } } } }
      components: { schemas: { [name: string]: Schema } }
    }
    const resolve = (schema: Schema): Schema =>
      typeof schema.$ref === 'string' ? (components.schemas[schema.$ref.replace('#/components/schemas/', '')] ?? {}) : schema
    const within = (schema: Schema): string[][] => {
      const { properties, items, anyOf } = resolve(schema) as { properties?: { [name: string]: Schema }; items?: Schema; anyOf?: Schema[] }
      if (anyOf) return anyOf.flatMap(within)
      if (items) return within(items)
      return Object.entries(properties ?? {}).flatMap(([name, one]) => [
        ...(one['x-conditional'] ? [[name]] : []),
        ...within(one).map((rest) => [name, ...rest]),
      ])
    }
    return within(paths[path]?.get.responses[200]?.content?.['application/json'].schema ?? {})
  }
})

/** What a list is asked without naming a value: all of it, each word and yes or no of its filters, each order. */
function questionsOf({ list }: Shown): Query[] {
  const words = list.query
    .filter(({ name }) => !isPaging(name))
    .flatMap(({ name, schema }) => {
      const { type, enum: choices } = (schema.items ?? schema) as { type?: string; enum?: Scalar[] }
      return (choices ?? (type === 'boolean' ? [true, false] : [])).map((value) => ({ [name]: value }))
    })
  return [{ page_size: 300 }, ...words, ...keysOfOrder(list.query).map((o) => ({ o }))]
}

async function everyAnswer(read: Client, asked: readonly { shown: Shown; query: Query }[]): Promise<Map<string, string>> {
  const answers = new Map<string, string>()
  for (const { shown, query } of asked) {
    const uuid = query.page_size || shown.rows[0]?.uuid === undefined ? {} : { field: 'uuid' }
    const { status, headers, text } = await read.get(shown.path, { query: { ...uuid, ...query } })
    answers.set(`${shown.list.path} ${JSON.stringify(query)}`, `${status} ${headers[COUNT]} ${text}`)
  }
  return answers
}

/** Keys that staff's rows have and the caller's rows have not. */
function hiddenFrom(own: readonly Row[], all: readonly Row[]): string[] {
  const keys = new Set(own.flatMap((row) => Object.keys(row)))
  return own.length < 2 ? [] : [...new Set(all.flatMap((row) => Object.keys(row)))].filter((key) => !keys.has(key))
}

/** The values other than null that a row shows under a path. */
function valuesAt(value: unknown, [first, ...rest]: readonly string[]): unknown[] {
  if (Array.isArray(value)) return value.flatMap((one) => valuesAt(one, first === undefined ? [] : [first, ...rest]))
  if (value === null || value === undefined) return []
  return first === undefined ? [value] : valuesAt((value as Row)[first], rest)
}

/** The first secret for which the answer is another than for what nothing has. */
async function firstTelling(read: Client, { path, rows }: Shown, name: string, pairs: readonly Pair[]): Promise<Scalar | undefined> {
  const computed = rows[0]?.uuid === undefined
  const ask = async (value: Scalar) => {
    const head = await read.head(path, { query: { [name]: value } })
    // Of nothing found there is no more to tell.
    if (head.status === 200 && head.headers[COUNT] === '0') return 'nothing'
    const answer = await read.get(path, { query: { [name]: value, page_size: 3, ...(computed ? {} : { field: 'uuid' }) } })
    return told(answer, value)
  }
  const answers = new Map<Scalar, string>()
  for (const { secret, nothing } of pairs) {
    if (!answers.has(nothing)) answers.set(nothing, await ask(nothing))
    if ((await ask(secret)) !== answers.get(nothing)) return secret
  }
  return undefined
}

/** All that an answer tells, but the value that was asked for. */
const told = ({ status, headers, text }: Answer, value: Scalar): string =>
  `${status} ${headers[COUNT]} ${text.replaceAll(String(value), '…')}`
