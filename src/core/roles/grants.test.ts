import { describe, expect, it } from 'vitest'
import { urls, world } from '../../../tests/support/world.ts'
import { transaction } from '../../platform/db/database.ts'
import { type Context, reaction } from '../../platform/wiring.ts'
import { type GrantChange, type RoleEventType, roleEvents } from './events.ts'
import { expiredGrants, grantRoleNamed, revokeRole } from './grants.ts'

const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString()
const body400 = (text: string) => ({ status: 400, body: { non_field_errors: [text] } })

describe('roles on scopes', () => {
  /** What a module further right does about a change of a grant. */
  const followers: ((context: Context, change: GrantChange, type: RoleEventType) => Promise<void>)[] = []
  const w = world({}, [
    {
      reactions: [
        reaction(roleEvents, ['role_granted', 'role_updated', 'role_revoked'], async (...told) => {
          for (const follower of followers) await follower(...told)
        }),
      ],
    },
  ])

  const place = async () => {
    const { cast, user, as } = w.current
    const people = await cast()
    const path = `/api/projects/${people.project.uuid}/`
    return {
      ...people,
      path,
      someone: await user(),
      owner: as(people.customerOwner),
      asStaff: as(people.staff),
      manager: as(people.projectManager),
    }
  }
  const roleUuid = async (name: string) =>
    (await w.current.db.selectFrom('role').select('uuid').where('name', '=', name).executeTakeFirstOrThrow()).uuid
  const eventsOf = (userId: number) =>
    w.current.db
      .selectFrom('event')
      .innerJoin('event_scope', 'event_scope.event_id', 'event.id')
      .selectAll('event')
      .where('scope_type', '=', 'user')
      .where('scope_id', '=', userId)
      .orderBy('event.id')
      .execute()
  const rowsOf = (userId: number) => w.current.db.selectFrom('role_grant').selectAll().where('user_id', '=', userId).orderBy('id').execute()

  it('platform 46: a disabled role is not given; an enabled one shows the project and its organization', async () => {
    const { as } = w.current
    const { owner, asStaff, someone, path, project, consumer } = await place()
    const role = `/api/roles/${await roleUuid('PROJECT.MEMBER')}/`
    const body = { role: 'PROJECT.MEMBER', user: someone.uuid }

    await asStaff.post(`${role}disable/`)
    const refused = await owner.post(`${path}add_user/`, body)
    await asStaff.post(`${role}enable/`)
    const added = await owner.post(`${path}add_user/`, body)

    expect(refused).toMatchObject(body400('Role is not active.'))
    expect(added).toMatchObject({ status: 201, body: { expiration_time: null } })
    expect((await as(someone).get('/api/projects/')).body.map((row: { uuid: string }) => row.uuid)).toEqual([project.uuid])
    expect((await as(someone).get('/api/customers/')).body.map((row: { uuid: string }) => row.uuid)).toEqual([consumer.uuid])
  })

  it('platform 47: the same role is given once; a longer time prolongs it', async () => {
    const { owner, someone, path } = await place()
    const until = inHours(24)
    const body = { role: 'PROJECT.ADMIN', user: someone.uuid, expiration_time: until }

    const first = await owner.post(`${path}add_user/`, body)
    const again = await owner.post(`${path}add_user/`, body)
    const byUuid = await owner.post(`${path}add_user/`, { ...body, role: await roleUuid('PROJECT.ADMIN'), expiration_time: inHours(1) })
    const longer = await owner.post(`${path}add_user/`, { ...body, expiration_time: inHours(48) })
    const forGood = await owner.post(`${path}add_user/`, { ...body, expiration_time: null })
    const covered = await owner.post(`${path}add_user/`, body)

    expect(first.status).toBe(201)
    expect(Date.parse(first.body.expiration_time)).toBe(Date.parse(until))
    expect(again).toMatchObject(body400('User has already the same role in this scope.'))
    expect(byUuid).toMatchObject(body400('User has already the same role in this scope.'))
    expect(longer.status).toBe(201)
    expect(forGood).toMatchObject({ status: 201, body: { expiration_time: null } })
    expect(covered).toMatchObject(body400('User has already the same role in this scope.'))
    expect(await rowsOf(someone.id)).toHaveLength(1)
    expect((await eventsOf(someone.id)).map((event) => event.event_type)).toEqual(['role_granted', 'role_updated', 'role_updated'])
  })

  it('two callers who add the same role at once make one grant', async () => {
    const { owner, asStaff, someone, path } = await place()
    const body = { role: 'PROJECT.ADMIN', user: someone.uuid }

    const answers = await Promise.all([owner.post(`${path}add_user/`, body), asStaff.post(`${path}add_user/`, body)])

    expect(answers.map((answer) => answer.status).sort()).toEqual([201, 400])
    expect(await rowsOf(someone.id)).toHaveLength(1)
  })

  it('platform 48: an expiry lies ahead, and from it on the role has no effect, job or not', async () => {
    const { as, db } = w.current
    const { owner, someone, path } = await place()
    const body = { role: 'PROJECT.ADMIN', user: someone.uuid }

    const past = await owner.post(`${path}add_user/`, { ...body, expiration_time: inHours(-24) })
    const day = await owner.post(`${path}add_user/`, { ...body, expiration_time: inHours(24 * 400).slice(0, 10) })
    const before = await as(someone).get(path)
    await db
      .updateTable('role_grant')
      .set({ expiration_time: new Date(Date.now() + 150).toISOString() })
      .where('user_id', '=', someone.id)
      .execute()
    await new Promise((resolve) => setTimeout(resolve, 200))
    const after = await as(someone).get(path)
    const listed = await owner.get(`${path}list_users/`, { query: { user: someone.uuid } })

    expect(past).toMatchObject({ status: 400, body: { expiration_time: ['Expiration time should be greater than current time.'] } })
    expect(day.body.expiration_time).toMatch(/T00:00:00Z$/)
    expect(before.status).toBe(200)
    expect(after.status).toBe(404)
    expect(listed.body).toEqual([])
  })

  it('the hourly job records the end of an expired grant in nobody’s name', async () => {
    const { db, app, runJobs } = w.current
    const { owner, someone, path } = await place()
    await owner.post(`${path}add_user/`, { role: 'PROJECT.ADMIN', user: someone.uuid, expiration_time: inHours(1) })
    await db
      .updateTable('role_grant')
      .set({ expiration_time: inHours(-1) })
      .where('user_id', '=', someone.id)
      .execute()

    await transaction(db, (tx) => app.jobs.send(tx, expiredGrants, {}))
    await runJobs()

    const [grant] = await rowsOf(someone.id)
    const events = await eventsOf(someone.id)
    expect(grant).toMatchObject({ is_active: false, revoked_by_id: null })
    expect(grant?.revoked).not.toBeNull()
    expect(Date.parse(String(grant?.expiration_time))).toBeLessThan(Date.now() - 3_000_000)
    expect(events.map((event) => event.event_type)).toEqual(['role_granted', 'role_revoked'])
    expect(events[1]?.context).not.toHaveProperty('user_uuid')
  })

  it('a lapsed grant makes room for a new one', async () => {
    const { db } = w.current
    const { owner, someone, path } = await place()
    const body = { role: 'PROJECT.ADMIN', user: someone.uuid, expiration_time: inHours(1) }
    await owner.post(`${path}add_user/`, body)
    await db
      .updateTable('role_grant')
      .set({ expiration_time: inHours(-1) })
      .where('user_id', '=', someone.id)
      .execute()

    const again = await owner.post(`${path}add_user/`, body)

    expect(again.status).toBe(201)
    expect((await rowsOf(someone.id)).map((row) => row.is_active)).toEqual([false, true])
    expect((await eventsOf(someone.id)).map((event) => event.event_type)).toEqual(['role_granted', 'role_revoked', 'role_granted'])
  })

  it('platform 49, 50: a role of another scope, an unknown role and an unknown user are refused', async () => {
    const { asStaff, owner, someone, path, consumer, staff } = await place()
    const customerPath = `/api/customers/${consumer.uuid}/add_user/`

    expect(await asStaff.post(customerPath, { role: 'PROJECT.ADMIN', user: someone.uuid })).toMatchObject(
      body400('Role is not valid for this scope.'),
    )
    expect(await owner.post(`${path}add_user/`, { role: 'NO.SUCH', user: '0'.repeat(32) })).toMatchObject({
      status: 400,
      body: { role: ['Role is not found.'], user: ['User is not found.'] },
    })
    expect(await owner.post(`${path}update_user/`, { role: 'NO.SUCH', user: staff.uuid })).toMatchObject({
      body: { role: ['Role is not found.'] },
    })
    expect(await owner.post(`${path}add_user/`, {})).toMatchObject({
      status: 400,
      body: { role: ['This field is required.'], user: ['This field is required.'] },
    })
    expect(await owner.post(`${path}delete_user/`, { role: 'PROJECT.ADMIN', user: 'nope', expiration_time: 'soon' })).toMatchObject({
      status: 400,
      body: { user: ['Must be a valid UUID.'] },
    })
  })

  it('platform 51: nobody changes the own role by its own power, but from above they may', async () => {
    const { as, grant } = w.current
    const { owner, manager, projectManager, customerOwner, path, project, asStaff, staff, someone } = await place()
    await grant(customerOwner, 'PROJECT.ADMIN', project)
    await grant(staff, 'PROJECT.MANAGER', project)
    await grant(someone, 'PROJECT.MANAGER', project)

    const own = await manager.post(`${path}delete_user/`, { role: 'PROJECT.MANAGER', user: projectManager.uuid })
    const prolong = await manager.post(`${path}update_user/`, { role: 'PROJECT.MANAGER', user: projectManager.uuid, expiration_time: null })
    const wider = await manager.post(`${path}add_user/`, { role: 'PROJECT.ADMIN', user: projectManager.uuid })
    const colleague = await as(someone).post(`${path}update_user/`, {
      role: 'PROJECT.MANAGER',
      user: projectManager.uuid,
      expiration_time: inHours(5),
    })
    const ownersOwn = await owner.post(`${path}delete_user/`, { role: 'PROJECT.ADMIN', user: customerOwner.uuid })
    const ownerOther = await owner.post(`${path}update_user/`, {
      role: 'PROJECT.MANAGER',
      user: projectManager.uuid,
      expiration_time: inHours(9),
    })
    const staffsOwn = await asStaff.post(`${path}delete_user/`, { role: 'PROJECT.MANAGER', user: staff.uuid })

    for (const refused of [own, prolong, wider]) expect(refused).toMatchObject(body400('User can not manage own role.'))
    for (const done of [colleague, ownersOwn, ownerOther, staffsOwn]) expect(done.status).toBe(200)
  })

  it('platform 52: without permission 403, without sight 404', async () => {
    const { as } = w.current
    const { projectAdmin, someone, support, path } = await place()
    const body = { role: 'PROJECT.ADMIN', user: someone.uuid }

    for (const verb of ['add_user', 'update_user', 'delete_user']) {
      expect((await as(projectAdmin).post(`${path}${verb}/`, body)).status).toBe(403)
      expect((await as(support).post(`${path}${verb}/`, body)).status).toBe(403)
      expect(await as(someone).post(`${path}${verb}/`, body)).toMatchObject({
        status: 404,
        body: { detail: 'No Project matches the given query.' },
      })
    }
    expect((await as(someone).get(`${path}list_users/`)).status).toBe(404)
  })

  it('platform 53: to delete what is not there is done; to change it is refused', async () => {
    const { owner, someone, path } = await place()
    const body = { role: 'PROJECT.ADMIN', user: someone.uuid }

    const deleted = await owner.post(`${path}delete_user/`, body)
    const updated = await owner.post(`${path}update_user/`, body)

    expect(deleted).toMatchObject({ status: 200, text: '' })
    expect(updated).toMatchObject(body400('User does not have this role in this scope.'))
    expect(await eventsOf(someone.id)).toEqual([])
  })

  it('platform 54: in a blocked or archived organization nobody is given anything, and that is told before who may', async () => {
    const { as, db } = w.current
    const { asStaff, projectAdmin, someone, path, consumer } = await place()
    const body = { role: 'PROJECT.ADMIN', user: someone.uuid }

    await db.updateTable('customer').set({ blocked: true }).where('id', '=', consumer.id).execute()
    const blocked = await asStaff.post(`${path}add_user/`, body)
    const notAllowed = await as(projectAdmin).post(`${path}add_user/`, body)
    const malformed = await asStaff.post(`${path}add_user/`, { ...body, role: 'NO.SUCH' })
    await db.updateTable('customer').set({ blocked: false, archived: true }).where('id', '=', consumer.id).execute()
    const archived = await asStaff.post(`/api/customers/${consumer.uuid}/add_user/`, { ...body, role: 'CUSTOMER.OWNER' })

    for (const refused of [blocked, notAllowed, archived]) expect(refused).toMatchObject(body400('Customer is not available.'))
    expect(malformed.body).toEqual({ role: ['Role is not found.'] })
  })

  it('platform 55: giving, prolonging and taking are told of, tied to the project and its organization', async () => {
    const { db } = w.current
    const { owner, someone, path, project, consumer, customerOwner } = await place()
    const body = { role: 'PROJECT.ADMIN', user: someone.uuid }

    await owner.post(`${path}add_user/`, { ...body, expiration_time: inHours(1) })
    await owner.post(`${path}update_user/`, { ...body, expiration_time: null })
    await owner.post(`${path}delete_user/`, body)

    const events = await eventsOf(someone.id)
    const scopes = await db
      .selectFrom('event_scope')
      .selectAll()
      .where('event_id', '=', events[0]?.id ?? 0)
      .execute()
    expect(events.map((event) => event.event_type)).toEqual(['role_granted', 'role_updated', 'role_revoked'])
    expect(events[0]?.message).toMatch(/^User Some user-\d+ has gained role of PROJECT.ADMIN in Project-\d+\.$/)
    expect(events[1]?.message).toMatch(/^Permission expiration time for user Some user-\d+ is updated from 20\d\d-.*Z to never\.$/)
    expect(events[2]?.message).toContain('has lost role of PROJECT.ADMIN')
    expect(events[0]?.context).toMatchObject({
      scope_type: 'project',
      scope_uuid: project.uuid,
      project_uuid: project.uuid,
      role_name: 'PROJECT.ADMIN',
      affected_user_uuid: someone.uuid,
      user_uuid: customerOwner.uuid,
      customer_uuid: consumer.uuid,
    })
    expect(scopes.map((scope) => scope.scope_type).sort()).toEqual(['customer', 'project', 'user'])
    const [grant] = await rowsOf(someone.id)
    expect(grant).toMatchObject({ is_active: false, revoked_by_id: customerOwner.id })
  })

  it('update_user without a time makes a role permanent, and says nothing when nothing changes', async () => {
    const { owner, someone, path } = await place()
    const body = { role: 'PROJECT.ADMIN', user: someone.uuid }
    await owner.post(`${path}add_user/`, { ...body, expiration_time: inHours(1) })

    const made = await owner.post(`${path}update_user/`, body)
    await owner.post(`${path}update_user/`, body)

    expect(made).toMatchObject({ status: 200, body: { expiration_time: null } })
    expect((await eventsOf(someone.id)).map((event) => event.event_type)).toEqual(['role_granted', 'role_updated'])
  })

  it('list_users gives one row for each grant of an active user, and finds them', async () => {
    const { as, db, grant } = w.current
    const { owner, someone, path, project, projectManager, customerOwner, projectAdmin } = await place()
    await owner.post(`${path}add_user/`, { role: 'PROJECT.ADMIN', user: someone.uuid })
    await grant(someone, 'PROJECT.MEMBER', project, { created_by_id: customerOwner.id })
    const names = async (query: Record<string, string | string[]>) =>
      (await owner.get(`${path}list_users/`, { query })).body.map(
        (row: { user_username: string; role_name: string }) => `${row.user_username} ${row.role_name}`,
      )

    const all = await owner.get(`${path}list_users/`, { query: { o: '-created' } })
    const one = await as(projectManager).get(`${path}list_users/`, { query: { user: someone.uuid, role: 'PROJECT.ADMIN' } })

    expect(all.headers['x-result-count']).toBe('5')
    expect(one.body).toMatchObject([
      {
        expiration_time: null,
        role_name: 'PROJECT.ADMIN',
        user_uuid: someone.uuid,
        user_username: someone.username,
        created_by_uuid: customerOwner.uuid,
      },
    ])
    expect(await names({ role: await roleUuid('PROJECT.MANAGER') })).toEqual([`${projectManager.username} PROJECT.MANAGER`])
    expect(await names({ user: 'nope' })).toEqual([])
    expect(await names({ user: '0'.repeat(32) })).toEqual([])
    expect(await names({ user_url: urls.user(projectManager) })).toHaveLength(1)
    expect(await names({ username: projectAdmin.username })).toEqual([`${projectAdmin.username} PROJECT.ADMIN`])
    expect(await names({ search_string: `${projectAdmin.username}@exa` })).toHaveLength(1)
    expect(await names({ full_name: `some ${projectAdmin.username}` })).toHaveLength(1)
    expect(await names({ native_name: 'zzz', user_slug: 'zzz' })).toEqual([])
    expect(await names({ user: someone.uuid, o: 'role' })).toEqual([
      `${someone.username} PROJECT.ADMIN`,
      `${someone.username} PROJECT.MEMBER`,
    ])
    expect((await owner.get(`${path}list_users/`, { query: { field: 'role_name', user: projectManager.uuid } })).body).toEqual([
      { role_name: 'PROJECT.MANAGER' },
    ])
    expect((await owner.get(`${path}list_users/`, { query: { o: 'nope' } })).status).toBe(400)
    expect((await owner.head(`${path}list_users/`)).headers['x-result-count']).toBe('5')

    await db.updateTable('user').set({ is_active: false }).where('id', '=', someone.id).execute()
    expect(await names({ user: someone.uuid })).toEqual([])
  })

  it('an organization’s roles are given by who may there, the own one too', async () => {
    const { as } = w.current
    const { asStaff, owner, customerOwner, consumer, someone, projectManager } = await place()
    const path = `/api/customers/${consumer.uuid}/`
    const body = { role: 'CUSTOMER.OWNER', user: someone.uuid }

    const byOwner = await owner.post(`${path}add_user/`, body)
    const byManager = await as(projectManager).post(`${path}add_user/`, body)
    const byStaff = await asStaff.post(`${path}add_user/`, body)
    const listed = await owner.get(`${path}list_users/`)
    const role = `/api/roles/${await roleUuid('CUSTOMER.OWNER')}/`
    const { permissions } = (await asStaff.get(role)).body
    await asStaff.patch(role, { permissions: [...permissions, 'CUSTOMER.UPDATE_PERMISSION', 'CUSTOMER.DELETE_PERMISSION'] })
    const updated = await owner.post(`${path}update_user/`, { ...body, expiration_time: inHours(3) })
    const left = await owner.post(`${path}delete_user/`, { role: 'CUSTOMER.OWNER', user: customerOwner.uuid })
    await asStaff.patch(role, { permissions })

    expect([byOwner.status, byManager.status, byStaff.status]).toEqual([403, 403, 201])
    expect(listed.body).toHaveLength(2)
    expect([updated.status, left.status]).toEqual([200, 200])
    expect((await owner.get(path)).status).toBe(404)
  })

  it('others react to a change in its transaction, and may give and take roles of their own', async () => {
    const { as, serviceProvider, customer } = w.current
    const { asStaff, someone, path } = await place()
    const provider = await customer()
    const followed = await serviceProvider(provider)
    const scope = { type: 'service_provider', id: followed.id }
    const told: string[] = []
    followers.push(async (context, { user_id, role, expiration_time }, type) => {
      if (user_id !== someone.id || role !== 'PROJECT.ADMIN') return
      told.push(type)
      if (type === 'role_revoked') await revokeRole(context, { user_id, role: 'CUSTOMER.MANAGER', scope })
      else await grantRoleNamed(context, { user_id, role: 'CUSTOMER.MANAGER', scope, expiration_time })
    })
    const body = { role: 'PROJECT.ADMIN', user: someone.uuid }
    const sees = async () => (await as(someone).get(`/api/customers/${provider.uuid}/`)).status

    await asStaff.post(`${path}add_user/`, { ...body, expiration_time: inHours(1) })
    const given = await sees()
    await asStaff.post(`${path}update_user/`, body)
    const rows = await rowsOf(someone.id)
    await asStaff.delete(path)

    expect(told).toEqual(['role_granted', 'role_updated', 'role_revoked'])
    expect(given).toBe(200)
    expect(rows.map((row) => [row.scope_type, row.expiration_time])).toEqual([
      ['project', null],
      ['service_provider', null],
    ])
    expect(await sees()).toBe(404)
    expect((await rowsOf(someone.id)).map((row) => row.is_active)).toEqual([false, false])
  })
})
