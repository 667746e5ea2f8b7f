// Who asks (platform.md §1): the token header, its refusals, staff acting as another.
import { describe, expect, it } from 'vitest'
import { lampWorld } from '../support/lamps.ts'

const GROUPS = '/api/organization-groups/'
const UNKNOWN = `${GROUPS}00000000000000000000000000000000/`

describe('a token', () => {
  const w = lampWorld()
  const withHeader = (authorization: string, path = GROUPS) => w.current.as().get(path, { headers: { authorization } })

  it('platform 1: is needed, and the answer says which scheme', async () => {
    const answer = await w.current.as().get(GROUPS)

    expect(answer.status).toBe(401)
    expect(answer.body).toEqual({ detail: 'Authentication credentials were not provided.' })
    expect(answer.headers['www-authenticate']).toBe('Token')
  })

  it('platform 2: may follow the scheme in any case', async () => {
    const { viewer } = w.current

    for (const scheme of ['token', 'TOKEN', 'Token']) expect((await withHeader(`${scheme} ${viewer.token}`)).status).toBe(200)
  })

  it.each([
    ['Token', 'Invalid token. No credentials provided.'],
    ['Token ', 'Invalid token. No credentials provided.'],
    ['Token a b', 'Invalid token. Token string should not contain spaces.'],
    [`Token ${'0'.repeat(40)}`, 'Invalid token.'],
    ['Token \u00ff\u00fe', 'Invalid token.'],
    [`Token ${'x'.repeat(5000)}`, 'Invalid token.'],
    ['Bearer abc', 'Authentication credentials were not provided.'],
    ['Basic YTpi', 'Authentication credentials were not provided.'],
    ['', 'Authentication credentials were not provided.'],
  ])('platform 3: %j is refused with its text', async (header, text) => {
    const answer = await withHeader(header)

    expect(answer.status).toBe(401)
    expect(answer.body).toEqual({ detail: text })
    expect(answer.headers['www-authenticate']).toBe('Token')
  })

  it('platform 4: is read nowhere but in its header', async () => {
    const { as, viewer } = w.current

    const answers = [
      await as().get(GROUPS, { query: { token: viewer.token, 'x-auth-token': viewer.token } }),
      await as().get(GROUPS, { headers: { 'x-auth-token': viewer.token } }),
      await as().get(GROUPS, { headers: { cookie: `token=${viewer.token}; sessionid=${viewer.token}` } }),
    ]

    for (const answer of answers) {
      expect(answer.status).toBe(401)
      expect(answer.body).toEqual({ detail: 'Authentication credentials were not provided.' })
    }
  })

  it('platform 5: is asked for before anything but the path is looked at', async () => {
    const { as } = w.current

    expect((await as().get(UNKNOWN)).status).toBe(401)
    expect((await as().get(`${GROUPS}junk/`)).status).toBe(401)
    expect((await as().send('PUT', GROUPS, '{')).status).toBe(401)
    expect((await as().options(GROUPS)).status).toBe(401)
    expect((await as().get(GROUPS, { query: { parent: 'nope', page: '-1' } })).status).toBe(401)
    expect((await as().get('/api/no-such-thing/')).status).toBe(404)
    expect((await withHeader('Token nope', '/api/no-such-thing/')).status).toBe(404)
  })

  it('platform 5: that is bad is refused even where none is needed', async () => {
    const { app, as } = w.current
    const open = anonymousPaths(app.openapi())

    for (const path of open) {
      expect([path, (await withHeader('Token nope', path)).status]).toEqual([path, 401])
      expect([path, (await as().get(path)).status]).toEqual([path, WITHOUT_MORE[path] ?? 200])
    }
  })

  it('platform 11: of an inactive user is refused', async () => {
    const { as, user } = w.current
    const gone = await user({ is_active: false })

    const answer = await as(gone).get(GROUPS)

    expect(answer).toMatchObject({ status: 401, body: { detail: 'User inactive or deleted.' } })
  })

  it('platform 8: lives as long as it is used, and no longer', async () => {
    const { as, user, db } = w.current
    const used = async (seconds: number) => {
      const person = await user({ token_lifetime: 60 })
      await db
        .updateTable('user_token')
        .set({ used: new Date(Date.now() - seconds * 1000).toISOString() })
        .where('user_id', '=', person.id)
        .execute()
      return person
    }
    const [fresh, late] = [await used(50), await used(61)]

    const first = await as(fresh).get(GROUPS)
    const moved = await db.selectFrom('user_token').select('used').where('user_id', '=', fresh.id).executeTakeFirstOrThrow()

    expect(first.status).toBe(200)
    expect(Date.now() - Date.parse(moved.used)).toBeLessThan(5000)
    expect(await as(late).get(GROUPS)).toMatchObject({ status: 401, body: { detail: 'Token has expired.' } })
  })
})

/** What open addresses answer to who sends nothing at all, where that is not 200. */
const WITHOUT_MORE: { readonly [path: string]: number } = { '/api/google-auth/callback/': 400 }

const anonymousPaths = (openapi: ReturnType<ReturnType<typeof lampWorld>['current']['app']['openapi']>): string[] =>
  Object.entries(openapi.paths).flatMap(([path, methods]) => {
    const get = methods.get as { security: object[]; responses: { [status: string]: { content?: object } } } | undefined
    return get?.security.some((way) => Object.keys(way).length === 0) && !path.includes('{') && get.responses[200] ? [path] : []
  })

describe('staff acting as another', () => {
  const w = lampWorld()
  const as = (uuid: string) => ({ headers: { 'X-Impersonated-User-Uuid': uuid } })

  it('platform 12: sees what the other sees, and the answer names who really asks', async () => {
    const { lampsAs, lamp, staff, owner, customer } = w.current
    await lamp({ name: 'Seen' })
    await lamp({ name: 'Elsewhere', customer_id: (await customer()).id })

    const own = await lampsAs(owner).get('/api/lamps/')
    const acting = await lampsAs(staff).get('/api/lamps/', as(owner.uuid))
    const refused = await lampsAs(staff).get('/api/lamps/', { ...as(owner.uuid), query: { state: 'nope' } })

    expect(acting.body).toEqual(own.body)
    expect(acting.body[0]).not.toHaveProperty('secret')
    expect(acting.headers['x-result-count']).toBe('1')
    expect(acting.headers['x-impersonator-uuid']).toBe(staff.uuid)
    expect(refused.headers['x-impersonator-uuid']).toBe(staff.uuid)
  })

  it('platform 12: may name the other in any spelling of the uuid', async () => {
    const { lampsAs, staff, owner } = w.current
    const dashed = owner.uuid.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-').toUpperCase()

    expect((await lampsAs(staff).get('/api/lamps/', as(dashed))).headers['x-impersonator-uuid']).toBe(staff.uuid)
  })

  it('platform 13: stays themselves when the other is unknown', async () => {
    const { lampsAs, staff } = w.current

    for (const uuid of ['0'.repeat(32), 'junk', '']) {
      const answer = await lampsAs(staff).get('/api/lamps/', as(uuid))
      expect(answer.status).toBe(200)
      expect(answer.body[0]).toHaveProperty('secret')
      expect(answer.headers).not.toHaveProperty('x-impersonator-uuid')
    }
  })

  it('platform 14: is a matter of staff alone', async () => {
    const { lampsAs, owner, stranger, user } = w.current
    const support = await user({ is_support: true })

    for (const person of [stranger, support]) {
      const plain = await lampsAs(person).get('/api/lamps/')
      const acting = await lampsAs(person).get('/api/lamps/', as(owner.uuid))
      expect(acting.body).toEqual(plain.body)
      expect(acting.headers).not.toHaveProperty('x-impersonator-uuid')
    }
  })

  it('may be done for an inactive user, but not for one without a session', async () => {
    const { lampsAs, staff, user, db } = w.current
    const [inactive, without] = [await user({ is_active: false }), await user()]
    await db.deleteFrom('user_token').where('user_id', '=', without.id).execute()

    expect((await lampsAs(staff).get('/api/lamps/', as(inactive.uuid))).status).toBe(200)
    expect(await lampsAs(staff).get('/api/lamps/', as(without.uuid))).toMatchObject({
      status: 403,
      body: { detail: 'Unable to impersonate user that does not have an active session.' },
    })
  })
})
