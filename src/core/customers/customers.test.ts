import { describe, expect, it } from 'vitest'
import { png } from '../../../tests/support/pictures.ts'
import { world } from '../../../tests/support/world.ts'

const LIST = '/api/customers/'

describe('organizations', () => {
  const w = world()

  const staffClient = async () => w.current.as(await w.current.user({ is_staff: true }))
  const names = (answer: { body: { name: string }[] }) => answer.body.map((row) => row.name)

  it('platform 65: are made by staff from a name alone', async () => {
    const { cast, as, db } = w.current
    const { customerOwner, staff } = await cast()

    const refused = await as(customerOwner).post(LIST, { name: 'Mine' })
    const made = await as(staff).post(LIST, { name: '  Tallinna Ülikool ' })
    const twin = await as(staff).post(LIST, { name: 'Tallinna ülikool' })

    expect(refused.status).toBe(403)
    expect(made.status).toBe(201)
    expect(made.headers.location).toBe(made.body.url)
    expect(made.body).toMatchObject({
      name: 'Tallinna Ülikool',
      display_name: 'Tallinna Ülikool',
      slug: 'tallinna-ulikool',
      default_tax_percent: '0.00',
      country: '',
      country_name: '',
      sponsor_number: null,
      image: null,
      blocked: false,
      projects_count: 0,
      users_count: 0,
      is_service_provider: false,
      service_provider: null,
      organization_groups: [],
      payment_profiles: [],
      projects: [],
      billing_price_estimate: { total: '0.0000000000', current: '0.0000000000' },
    })
    expect(twin.body.slug).toBe('tallinna-ulikool-2')
    expect(await db.selectFrom('event').select(['event_type', 'message']).where('message', 'like', '%Ülikool%').execute()).toEqual([
      { event_type: 'customer_creation_succeeded', message: 'Customer Tallinna Ülikool has been created.' },
    ])
  })

  it('take every field from staff, and refuse bad ones with all their names', async () => {
    const staff = await staffClient()
    const fields = {
      name: 'Whole',
      slug: 'whole-1',
      native_name: 'Tervik',
      abbreviation: 'WH',
      email: 'info@whole.example',
      notification_emails: 'a@whole.example, b@whole.example',
      country: 'EE',
      vat_code: 'EE123456789',
      latitude: 59.5,
      longitude: '24.75',
      homepage: 'https://whole.example/',
      access_subnets: '10.0.0.0/8,2001:db8::/32',
      default_tax_percent: '20.5',
      accounting_start_date: '2024-05-01',
      agreement_number: 'A-1',
      sponsor_number: 7,
      max_service_accounts: 3,
      grace_period_days: 14,
      user_email_patterns: ['.*@whole.example'],
      display_billing_info_in_projects: true,
    }

    const made = await staff.post(LIST, fields)
    const bad = await staff.post(LIST, {
      name: ' ',
      abbreviation: 'x'.repeat(13),
      country: 'XX',
      email: 'no',
      default_tax_percent: '1.234',
      sponsor_number: -1,
    })
    const worse = await staff.post(LIST, {
      name: 'x',
      access_subnets: '10.0.0.0/64',
      notification_emails: 'a,b',
      country: 'EE',
      vat_code: '1',
      latitude: 91,
      longitude: -181,
    })

    expect(made.status).toBe(201)
    expect(made.body).toMatchObject({
      ...fields,
      longitude: 24.75,
      default_tax_percent: '20.50',
      accounting_start_date: '2024-05-01T00:00:00Z',
      country_name: 'Estonia',
    })
    expect(bad).toMatchObject({
      status: 400,
      body: {
        name: ['This field may not be blank.'],
        abbreviation: ['Ensure this field has no more than 12 characters.'],
        country: ['"XX" is not a valid choice.'],
        email: ['Enter a valid email address.'],
        default_tax_percent: ['Ensure that there are no more than 2 decimal places.'],
        sponsor_number: ['Ensure this value is greater than or equal to 0.'],
      },
    })
    expect(Object.keys(worse.body).sort()).toEqual(['access_subnets', 'latitude', 'longitude', 'notification_emails', 'vat_code'])
    expect(worse.body.vat_code).toEqual(['VAT number has invalid format.'])
  })

  it('platform 79: take an image by form, show it to anybody, and let go of it', async () => {
    const { as } = w.current
    const staff = await staffClient()

    const made = await staff.upload(LIST, { name: 'With image', image: png() })
    const shown = await as().get(made.body.image)
    const wrong = await staff.upload(LIST, { name: 'x', image: new File(['text'], 'logo.png', { type: 'image/png' }) })
    const text = await staff.patch(made.body.url, { image: 'logo.png' })
    const kept = await staff.patch(made.body.url, { name: 'Renamed' })
    const cleared = await staff.patch(made.body.url, { image: null })

    expect(made.body.image).toMatch(/\/api\/media\/[0-9a-f]{32}\/$/)
    expect(shown.status).toBe(200)
    expect((await as().get(made.body.image)).status).toBe(404)
    expect(wrong.body.image[0]).toMatch(/^Upload a valid image/)
    expect(text.body.image[0]).toMatch(/^The submitted data was not a file/)
    expect(kept.body).toMatchObject({ image: made.body.image, name: 'Renamed', slug: 'with-image' })
    expect(cleared.body.image).toBeNull()
  })

  it('platform 66: are changed by who may; what only staff sets is ignored from others', async () => {
    const { cast, as, insert, db } = w.current
    const { customerOwner, staff, consumer, projectManager, outsider, support } = await cast()
    const path = `${LIST}${consumer.uuid}/`
    const role = await insert('role', { name: `CUSTOMER.KEEPER.${consumer.id}`, scope_type: 'customer' })
    await db.insertInto('role_permission').values({ role_id: role.id, permission: 'CUSTOMER.UPDATE' }).execute()
    const keeper = await w.current.user()
    await insert('role_grant', { user_id: keeper.id, role_id: role.id, scope_type: 'customer', scope_id: consumer.id })
    const sent = { abbreviation: 'NEW', blocked: true, agreement_number: 'stolen', slug: 'mine', access_subnets: '1.2.3.4' }

    const byOwner = await as(customerOwner).patch(path, sent)
    const byKeeper = await as(keeper).patch(path, sent)
    const nonsense = { blocked: 'perhaps', access_subnets: {}, slug: '?', default_tax_percent: 'half', accounting_start_date: 'soon' }
    const unread = await as(keeper).patch(path, nonsense)
    const read = await as(staff).patch(path, nonsense)
    const byStaff = await as(staff).put(path, { name: 'Renamed', agreement_number: 'A-7' })

    expect(byOwner.status).toBe(403)
    expect((await as(projectManager).patch(path, {})).status).toBe(403)
    expect((await as(support).patch(path, {})).status).toBe(403)
    expect((await as(outsider).patch(path, {})).status).toBe(404)
    expect(byKeeper).toMatchObject({
      status: 200,
      body: { abbreviation: 'NEW', blocked: false, agreement_number: '', slug: '', access_subnets: '' },
    })
    expect(unread.status).toBe(200)
    expect([read.status, Object.keys(read.body).sort()]).toEqual([400, Object.keys(nonsense).sort()])
    expect(byStaff).toMatchObject({ status: 200, body: { name: 'Renamed', agreement_number: 'A-7', abbreviation: 'NEW' } })
    expect(await as(staff).put(path, {})).toMatchObject({ status: 400, body: { name: ['This field is required.'] } })
    const events = await db
      .selectFrom('event')
      .select('message')
      .where('event_type', '=', 'customer_update_succeeded')
      .orderBy('id', 'desc')
      .execute()
    expect(events[0]?.message).toMatch(
      /^Customer Renamed has been updated\. Details: name: from Consumer-\d+ to Renamed, agreement_number: from nothing to A-7\.$/,
    )
  })

  it('are changed by nobody while closed, except that staff opens them', async () => {
    const { cast, as } = w.current
    const { staff, customerOwner, consumer } = await cast()
    const path = `${LIST}${consumer.uuid}/`

    const blocked = await as(staff).patch(path, { blocked: true })
    const refused = await as(staff).patch(path, { name: 'x' })
    const contact = await as(customerOwner).post(`${path}contact/`, { phone_number: '1' })
    const opened = await as(staff).patch(path, { blocked: false, archived: true })
    const archived = await as(staff).patch(path, { name: 'x' })

    expect([blocked.status, opened.status]).toEqual([200, 200])
    expect(refused).toMatchObject({ status: 400, body: ['Blocked organization is not available.'] })
    expect(contact).toMatchObject({ status: 400, body: ['Blocked organization is not available.'] })
    expect(archived).toMatchObject({ status: 400, body: ['Archived organization is not available.'] })
  })

  it('keep their contacts themselves', async () => {
    const { cast, as } = w.current
    const { customerOwner, projectManager, outsider, consumer } = await cast()
    const path = `${LIST}${consumer.uuid}/contact/`

    const changed = await as(customerOwner).post(path, { phone_number: '+372 5', email: 'us@example.com', name: 'ignored' })

    expect(changed).toMatchObject({ status: 200, body: { phone_number: '+372 5', email: 'us@example.com' } })
    expect(changed.body.name).not.toBe('ignored')
    expect(await as(customerOwner).post(path, { email: 'no' })).toMatchObject({
      status: 400,
      body: { email: ['Enter a valid email address.'] },
    })
    expect((await as(projectManager).post(path, {})).status).toBe(403)
    expect((await as(outsider).post(path, {})).status).toBe(404)
  })

  it('platform 67: are deleted by staff, never with projects', async () => {
    const { cast, as, db, grant, user } = w.current
    const { staff, customerOwner, consumer, project } = await cast()
    const client = as(staff)
    const path = `${LIST}${consumer.uuid}/`
    const member = await user()
    await grant(member, 'CUSTOMER.SUPPORT', consumer)

    const notAllowed = await as(customerOwner).delete(path)
    const withProject = await client.delete(path)
    await client.delete(`/api/projects/${project.uuid}/`)
    const deleted = await client.delete(path)

    expect(notAllowed.status).toBe(403)
    expect(withProject).toMatchObject({ status: 409, body: { detail: 'Cannot delete organization with existing projects' } })
    expect(deleted.status).toBe(204)
    expect((await client.get(path)).status).toBe(404)
    expect((await client.get(`/api/projects/${project.uuid}/`)).status).toBe(404)
    const grants = await db.selectFrom('role_grant').select('is_active').where('user_id', 'in', [member.id, customerOwner.id]).execute()
    expect(grants.map((row) => row.is_active)).toEqual([false, false])
  })

  it('vanish when deleted, but stay for the history of providers from whom they ordered', async () => {
    const { cast, as, db, offering, resource } = w.current
    const { staff, consumer, project, provider } = await cast()
    const client = as(staff)
    await resource(await offering(provider), project, { state: 'Terminated' })
    await client.delete(`/api/projects/${project.uuid}/`)

    const selling = await client.delete(`${LIST}${provider.uuid}/`)
    const deleted = await client.delete(`${LIST}${consumer.uuid}/`)

    expect(selling).toMatchObject({ status: 409, body: { detail: 'Cannot delete organization with existing offerings' } })
    expect(deleted.status).toBe(204)
    expect((await client.get(`${LIST}${consumer.uuid}/`)).status).toBe(404)
    expect((await client.get(LIST, { query: { query: consumer.uuid } })).body).toEqual([])
    expect(await db.selectFrom('customer').select('id').where('id', '=', consumer.id).execute()).toHaveLength(1)
  })

  it('are found by what they are, and ordered leniently', async () => {
    const { cast, as, customer, insert, db } = w.current
    const { staff, customerOwner, consumer } = await cast()
    const one = await customer({
      name: 'Zeta Institute',
      native_name: 'Seeta',
      abbreviation: 'ZI',
      backend_id: 'z-1',
      agreement_number: 'AG-Z',
      registration_code: 'REG-Z',
      contact_details: 'Room Z9',
      domain: 'zeta.example',
      archived: true,
    })
    await customer({ name: 'Zeta Labs' })
    const group = await insert('organization_group', { name: 'Zeta group' })
    await db.insertInto('customer_organization_group').values({ customer_id: one.id, organization_group_id: group.id }).execute()
    const found = async (query: Record<string, string | boolean | string[]>) =>
      names(await as(staff).get(LIST, { query: { name: 'zeta', ...query } }))
    const all = ['Zeta Institute', 'Zeta Labs']

    for (const query of [
      { name_exact: 'Zeta Institute' },
      { native_name: 'seet' },
      { abbreviation: 'zi' },
      { backend_id: 'z-1' },
      { agreement_number: 'ag-z' },
      { registration_code: 'reg' },
      { contact_details: 'z9' },
      { archived: true },
      { query: 'zeta.example' },
      { query: one.uuid.slice(0, 12) },
      { organization_group_uuid: [group.uuid, '0'.repeat(32)] },
      { organization_group_name: 'zeta g' },
    ]) {
      expect(await found(query), JSON.stringify(query)).toEqual(['Zeta Institute'])
    }
    expect(await found({ archived: false })).toEqual(['Zeta Labs'])
    expect(await found({ archived: 'nope' })).toEqual(all)
    expect(await found({ accounting_is_running: true })).toEqual(all)
    expect(await found({ o: '-name,nope' })).toEqual([...all].reverse())
    expect(await found({ current_user_has_project_create_permission: true })).toEqual(all)
    expect((await as(staff).get(LIST, { query: { organization_group_uuid: 'nope' } })).body).toEqual({
      organization_group_uuid: ['Enter a valid UUID.'],
    })
    expect(names(await as(customerOwner).get(LIST, { query: { owned_by_current_user: true } }))).toHaveLength(1)
    expect(names(await as(customerOwner).get(LIST, { query: { owned_by_current_user: false } }))).toEqual([])
    expect(names(await as(customerOwner).get(LIST, { query: { current_user_has_project_create_permission: false } }))).toEqual([])
    expect((await as(staff).get(LIST, { query: { user_uuid: customerOwner.uuid } })).body).toMatchObject([{ uuid: consumer.uuid }])
    expect((await as(staff).get(`${LIST}${consumer.uuid}/`, { query: { archived: true } })).status).toBe(404)
    expect((await as(staff).head(LIST, { query: { name: 'zeta' } })).headers['x-result-count']).toBe('2')
    expect((await as(staff).get(`${LIST}${consumer.uuid}/`, { query: { field: ['uuid', 'projects_count'] } })).body).toEqual({
      uuid: consumer.uuid,
      projects_count: 1,
    })
  })

  it('are put into groups by staff', async () => {
    const { cast, as, insert } = w.current
    const { staff, customerOwner, consumer } = await cast()
    const path = `${LIST}${consumer.uuid}/`
    const group = await insert('organization_group', { name: 'Faculty' })
    const url = `http://testserver/api/organization-groups/${group.uuid}/`

    const refused = await as(customerOwner).post(`${path}update_organization_groups/`, { organization_groups: [url] })
    const put = await as(staff).post(`${path}update_organization_groups/`, { organization_groups: [url, url] })
    const inGroup = await as(customerOwner).get(path)
    const junk = await as(staff).post(`${path}update_organization_groups/`, { organization_groups: ['junk'] })
    await as(staff).post(`${path}update_organization_groups/`, { organization_groups: [] })

    expect(refused.status).toBe(403)
    expect(put).toMatchObject({ status: 200, text: '' })
    expect(inGroup.body.organization_groups).toMatchObject([{ uuid: group.uuid, name: 'Faculty', url, customers_count: 1 }])
    expect(junk.status).toBe(400)
    expect((await as(customerOwner).get(path)).body.organization_groups).toEqual([])
  })

  it('lie in countries, which anybody signed in may list', async () => {
    const { as, user } = w.current
    const anyone = as(await user())

    const list = await anyone.get(`${LIST}countries/`)
    const head = await anyone.head(`${LIST}countries/`)

    expect(list.body).toContainEqual({ label: 'Estonia', value: 'EE' })
    expect(list.body).toHaveLength(250)
    expect(head.headers['x-result-count']).toBe('250')
    expect((await as().get(`${LIST}countries/`)).status).toBe(401)
  })
})
