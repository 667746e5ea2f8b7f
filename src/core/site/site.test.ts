import { describe, expect, it } from 'vitest'
import { world } from '../../../tests/support/world.ts'

describe('what the site tells about itself', () => {
  const w = world({ SITE_NAME: 'Harbour', CURRENCY_NAME: 'CHF' })

  it('clients §3: the configuration is read without a token and has every object that interfaces look into', async () => {
    const answer = await w.current.as().get('/api/configuration/')

    expect(answer.status).toBe(200)
    expect(answer.body.WALDUR_CORE).toMatchObject({
      SITE_NAME: 'Harbour',
      SHORT_PAGE_TITLE: 'Harbour',
      FULL_PAGE_TITLE: 'Harbour',
      CURRENCY_NAME: 'CHF',
      MASTERMIND_URL: 'http://testserver',
      HOMEPORT_URL: 'http://testserver',
      AUTHENTICATION_METHODS: ['LOCAL_SIGNIN'],
      USER_MANDATORY_FIELDS: [],
      EXTERNAL_LINKS: [],
      LANGUAGE_CHOICES: 'en',
    })
    expect(answer.body).toMatchObject({ LANGUAGES: [['en', 'English']], LANGUAGE_CODE: 'en' })
    const plugins = [
      'MARKETPLACE',
      'SUPPORT',
      'AUTH_SOCIAL',
      'AUTH_SAML2',
      'AUTH_VALIMO',
      'OPENSTACK',
      'RANCHER',
      'VMWARE',
      'FREEIPA',
      'INVOICES',
    ]
    for (const plugin of plugins) expect(typeof answer.body[`WALDUR_${plugin}`], plugin).toBe('object')
  })

  it('clients §3: features are a map of maps of booleans', async () => {
    const { body } = await w.current.as().get('/api/configuration/')

    expect(body.FEATURES.user.ssh_keys).toBe(true)
    for (const section of Object.values(body.FEATURES)) {
      for (const value of Object.values(section as object)) expect(typeof value).toBe('boolean')
    }
  })

  it('shows no secret, address of the database or path', async () => {
    const { text } = await w.current.as().get('/api/configuration/')

    expect(text).not.toContain('a secret for tests')
    expect(text).not.toContain('postgres')
    expect(text).not.toContain(w.current.config.DATA_DIR)
  })

  it('refuses a bad token also where none is needed', async () => {
    const answer = await w.current.as().get('/api/configuration/', { headers: { authorization: 'Token nope' } })

    expect(answer).toMatchObject({ status: 401, body: { detail: 'Invalid token.' } })
  })
})

describe('metadata', () => {
  const w = world()

  it('platform §6.4: permissions are named, grouped and told to everybody', async () => {
    const { status, body } = await w.current.as().get('/api/metadata/permissions/')

    expect(status).toBe(200)
    expect(body.roles.CUSTOMER_OWNER).toBe('CUSTOMER.OWNER')
    expect(body.permissions.UPDATE_OFFERING_PLAN).toBe('OFFERING.UPDATE_PLAN')
    expect(body.permission_map.project).toBe('PROJECT.CREATE_PERMISSION')
    const options = body.permission_descriptions.flatMap((group: { options: object[] }) => group.options)
    expect(options).toContainEqual({ label: 'Approve orders', value: 'ORDER.APPROVE' })
  })

  it('knows every permission that a built-in role holds', async () => {
    const { body } = await w.current.as().get('/api/metadata/permissions/')
    const held = await w.current.db.selectFrom('role_permission').select('permission').distinct().execute()

    const known = body.permission_descriptions.flatMap((group: { options: { value: string }[] }) => group.options.map(({ value }) => value))
    for (const { permission } of held) expect(known).toContain(permission)
  })

  it('platform §13.3: events are told by group', async () => {
    const { status, body } = await w.current.as().get('/api/metadata/events/')

    expect(status).toBe(200)
    expect(body.event_groups.permissions).toEqual(['role_granted', 'role_revoked', 'role_updated'])
    expect(body.event_groups.resources).toContain('marketplace_order_created')
    expect(body.event_groups.providers).not.toContain('marketplace_resource_update_succeeded')
  })

  it('features and settings are described as the configuration has them', async () => {
    const anyone = w.current.as()
    const features = await anyone.get('/api/metadata/features/')
    const settings = await anyone.get('/api/metadata/settings/')
    const configuration = (await anyone.get('/api/configuration/')).body

    expect(features.body.feature_enums.UserFeatures.SSH_KEYS).toBe('user.ssh_keys')
    expect(features.body.features.map(({ key }: { key: string }) => key)).toEqual(Object.keys(configuration.FEATURES))
    const items = settings.body.settings.flatMap((section: { items: object[] }) => section.items)
    expect(items).toContainEqual(
      expect.objectContaining({ key: 'SITE_NAME', type: 'string', default: configuration.WALDUR_CORE.SITE_NAME }),
    )
  })
})

// The table of clients.md §3, row by row.
const EMPTY = [
  'customer-credits',
  'project-credits',
  'customer-permissions-reviews',
  'marketplace-project-update-requests',
  'marketplace-project-estimated-cost-policies',
  'identity-providers',
  'admin-announcements',
  'user-agreements',
  'project-types',
  'marketplace-checklists',
  'component-user-usage-limits',
]

describe('collections of what there is not', () => {
  const w = world()

  it.each(EMPTY)('clients §3: %s is empty and counted, whatever is asked', async (name) => {
    const someone = w.current.as(await w.current.user())
    const query = { customer_uuid: 'f'.repeat(32), page_size: 50, field: ['uuid', 'name'] }

    const got = await someone.get(`/api/${name}/`, { query })
    const counted = await someone.head(`/api/${name}/`, { query })

    expect(got).toMatchObject({ status: 200, body: [] })
    expect(got.headers['x-result-count']).toBe('0')
    expect(counted).toMatchObject({ status: 200, text: '' })
    expect(counted.headers['x-result-count']).toBe('0')
    expect(counted.headers.link).toBe(got.headers.link)
  })

  it('clients §3: identity providers are asked for before anybody is signed in; the others are not', async () => {
    const anyone = w.current.as()

    expect((await anyone.get('/api/identity-providers/')).status).toBe(200)
    expect((await anyone.get('/api/user-agreements/')).status).toBe(200)
    expect((await anyone.get('/api/customer-credits/')).status).toBe(401)
    expect((await anyone.head('/api/project-types/')).status).toBe(401)
  })

  it('refuse bad filters and orders as other lists do', async () => {
    const someone = w.current.as(await w.current.user())

    const filters = await someone.get('/api/customer-permissions-reviews/', { query: { customer_uuid: 'nope', closed: 'nope' } })
    const order = await someone.get('/api/customer-credits/', { query: { o: 'nope' } })
    const sorted = await someone.get('/api/customer-credits/', { query: { o: '-value,end_date' } })
    const page = await someone.get('/api/customer-credits/', { query: { page: 2 } })

    expect(filters).toMatchObject({ status: 400, body: { customer_uuid: ['Enter a valid UUID.'], closed: ['Enter a valid date/time.'] } })
    expect(order).toMatchObject({ status: 400, body: { o: ['Select a valid choice. nope is not one of the available choices.'] } })
    expect(sorted.status).toBe(200)
    expect(page).toMatchObject({ status: 404, body: { detail: 'Invalid page.' } })
  })

  it('have no single objects', async () => {
    const someone = w.current.as(await w.current.user())

    const answer = await someone.get(`/api/project-types/${'a'.repeat(32)}/`)

    expect(answer).toMatchObject({ status: 404, body: { detail: 'No ProjectType matches the given query.' } })
  })
})

describe('daily quotas', () => {
  const w = world()

  it('clients §3: whole numbers for each day, of what the caller sees', async () => {
    const { as, cast, offering, resource, insert } = w.current
    const { customerOwner, consumer, project, projectManager } = await cast()
    const sold = await offering()
    await resource(sold, project, { created: '2026-03-02T10:00:00Z' })
    await resource(sold, project, { created: '2026-03-01T10:00:00Z' })
    await insert('project', { name: 'Later', customer_id: consumer.id, created: '2026-03-03T00:00:00Z' })
    const days = { start: '2026-02-28', end: '2026-03-03', quota_names: ['nc_resource_count', 'nc_unheard_of'] }

    const customer = await as(customerOwner).get('/api/daily-quotas/', {
      query: { ...days, scope: `http://testserver/api/customers/${consumer.uuid}/`, quota_names: ['nc_resource_count,nc_project_count'] },
    })
    const ofProject = await as(projectManager).get('/api/daily-quotas/', { query: { ...days, scope: project.uuid } })

    expect(customer).toMatchObject({ status: 200, body: { nc_resource_count: [0, 1, 2, 2], nc_project_count: [0, 0, 0, 1] } })
    expect(ofProject.body).toEqual({ nc_resource_count: [0, 1, 2, 2], nc_unheard_of: [0, 0, 0, 0] })
  })

  it('counts members of an organization and its projects once each, thirty days back unless said', async () => {
    const { as, cast } = w.current
    const { customerOwner, consumer } = await cast()

    const { body } = await as(customerOwner).get('/api/daily-quotas/', {
      query: { scope: `/api/customers/${consumer.uuid}/`, quota_names: 'nc_user_count' },
    })

    expect(body.nc_user_count).toHaveLength(31)
    expect(body.nc_user_count[0]).toBe(0)
    expect(body.nc_user_count.at(-1)).toBe(4)
  })

  it('refuses what it cannot count', async () => {
    const { as, cast } = w.current
    const { outsider, customerOwner, consumer } = await cast()
    const scope = `http://testserver/api/customers/${consumer.uuid}/`

    const none = await as(outsider).get('/api/daily-quotas/')
    const unseen = await as(outsider).get('/api/daily-quotas/', { query: { scope, quota_names: 'nc_user_count' } })
    const bad = await as(customerOwner).get('/api/daily-quotas/', { query: { scope, quota_names: 'nc_user_count', start: 'soon' } })
    const ages = await as(customerOwner).get('/api/daily-quotas/', { query: { scope, quota_names: 'nc_user_count', start: '0001-01-01' } })

    expect(none).toMatchObject({ status: 400, body: { scope: ['This field is required.'] } })
    expect(unseen).toMatchObject({ status: 400, body: { scope: ['Invalid hyperlink - Object does not exist.'] } })
    expect(bad).toMatchObject({ status: 400, body: { start: ['Enter a valid date.'] } })
    expect(ages.status).toBe(400)
    expect((await as().get('/api/daily-quotas/')).status).toBe(401)
  })
})
