import { describe, expect, it, vi } from 'vitest'
import { world } from '../../../tests/support/world.ts'
import { hashPassword } from './passwords.ts'

const w = world()

const PASSWORD = 'correct horse 9'

async function somebody(values: { [column: string]: unknown } = {}) {
  const person = await w.current.user({ password: await hashPassword(PASSWORD), ...values })
  await w.current.db.deleteFrom('user_token').where('user_id', '=', person.id).execute()
  return person
}

const logIn = (username: string, password: string) => w.current.as().post('/api-auth/password/', { username, password })
const withToken = (token: string) => w.current.as({ id: 0, uuid: '', username: '', token })
const eventsOf = async (type: string) => {
  const rows = await w.current.db.selectFrom('event').select(['message', 'context']).where('event_type', '=', type).orderBy('id').execute()
  return rows as { message: string; context: { [key: string]: unknown } }[]
}

describe('logging in', () => {
  it('platform 6: gives 40 hex digits and a cookie, and the same token again', async () => {
    const ann = await somebody()

    const first = await logIn(ann.username, PASSWORD)
    const second = await logIn(ann.username, PASSWORD)

    expect(first.status).toBe(200)
    expect(first.body.token).toMatch(/^[0-9a-f]{40}$/)
    expect(first.headers['set-cookie']).toMatch(/^sessionid=\w+; HttpOnly; Max-Age=3600; Path=\/; SameSite=Lax$/)
    expect(second.body).toEqual(first.body)
    const row = await w.current.db.selectFrom('user').select('last_login').where('id', '=', ann.id).executeTakeFirstOrThrow()
    expect(row.last_login).not.toBeNull()
    expect((await eventsOf('auth_logged_in_with_username')).filter((event) => event.context.user_uuid === ann.uuid)).toHaveLength(2)
    expect((await eventsOf('token_created')).filter((event) => event.context.affected_user_uuid === ann.uuid)).toHaveLength(1)
  })

  it('takes forms too', async () => {
    const ann = await somebody()

    const answer = await w.current
      .as()
      .send('POST', '/api-auth/password/', new URLSearchParams({ username: ann.username, password: PASSWORD }).toString(), {
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      })

    expect(answer.status).toBe(200)
  })

  it('platform 7: refuses a missing, a blank and a wrong password', async () => {
    const ann = await somebody()

    expect(await logIn(ann.username, '')).toMatchObject({ status: 400, body: { password: ['This field may not be blank.'] } })
    expect(await w.current.as().post('/api-auth/password/', { username: ann.username })).toMatchObject({
      status: 400,
      body: { password: ['This field is required.'] },
    })
    expect(await logIn(ann.username, 'x')).toMatchObject({ status: 401, body: { detail: 'Invalid username/password.' } })
    expect(await logIn('nobody-of-that-name', PASSWORD)).toMatchObject({ status: 401, body: { detail: 'Invalid username/password.' } })
    expect(await w.current.as().get('/api-auth/password/')).toMatchObject({ status: 405 })
    expect((await eventsOf('auth_login_failed_with_username')).map((event) => event.message)).toContain(
      `User ${ann.username} failed to log in with username and password.`,
    )
  })

  it('platform 7: locks a name after four failures, also for the right password, until the time is over', async () => {
    const ann = await somebody()
    const locked = { status: 401, body: { detail: 'Username is locked out. Try in 10 minutes.' } }

    const failures = await Promise.all(['a', 'b', 'c', 'd'].map((wrong) => logIn(ann.username, wrong)))

    expect(failures.map((answer) => answer.body.detail)).toEqual(Array(4).fill('Invalid username/password.'))
    expect(await logIn(ann.username, 'e')).toMatchObject(locked)
    expect(await logIn(ann.username, PASSWORD)).toMatchObject(locked)
    await w.current.db.updateTable('login_failure').set({ failed: '2020-01-01' }).where('username', '=', ann.username).execute()
    expect(await logIn(ann.username, PASSWORD)).toMatchObject({ status: 200 })
  })

  it('lets no more guesses through when they come all at once', async () => {
    const ann = await somebody()

    const answers = await Promise.all(Array.from({ length: 8 }, (_, n) => logIn(ann.username, `guess ${n}`)))

    expect(answers.filter((answer) => answer.body.detail === 'Invalid username/password.')).toHaveLength(4)
  })

  it('forgets failures after a success', async () => {
    const ann = await somebody()
    await Promise.all(['a', 'b', 'c'].map((wrong) => logIn(ann.username, wrong)))
    await logIn(ann.username, PASSWORD)

    const again = await Promise.all(['a', 'b', 'c'].map((wrong) => logIn(ann.username, wrong)))

    expect(again.map((answer) => answer.body.detail)).toEqual(Array(3).fill('Invalid username/password.'))
    expect(await logIn(ann.username, PASSWORD)).toMatchObject({ status: 200 })
  })

  it('refuses an inactive user', async () => {
    const ann = await somebody({ is_active: false })

    expect(await logIn(ann.username, PASSWORD)).toMatchObject({ status: 401, body: { detail: 'User account is disabled.' } })
  })
})

describe('a session', () => {
  const idle = (userId: number, seconds: number) =>
    w.current.database.pool.query(`update user_token set used = now() - make_interval(secs => $2), digest = digest where user_id = $1`, [
      userId,
      seconds,
    ])

  it('platform 8: a token lives while it is used; after its time only logging in gives another', async () => {
    const ann = await somebody({ token_lifetime: 60 })
    const { token } = (await logIn(ann.username, PASSWORD)).body
    const use = () => withToken(token).get('/api/users/me/')

    await idle(ann.id, 50)
    await vi.waitFor(async () => expect(await use()).toMatchObject({ status: 200 }))
    const moved = await w.current.db.selectFrom('user_token').select('used').where('user_id', '=', ann.id).executeTakeFirstOrThrow()
    expect(Date.now() - Date.parse(moved.used)).toBeLessThan(10_000)
    await idle(ann.id, 61)
    await vi.waitFor(async () => expect(await use()).toMatchObject({ status: 401, body: { detail: 'Token has expired.' } }))
    const next = await logIn(ann.username, PASSWORD)

    expect(next.body.token).not.toBe(token)
    expect(await withToken(next.body.token).get('/api/users/me/')).toMatchObject({ status: 200 })
    expect(await use()).toMatchObject({ status: 401, body: { detail: 'Invalid token.' } })
  })

  it('platform 10: ends with logging out', async () => {
    const ann = await w.current.user()

    const answer = await w.current.as(ann).post('/api-auth/logout/')

    expect(answer).toMatchObject({ status: 204, text: '' })
    await vi.waitFor(async () => {
      expect(await w.current.as(ann).get('/api/users/me/')).toMatchObject({ status: 401, body: { detail: 'Invalid token.' } })
    })
    expect((await eventsOf('auth_logged_out')).map((event) => event.context.user_uuid)).toContain(ann.uuid)
    expect(await w.current.as().post('/api-auth/logout/')).toMatchObject({ status: 401 })
  })

  it('platform 11: of a user set inactive is refused', async () => {
    const [staff, ann] = [await w.current.user({ is_staff: true }), await w.current.user()]

    await w.current.as(staff).patch(`/api/users/${ann.uuid}/`, { is_active: false, agree_with_policy: true })

    await vi.waitFor(async () => {
      expect(await w.current.as(ann).get('/api/users/me/')).toMatchObject({ status: 401, body: { detail: 'User inactive or deleted.' } })
    })
  })
})

describe('the Authorization header', () => {
  const get = (authorization: string | undefined, path = '/api/users/') =>
    w.current.as().get(path, authorization === undefined ? {} : { headers: { authorization } })

  it('platform 1: without one the answer says so', async () => {
    const answer = await get(undefined)

    expect(answer).toMatchObject({ status: 401, body: { detail: 'Authentication credentials were not provided.' } })
    expect(answer.headers['www-authenticate']).toBe('Token')
  })

  it('platform 2: the scheme may be in lower case', async () => {
    const ann = await w.current.user()

    expect(await get(`token ${ann.token}`)).toMatchObject({ status: 200 })
  })

  it('platform 3: each broken form has its text', async () => {
    const detail = async (header: string) => (await get(header)).body.detail

    expect(await detail('Token')).toBe('Invalid token. No credentials provided.')
    expect(await detail('Token a b')).toBe('Invalid token. Token string should not contain spaces.')
    expect(await detail('Token deadbeef')).toBe('Invalid token.')
    expect(await detail('Bearer deadbeef')).toBe('Authentication credentials were not provided.')
  })

  it('platform 4: a token in the query or another header is not read', async () => {
    const ann = await w.current.user()

    expect(await get(undefined, `/api/users/?x-auth-token=${ann.token}`)).toMatchObject({ status: 401 })
    expect(await w.current.as().get('/api/users/', { headers: { 'x-auth-token': ann.token } })).toMatchObject({ status: 401 })
  })

  it('platform 5: an anonymous caller learns of paths alone; a bad token is refused also where none is needed', async () => {
    const anonymous = w.current.as()
    const nobody = '00000000000000000000000000000000'

    expect(await anonymous.get(`/api/users/${nobody}/`)).toMatchObject({ status: 401 })
    expect(await anonymous.delete('/api/users/')).toMatchObject({ status: 401 })
    expect(await anonymous.options('/api/users/')).toMatchObject({ status: 401 })
    expect(await anonymous.get('/api/no-such-thing/')).toMatchObject({ status: 404 })
    expect(await get('Token deadbeef', '/api/configuration/')).toMatchObject({ status: 401, body: { detail: 'Invalid token.' } })
  })
})

describe('acting as somebody else', () => {
  const as = (person: { token: string }, uuid: string) => ({
    headers: { authorization: `Token ${person.token}`, 'x-impersonated-user-uuid': uuid },
  })

  it('platform 12: staff sees what the other sees, and events name both', async () => {
    const { staff, customerOwner } = await w.current.cast()
    const key = { name: 'laptop', public_key: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJqfhX3mkxMfnHYWPZMpxaH6mwJAXrCYzNGqLXGRkbUy' }

    const own = await w.current.as(customerOwner).get('/api/users/')
    const seen = await w.current.as().get('/api/users/', as(staff, customerOwner.uuid))
    await w.current.as().post('/api/keys/', key, as(staff, customerOwner.uuid))

    expect(seen.body.map((user: { uuid: string }) => user.uuid)).toEqual(own.body.map((user: { uuid: string }) => user.uuid))
    expect(seen.headers['x-impersonator-uuid']).toBe(staff.uuid)
    expect((await eventsOf('ssh_key_creation_succeeded')).at(-1)?.context).toMatchObject({
      user_uuid: customerOwner.uuid,
      user_impersonator_uuid: staff.uuid,
      user_impersonator_username: staff.username,
    })
  })

  it('platform 13: an unknown uuid is ignored', async () => {
    const staff = await w.current.user({ is_staff: true })

    const answer = await w.current.as().get('/api/users/me/', as(staff, '00000000000000000000000000000000'))

    expect(answer.body.uuid).toBe(staff.uuid)
    expect(answer.headers['x-impersonator-uuid']).toBeUndefined()
  })

  it('platform 14: the header of others than staff is ignored', async () => {
    const { customerOwner, projectManager } = await w.current.cast()

    const answer = await w.current.as().get('/api/users/me/', as(customerOwner, projectManager.uuid))

    expect(answer.body.uuid).toBe(customerOwner.uuid)
  })

  it('needs a session of the other', async () => {
    const [staff, ann] = [await w.current.user({ is_staff: true }), await somebody()]

    expect(await w.current.as().get('/api/users/me/', as(staff, ann.uuid))).toMatchObject({
      status: 403,
      body: { detail: 'Unable to impersonate user that does not have an active session.' },
    })
  })

  it('neither learns nor ends the session of the other', async () => {
    const [staff, ann] = [await w.current.user({ is_staff: true }), await w.current.user()]
    const anonymous = w.current.as()

    const me = await anonymous.get('/api/users/me/', as(staff, ann.uuid))

    expect(me.body.uuid).toBe(ann.uuid)
    expect(me.body).not.toHaveProperty('token')
    expect(await anonymous.post('/api-auth/logout/', undefined, as(staff, ann.uuid))).toMatchObject({ status: 403 })
    expect(await anonymous.post(`/api/users/${ann.uuid}/refresh_token/`, undefined, as(staff, ann.uuid))).toMatchObject({ status: 403 })
    expect(await w.current.as(ann).get('/api/users/me/')).toMatchObject({ status: 200 })
  })
})
