// Who may do what, as a table for people: tests/api/permissions.tsv has a line for each operation and a column for each
// actor. Reading is tried on an object that the cast is about; writing on the same object with an empty body, on a server
// whose transactions never commit, and on an unknown object. A change in the table is a change of rights: review it.
import { beforeAll, describe, expect, it } from 'vitest'
import type { Client } from '../support/client.ts'
import { expectGenerated } from '../support/generated.ts'
import { type Described, wholeWorld } from '../support/whole-world.ts'

const ACTORS = ['anonymous', 'outsider', 'projectMember', 'projectManager', 'customerOwner', 'providerOwner', 'staff', 'support'] as const
const READING = new Set(['GET', 'HEAD'])
const TIMEOUT = 120_000

/** The description itself and the pages around it are nobody's right; logging out would end the actor's session. */
const NOT_TRIED = new Set(['/api/schema/', '/api/docs/', '/api-auth/logout/'])

describe('the rights of every actor', () => {
  const w = wholeWorld()
  let actors: [string, Client][]
  let operations: Described[]
  beforeAll(() => {
    const { people, trying } = w.current
    actors = ACTORS.map((name) => [name, name === 'anonymous' ? trying() : trying(people[name])])
    operations = w.current.operations.filter(({ path }) => !NOT_TRIED.has(path))
  })

  const statuses = async ({ method, path }: Described, unknown: boolean): Promise<number[]> => {
    const found: number[] = []
    for (const [, actor] of actors) {
      const target = w.current.at(path, { unknown })
      const body = READING.has(method) || method === 'DELETE' ? undefined : '{}'
      const answer = await actor.send(method as 'GET', target, body, body ? { headers: { 'content-type': 'application/json' } } : {})
      found.push(answer.status)
    }
    return found
  }

  it(
    'are those of the committed table',
    async () => {
      const lines: string[] = []
      for (const operation of operations.filter(({ method }) => method !== 'HEAD')) {
        const { method, path } = operation
        lines.push([`${method} ${path}`, ...(await statuses(operation, false))].join('\t'))
        if (READING.has(method) || !path.includes('{')) continue
        lines.push([`${method} ${path} of an unknown object`, ...(await statuses(operation, true))].join('\t'))
      }

      expect(lines.filter((line) => /\t5\d\d/.test(line))).toEqual([])
      expectGenerated('tests/api/permissions.tsv', `${[['operation', ...ACTORS].join('\t'), ...lines].join('\n')}\n`)
    },
    TIMEOUT,
  )

  it('are the same for HEAD as for GET', async () => {
    for (const operation of operations.filter(({ method }) => method === 'HEAD')) {
      const get = operations.find(({ method, path }) => method === 'GET' && path === operation.path)
      expect([operation.path, await statuses(operation, false)]).toEqual([operation.path, get && (await statuses(get, false))])
    }
  })

  it('to ask with OPTIONS are those of everybody with a token', async () => {
    for (const path of new Set(operations.map((operation) => operation.path))) {
      const anonymous = operations.some((operation) => operation.path === path && operation.anonymous)
      const found = []
      for (const [, actor] of actors) found.push((await actor.options(w.current.at(path))).status)
      expect([path, found]).toEqual([path, [anonymous ? 200 : 401, ...Array(ACTORS.length - 1).fill(200)]])
    }
  })
})
