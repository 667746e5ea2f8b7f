import { describe, expect, it } from 'vitest'
import { png } from '../../../tests/support/pictures.ts'
import { type Row, urls, world } from '../../../tests/support/world.ts'

const LIST = '/api/projects/'
const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10)
const TOO_EARLY = ['Cannot be earlier than the current date.']

describe('projects', () => {
  const w = world()

  const place = async () => {
    const people = await w.current.cast()
    const { as } = w.current
    return {
      ...people,
      path: `${LIST}${people.project.uuid}/`,
      owner: as(people.customerOwner),
      manager: as(people.projectManager),
      asStaff: as(people.staff),
      stranger: as(people.outsider),
    }
  }
  const names = (answer: { body: { name: string }[] }) => answer.body.map((row) => row.name)
  const eventsOf = (project: Row) =>
    w.current.db
      .selectFrom('event')
      .innerJoin('event_scope', 'event_scope.event_id', 'event.id')
      .select(['event_type', 'message', 'context'])
      .where('scope_type', '=', 'project')
      .where('scope_id', '=', project.id)
      .orderBy('event.id')
      .execute()

  it('platform 69: are made by who may in the organization', async () => {
    const { owner, manager, asStaff, stranger, consumer } = await place()
    const body = { name: 'New one', customer: urls.customer(consumer) }

    const made = await owner.post(LIST, {
      ...body,
      description: '<b>bold</b><script>x</script>',
      is_industry: true,
      oecd_fos_2007_code: '1.2',
    })

    expect(made.status).toBe(201)
    expect(made.headers.location).toBe(made.body.url)
    expect(made.body).toMatchObject({
      name: 'New one',
      slug: 'new-one',
      customer: urls.customer(consumer),
      customer_uuid: consumer.uuid,
      description: '<b>bold</b>',
      is_industry: true,
      oecd_fos_2007_code: '1.2',
      oecd_fos_2007_label: 'Computer and information sciences',
      kind: 'default',
      type: null,
      end_date: null,
      is_removed: false,
      resources_count: 0,
      marketplace_resource_count: {},
      project_credit: null,
      termination_metadata: null,
    })
    expect(made.body).not.toHaveProperty('staff_notes')
    expect((await owner.post(LIST, body)).body.slug).toBe('new-one-2')
    expect((await manager.post(LIST, body)).status).toBe(403)
    expect(await stranger.post(LIST, body)).toMatchObject({
      status: 400,
      body: { customer: ['Invalid hyperlink - Object does not exist.'] },
    })
    expect(await owner.post(LIST, { name: ' ', customer: urls.customer(consumer), kind: 'nope', grace_period_days: -1 })).toMatchObject({
      status: 400,
      body: {
        name: ['This field may not be blank.'],
        kind: ['"nope" is not a valid choice.'],
        grace_period_days: ['Ensure this value is greater than or equal to 0.'],
      },
    })
    await asStaff.patch(`/api/customers/${consumer.uuid}/`, { blocked: true })
    expect(await owner.post(LIST, body)).toMatchObject({ status: 400, body: ['Blocked organization is not available.'] })
  })

  it('may be sent as a form with an image', async () => {
    const { owner, consumer } = await place()

    const made = await owner.upload(LIST, {
      name: 'Form',
      customer: urls.customer(consumer),
      is_industry: 'true',
      end_date: '',
      grace_period_days: '',
      oecd_fos_2007_code: '',
      type: '',
      image: png('p.png'),
    })

    expect(made).toMatchObject({ status: 201, body: { name: 'Form', is_industry: true } })
    expect(made.body.image).toMatch(/\/api\/media\//)
  })

  it('platform 70: an end is set by who may delete, and cleared by who may change', async () => {
    const { owner, manager, path, customerOwner, consumer } = await place()

    const past = await owner.patch(path, { end_date: day(-1) })
    const byManager = await manager.patch(path, { end_date: day(10) })
    const byOwner = await owner.patch(path, { end_date: day(0) })
    const kept = await manager.put(path, { name: 'Same end', customer: urls.customer(consumer), end_date: day(0) })
    const cleared = await manager.patch(path, { end_date: null })

    expect(past).toMatchObject({ status: 400, body: { end_date: TOO_EARLY } })
    expect(byManager.status).toBe(403)
    expect(byOwner).toMatchObject({ status: 200, body: { end_date: day(0), end_date_requested_by: urls.user(customerOwner) } })
    expect(kept).toMatchObject({
      status: 200,
      body: { name: 'Same end', end_date: day(0), end_date_requested_by: urls.user(customerOwner) },
    })
    expect(cleared).toMatchObject({ status: 200, body: { end_date: null, end_date_requested_by: null } })
    expect(await owner.patch(path, { end_date: 'soon' })).toMatchObject({ status: 400 })
    expect((await owner.post(LIST, { name: 'x', customer: urls.customer(consumer), start_date: day(-1), end_date: day(-1) })).body).toEqual(
      {
        start_date: TOO_EARLY,
        end_date: TOO_EARLY,
      },
    )
  })

  it('begin on a day that is fixed once it has come', async () => {
    const { owner, path, consumer, project } = await place()

    const ahead = await owner.patch(path, { start_date: day(3) })
    const moved = await owner.patch(path, { start_date: day(0) })
    const fixed = await owner.patch(path, { start_date: day(5) })
    const same = await owner.put(path, { name: 'Same', customer: urls.customer(consumer), start_date: day(0) })

    expect([ahead.status, moved.status, same.status]).toEqual([200, 200, 200])
    expect(fixed).toMatchObject({ status: 400, body: { start_date: ['Cannot be changed after it has arrived.'] } })
    expect((await eventsOf(project)).map((event) => event.message)[0]).toMatch(/updated\. Details: start_date: from nothing to/)
  })

  it('are changed by who may; the organization stays, and what only staff sets is ignored', async () => {
    const { owner, manager, asStaff, stranger, path, consumer, provider, projectMember, support } = await place()
    const { as } = w.current

    const changed = await manager.patch(path, { name: 'Renamed', slug: 'mine', staff_notes: 'mine', backend_id: 'b-1' })
    const unread = await manager.patch(path, { slug: '?', staff_notes: ['mine'] })
    const byStaff = await asStaff.put(path, { name: 'Again', customer: urls.customer(provider), slug: 'theirs', staff_notes: 'theirs' })

    expect(changed).toMatchObject({ status: 200, body: { name: 'Renamed', slug: '', backend_id: 'b-1' } })
    expect(unread.status).toBe(200)
    expect((await asStaff.patch(path, { slug: '?' })).status).toBe(400)
    expect(byStaff).toMatchObject({
      status: 200,
      body: { name: 'Again', slug: 'theirs', staff_notes: 'theirs', customer_uuid: consumer.uuid },
    })
    expect((await owner.get(path)).body).not.toHaveProperty('staff_notes')
    expect((await as(support).get(path)).body.staff_notes).toBe('theirs')
    expect((await as(projectMember).patch(path, {})).status).toBe(403)
    expect((await stranger.patch(path, {})).status).toBe(404)
    expect(await manager.put(path, {})).toMatchObject({
      status: 400,
      body: { name: ['This field is required.'], customer: ['This field is required.'] },
    })
    await asStaff.patch(`/api/customers/${consumer.uuid}/`, { archived: true })
    expect(await manager.patch(path, { name: 'x' })).toMatchObject({ status: 400, body: ['Archived organization is not available.'] })
    expect(await owner.delete(path)).toMatchObject({ status: 400, body: ['Archived organization is not available.'] })
  })

  it('what staff notes about a project is not told to those who read its events', async () => {
    const { asStaff, path, project } = await place()

    await asStaff.patch(path, { staff_notes: 'owes us money' })
    await asStaff.patch(path, { staff_notes: 'still owes us money', name: 'Renamed' })

    const events = await eventsOf(project)
    expect(events.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^Project Renamed has been updated\. Details: name: from .* to Renamed\.$/),
    ])
    expect(JSON.stringify(events)).not.toContain('money')
  })

  it('platform 72: are removed softly: gone from lists and grants, found by uuid, kept for who may recover', async () => {
    const { owner, manager, asStaff, path, project, provider, projectManager, customerOwner, projectMember } = await place()
    const { as, offering, resource, db } = w.current
    const used = await resource(await offering(provider), project)

    const notAllowed = await manager.delete(path)
    const active = await owner.delete(path)
    await db.updateTable('resource').set({ state: 'Terminated' }).where('id', '=', used.id).execute()
    const removed = await owner.delete(path)

    expect(notAllowed.status).toBe(403)
    expect(active).toMatchObject({
      status: 400,
      body: ['Project contains active resources. Please remove them before deleting project.'],
    })
    expect(removed).toMatchObject({ status: 204, text: '' })
    expect((await manager.get(path)).status).toBe(404)
    const kept = await owner.get(path)
    expect(kept).toMatchObject({ status: 200, body: { is_removed: true } })
    expect(kept.body.termination_metadata.members.map((member: { role_name: string }) => member.role_name).sort()).toEqual([
      'PROJECT.ADMIN',
      'PROJECT.MANAGER',
      'PROJECT.MEMBER',
    ])
    expect(kept.body.termination_metadata.removed_by.uuid).toBe(customerOwner.uuid)
    expect((await owner.get(LIST)).body).toEqual([])
    expect((await owner.get(LIST, { query: { include_terminated: true } })).body).toHaveLength(1)
    expect((await asStaff.get(LIST, { query: { include_terminated: true, query: project.uuid } })).body).toHaveLength(1)
    expect((await asStaff.get(LIST, { query: { is_removed: true, query: project.uuid } })).body).toHaveLength(1)
    expect((await asStaff.get(LIST, { query: { query: project.uuid } })).body).toEqual([])
    const grants = await db
      .selectFrom('role_grant')
      .select('is_active')
      .where('user_id', 'in', [projectManager.id, projectMember.id])
      .execute()
    expect(grants.map((row) => row.is_active)).toEqual([false, false])
    expect((await eventsOf(project)).map((event) => event.event_type)).toEqual([
      'project_deletion_triggered',
      'role_revoked',
      'role_revoked',
      'role_revoked',
      'project_deletion_succeeded',
    ])
    expect((await owner.delete(path)).status).toBe(404)
    expect((await owner.patch(path, { name: 'x' })).status).toBe(404)
    expect(await owner.post(`${path}add_user/`, { role: 'PROJECT.ADMIN', user: projectManager.uuid })).toMatchObject({
      status: 400,
      body: { non_field_errors: ['Cannot manage team members for terminated projects.'] },
    })
    expect((await as(customerOwner).get(`${path}list_users/`)).body).toEqual([])
  })

  it('platform 73: come back with their people when staff says so', async () => {
    const { owner, manager, asStaff, path, projectMember, project } = await place()
    const { db } = w.current

    const notRemoved = await owner.post(`${path}recover/`, {})
    await owner.delete(path)
    const byOwner = await owner.post(`${path}recover/`, { restore_team_members: true, end_date: day(5) })
    const stillWithout = await manager.get(path)
    await db
      .updateTable('role_grant')
      .set({ is_active: true, expiration_time: null })
      .where('scope_id', '=', project.id)
      .where('scope_type', '=', 'project')
      .execute()
    await db.updateTable('user').set({ is_active: false }).where('id', '=', projectMember.id).execute()
    await owner.delete(path)
    const byStaff = await asStaff.post(`${path}recover/`, { restore_team_members: true, send_invitations_to_previous_members: true })

    expect(notRemoved).toMatchObject({ status: 400, body: ['Project is not deleted and cannot be recovered.'] })
    expect(byOwner).toMatchObject({
      status: 200,
      body: { is_removed: false, end_date: day(5), termination_metadata: null, recovery_info: { restored_members: 0 } },
    })
    expect(stillWithout.status).toBe(404)
    expect(byStaff).toMatchObject({ status: 200, body: { is_removed: false, recovery_info: { restored_members: 2 } } })
    expect((await manager.get(path)).status).toBe(200)
    expect((await manager.post(`${path}recover/`, {})).status).toBe(403)
  })

  it('come back without an end that has passed', async () => {
    const { owner, path, project } = await place()
    await owner.delete(path)
    await w.current.db
      .updateTable('project')
      .set({ end_date: day(-3) })
      .where('id', '=', project.id)
      .execute()

    const past = await owner.post(`${path}recover/`, { end_date: day(-3) })
    const recovered = await owner.post(`${path}recover/`)

    expect(past).toMatchObject({ status: 400, body: { end_date: TOO_EARLY } })
    expect(recovered).toMatchObject({ status: 200, body: { end_date: null, is_removed: false } })
  })

  it('platform 74: are moved by staff, with or without their people', async () => {
    const { owner, manager, asStaff, path, provider, consumer, stranger } = await place()
    const { as, customer } = w.current
    const { providerOwner } = await w.current.cast()
    const to = (row: Row, preserve_permissions: unknown) =>
      asStaff.post(`${path}move_project/`, { customer: urls.customer(row), preserve_permissions })

    const blocked = await to(await customer({ archived: true }), true)
    const same = await to(consumer, true)
    const missing = await asStaff.post(`${path}move_project/`, {})
    const kept = await to(provider, true)
    const seenByManager = await manager.get(path)
    const back = await to(consumer, false)

    expect(blocked).toMatchObject({ status: 400, body: ['New customer must be not blocked'] })
    expect(same).toMatchObject({ status: 400, body: ['New customer must be different than current one'] })
    expect(missing.body).toEqual({ customer: ['This field is required.'], preserve_permissions: ['This field is required.'] })
    expect(kept).toMatchObject({ status: 200, body: { customer_uuid: provider.uuid } })
    expect(seenByManager.status).toBe(200)
    expect(back).toMatchObject({ status: 200, body: { customer_uuid: consumer.uuid } })
    expect((await manager.get(path)).status).toBe(404)
    expect((await owner.post(`${path}move_project/`, {})).status).toBe(403)
    expect((await stranger.post(`${path}move_project/`, {})).status).toBe(404)
    expect((await as(providerOwner).get(path)).status).toBe(404)
  })

  it('are seen by their people and those of the organization, and found by what they are', async () => {
    const { asStaff, owner, manager, consumer, project, provider, projectAdmin, providerManager, stranger } = await place()
    const { as, project: make, grant, offering, resource, db } = w.current
    await db
      .updateTable('customer')
      .set({ abbreviation: `AB${consumer.id}`, native_name: `Native ${consumer.id}` })
      .where('id', '=', consumer.id)
      .execute()
    const omega = await make(consumer, {
      name: 'Omega One',
      slug: 'omega-one',
      description: 'The last',
      backend_id: 'om-1',
      end_date: day(-2),
      created: '2020-01-01',
    })
    await make(consumer, { name: 'Omega Two', end_date: day(2) })
    await resource(await offering(provider), omega, { effective_id: 'effective-42' })
    await grant(projectAdmin, 'PROJECT.MANAGER', omega)
    const found = async (query: Record<string, string | boolean | string[]>) =>
      names(await owner.get(LIST, { query: { name: 'omega', ...query } }))
    const all = ['Omega One', 'Omega Two']

    for (const query of [
      { name_exact: 'Omega One' },
      { slug: 'omega-one' },
      { description: 'last' },
      { backend_id: 'om-1' },
      { query: 'om-1' },
      { query: omega.uuid.slice(3, 20) },
      { query: 'effective-4' },
      { user_uuid: projectAdmin.uuid },
    ]) {
      expect(await found(query), JSON.stringify(query)).toEqual(['Omega One'])
    }
    // However it is looked for: one project is looked at row by row.
    for (const [query, finds] of [
      ['om', false],
      ['%', false],
      ['OMEGA-ONE', true],
      ['tive-4', true],
    ] as const) {
      const alone = (await owner.get(`${LIST}${omega.uuid}/`, { query: { query } })).status === 200
      expect([query, alone, (await found({ query })).includes('Omega One')]).toEqual([query, finds, finds])
    }
    expect(await found({ customer: `${consumer.uuid},${provider.uuid}` })).toEqual(all)
    expect(await found({ customer: provider.uuid })).toEqual([])
    expect(await found({ customer_name: 'consumer', customer_abbreviation: `ab${consumer.id}`, customer_native_name: 'native' })).toEqual(
      all,
    )
    expect(await found({ conceal_finished_projects: true })).toEqual(['Omega Two'])
    expect(await found({ conceal_finished_projects: false })).toEqual(all)
    expect(await found({ created: day(-1) })).toEqual(['Omega Two'])
    expect(await found({ modified: day(1) })).toEqual([])
    expect(await found({ o: '-end_date' })).toEqual(['Omega Two', 'Omega One'])
    expect(await found({ o: ['customer_name', 'estimated_cost,-name'] })).toEqual([...all].reverse())
    expect(await found({ can_manage: true })).toEqual(all)
    expect(names(await as(projectAdmin).get(LIST, { query: { can_manage: true } }))).toEqual(['Omega One'])
    expect((await as(projectAdmin).get(LIST, { query: { can_admin: true } })).body).toMatchObject([{ uuid: project.uuid }])
    expect(names(await as(projectAdmin).get(LIST, { query: { can_admin: false } }))).toEqual(['Omega One'])
    expect((await owner.get(LIST, { query: { customer: 'nope', o: 'nope' } })).body).toEqual({
      customer: ['Enter a valid UUID.'],
      o: ['Select a valid choice. nope is not one of the available choices.'],
    })
    expect((await owner.get(LIST, { query: { o: 'nope' } })).body).toEqual({
      o: ['Select a valid choice. nope is not one of the available choices.'],
    })
    expect(names(await manager.get(LIST))).toHaveLength(1)
    expect((await as(providerManager).get(LIST)).body).toEqual([])
    expect((await stranger.get(LIST)).body).toEqual([])
    expect((await stranger.get(`${LIST}${project.uuid}/`)).status).toBe(404)
    expect((await asStaff.head(LIST, { query: { name: 'omega' } })).headers['x-result-count']).toBe('2')
    const counted = (await owner.get(`${LIST}${omega.uuid}/`)).body
    expect(counted.resources_count).toBe(1)
    expect(Object.values(counted.marketplace_resource_count)).toEqual([1])
  })

  it('list the people of the organization who could be added, to those who may add', async () => {
    const { owner, manager, stranger, path, customerOwner, consumer, projectAdmin } = await place()
    const { as, user, grant, project } = w.current
    const neighbour = await user({ first_name: 'Aaron' })
    await grant(neighbour, 'PROJECT.ADMIN', await project(consumer))

    const others = await manager.get(`${path}other_users/`)
    const filtered = await owner.get(`${path}other_users/`, { query: { full_name: 'aaron', o: '-concatenated_name' } })

    expect(others.body.map((row: { uuid: string }) => row.uuid)).toEqual([neighbour.uuid, customerOwner.uuid])
    expect(filtered.body).toMatchObject([{ uuid: neighbour.uuid, url: urls.user(neighbour), image: null }])
    expect((await as(projectAdmin).get(`${path}other_users/`)).status).toBe(403)
    expect((await stranger.get(`${path}other_users/`)).status).toBe(404)
    expect((await owner.head(`${path}other_users/`)).headers['x-result-count']).toBe('2')
  })

  it('have statistics for those who see them', async () => {
    const { manager, stranger, path } = await place()

    expect(await manager.get(`${path}stats/`)).toMatchObject({ status: 200, body: { components: [] } })
    expect((await stranger.get(`${path}stats/`)).status).toBe(404)
  })
})
