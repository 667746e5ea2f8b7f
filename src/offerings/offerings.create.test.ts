import { describe, expect, it } from 'vitest'
import { png } from '../../tests/support/pictures.ts'
import { type Row, urls, world } from '../../tests/support/world.ts'

const w = world()
const PATH = '/api/marketplace-provider-offerings/'
const at = ({ uuid }: { uuid: string }, verb = '') => `${PATH}${uuid}/${verb}`

const bodyFor = async (provider: Row, values: object = {}) => ({
  name: 'Cluster',
  type: 'Marketplace.Basic',
  customer: urls.customer(provider),
  category: urls.category(await w.current.category()),
  ...values,
})

describe('making an offering', () => {
  it('gives a draft that is shared and billed', async () => {
    const { as, cast } = w.current
    const { provider, providerOwner } = await cast()

    const made = await as(providerOwner).post(PATH, await bodyFor(provider, { description: 'Fast<script>1</script>' }))

    expect(made.status).toBe(201)
    expect(made.body).toMatchObject({
      name: 'Cluster',
      description: 'Fast',
      state: 'Draft',
      shared: true,
      billable: true,
      type: 'Marketplace.Basic',
      customer_uuid: provider.uuid,
      components: [],
      plans: [],
      options: {},
      plugin_options: {},
      attributes: {},
      order_count: 0,
      total_customers: 0,
      project: null,
      parent_uuid: null,
      image: null,
      citation_count: -1,
    })
    expect(made.body.slug).toMatch(/^cluster/)
    expect(made.headers.location).toBe(made.body.url)
    expect((await as(providerOwner).get(made.body.url)).body).toMatchObject({ uuid: made.body.uuid, secret_options: {} })
  })

  it('with components, plans, a form and texts, all in one', async () => {
    const { as, cast } = w.current
    const { provider, providerManager } = await cast()

    const { status, body } = await as(providerManager).post(
      PATH,
      await bodyFor(provider, {
        type: 'Marketplace.Slurm',
        slug: 'my-cluster',
        components: [
          { type: 'cpu', name: 'CPU', billing_type: 'limit', measured_unit: 'hours', limit_period: '', max_value: 100 },
          { type: 'flag', name: 'Flag', billing_type: 'limit', is_boolean: true, max_value: 7 },
        ],
        plans: [
          { name: 'Small', unit: 'month', unit_price: '12' },
          { name: 'Large', max_amount: 3 },
        ],
        options: { order: ['size'], options: { size: { type: 'integer', label: 'Size', min: 1 } } },
        plugin_options: { can_restore_resource: true, unknown_option: 1, resource_expiration_threshold: '10' },
        country: 'EE',
        latitude: 58.4,
        longitude: null,
        shared: false,
        access_url: 'https://example.org/',
        backend_metadata: { any: ['thing'] },
      }),
    )

    expect(status).toBe(201)
    expect(body).toMatchObject({
      slug: 'my-cluster',
      shared: false,
      country: 'EE',
      latitude: 58.4,
      longitude: null,
      access_url: 'https://example.org/',
      backend_metadata: { any: ['thing'] },
      plugin_options: { can_restore_resource: true, resource_expiration_threshold: 10 },
      billing_type_classification: 'limit_only',
    })
    expect(body.plugin_options).not.toHaveProperty('unknown_option')
    expect(body.options).toEqual({ order: ['size'], options: { size: { type: 'integer', label: 'Size', min: 1, required: false } } })
    expect(body.components).toMatchObject([
      { type: 'cpu', limit_period: null, max_value: 100, is_builtin: false, factor: null, overage_component: null },
      { type: 'flag', is_boolean: true, min_value: 0, max_value: 1, limit_period: 'month', limit_amount: null },
    ])
    expect(body.plans.map((plan: { name: string }) => plan.name)).toEqual(['Large', 'Small'])
    expect(body.plans[1]).toMatchObject({ unit_price: '0.0000000000', prices: { cpu: 0, flag: 0 }, quotas: { cpu: 0, flag: 0 } })
  })

  it('as a form with pictures', async () => {
    const { as, cast, category } = w.current
    const { provider, providerOwner } = await cast()

    const { status, body } = await as(providerOwner).upload(PATH, {
      name: 'Pictured',
      type: 'Marketplace.Basic',
      customer: urls.customer(provider),
      category: urls.category(await category()),
      image: png(),
      thumbnail: png(),
      attributes: '{"a": 1}',
    })

    expect(status).toBe(201)
    expect(body).toMatchObject({
      attributes: { a: 1 },
      image: expect.stringMatching(/\/api\/media\//),
      thumbnail: expect.stringMatching(/media/),
    })
  })

  it('names every field that is missing or wrong', async () => {
    const { as, cast } = w.current
    const { provider, staff } = await cast()
    const client = as(staff)
    const refused = async (values: object) => {
      const { status, body } = await client.post(PATH, await bodyFor(provider, values))
      expect(status).toBe(400)
      return body
    }

    expect((await client.post(PATH, {})).body).toEqual({
      name: ['This field is required.'],
      category: ['This field is required.'],
      type: ['This field is required.'],
    })
    expect(await refused({ customer: undefined, type: 'Nothing.Known' })).toEqual({
      customer: ['This field is required.'],
      type: ['Invalid value.'],
    })
    expect(await refused({ name: ' ' })).toEqual({ name: ['This field may not be blank.'] })
    expect(await refused({ name: 'x'.repeat(151) })).toEqual({ name: ['Ensure this field has no more than 150 characters.'] })
    expect(await refused({ attributes: 'text' })).toEqual({ attributes: ['Expected a dictionary of items but got type "str".'] })
    expect(await refused({ category: urls.customer(provider) })).toEqual({ category: ['Invalid hyperlink - Incorrect URL match.'] })
    expect(await refused({ country: 'XX' })).toEqual({ country: ['"XX" is not a valid choice.'] })
    expect(await refused({ plans: [{ name: 'a' }, {}] })).toEqual({ plans: [{}, { name: ['This field is required.'] }] })
    expect(await refused({ components: [{ type: 'c p u', name: 'CPU', billing_type: 'nope' }] })).toEqual({
      components: [{ billing_type: ['"nope" is not a valid choice.'], type: ['Enter a valid value.'] }],
    })
    const cpu = { type: 'cpu', name: 'CPU', billing_type: 'usage' }
    expect(await refused({ components: [cpu, cpu] })).toEqual({ components: ['Component cpu already exists.'] })
    expect(await refused({ components: [{ ...cpu, min_prepaid_duration: 1 }] })).toEqual({
      min_prepaid_duration: ['This field can only be set on prepaid components.'],
    })
    expect(await refused({ plugin_options: { storage_mode: 'nope' } })).toEqual({
      plugin_options: { storage_mode: ['"nope" is not a valid choice.'] },
    })
  })

  it('leaves nothing behind when it is refused', async () => {
    const { as, cast, db } = w.current
    const { provider, staff } = await cast()
    const component = { type: 'cpu', name: 'CPU', billing_type: 'usage', max_prepaid_duration: 3 }

    const { status } = await as(staff).post(PATH, await bodyFor(provider, { name: 'Half made', components: [component] }))

    expect(status).toBe(400)
    expect(await db.selectFrom('offering').select('id').where('name', '=', 'Half made').execute()).toEqual([])
  })

  it('asks for the permission on the organization, and does not show organizations to strangers', async () => {
    const { as, cast } = w.current
    const { provider, consumer, customerOwner, projectManager, support, outsider } = await cast()

    expect((await as(support).post(PATH, await bodyFor(provider))).status).toBe(403)
    expect((await as(projectManager).post(PATH, await bodyFor(consumer))).status).toBe(403)
    expect((await as(customerOwner).post(PATH, await bodyFor(consumer))).status).toBe(201)
    const unseen = await as(outsider).post(PATH, await bodyFor(provider))
    expect(unseen.body).toEqual({ customer: ['Invalid hyperlink - Object does not exist.'] })
    expect((await as().post(PATH, {})).status).toBe(401)
  })

  it('is refused for a blocked and an archived organization, staff included', async () => {
    const { as, customer, user } = w.current
    const staff = as(await user({ is_staff: true }))

    const blocked = await staff.post(PATH, await bodyFor(await customer({ blocked: true })))
    const archived = await staff.post(PATH, await bodyFor(await customer({ archived: true })))

    expect(blocked.status).toBe(400)
    expect(blocked.body).toEqual(['Blocked organization is not available.'])
    expect(archived.body).toEqual(['Archived organization is not available.'])
  })

  it('lets only staff name actions that nobody may take on resources', async () => {
    const { as, cast } = w.current
    const { provider, providerOwner, staff } = await cast()
    const body = await bodyFor(provider, { plugin_options: { disabled_resource_actions: ['terminate'] } })

    const refused = await as(providerOwner).post(PATH, body)

    expect(refused.body).toEqual({ plugin_options: ['Only staff can change list of disabled actions.'] })
    expect((await as(staff).post(PATH, body)).status).toBe(201)
  })
})

describe('the order form', () => {
  const define = async (options: object) => {
    const { as, cast } = w.current
    const { provider, staff } = await cast()
    const order = Object.keys(options)
    return as(staff).post(PATH, await bodyFor(provider, { resource_options: { order, options } }))
  }
  const wrong = async (options: object) => {
    const { status, body } = await define(options)
    expect(status).toBe(400)
    return body.resource_options
  }

  it('compares only with a number that it asks for', async () => {
    const validators = [{ type: 'gt', target_field: 'b' }]
    const a = { type: 'integer', label: 'A', validators }

    expect(await wrong({ a })).toEqual(['Target field b for option a not found in options.'])
    expect(await wrong({ a, b: { type: 'string', label: 'B' } })).toEqual(['Target field b for option a must be integer or money.'])
    expect((await define({ a, b: { type: 'money', label: 'B' } })).status).toBe(201)
  })

  it('needs what its types are configured with', async () => {
    const cascade = (steps: object[]) => ({ x: { type: 'conditional_cascade', label: 'X', cascade_config: { steps } } })
    const step = { name: 'a', label: 'A', type: 'select_string', choices: ['1'] }
    const under = (key: string, text: string) => ({ options: { x: { [key]: [text] } } })

    expect(await wrong({ x: { type: 'conditional_cascade', label: 'X' } })).toEqual(
      under('cascade_config', 'cascade_config is required for conditional_cascade type'),
    )
    expect(await wrong({ x: { type: 'component_multiplier', label: 'X' } })).toEqual(
      under('component_multiplier_config', 'component_multiplier_config is required for component_multiplier type'),
    )
    expect(await wrong({ x: { type: 'storage_folder_manager', label: 'X' } })).toEqual(
      under('storage_folder_config', 'storage_folder_config is required for storage_folder_manager type'),
    )
    const limits = { component_type: 'cpu', factor: 2, min_limit: 5, max_limit: 4 }
    expect(await wrong({ x: { type: 'component_multiplier', label: 'X', component_multiplier_config: limits } })).toEqual(
      under('component_multiplier_config', 'min_limit cannot be greater than max_limit'),
    )
    expect(await wrong(cascade([step, step]))).toEqual(under('cascade_config', 'Step names must be unique: a'))
    expect(await wrong(cascade([{ ...step, depends_on: 'b', choices_map: {} }]))).toEqual(
      under('cascade_config', 'Step a depends on b, which is no earlier step'),
    )
    expect(await wrong(cascade([step, { name: 'b', label: 'B', type: 'select_string', depends_on: 'a' }]))).toEqual(
      under('cascade_config', 'choices_map is required for step b with depends_on'),
    )
    expect(await wrong(cascade([{ name: 'a', label: 'A', type: 'select_string' }]))).toEqual(
      under('cascade_config', 'choices is required for step a without depends_on'),
    )
    expect(
      (await define(cascade([step, { name: 'b', label: 'B', type: 'select_string', depends_on: 'a', choices_map: { 1: ['x'] } }]))).status,
    ).toBe(201)
  })

  it('has known types and a label for each question', async () => {
    expect(await wrong({ x: { type: 'nope' } })).toEqual({
      options: { x: { type: ['"nope" is not a valid choice.'], label: ['This field is required.'] } },
    })
    expect(await wrong({ x: 'text' })).toMatchObject({ options: { x: { non_field_errors: expect.anything() } } })
  })
})

describe('deleting an offering', () => {
  it('is done to drafts that nobody used', async () => {
    const { as, cast, offering, db, grant, user } = w.current
    const { provider, providerOwner } = await cast()
    const draft = await offering(provider, { state: 'Draft' })
    await grant(await user(), 'OFFERING.MANAGER', draft)

    const gone = await as(providerOwner).delete(at(draft))

    expect(gone.status).toBe(204)
    expect((await as(providerOwner).get(at(draft))).body).toEqual({ detail: 'No Offering matches the given query.' })
    const grants = await db
      .selectFrom('role_grant')
      .select('is_active')
      .where('scope_type', '=', 'offering')
      .where('scope_id', '=', draft.id)
      .execute()
    expect(grants).toEqual([{ is_active: false }])
  })

  it('says why not', async () => {
    const { as, cast, offering, resource } = w.current
    const { provider, providerOwner, project, staff, support, projectManager } = await cast()
    const active = await offering(provider)
    const used = await offering(provider, { state: 'Draft' })
    await resource(used, project, { state: 'Terminated' })

    const notDraft = await as(providerOwner).delete(at(active))
    const hasResources = await as(providerOwner).delete(at(used))
    const byStaff = await as(staff).delete(at(used))

    expect(notDraft.status).toBe(403)
    expect(notDraft.body).toEqual({ detail: 'Offering was not deleted since offering is not in draft state.' })
    expect(hasResources.status).toBe(403)
    expect(hasResources.body).toEqual({ detail: 'Offering was not deleted since it has resources.' })
    expect(byStaff.status).toBe(409)
    expect(byStaff.body).toEqual({ detail: 'Cannot delete offering with existing resources' })
    expect((await as(support).delete(at(active))).status).toBe(403)
    expect((await as(projectManager).delete(at(active))).status).toBe(404)
    expect((await as(staff).delete(at(active))).status).toBe(204)
  })

  it('is refused while others lie within it', async () => {
    const { as, cast, offering } = w.current
    const { provider, staff } = await cast()
    const parent = await offering(provider)
    await offering(provider, { parent_id: parent.id })

    const { status, body } = await as(staff).delete(at(parent))

    expect(status).toBe(409)
    expect(body).toEqual({ detail: 'Cannot delete offering with existing offerings' })
  })
})
