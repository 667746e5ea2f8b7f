// Who may do what, as a table for people: tests/api/permissions.tsv has a line for each operation and a column for each
// actor. Reading is tried on an object that the cast is about, and a list says how many rows it shows; writing is tried with a
// valid request, on a server whose transactions never commit, and on an unknown object. A change in the table is a change
// of rights: review it.
import { beforeAll, describe, expect, it } from 'vitest'
import type { Answer, Client } from '../support/client.ts'
import { expectExcused } from '../support/excuses.ts'
import { expectGenerated } from '../support/generated.ts'
import { type Described, wholeWorld } from '../support/whole-world.ts'

const ACTORS = [
  'anonymous',
  'outsider',
  'projectMember',
  'projectManager',
  'customerOwner',
  'offeringManager',
  'providerManager',
  'providerOwner',
  'staff',
  'support',
] as const
const READING = new Set(['GET', 'HEAD'])
const TIMEOUT = 400_000

/** The description itself and the pages around it are nobody's right; logging out would end the actor's session. */
const NOT_TRIED = new Set(['/api/schema/', '/api/docs/', '/api-auth/logout/'])

const COUNT = 'x-result-count'
const isDone = (cell: string) => /^2\d\d/.test(cell)

describe('the rights of every actor', () => {
  const w = wholeWorld()
  let actors: [string, Client][]
  let operations: Described[]
  /** What each actor is answered, by operation: a status, and how many rows a list shows. */
  const table = new Map<string, string[]>()
  beforeAll(async () => {
    const { people, trying } = w.current
    actors = ACTORS.map((name) => [name, name === 'anonymous' ? trying() : trying(people[name])])
    operations = w.current.operations.filter(({ path }) => !NOT_TRIED.has(path))
    for (const operation of operations.filter(({ method }) => method !== 'HEAD')) {
      const name = `${operation.method} ${operation.path}`
      table.set(name, await cells(operation))
      if (READING.has(operation.method) || !operation.path.includes('{')) continue
      table.set(`${name} of an unknown object`, await cells(operation, true))
    }
  }, TIMEOUT)

  const cells = async (operation: Described, unknown = false): Promise<string[]> => {
    const found: string[] = []
    for (const [, actor] of actors) {
      const { status, headers } = await ask(operation, actor, unknown)
      found.push(operation.list && headers[COUNT] ? `${status} ${headers[COUNT]}` : String(status))
    }
    return found
  }

  function ask({ method, path }: Described, actor: Client, unknown: boolean): Promise<Answer> {
    const { on, body, files } = w.current.requests[`${method} ${path}`] ?? {}
    const target = w.current.at(path, { unknown, on: unknown ? undefined : on })
    if (files) return actor.upload(target, files, { method: method as 'POST' })
    return body === undefined
      ? actor.send(method as 'GET', target, undefined)
      : actor.send(method as 'POST', target, JSON.stringify(body), { headers: { 'content-type': 'application/json' } })
  }

  const writes = () => [...table].filter(([name]) => !name.startsWith('GET') && !name.endsWith('of an unknown object'))
  const byActor = (found: readonly string[]) => Object.fromEntries(ACTORS.map((actor, i) => [actor, found[i] as string]))

  it('are those of the committed table', () => {
    const lines = [...table].map(([name, found]) => [name, ...found].join('\t'))

    expect(lines.filter((line) => /\t5\d\d/.test(line))).toEqual([])
    expectGenerated('tests/api/permissions.tsv', `${[['operation', ...ACTORS].join('\t'), ...lines].join('\n')}\n`)
  })

  it('let somebody do every write (if not: give it a valid request in tests/support/valid-requests.ts)', () => {
    const nobodys = writes().filter(([, found]) => !found.some(isDone))

    expectExcused(
      'writes that nobody can do',
      nobodys.map(([name]) => name),
    )
  })

  it('keep every write from somebody who sees what it is done to (if not: it has no permission)', () => {
    const everybodys = writes().filter(([, found]) => {
      const seeing = found.slice(1).filter((cell) => cell !== '404')
      return seeing.some(isDone) && !seeing.some((cell) => cell === '403')
    })

    expectExcused(
      'writes that are open to all who see the object',
      everybodys.map(([name]) => name),
    )
  })

  it('show no list whole to an outsider (if one does: it is visible to all)', () => {
    const open = [...table].filter(([, found]) => {
      const { outsider = '', staff = '' } = byActor(found)
      return staff.includes(' ') && staff !== '200 0' && outsider === staff
    })

    expectExcused(
      'lists that everybody sees whole',
      open.map(([name]) => name.replace('GET ', '')),
    )
  })

  it(
    'are the same for HEAD as for GET',
    async () => {
      for (const operation of operations.filter(({ method }) => method === 'HEAD')) {
        expect([operation.path, await cells(operation)]).toEqual([operation.path, table.get(`GET ${operation.path}`)])
      }
    },
    TIMEOUT,
  )

  it(
    'to ask with OPTIONS are those of everybody with a token',
    async () => {
      for (const path of new Set(operations.map((operation) => operation.path))) {
        const anonymous = operations.some((operation) => operation.path === path && operation.anonymous)
        const found = []
        for (const [, actor] of actors) found.push((await actor.options(w.current.at(path))).status)
        expect([path, found]).toEqual([path, [anonymous ? 200 : 401, ...Array(ACTORS.length - 1).fill(200)]])
      }
    },
    TIMEOUT,
  )
})
