import { describe, expect, it } from 'vitest'
import { world } from '../../../tests/support/world.ts'

const w = world()

type Named = { uuid: string; username: string }

const names = (rows: Named[]) => rows.map((row) => row.username)
const path = (person: { uuid: string }, verb = '') => `/api/users/${person.uuid}/${verb}`
const agreed = { agreement_date: '2026-01-01T00:00:00Z' }
const forbidden = { status: 403, body: { detail: 'You do not have permission to perform this action.' } }
const unseen = { status: 404, body: { detail: 'No User matches the given query.' } }

const typesOf = async (userUuid: string) => {
  const rows = await w.current.db.selectFrom('event').select(['event_type', 'message', 'context']).orderBy('id').execute()
  return rows.filter((row) => (row.context as { affected_user_uuid?: string }).affected_user_uuid === userUuid).map((row) => row.event_type)
}

describe('who sees whom', () => {
  it('platform 59: an outsider sees only the own user, an owner the members, support everybody', async () => {
    const cast = await w.current.cast()
    const gone = await w.current.user({ is_active: false })
    await w.current.grant(gone, 'PROJECT.ADMIN', cast.project)
    const members = [cast.customerOwner, cast.projectManager, cast.projectAdmin, cast.projectMember].map((one) => one.username)

    const outsider = await w.current.as(cast.outsider).get('/api/users/')
    const owner = await w.current.as(cast.customerOwner).get('/api/users/')
    const admin = await w.current.as(cast.projectAdmin).get('/api/users/')
    const support = await w.current.as(cast.support).get('/api/users/', { query: { page_size: 300 } })

    expect(names(outsider.body)).toEqual([cast.outsider.username])
    expect(names(owner.body).sort()).toEqual(members.sort())
    expect(names(admin.body).sort()).toEqual(members.sort())
    expect(names(support.body)).toEqual(expect.arrayContaining([...members, gone.username, cast.staff.username]))
    expect((await w.current.as(cast.support).head('/api/users/')).headers['x-result-count']).toBe(String(support.body.length))
    expect(await w.current.as(cast.outsider).get(path(cast.customerOwner))).toMatchObject(unseen)
    expect(await w.current.as(cast.customerOwner).get(path(gone))).toMatchObject(unseen)
    expect(await w.current.as(cast.outsider).get(path({ uuid: 'nope' }))).toMatchObject(unseen)
    expect(await w.current.as().get('/api/users/')).toMatchObject({ status: 401 })
  })

  it('a provider’s people see each other by their organization’s service provider', async () => {
    const cast = await w.current.cast()

    const seen = await w.current.as(cast.providerManager).get('/api/users/')

    expect(names(seen.body).sort()).toEqual([cast.providerManager.username, cast.providerOwner.username].sort())
  })

  it('sight ends with the grant’s expiry', async () => {
    const cast = await w.current.cast()
    const late = await w.current.user()
    await w.current.grant(late, 'PROJECT.ADMIN', cast.project, { expiration_time: '2020-01-01T00:00:00Z' })

    expect(names((await w.current.as(late).get('/api/users/')).body)).toEqual([late.username])
    expect(names((await w.current.as(cast.customerOwner).get('/api/users/')).body)).not.toContain(late.username)
  })

  it('platform 60: a token stands in no list, and colleagues see nothing private', async () => {
    const cast = await w.current.cast()
    const owner = w.current.as(cast.customerOwner)

    const list = await owner.get('/api/users/')
    const me = await owner.get('/api/users/me/')
    const own = await owner.get(path(cast.customerOwner))
    const colleague = await owner.get(path(cast.projectManager))
    const byStaff = await w.current.as(cast.staff).get(path(cast.projectManager))

    for (const row of list.body) expect(row).not.toHaveProperty('token')
    expect(me.body.token).toBe(cast.customerOwner.token)
    expect(own.body.token).toBe(cast.customerOwner.token)
    for (const hidden of ['token', 'token_lifetime', 'is_staff', 'is_active', 'description', 'ip_address', 'birth_date', 'permissions']) {
      expect(colleague.body).not.toHaveProperty(hidden)
    }
    expect(byStaff.body).toMatchObject({ is_staff: false, is_active: true, is_support: false, description: '', has_active_session: true })
    expect(byStaff.body).not.toHaveProperty('token')
    expect((await owner.get('/api/users/me/', { query: { field: ['token', 'uuid'] } })).body).toEqual({
      uuid: cast.customerOwner.uuid,
      token: cast.customerOwner.token,
    })
  })

  it('the caller’s own user says which roles are held', async () => {
    const cast = await w.current.cast()

    const { body } = await w.current.as(cast.projectManager).get('/api/users/me/')

    expect(body).toMatchObject({ uuid: cast.projectManager.uuid, token_expires_at: null, identity_provider_name: 'Local DB', image: null })
    expect(body.permissions).toEqual([
      expect.objectContaining({
        role_name: 'PROJECT.MANAGER',
        scope_type: 'project',
        scope_uuid: cast.project.uuid,
        customer_uuid: cast.consumer.uuid,
        user_uuid: cast.projectManager.uuid,
        expiration_time: null,
      }),
    ])
    expect((await w.current.as(cast.projectManager).head('/api/users/me/')).status).toBe(200)
    expect(await w.current.as().get('/api/users/me/')).toMatchObject({ status: 401 })
  })

  it('an identity manager may not go through people', async () => {
    const manager = await w.current.user({ is_identity_manager: true })

    expect(await w.current.as(manager).get('/api/users/')).toMatchObject({ status: 403 })
    expect(await w.current.as(manager).get(path(manager))).toMatchObject({ status: 200 })
  })
})

describe('filters', () => {
  it('each narrows the list', async () => {
    const cast = await w.current.cast()
    const ann = await w.current.user({
      username: 'ann.filter',
      first_name: 'Ann',
      last_name: 'Filter',
      native_name: 'Änn',
      email: 'ann@filter.example',
      organization: 'Filters',
      job_title: 'Sieve',
      phone_number: '+372 5',
      description: 'fine mesh',
      civil_number: 'EE1',
      is_support: true,
      registration_method: 'eduteams',
      agreement_date: '2035-01-01T00:00:00Z',
      date_joined: '2035-01-01T00:00:00Z',
    })
    await w.current.grant(ann, 'PROJECT.ADMIN', cast.project)
    const staff = w.current.as(cast.staff)
    const found = async (query: { [name: string]: string | boolean }) =>
      names((await staff.get('/api/users/', { query: { ...query, page_size: 300 } })).body)

    for (const query of [
      { full_name: 'ann filt' },
      { native_name: 'änn' },
      { email: 'ANN@filter' },
      { organization: 'filters' },
      { job_title: 'siev' },
      { phone_number: '+372' },
      { description: 'mesh' },
      { civil_number: 'EE1' },
      { username: 'ann.filter' },
      { username_list: 'ann.filter,nobody' },
      { query: 'EE1' },
      { user_keyword: 'ann.filt' },
      { registration_method: 'eduteams' },
      { agreement_date: '2034-12-31' },
      { date_joined: '2034-12-31' },
      { is_support: true, full_name: 'ann' },
    ]) {
      expect(await found(query), JSON.stringify(query)).toEqual(['ann.filter'])
    }
    expect(await found({ project_uuid: cast.project.uuid, project_roles: 'PROJECT.ADMIN' })).toEqual(
      ['ann.filter', cast.projectAdmin.username].sort(),
    )
    expect(await found({ customer_uuid: cast.consumer.uuid })).toHaveLength(5)
    expect(await found({ customer_uuid: cast.consumer.uuid, organization_roles: 'CUSTOMER.OWNER' })).toEqual([cast.customerOwner.username])
    expect(await found({ is_staff: true, customer_uuid: cast.consumer.uuid })).toEqual([])
    expect(await found({ is_active: false, customer_uuid: cast.consumer.uuid })).toEqual([])
    expect(await found({ modified: '2099-01-01' })).toEqual([])
    expect(await staff.get('/api/users/', { query: { customer_uuid: 'nope', agreement_date: 'nope' } })).toMatchObject({
      status: 400,
      body: { customer_uuid: ['Enter a valid UUID.'], agreement_date: ['Enter a valid date/time.'] },
    })
  })

  it('what a caller is not shown cannot be found out by a filter', async () => {
    const cast = await w.current.cast()
    await w.current.db
      .updateTable('user')
      .set({ description: 'odd', civil_number: 'EE2', is_support: true })
      .where('id', '=', cast.projectAdmin.id)
      .execute()
    const owner = w.current.as(cast.customerOwner)

    for (const query of [{ description: 'odd' }, { civil_number: 'EE2' }, { query: 'EE2' }, { is_support: true }]) {
      expect((await owner.get('/api/users/', { query })).body).toEqual([])
    }
  })

  it('orders by every key', async () => {
    const { staff } = await w.current.cast()
    const keys = ['description', 'email', 'full_name', 'is_active', 'is_staff', 'is_support', 'job_title', 'native_name']

    for (const key of [...keys, 'organization', 'phone_number', 'registration_method', 'username']) {
      expect((await w.current.as(staff).get('/api/users/', { query: { o: `-${key}` } })).status, key).toBe(200)
    }
    expect(await w.current.as(staff).get('/api/users/', { query: { o: 'nope' } })).toMatchObject({ status: 400 })
  })
})

describe('making and deleting users', () => {
  it('staff makes a user, whose token lives as long as the site says', async () => {
    const { staff } = await w.current.cast()

    const made = await w.current.as(staff).post('/api/users/', {
      username: 'new.user',
      email: 'new@example.com',
      first_name: 'New',
      last_name: 'User',
      is_support: true,
      gender: 2,
      birth_date: '2000-02-29',
      nationalities: ['EE'],
    })

    expect(made.status).toBe(201)
    expect(made.headers.location).toBe(made.body.url)
    expect(made.body).toMatchObject({
      username: 'new.user',
      full_name: 'New User',
      slug: 'new-user',
      is_support: true,
      is_active: true,
      token_lifetime: 3600,
      gender: 2,
      birth_date: '2000-02-29',
      nationalities: ['EE'],
      agreement_date: null,
    })
    expect(await typesOf(made.body.uuid)).toEqual(['user_creation_succeeded', 'user_has_been_created_by_staff'])
  })

  it('names every bad field at once; a name is taken once', async () => {
    const { staff } = await w.current.cast()
    const post = (body: object) => w.current.as(staff).post('/api/users/', body)

    expect(await post({})).toMatchObject({
      status: 400,
      body: { username: ['This field is required.'], email: ['This field is required.'] },
    })
    expect(
      await post({ username: 'Big Name', email: 'nope', token_lifetime: 59, birth_date: 'x', gender: 'x', slug: 'a b' }),
    ).toMatchObject({
      status: 400,
      body: {
        username: ['Enter a valid username.'],
        email: ['Enter a valid email address.'],
        token_lifetime: ['Ensure this value is greater than or equal to 60.'],
        birth_date: ['Date has wrong format. Use one of these formats instead: YYYY-MM-DD.'],
        gender: ['A valid integer is required.'],
        slug: ['Enter a valid "slug" consisting of letters, numbers, underscores or hyphens.'],
      },
    })
    expect(await post({ username: 'one.name', email: 'a@b.ee', gender: 3 })).toMatchObject({
      status: 400,
      body: { gender: ['"3" is not a valid choice.'] },
    })
    expect(await post({ username: staff.username, email: 'a@b.ee' })).toMatchObject({
      status: 400,
      body: { username: ['This field must be unique.'] },
    })
  })

  it('is staff’s alone', async () => {
    const cast = await w.current.cast()

    expect(await w.current.as(cast.customerOwner).post('/api/users/', { username: 'x', email: 'x@y.ee' })).toMatchObject(forbidden)
    expect(await w.current.as(cast.support).post('/api/users/', {})).toMatchObject(forbidden)
    expect(await w.current.as(cast.customerOwner).delete(path(cast.projectAdmin))).toMatchObject(forbidden)
    expect(await w.current.as(cast.outsider).delete(path(cast.projectAdmin))).toMatchObject(unseen)
  })

  it('a deleted user is gone, with the events kept', async () => {
    const cast = await w.current.cast()

    expect(await w.current.as(cast.staff).delete(path(cast.projectAdmin))).toMatchObject({ status: 204, text: '' })

    expect(await w.current.as(cast.staff).get(path(cast.projectAdmin))).toMatchObject(unseen)
    expect(await typesOf(cast.projectAdmin.uuid)).toEqual(['user_deletion_succeeded'])
  })
})

describe('changing users', () => {
  it('platform 61: what staff alone may write is ignored from others, and others are not theirs to change', async () => {
    const cast = await w.current.cast()
    const ann = await w.current.user(agreed)

    const answer = await w.current
      .as(ann)
      .patch(path(ann), { is_staff: true, is_support: true, is_active: false, slug: 'mine', description: 'x' })

    expect(answer.status).toBe(200)
    expect((await w.current.as(ann).patch(path(ann), { is_staff: 'perhaps', slug: '?', managed_isds: 1 })).status).toBe(200)
    const row = await w.current.db.selectFrom('user').selectAll().where('id', '=', ann.id).executeTakeFirstOrThrow()
    expect(row).toMatchObject({ is_staff: false, is_support: false, is_active: true, slug: '', description: '' })
    expect(await w.current.as(ann).patch(path(cast.customerOwner), { first_name: 'X' })).toMatchObject(unseen)
    expect(await w.current.as(cast.customerOwner).patch(path(cast.projectAdmin), { first_name: 'X' })).toMatchObject(forbidden)
    expect(await w.current.as(cast.support).patch(path(cast.projectAdmin), { is_staff: true })).toMatchObject(forbidden)
  })

  it('platform 62: user name and e-mail address stay', async () => {
    const ann = await w.current.user(agreed)

    const patched = await w.current.as(ann).patch(path(ann), { username: 'other', email: 'other@example.com' })
    const put = await w.current.as(ann).put(path(ann), { username: 'other', email: 'other@example.com', first_name: 'Ann' })

    expect(patched.body).toMatchObject({ username: ann.username, email: `${ann.username}@example.com` })
    expect(put.body).toMatchObject({ username: ann.username, email: `${ann.username}@example.com`, first_name: 'Ann' })
    expect(put.body).not.toHaveProperty('token')
    expect(await w.current.as(ann).put(path(ann), {})).toMatchObject({
      status: 400,
      body: { username: ['This field is required.'], email: ['This field is required.'] },
    })
  })

  it('needs agreement with the policy first', async () => {
    const ann = await w.current.user()
    const patch = (body: object) => w.current.as(ann).patch(path(ann), body)

    expect(await patch({ first_name: 'Ann' })).toMatchObject({
      status: 400,
      body: { agree_with_policy: ['User must agree with the policy.'] },
    })
    const agreedNow = await patch({ agree_with_policy: true })
    expect(agreedNow.status).toBe(200)
    expect(Date.now() - Date.parse(agreedNow.body.agreement_date)).toBeLessThan(60_000)
    expect(await patch({ first_name: 'Ann' })).toMatchObject({ status: 200, body: { first_name: 'Ann' } })
  })

  it('platform 9: a token’s lifetime is at least a minute, or endless', async () => {
    const ann = await w.current.user({ ...agreed, token_lifetime: 600 })
    const patch = (token_lifetime: unknown) => w.current.as(ann).patch(path(ann), { token_lifetime })

    expect((await w.current.as(ann).get(path(ann))).body.token_expires_at).toMatch(/Z$/)
    expect(await patch(59)).toMatchObject({ status: 400, body: { token_lifetime: ['Ensure this value is greater than or equal to 60.'] } })
    expect(await patch(null)).toMatchObject({ status: 200, body: { token_lifetime: null, token_expires_at: null } })
    expect(await typesOf(ann.uuid)).toEqual(['user_update_succeeded', 'token_lifetime_updated'])
  })

  it('events say what changed; nothing is recorded when nothing did', async () => {
    const { staff } = await w.current.cast()
    const ann = await w.current.user()
    const patch = (body: object) => w.current.as(staff).patch(path(ann), body)

    await patch({ phone_number: '5', birth_date: '1999-01-01' })
    await patch({ phone_number: '5' })
    await patch({ is_active: false })
    await patch({ is_active: true })

    expect(await typesOf(ann.uuid)).toEqual([
      'user_update_succeeded',
      'user_update_succeeded',
      'user_deactivated',
      'user_update_succeeded',
      'user_activated',
    ])
    const event = await w.current.db
      .selectFrom('event')
      .select('message')
      .where('message', 'like', `User ${ann.username} has been updated%`)
      .orderBy('id')
      .executeTakeFirstOrThrow()
    expect(event.message).toMatch(/Details: (phone_number, birth_date|birth_date, phone_number)\.$/)
  })
})
