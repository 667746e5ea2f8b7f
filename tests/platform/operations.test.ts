// What changes something: the order of checks, races for a state, repeated requests (platform.md §4.3, §5).
import { describe, expect, it } from 'vitest'
import { forgetIdempotencyKeys } from '../../src/platform/http/idempotency.ts'
import { lampWorld } from '../support/lamps.ts'
import { type Row, urls } from '../support/world.ts'

const LAMPS = '/api/lamps/'

describe('an operation', () => {
  const w = lampWorld()
  const states = async (row: Row) => (await w.current.lampsAs(w.current.staff).get(`${LAMPS}${row.uuid}/`)).body.state

  it('platform 41: tells who may not before it tells that the state is wrong', async () => {
    const { lampsAs, viewer, owner, lamp } = w.current
    const on = await lamp({ state: 'On' })
    const path = `${LAMPS}${on.uuid}/switch_on/`

    expect(await lampsAs(viewer).post(path)).toMatchObject({
      status: 403,
      body: { detail: 'You do not have permission to perform this action.' },
    })
    expect((await lampsAs(owner).post(path)).status).toBe(409)
  })

  it('platform 41: does not exist for one who does not see its object', async () => {
    const { lampsAs, stranger, lamp } = w.current
    const off = await lamp()

    for (const verb of ['switch_on', 'switch_off', 'smash']) {
      expect(await lampsAs(stranger).post(`${LAMPS}${off.uuid}/${verb}/`)).toMatchObject({
        status: 404,
        body: { detail: 'No Lamp matches the given query.' },
      })
    }
    expect(await states(off)).toBe('Off')
  })

  it('platform 42: in a wrong state names the states in which it is valid, in their order', async () => {
    const { lampsAs, owner, lamp } = w.current
    const [on, broken] = [await lamp({ state: 'On' }), await lamp({ state: 'Broken' })]

    expect(await lampsAs(owner).post(`${LAMPS}${on.uuid}/switch_on/`)).toMatchObject({
      status: 409,
      body: { detail: 'Valid states for operation: Off.' },
    })
    expect(await lampsAs(owner).post(`${LAMPS}${broken.uuid}/smash/`)).toMatchObject({
      status: 409,
      body: { detail: 'Valid states for operation: Off, On.' },
    })
  })

  it('tells that the state is wrong before it looks at the body, and who may not before that', async () => {
    const { lampsAs, viewer, lamp } = w.current
    const row = await lamp()

    expect((await lampsAs(viewer).patch(`${LAMPS}${row.uuid}/`, { name: '' })).status).toBe(403)
    expect((await lampsAs(viewer).send('PATCH', `${LAMPS}${row.uuid}/`, '{')).status).toBe(403)
  })

  it('that creates reads the body before it tells who may not', async () => {
    const { lampsAs, viewer, home } = w.current

    expect((await lampsAs(viewer).post(LAMPS, { name: '', customer: urls.customer(home) })).status).toBe(400)
    expect((await lampsAs(viewer).post(LAMPS, { name: 'x', customer: urls.customer(home) })).status).toBe(403)
  })

  it.each([
    ['switch_on', 'switch_on'],
    ['switch_on', 'smash'],
    ['smash', 'smash'],
  ])('platform 44: wins alone when %s and %s come at once', async (first, second) => {
    const { lampsAs, owner, staff, lamp } = w.current
    const rows = await Promise.all(Array.from({ length: 8 }, () => lamp()))

    for (const row of rows) {
      const [a, b] = await Promise.all([
        lampsAs(owner).post(`${LAMPS}${row.uuid}/${first}/`),
        lampsAs(staff).post(`${LAMPS}${row.uuid}/${second}/`),
      ])
      const both = [a.status, b.status].sort().join()
      // A lamp that was switched on first may still be smashed; one smashed first is not switched on.
      expect(first === second ? ['200,409'] : ['200,200', '200,409']).toContain(both)
      expect(await states(row)).toBe(second === 'smash' ? 'Broken' : 'On')
    }
  })

  it('that fails leaves nothing behind', async () => {
    const { lampsAs, owner, lamp } = w.current
    const row = await lamp({ name: 'Kept' })

    const answer = await lampsAs(owner).patch(`${LAMPS}${row.uuid}/`, { name: 'Changed', customer: 'junk' })

    expect(answer.status).toBe(400)
    expect((await lampsAs(owner).get(`${LAMPS}${row.uuid}/`)).body.name).toBe('Kept')
  })

  it('is forgotten once its object is gone', async () => {
    const { lampsAs, owner, lamp } = w.current
    const row = await lamp()

    expect(await lampsAs(owner).delete(`${LAMPS}${row.uuid}/`)).toMatchObject({ status: 204, text: '' })
    expect((await lampsAs(owner).delete(`${LAMPS}${row.uuid}/`)).status).toBe(404)
    expect((await lampsAs(owner).post(`${LAMPS}${row.uuid}/switch_on/`)).status).toBe(404)
  })
})

describe('a repeated request', () => {
  const w = lampWorld()
  let counter = 0
  const fresh = () => `key-${++counter}`
  const keyed = (key: string) => ({ headers: { 'Idempotency-Key': key } })
  const lampNamed = (name: string) => ({ name, customer: urls.customer(w.current.home) })
  const count = async (name: string) =>
    (await w.current.lampsAs(w.current.staff).get(LAMPS, { query: { name_exact: name } })).headers['x-result-count']

  it('with the same key gets the same answer and makes nothing new', async () => {
    const { lampsAs, owner } = w.current
    const key = fresh()

    const first = await lampsAs(owner).post(LAMPS, lampNamed('Once'), keyed(key))
    const again = await lampsAs(owner).post(LAMPS, lampNamed('Once'), keyed(key))

    expect(first.status).toBe(201)
    expect([again.status, again.text, again.headers.location]).toEqual([201, first.text, first.headers.location])
    expect(again.headers['idempotency-replayed']).toBe('true')
    expect(await count('Once')).toBe('1')
  })

  it('with the same key and another body, path or address is refused', async () => {
    const { lampsAs, owner } = w.current
    const key = fresh()
    const made = await lampsAs(owner).post(LAMPS, lampNamed('First'), keyed(key))

    const others = [
      await lampsAs(owner).post(LAMPS, lampNamed('Second'), keyed(key)),
      await lampsAs(owner).post(`${LAMPS}${made.body.uuid}/switch_on/`, undefined, keyed(key)),
      await lampsAs(owner).post(LAMPS, lampNamed('First'), { ...keyed(key), query: { field: 'uuid' } }),
    ]

    for (const answer of others) {
      expect(answer).toMatchObject({ status: 422, body: { detail: 'This Idempotency-Key was used with a different request.' } })
    }
    expect(await count('Second')).toBe('0')
  })

  it('that comes while the first is under way waits for its answer', async () => {
    const { lampsAs, owner } = w.current

    for (let i = 0; i < 5; i++) {
      const key = fresh()
      const answers = await Promise.all(Array.from({ length: 4 }, () => lampsAs(owner).post(LAMPS, lampNamed(`Race ${i}`), keyed(key))))
      expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201])
      expect(new Set(answers.map(({ body }) => body.uuid)).size).toBe(1)
      expect(await count(`Race ${i}`)).toBe('1')
    }
  })

  it('after a refusal is tried anew', async () => {
    const { lampsAs, owner } = w.current
    const key = fresh()

    expect((await lampsAs(owner).post(LAMPS, { name: 'Bad' }, keyed(key))).status).toBe(400)
    expect((await lampsAs(owner).post(LAMPS, lampNamed('Good'), keyed(key))).status).toBe(201)
  })

  it('of an action gets its answer, though the state has changed since', async () => {
    const { lampsAs, owner, lamp } = w.current
    const key = fresh()
    const path = `${LAMPS}${(await lamp()).uuid}/switch_on/`

    expect((await lampsAs(owner).post(path, undefined, keyed(key))).status).toBe(200)
    expect((await lampsAs(owner).post(path, undefined, keyed(key))).status).toBe(200)
    expect((await lampsAs(owner).post(path)).status).toBe(409)
  })

  it('of another user with the same key is another request', async () => {
    const { lampsAs, owner, staff } = w.current
    const key = fresh()

    const answers = [
      await lampsAs(owner).post(LAMPS, lampNamed('Mine'), keyed(key)),
      await lampsAs(staff).post(LAMPS, lampNamed('Mine'), keyed(key)),
    ]

    expect(answers[0]?.body.uuid).not.toBe(answers[1]?.body.uuid)
  })

  it('after a day is a new one', async () => {
    const { lampsAs, owner, db } = w.current
    const key = fresh()
    await lampsAs(owner).post(LAMPS, lampNamed('Daily'), keyed(key))

    for (const [age, copies] of [
      ['23 hours 59 minutes', '1'],
      ['24 hours 1 second', '2'],
    ] as const) {
      const created = new Date(Date.now() - (age.startsWith('23') ? 86_340_000 : 86_401_000)).toISOString()
      await db.updateTable('idempotency_key').set({ created }).where('user_id', '=', owner.id).execute()
      expect((await lampsAs(owner).post(LAMPS, lampNamed('Daily'), keyed(key))).status).toBe(201)
      expect(await count('Daily')).toBe(copies)
    }
  })

  it('knows a form by its parts, whatever stands between them', async () => {
    const { lampsAs, owner, home } = w.current
    const key = fresh()
    const send = (name: string) => lampsAs(owner).upload(LAMPS, { customer: urls.customer(home), name }, keyed(key))
    const other = lampsAs(owner).upload(LAMPS, { name: 'Form', customer: urls.customer(home) }, keyed(key))

    const [first, again] = [await other, await send('Form')]
    const different = await send('Another form')

    expect(again).toMatchObject({ status: 201, body: { uuid: first.body.uuid }, headers: { 'idempotency-replayed': 'true' } })
    expect(different.status).toBe(422)
    expect(await count('Form')).toBe('1')
  })

  it('is forgotten after a day, and its answer is not readable before', async () => {
    const { lampsAs, staff, db, runJob } = w.current
    const made = await lampsAs(staff).post(LAMPS, lampNamed('Kept'), keyed(fresh()))
    await lampsAs(staff).post(LAMPS, lampNamed('Kept longer'), keyed(fresh()))
    const mine = () => db.selectFrom('idempotency_key').selectAll().where('user_id', '=', staff.id).orderBy('created').execute()
    const [first] = await mine()

    const created = new Date(Date.now() - 86_401_000).toISOString()
    await db.updateTable('idempotency_key').set({ created }).where('user_id', '=', staff.id).where('key', '=', String(first?.key)).execute()
    await runJob(forgetIdempotencyKeys, {})

    expect(JSON.stringify(first)).not.toContain(made.body.uuid)
    expect((await mine()).map(({ key }) => key)).not.toContain(first?.key)
    expect(await mine()).toHaveLength(2)
  })

  it('with a key of any kind is answered', async () => {
    const { lampsAs, owner } = w.current

    for (const key of ['x'.repeat(2000), "'; --", '\u00e9', ' ', '{}']) {
      expect((await lampsAs(owner).post(LAMPS, lampNamed('Keyed'), keyed(key))).status).toBe(201)
    }
  })
})
