import { describe, expect, it } from 'vitest'
import { png } from '../../tests/support/pictures.ts'
import { type Person, type Row, urls, world } from '../../tests/support/world.ts'

const w = world()
const PATH = '/api/marketplace-service-providers/'
const at = ({ uuid }: Row, verb = '') => `${PATH}${uuid}/${verb}`

/** Gives a role of the world a further permission for the rest of the file. */
async function allow(role: string, permission: string) {
  const { id } = await w.current.db.selectFrom('role').select('id').where('name', '=', role).executeTakeFirstOrThrow()
  await w.current.db
    .insertInto('role_permission')
    .values({ role_id: id, permission })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

describe('service providers are shown to everybody', () => {
  it('also to an anonymous caller, who does not learn of notifications', async () => {
    const { as, cast } = w.current
    const { serviceProvider, outsider } = await cast()

    const anonymous = await as().get(at(serviceProvider))
    const signedIn = await as(outsider).get(at(serviceProvider))

    expect(anonymous.status).toBe(200)
    expect(anonymous.body).not.toHaveProperty('enable_notifications')
    expect(signedIn.body).toMatchObject({ uuid: serviceProvider.uuid, enable_notifications: true, image: null, organization_groups: [] })
    expect((await as().get(PATH)).status).toBe(200)
  })

  it('with the organization, its groups and how many offerings it has', async () => {
    const { as, cast, insert, offering, db } = w.current
    const { serviceProvider, provider, outsider } = await cast()
    const faculty = await insert('organization_group', { name: 'Faculties' })
    const group = await insert('organization_group', { name: 'Physics', parent_id: faculty.id })
    await db.insertInto('customer_organization_group').values({ customer_id: provider.id, organization_group_id: group.id }).execute()
    for (const state of ['Active', 'Paused', 'Unavailable', 'Draft', 'Archived']) await offering(provider, { state })

    const { body } = await as(outsider).get(at(serviceProvider))

    expect(body.offering_count).toBe(3)
    expect(body.customer).toBe(urls.customer(provider))
    expect(body.organization_groups).toEqual([
      {
        uuid: group.uuid,
        url: `http://testserver/api/organization-groups/${group.uuid}/`,
        name: 'Physics',
        parent_uuid: faculty.uuid,
        parent_name: 'Faculties',
        parent: `http://testserver/api/organization-groups/${faculty.uuid}/`,
        customers_count: 1,
      },
    ])
  })

  it('are found by organization and ordered by its name', async () => {
    const { as, customer, serviceProvider, user } = w.current
    const [zebra, ant] = [
      await customer({ name: 'Zebra cloud', abbreviation: 'ZC' }),
      await customer({ name: 'Ant cloud', native_name: 'Sipelgas' }),
    ]
    await serviceProvider(zebra)
    await serviceProvider(ant)
    const client = as(await user())
    const names = async (query: object) =>
      (await client.get(PATH, { query: { page_size: 300, ...query } })).body.map((row: { customer_name: string }) => row.customer_name)

    expect(await names({ customer_keyword: 'cloud' })).toEqual(['Ant cloud', 'Zebra cloud'])
    expect(await names({ customer_keyword: 'cloud', o: '-customer_name' })).toEqual(['Zebra cloud', 'Ant cloud'])
    expect(await names({ customer_keyword: 'zc' })).toEqual(['Zebra cloud'])
    expect(await names({ customer_keyword: 'sipel' })).toEqual(['Ant cloud'])
    expect(await names({ customer_uuid: zebra.uuid })).toEqual(['Zebra cloud'])
    expect(await names({ customer: urls.customer(ant) })).toEqual(['Ant cloud'])
    expect(await names({ customer: 'nope' })).toEqual([])
    expect((await client.get(PATH, { query: { customer_uuid: 'nope' } })).body).toEqual({ customer_uuid: ['Enter a valid UUID.'] })
    expect((await client.get(PATH, { query: { o: 'nope' } })).body).toEqual({
      o: ['Select a valid choice. nope is not one of the available choices.'],
    })
    expect((await client.head(PATH, { query: { customer_keyword: 'cloud' } })).headers['x-result-count']).toBe('2')
    expect((await client.get(at({ id: 0, uuid: zebra.uuid }))).status).toBe(404)
  })
})

describe('registering', () => {
  it('asks for the permission on the organization, which its owner has when an administrator gave it', async () => {
    const { as, user, customer, grant } = w.current
    const org = await customer()
    const owner = await user()
    await grant(owner, 'CUSTOMER.OWNER', org)

    const before = await as(owner).post(PATH, { customer: urls.customer(org) })
    await allow('CUSTOMER.OWNER', 'SERVICE_PROVIDER.REGISTER')
    const fresh = await user()
    await grant(fresh, 'CUSTOMER.OWNER', org)
    const after = await as(fresh).post(PATH, { customer: urls.customer(org), description: 'We sell', enable_notifications: false })

    expect(before.status).toBe(403)
    expect(before.body).toEqual({ detail: 'You do not have permission to perform this action.' })
    expect(after.status).toBe(201)
    expect(after.body).toMatchObject({ description: 'We sell', enable_notifications: false, customer_uuid: org.uuid, offering_count: 0 })
  })

  it('refuses an empty body, an unseen and a registered organization', async () => {
    const { as, user, customer, cast } = w.current
    const { staff, provider } = await cast()
    const stranger = as(await user())

    expect((await stranger.post(PATH, {})).body).toEqual({ customer: ['This field is required.'] })
    expect((await stranger.post(PATH, { customer: urls.customer(await customer()) })).body).toEqual({
      customer: ['Invalid hyperlink - Object does not exist.'],
    })
    expect((await stranger.post(PATH, { customer: 'nope' })).body).toEqual({ customer: ['Invalid hyperlink - No URL match.'] })
    const twice = await as(staff).post(PATH, { customer: urls.customer(provider) })
    expect(twice.status).toBe(400)
    expect(twice.body).toEqual({ customer: ['Service provider with this customer already exists.'] })
    expect((await as().post(PATH, {})).status).toBe(401)
  })

  it('keeps an image, and marks the organization as a provider', async () => {
    const { as, customer, user } = w.current
    const org = await customer()
    const staff = as(await user({ is_staff: true }))

    const made = await staff.upload(PATH, { customer: urls.customer(org), image: png() })
    const bad = await staff.upload(PATH, { customer: urls.customer(await customer()), image: new File(['text'], 'logo.png') })

    expect(made.status).toBe(201)
    expect(made.body.image).toMatch(/^http:\/\/testserver\/api\/media\/[0-9a-f]{32}\/$/)
    expect((await staff.get(`/api/customers/${org.uuid}/`)).body).toMatchObject({
      is_service_provider: true,
      service_provider_uuid: made.body.uuid,
    })
    expect(bad.body).toEqual({
      image: ['Upload a valid image. The file you uploaded was either not an image or a corrupted image.'],
    })
  })
})

describe('changing', () => {
  it('is for owners and staff, not for managers, support and strangers', async () => {
    const { as, cast } = w.current
    const people = await cast()
    const path = at(people.serviceProvider)
    const status = async (person: Person) => (await as(person).patch(path, { description: 'x' })).status

    expect(await status(people.providerOwner)).toBe(200)
    expect(await status(people.staff)).toBe(200)
    for (const person of [people.providerManager, people.support, people.customerOwner, people.outsider])
      expect(await status(person)).toBe(403)
    expect((await as().patch(path, {})).status).toBe(401)
  })

  it('never moves it to another organization, and keeps what is not sent', async () => {
    const { as, cast, customer } = w.current
    const { serviceProvider, provider, providerOwner } = await cast()
    const client = as(providerOwner)
    await client.patch(at(serviceProvider), { description: 'first', enable_notifications: false })

    const put = await client.put(at(serviceProvider), {
      customer: urls.customer(await customer()),
      description: '<b>put</b><script>1</script>',
    })

    expect(put.status).toBe(200)
    expect(put.body).toMatchObject({ customer: urls.customer(provider), description: '<b>put</b>', enable_notifications: false })
    expect((await client.put(at(serviceProvider), {})).status).toBe(200)
    expect((await client.patch(at(serviceProvider), { description: 'x'.repeat(4097) })).body).toEqual({
      description: ['Ensure this field has no more than 4096 characters.'],
    })
  })

  it('sets and clears the image', async () => {
    const { as, cast } = w.current
    const { serviceProvider, providerOwner } = await cast()
    const client = as(providerOwner)

    const set = await client.upload(at(serviceProvider), { image: png() }, { method: 'PATCH' })
    const kept = await client.patch(at(serviceProvider), { description: 'x' })
    const cleared = await client.patch(at(serviceProvider), { image: null })
    await client.upload(at(serviceProvider), { image: png() }, { method: 'PATCH' })
    const emptied = await client.upload(at(serviceProvider), { image: '' }, { method: 'PATCH' })

    expect(set.body.image).toMatch(/\/api\/media\//)
    expect(kept.body.image).toBe(set.body.image)
    expect(cleared.body.image).toBeNull()
    expect(emptied.body.image).toBeNull()
    expect((await client.get(set.body.image)).status).toBe(404)
  })
})

describe('ending', () => {
  it('is refused while an offering is not archived, drafts included', async () => {
    const { as, cast, offering, db } = w.current
    const { serviceProvider, provider, providerOwner, providerManager } = await cast()
    const draft = await offering(provider, { state: 'Draft' })
    const client = as(providerOwner)

    const refused = await client.delete(at(serviceProvider))
    await db.updateTable('offering').set({ state: 'Archived' }).where('id', '=', draft.id).execute()
    await offering(provider, { state: 'Draft', parent_id: draft.id })

    expect(refused.status).toBe(400)
    expect(refused.body).toEqual(['Service provider has active offerings. Please archive them first.'])
    expect((await as(providerManager).delete(at(serviceProvider))).status).toBe(403)
    expect((await client.delete(at(serviceProvider))).status).toBe(204)
    expect((await client.get(at(serviceProvider))).status).toBe(404)
    const left = await db
      .selectFrom('role_grant')
      .select('is_active')
      .where('scope_type', '=', 'service_provider')
      .where('scope_id', '=', serviceProvider.id)
      .execute()
    expect(left.map(({ is_active }) => is_active)).toEqual([false])
  })
})

describe('the API secret code', () => {
  it('is read and replaced by who may, and never stands in plain text in the database', async () => {
    const { as, cast, db } = w.current
    const { serviceProvider, providerOwner, providerManager } = await cast()
    const path = at(serviceProvider, 'api_secret_code/')

    const first = await as(providerOwner).post(path)
    const read = await as(providerManager).get(path)
    const second = await as(providerManager).post(path)

    expect(first.status).toBe(200)
    expect(first.body.api_secret_code).toMatch(/^[A-HJ-NP-Za-hj-km-np-z2-9]{16}$/)
    expect(read.body).toEqual(first.body)
    expect(second.body.api_secret_code).not.toBe(first.body.api_secret_code)
    const stored = await db
      .selectFrom('service_provider')
      .select('api_secret_code')
      .where('id', '=', serviceProvider.id)
      .executeTakeFirstOrThrow()
    expect(stored.api_secret_code.toString('latin1')).not.toContain(second.body.api_secret_code)
    const events = await db.selectFrom('event').select(['message', 'context']).execute()
    expect(events.filter(({ message }) => message.includes('secret code')).length).toBe(3)
    expect(JSON.stringify(events)).not.toContain(second.body.api_secret_code)
  })

  it('is nobody else’s', async () => {
    const { as, cast } = w.current
    const { serviceProvider, support, customerOwner, projectManager, outsider } = await cast()

    for (const person of [support, customerOwner, projectManager, outsider]) {
      expect((await as(person).get(at(serviceProvider, 'api_secret_code/'))).status).toBe(403)
      expect((await as(person).post(at(serviceProvider, 'api_secret_code/'))).status).toBe(403)
    }
    expect((await as().get(at(serviceProvider, 'api_secret_code/'))).status).toBe(401)
  })
})

describe('the team', () => {
  it('is managed by who holds the permission on the organization', async () => {
    const { as, cast, user, grant } = w.current
    const { serviceProvider, provider, providerOwner, staff } = await cast()
    const someone = await user()
    const body = { role: 'CUSTOMER.MANAGER', user: someone.uuid }

    expect((await as(providerOwner).post(at(serviceProvider, 'add_user/'), body)).status).toBe(403)
    await allow('CUSTOMER.OWNER', 'CUSTOMER.CREATE_PERMISSION')
    const owner = await user()
    await grant(owner, 'CUSTOMER.OWNER', provider)
    const added = await as(owner).post(at(serviceProvider, 'add_user/'), body)
    const again = await as(owner).post(at(serviceProvider, 'add_user/'), body)
    const team = await as(owner).get(at(serviceProvider, 'list_users/'))
    const updated = await as(staff).post(at(serviceProvider, 'update_user/'), { ...body, expiration_time: '2099-01-01' })
    const removed = await as(staff).post(at(serviceProvider, 'delete_user/'), body)

    expect(added.status).toBe(201)
    expect(added.body).toEqual({ expiration_time: null })
    expect(again.body).toEqual({ non_field_errors: ['User has already the same role in this scope.'] })
    expect(team.body.map((row: { user_uuid: string }) => row.user_uuid)).toContain(someone.uuid)
    expect(updated.body).toEqual({ expiration_time: '2099-01-01T00:00:00Z' })
    expect(removed.status).toBe(200)
    expect((await as(someone).get(at(serviceProvider, 'api_secret_code/'))).status).toBe(403)
  })

  it('is listed for those who belong to the provider or its organization, and for staff and support', async () => {
    const { as, cast } = w.current
    const people = await cast()
    const path = at(people.serviceProvider, 'list_users/')

    for (const person of [people.staff, people.support, people.providerOwner, people.providerManager]) {
      expect((await as(person).get(path)).body).toMatchObject([{ user_uuid: people.providerManager.uuid, role_name: 'CUSTOMER.MANAGER' }])
    }
    for (const person of [people.customerOwner, people.projectManager, people.outsider]) {
      const { status, body } = await as(person).get(path)
      expect([status, body]).toEqual([403, { detail: 'You do not have permission to list team members of this scope.' }])
    }
    expect((await as().get(path)).status).toBe(401)
  })

  it('nobody prolongs the own role by the power of that role', async () => {
    const { as, cast, user, grant } = w.current
    const { serviceProvider } = await cast()
    await allow('CUSTOMER.MANAGER', 'CUSTOMER.UPDATE_PERMISSION')
    const manager = await user()
    await grant(manager, 'CUSTOMER.MANAGER', serviceProvider, { expiration_time: '2099-01-01' })

    const { status, body } = await as(manager).post(at(serviceProvider, 'update_user/'), { role: 'CUSTOMER.MANAGER', user: manager.uuid })

    expect([status, body]).toEqual([400, { non_field_errors: ['User can not manage own role.'] }])
  })
})
