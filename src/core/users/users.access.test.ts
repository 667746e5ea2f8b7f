import { mkdtempSync, rmSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { world } from '../../../tests/support/world.ts'

const folder = mkdtempSync(join(tmpdir(), 'tradepost-users-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const w = world({ DATA_DIR: folder })

const path = (person: { uuid: string }, verb = '') => `/api/users/${person.uuid}/${verb}`
const agreed = { agreement_date: '2026-01-01T00:00:00Z' }
const forbidden = { status: 403, body: { detail: 'You do not have permission to perform this action.' } }
const unseen = { status: 404, body: { detail: 'No User matches the given query.' } }

const typesOf = async (userUuid: string) => {
  const rows = await w.current.db.selectFrom('event').select(['event_type', 'message', 'context']).orderBy('id').execute()
  return rows.filter((row) => (row.context as { affected_user_uuid?: string }).affected_user_uuid === userUuid).map((row) => row.event_type)
}

describe('passwords and tokens', () => {
  it('platform 64: staff sets a password that then opens the door; others may not', async () => {
    const cast = await w.current.cast()
    const set = (person: typeof cast.staff, new_password: string) =>
      w.current.as(person).post(path(cast.projectAdmin, 'change_password/'), { new_password })

    expect(
      await w.current.as(cast.outsider).post(path(cast.outsider, 'change_password/'), { new_password: 'a long enough 1' }),
    ).toMatchObject(forbidden)
    expect(await set(cast.customerOwner, 'a long enough 1')).toMatchObject(forbidden)
    expect(await set(cast.staff, '1234')).toMatchObject({
      status: 400,
      body: { new_password: ['This password is too short. It must contain at least 8 characters.', 'This password is entirely numeric.'] },
    })
    expect(await set(cast.staff, '')).toMatchObject({ status: 400, body: { new_password: ['This field may not be blank.'] } })
    expect(await set(cast.staff, 'a long enough 1')).toMatchObject({ status: 200, text: '' })
    expect(
      await w.current.as().post('/api-auth/password/', { username: cast.projectAdmin.username, password: 'a long enough 1' }),
    ).toMatchObject({
      status: 200,
      body: { token: cast.projectAdmin.token },
    })
    expect(await typesOf(cast.projectAdmin.uuid)).toEqual(
      expect.arrayContaining(['user_password_updated', 'user_password_updated_by_staff']),
    )
  })

  it('platform 15: a user’s token is staff’s to read', async () => {
    const cast = await w.current.cast()
    const get = (person: typeof cast.staff) => w.current.as(person).get(path(cast.customerOwner, 'token/'))

    expect(await get(cast.outsider)).toMatchObject(unseen)
    expect(await get(cast.projectAdmin)).toMatchObject(forbidden)
    expect(await get(cast.support)).toMatchObject(forbidden)
    expect(await get(cast.staff)).toMatchObject({
      status: 200,
      body: {
        token: cast.customerOwner.token,
        user_username: cast.customerOwner.username,
        user_token_lifetime: null,
        user_is_active: true,
      },
    })
    await w.current.db.deleteFrom('user_token').where('user_id', '=', cast.customerOwner.id).execute()
    expect(await get(cast.staff)).toMatchObject({ status: 404 })
  })

  it('staff and users themselves replace a token; the old one ends', async () => {
    const cast = await w.current.cast()
    const refresh = (person: typeof cast.staff) => w.current.as(person).post(path(cast.projectAdmin, 'refresh_token/'))

    const byStaff = await refresh(cast.staff)

    expect(byStaff).toMatchObject({ status: 200, body: { user_username: cast.projectAdmin.username } })
    expect(byStaff.body.token).toMatch(/^[0-9a-f]{40}$/)
    await vi.waitFor(async () => expect((await w.current.as(cast.projectAdmin).get('/api/users/me/')).status).toBe(401))
    const renewed = { ...cast.projectAdmin, token: byStaff.body.token }
    const bySelf = await refresh(renewed)
    expect(bySelf.body.token).not.toBe(byStaff.body.token)
    expect(await refresh(cast.customerOwner)).toMatchObject(forbidden)
    expect(await typesOf(cast.projectAdmin.uuid)).toEqual(['token_created', 'token_created'])
  })
})

const mails = async (to: string) => {
  const found = await readdir(join(folder, 'mail')).catch(() => [])
  const texts = await Promise.all(found.map((name) => readFile(join(folder, 'mail', name), 'utf8')))
  // Long lines are broken for the way.
  return texts.map((text) => text.replace(/=\n/g, '')).filter((text) => text.includes(`To: ${to}`))
}

describe('changing an e-mail address', () => {
  const open = (userId: number) =>
    w.current.db.selectFrom('change_email_request').selectAll().where('user_id', '=', userId).executeTakeFirst()
  const confirm = (code: unknown) => w.current.as().post('/api/users/confirm_email/', { code })

  it('platform 63: a code sent to the new address confirms it, once', async () => {
    const ann = await w.current.user(agreed)

    const asked = await w.current.as(ann).post(path(ann, 'change_email/'), { email: 'new.ann@example.com' })
    await w.current.runJobs()
    const code = (await open(ann.id))?.uuid.replaceAll('-', '') ?? ''
    const me = await w.current.as(ann).get('/api/users/me/')

    expect(asked).toMatchObject({ status: 200, body: { detail: 'The change email request has been successfully created.' } })
    expect(me.body).toMatchObject({ requested_email: 'new.ann@example.com', email: `${ann.username}@example.com` })
    expect(await mails('new.ann@example.com')).toEqual([expect.stringContaining(code)])
    expect(await confirm(code)).toMatchObject({ status: 200, body: { detail: 'Email has been successfully updated.' } })
    expect((await w.current.as(ann).get('/api/users/me/')).body).toMatchObject({ email: 'new.ann@example.com', requested_email: null })
    expect(await confirm(code)).toMatchObject({ status: 404 })
  })

  it('platform 63: a code is refused after a day', async () => {
    const ann = await w.current.user(agreed)
    await w.current.as(ann).post(path(ann, 'change_email/'), { email: 'late@example.com' })
    await w.current.db.updateTable('change_email_request').set({ created: '2020-01-01' }).where('user_id', '=', ann.id).execute()

    expect(await confirm((await open(ann.id))?.uuid)).toMatchObject({ status: 400, body: ['Request has expired.'] })
  })

  it('refuses what is no code and no address', async () => {
    const ann = await w.current.user(agreed)
    const required = { status: 400, body: ['The confirmation code is required.'] }

    expect(await confirm('nope')).toMatchObject(required)
    expect(await w.current.as().post('/api/users/confirm_email/', {})).toMatchObject(required)
    expect(await w.current.as().post('/api/users/confirm_email/', [])).toMatchObject(required)
    expect(await w.current.as(ann).post(path(ann, 'change_email/'), { email: 'x' })).toMatchObject({
      status: 400,
      body: { email: ['Enter a valid email address.'] },
    })
  })

  it('a new request replaces the open one; it can be dropped; others may do neither', async () => {
    const cast = await w.current.cast()
    const ann = cast.projectAdmin
    const cancel = () => w.current.as(ann).post(path(ann, 'cancel_change_email/'))
    await w.current.as(ann).post(path(ann, 'change_email/'), { email: 'one@example.com' })
    const first = (await open(ann.id))?.uuid

    await w.current.as(cast.staff).post(path(ann, 'change_email/'), { email: 'two@example.com' })
    await w.current.runJobs()

    expect(await mails('one@example.com')).toEqual([])
    expect(await confirm(first)).toMatchObject({ status: 404 })
    expect((await open(ann.id))?.email).toBe('two@example.com')
    expect(await w.current.as(cast.customerOwner).post(path(ann, 'change_email/'), { email: 'x@example.com' })).toMatchObject(forbidden)
    expect(await w.current.as(cast.customerOwner).post(path(ann, 'cancel_change_email/'))).toMatchObject(forbidden)
    expect(await cancel()).toMatchObject({ status: 200, body: { detail: 'The change email request has been successfully deleted.' } })
    expect(await cancel()).toMatchObject({ status: 200, body: { detail: 'The change email request has not been found.' } })
  })

  it('all open requests for an address end when one is confirmed', async () => {
    const [ann, bob] = [await w.current.user(agreed), await w.current.user(agreed)]
    for (const person of [ann, bob]) await w.current.as(person).post(path(person, 'change_email/'), { email: 'shared@example.com' })

    await confirm((await open(ann.id))?.uuid)

    expect(await open(bob.id)).toBeUndefined()
  })

  it('an address that an identity provider owns stays', async () => {
    const ann = await w.current.user({ ...agreed, registration_method: 'eduteams' })

    expect(await w.current.as(ann).post(path(ann, 'change_email/'), { email: 'x@example.com' })).toMatchObject({
      status: 400,
      body: { detail: 'The registration method does not allow direct email modification.' },
    })
  })
})

describe('a notification on demand', () => {
  it('mails the orders that wait for the user', async () => {
    const cast = await w.current.cast()
    const offering = await w.current.offering(cast.provider)
    const resource = await w.current.resource(offering, cast.project, { name: 'waiting one', state: 'Creating' })
    await w.current.insert('order', {
      resource_id: resource.id,
      offering_id: offering.id,
      project_id: cast.project.id,
      created_by_id: cast.projectMember.id,
      type: 'Create',
      state: 'pending-consumer',
    })
    const notify = (by: typeof cast.staff, whom: typeof cast.staff) => w.current.as(by).post(path(whom, 'send_notification/'))

    const answer = await notify(cast.staff, cast.customerOwner)
    await notify(cast.staff, cast.outsider)
    await w.current.runJobs()

    expect(answer).toMatchObject({ status: 202, body: { status: 'scheduled' } })
    expect(await mails(`${cast.customerOwner.username}@example.com`)).toEqual([expect.stringContaining('waiting one')])
    expect(await mails(`${cast.outsider.username}@example.com`)).toEqual([])
    expect(await notify(cast.support, cast.customerOwner)).toMatchObject(forbidden)
    expect(await w.current.as(cast.staff).delete(path(cast.projectMember))).toMatchObject({
      status: 409,
      body: { detail: 'Cannot delete user with existing orders.' },
    })
  })
})

describe('statistics', () => {
  it('counts active and inactive users that pass the filters', async () => {
    const cast = await w.current.cast()
    for (const is_active of [true, true, false]) await w.current.user({ organization: 'counted', is_active })
    const get = (person: typeof cast.staff, query = {}) => w.current.as(person).get('/api/users/user_active_status_count/', { query })

    const answer = await get(cast.support, { organization: 'counted' })

    expect(answer.body).toEqual([
      { status: 'active', count: 2 },
      { status: 'inactive', count: 1 },
    ])
    expect(answer.headers['x-result-count']).toBe('2')
    expect((await get(cast.staff, { query: 'nobody has this' })).body).toEqual([
      { status: 'active', count: 0 },
      { status: 'inactive', count: 0 },
    ])
    expect(await get(cast.staff, { customer_uuid: 'nope' })).toMatchObject({ status: 400 })
    expect(await get(cast.customerOwner)).toMatchObject(forbidden)
    expect((await w.current.as(cast.staff).head('/api/users/user_active_status_count/')).headers['x-result-count']).toBe('2')
  })
})
