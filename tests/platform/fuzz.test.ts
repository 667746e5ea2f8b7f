// Every operation under random input: bodies that are nearly right and bodies that are wild, queries of any kind. The seed
// is fixed, so that what fails fails again. Whatever is sent, nobody is answered with a failure (platform 45).
import { beforeAll, describe, expect, it } from 'vitest'
import { pick, randomFrom } from '../support/random.ts'
import { randomRequests } from '../support/random-requests.ts'
import { type Described, wholeWorld } from '../support/whole-world.ts'
import { urls } from '../support/world.ts'

const SEED = Number(process.env.FUZZ_SEED ?? 20_261_121)
const BODIES = Number(process.env.FUZZ_BODIES ?? 6)
const QUERIES = 2
const TIMEOUT = 120_000

describe('random requests', () => {
  const w = wholeWorld()
  const random = randomFrom(SEED)
  let links: string[]
  let operations: Described[]
  const { likely, queryOf, wild } = randomRequests(random, () => {
    const { projectMember, project } = w.current.people
    return { links, uuids: [projectMember.uuid, project.uuid] }
  })
  beforeAll(() => {
    const { people, at } = w.current
    links = [
      urls.customer(people.consumer),
      urls.customer(people.provider),
      urls.project(people.project),
      urls.user(people.projectMember),
      ...['marketplace-categories', 'marketplace-provider-offerings', 'marketplace-public-offerings', 'marketplace-resources', 'roles'].map(
        (name) => `http://testserver${at(`/api/${name}/{uuid}/`)}`,
      ),
      `http://testserver${at('/api/marketplace-public-offerings/{uuid}/')}plans/${at('/api/marketplace-plans/{uuid}/').split('/')[3]}/`,
    ]
    operations = w.current.operations.filter(({ path }) => path !== '/api-auth/logout/')
  })

  const actors = () => [w.current.people.staff, w.current.people.staff, w.current.people.customerOwner, w.current.people.providerOwner]
  it(
    `with seed ${SEED} never end in a failure`,
    async () => {
      const failures: string[] = []
      const send = async (operation: Described, query: string, body: string | undefined) => {
        const target = `${w.current.at(operation.path)}${query === '' ? '' : `?${query}`}`
        const headers = body === undefined ? {} : { headers: { 'content-type': 'application/json' } }
        const client = w.current.trying(pick(random, actors()))
        const said = await client
          .send(operation.method as 'GET', target, body, headers)
          .then(({ status, text }) => (status >= 500 ? `${status} ${text}` : ''))
          .catch((error: Error) => error.message)
        if (said !== '') failures.push(`${operation.method} ${target}\n  ${body?.slice(0, 1500)}\n  ${said.slice(0, 300)}`)
      }

      for (const operation of operations) {
        const reads = operation.method === 'GET' || operation.method === 'HEAD'
        for (let i = 0; reads && i < QUERIES; i++) await send(operation, queryOf(operation), undefined)
        for (let i = 0; !reads && operation.body && i < BODIES; i++) await send(operation, '', likely(operation.body))
        if (!reads) await send(operation, queryOf(operation), wild())
      }

      expect(failures).toEqual([])
    },
    TIMEOUT,
  )
})
