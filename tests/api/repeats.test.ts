// An Idempotency-Key gives the first answer again, and to nobody who may not ask for it any more: each POST of the API is answered to
// somebody who may, who then loses every role, and asks again with the same key.
import { createHash, randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { run } from '../../src/platform/db/database.ts'
import { fingerprintOf } from '../../src/platform/http/idempotency.ts'
import { expectExcused } from '../support/excuses.ts'
import { wholeWorld } from '../support/whole-world.ts'
import { type Person, world } from '../support/world.ts'

const ACTORS = ['projectMember', 'projectManager', 'customerOwner', 'offeringManager', 'providerManager', 'providerOwner'] as const
const TIMEOUT = 120_000
/** What the given answers had for a status: one that no operation has, so that nothing else is taken for it. */
const GIVEN = 306

type Repeat = { name: string; target: string; body: string | undefined; actor: Person; key: string }

describe('the answer to somebody who was given a lesser role since', () => {
  const w = world()

  it('is 403 where they still see what it is about', async () => {
    const { cast, user, grant, as, db } = w.current
    const { project, projectManager } = await cast()
    const [somebody, path] = [await user(), `/api/projects/${project.uuid}/add_user/`]
    const ask = () =>
      as(projectManager).post(path, { role: 'PROJECT.ADMIN', user: somebody.uuid }, { headers: { 'idempotency-key': 'the same' } })
    expect([(await ask()).status, (await ask()).status]).toEqual([201, 201])

    await run(db, sql`delete from role_grant where user_id = ${projectManager.id}`)
    await grant(projectManager, 'PROJECT.MEMBER', project)

    await expect.poll(async () => (await ask()).status).toBe(403)
  })
})

describe('an answer that was given', () => {
  const w = wholeWorld()
  const repeats: Repeat[] = []

  const send = ({ target, body, actor, key }: Repeat, keyed = true) =>
    w.current.trying(actor).send('POST', target, body, {
      headers: { ...(keyed ? { 'idempotency-key': key } : {}), ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    })

  /** As if the request had been answered: what is tried is never committed, so its key is not kept either. */
  async function answered({ target, body, actor, key }: Repeat): Promise<void> {
    const hash = fingerprintOf(
      { method: 'POST', url: target, body: body === undefined ? undefined : Buffer.from(body) } as never,
      undefined,
    )
    const name = createHash('sha256').update(key).digest('hex')
    await run(
      w.current.db,
      sql`insert into idempotency_key (user_id, key, request_hash, status) values (${actor.id}, ${name}, ${hash}, ${GIVEN})`,
    )
  }

  beforeAll(async () => {
    const { operations, requests, people, at } = w.current
    for (const { method, path } of operations.filter(
      (one) => one.method === 'POST' && !one.anonymous && one.path !== '/api-auth/logout/',
    )) {
      const { on, body, files } = requests[`${method} ${path}`] ?? {}
      if (files) continue
      for (const name of ACTORS) {
        const key = randomUUID()
        const sent = body === undefined ? undefined : JSON.stringify(body)
        const repeat: Repeat = { name: `POST ${path}`, target: at(path, { on }), body: sent, actor: people[name], key }
        if ((await send(repeat, false)).status > 299) continue
        repeats.push(repeat)
        await answered(repeat)
        break
      }
    }
  }, TIMEOUT)

  it('is given again to who may ask for it', async () => {
    expect(repeats.length).toBeGreaterThan(40)

    const lost: string[] = []
    for (const repeat of repeats) {
      const { status, headers } = await send(repeat)
      if (status !== GIVEN || headers['idempotency-replayed'] !== 'true') lost.push(`${repeat.name}: ${status}`)
    }

    expect(lost).toEqual([])
  })

  it('is not given again to who has lost every role since (if it is: its right is in its command alone, and needs `lets`)', async () => {
    await run(w.current.db, sql`delete from role_grant`)

    const given: string[] = []
    for (const repeat of repeats) {
      await expect.poll(async () => (await w.current.trying(repeat.actor).get('/api/projects/')).body).toEqual([])
      if ((await send(repeat)).status === GIVEN) given.push(repeat.name)
    }

    expectExcused('writes that need no role', given)
  })
})
