// Changing and removing orders, their files and messages (orders.md §6.6, §6.7).
import { describe, expect, it } from 'vitest'
import { type Person, urls, world } from '../../tests/support/world.ts'

const w = world()
const PATH = '/api/marketplace-orders/'
type Values = { [name: string]: unknown }

const pdf = (text = 'one') => new File([`%PDF-1.4 ${text}`], 'order.pdf', { type: 'application/pdf' })

/** An order that the manager placed: it waits for the consumer. */
async function placed(offeringValues: Values = {}) {
  const cast = await w.current.cast()
  const offering = await w.current.offering(cast.provider, offeringValues)
  const plan = await w.current.plan(offering, { unit_price: '10' })
  const cpu = await w.current.component(offering, { type: 'cpu', max_value: 8 })
  await w.current.planComponent(plan, cpu, { price: '2' })
  const made = await w.current.as(cast.projectManager).post(PATH, {
    offering: urls.offering(offering),
    project: urls.project(cast.project),
    plan: urls.plan(offering, plan),
    attributes: { name: 'vm-1' },
    limits: { cpu: 1 },
  })
  const path = `${PATH}${made.body.uuid}/`
  const as = (person?: Person) => w.current.as(person)
  const see = async (person: Person = cast.staff) => (await as(person).get(path)).body
  const resource = async () => (await as(cast.staff).get(`/api/marketplace-resources/${made.body.marketplace_resource_uuid}/`)).body
  const set = (values: Values) => w.current.db.updateTable('order').set(values).where('uuid', '=', made.body.uuid).execute()
  const block = (blocked: boolean) => w.current.db.updateTable('customer').set({ blocked }).where('id', '=', cast.consumer.id).execute()
  return { ...cast, offering, plan, path, as, see, resource, set, block, uuid: made.body.uuid as string }
}

describe('removing', () => {
  it('orders 86: whoever may destroy removes a waiting order, and with it what it would have made', async () => {
    for (const who of ['customerOwner', 'projectManager', 'projectAdmin', 'staff'] as const) {
      const c = await placed()
      const resource = (await c.see()).marketplace_resource_uuid
      expect((await c.as(c[who]).delete(c.path)).status).toBe(204)
      expect((await c.as(c.staff).get(c.path)).status).toBe(404)
      expect((await c.as(c.staff).get(`/api/marketplace-resources/${resource}/`)).body.state).toBe('Terminated')
    }
  })

  it('orders 86: not for outsiders, without a token, under way, or in a blocked organization', async () => {
    const c = await placed()
    expect((await c.as(c.outsider).delete(c.path)).status).toBe(404)
    expect((await c.as().delete(c.path)).status).toBe(401)
    expect((await c.as(c.providerOwner).delete(c.path)).status).toBe(403)
    await c.block(true)
    expect((await c.as(c.staff).delete(c.path)).body).toEqual(['Blocked organization is not available.'])
    await c.set({ state: 'executing' })
    expect((await c.as(c.staff).delete(c.path)).body).toEqual({ detail: 'Valid states for operation: pending-consumer, pending-provider.' })
  })

  it('orders 87: staff unlinks in any state; others are told 403 before anything is looked up', async () => {
    const c = await placed()
    await c.set({ state: 'done' })

    expect((await c.as(c.customerOwner).post(`${c.path}unlink/`)).status).toBe(403)
    expect((await c.as(c.outsider).post(`${PATH}${'0'.repeat(32)}/unlink/`)).status).toBe(403)
    expect((await c.as(c.staff).post(`${PATH}${'0'.repeat(32)}/unlink/`)).status).toBe(404)
    expect((await c.as(c.staff).post(`${c.path}unlink/`)).status).toBe(204)
    expect((await c.as(c.staff).get(c.path)).status).toBe(404)
  })
})

describe('the attachment', () => {
  it('orders 88: a PDF may be attached while the order waits, and another takes its place', async () => {
    const c = await placed()
    const upload = (file: File) => c.as(c.projectManager).upload(`${c.path}update_attachment/`, { attachment: file })

    const first = await upload(pdf())
    const second = await upload(pdf('two'))
    const picture = await upload(new File([new Uint8Array([0x89, 0x50, 0x4e, 0x47])], 'a.png', { type: 'image/png' }))
    const nothing = await c.as(c.projectManager).post(`${c.path}update_attachment/`, {})

    expect(first.status).toBe(200)
    expect((await c.see()).attachment).toBe(second.body.attachment)
    expect(Object.keys(picture.body)).toEqual(['attachment'])
    expect([nothing.status, nothing.body]).toEqual([400, { attachment: ['No file was submitted.'] }])
    const files = await w.current.db.selectFrom('file').select('id').where('guarded_by', '=', 'order').execute()
    expect(files).toHaveLength(1)
    await c.set({ state: 'executing' })
    expect((await upload(pdf())).body).toEqual({
      detail: 'Valid states for operation: pending-project, pending-consumer, pending-provider.',
    })
  })

  it('is read by those who see the order, and changed by those who have a hand in it', async () => {
    const c = await placed()
    const { body } = await c.as(c.projectManager).upload(`${c.path}update_attachment/`, { attachment: pdf('mine') })

    expect((await c.as(c.providerOwner).get(body.attachment)).text).toBe('%PDF-1.4 mine')
    expect((await c.as(c.outsider).get(body.attachment)).status).toBe(404)
    expect((await c.as().get(body.attachment)).status).toBe(404)
    expect((await c.as(c.support).upload(`${c.path}update_attachment/`, { attachment: pdf() })).status).toBe(403)
  })

  it('orders 89: is removed once', async () => {
    const c = await placed()
    await c.as(c.projectManager).upload(`${c.path}update_attachment/`, { attachment: pdf() })

    expect((await c.as(c.projectManager).post(`${c.path}delete_attachment/`)).status).toBe(204)
    expect((await c.see()).attachment).toBeNull()
    expect((await c.as(c.projectManager).post(`${c.path}delete_attachment/`)).status).toBe(404)
  })
})

it('orders 91: the offering of an order is shown to whoever sees the order', async () => {
  const c = await placed()
  await w.current.db.updateTable('offering').set({ state: 'Archived' }).where('id', '=', c.offering.id).execute()

  expect((await c.as(c.projectManager).get(`${c.path}offering/`)).body.uuid).toBe(c.offering.uuid)
  expect((await c.as(c.projectManager).get(`${c.path}offering/`, { query: { field: 'uuid' } })).body).toEqual({ uuid: c.offering.uuid })
  expect((await c.as(c.outsider).get(`${c.path}offering/`)).status).toBe(404)
  const resource = await c.as(c.projectManager).get(`${c.path}resource/`)
  expect(resource.body).toMatchObject({ name: 'vm-1', state: 'Creating', order_in_progress: { uuid: c.uuid } })
})

describe('messages between the sides', () => {
  it('orders 92: where the offering lets them, each side writes to the other while the provider reviews', async () => {
    const off = await placed()
    await off.set({ state: 'pending-provider' })
    expect((await off.as(off.providerOwner).post(`${off.path}set_provider_info/`, {})).body).toEqual({
      detail: 'Provider-consumer messaging is not enabled for this offering.',
    })
    expect((await off.as(off.customerOwner).post(`${off.path}set_consumer_info/`, {})).status).toBe(409)

    const c = await placed({ plugin_options: JSON.stringify({ enable_provider_consumer_messaging: true }) })
    await c.set({ state: 'pending-provider' })
    const tell = (person: Person, sent: Values) => c.as(person).post(`${c.path}set_provider_info/`, sent)
    const first = await tell(c.providerOwner, {
      provider_message: 'Sign <script>x</script>this',
      provider_message_url: 'https://example.com/',
    })
    expect([first.status, first.body]).toEqual([200, { detail: 'Provider info has been saved.' }])
    expect(await c.see(c.projectManager)).toMatchObject({ provider_message: 'Sign this', provider_message_url: 'https://example.com/' })
    expect((await tell(c.customerOwner, {})).status).toBe(403)
    await tell(c.providerOwner, { provider_message: 'Done' })
    expect(await c.see()).toMatchObject({ provider_message: 'Done', provider_message_url: 'https://example.com/' })

    const consumer = await c
      .as(c.customerOwner)
      .upload(`${c.path}set_consumer_info/`, { consumer_message: 'Here', consumer_message_attachment: pdf() })
    expect(consumer.body).toEqual({ detail: 'Consumer info has been saved.' })
    const replaced = await c.as(c.providerOwner).upload(`${c.path}set_provider_info/`, { provider_message_attachment: pdf() })
    expect(replaced.status).toBe(200)
    const seen = await c.see()
    expect(seen.consumer_message).toBe('Here')
    expect([seen.consumer_message_attachment, seen.provider_message_attachment].includes(null)).toBe(false)
    await c.set({ state: 'done' })
    expect((await tell(c.providerOwner, {})).body).toEqual({ detail: 'Valid states for operation: pending-provider.' })
  })
})

describe('changing a waiting order', () => {
  it('orders 93: the consumer changes limits; the cost and the resource follow', async () => {
    const c = await placed()

    const answer = await c.as(c.customerOwner).patch(c.path, { limits: { cpu: 4 } })

    expect([answer.status, answer.body]).toEqual([200, { limits: { cpu: 4 }, attributes: { name: 'vm-1' }, start_date: null }])
    expect((await c.see()).cost).toBe('18.0000000000')
    expect((await c.resource()).limits).toEqual({ cpu: 4 })
    const whole = await c.as(c.customerOwner).put(c.path, { attributes: { name: 'vm-1', os: 'debian' } })
    expect(whole.body).toEqual({ limits: { cpu: 4 }, attributes: { name: 'vm-1', os: 'debian' }, start_date: null })
  })

  it('orders 93: not by others, not later, not to what is not allowed', async () => {
    const c = await placed()

    expect((await c.as(c.projectManager).patch(c.path, {})).status).toBe(403)
    expect((await c.as(c.customerOwner).patch(c.path, { limits: { nope: 1 } })).body).toEqual({ limits: ['Invalid types: nope'] })
    expect((await c.as(c.customerOwner).patch(c.path, { limits: { cpu: 9 } })).body).toEqual({
      non_field_errors: ['The limit 9 value cannot be more than 8.'],
    })
    await c.set({ state: 'executing' })
    expect((await c.as(c.customerOwner).patch(c.path, {})).body).toEqual({ detail: 'Valid states for operation: pending-consumer.' })
  })

  it('attributes must answer the category and the order form', async () => {
    const c = await placed({ options: JSON.stringify({ options: { size: { type: 'integer', label: 'Size' } } }) })
    const sections = [{ key: 's', attributes: [{ key: 'os', type: 'string', title: 'OS' }] }]
    const { category_id } = await w.current.db
      .selectFrom('offering')
      .select('category_id')
      .where('id', '=', c.offering.id)
      .executeTakeFirstOrThrow()
    await w.current.db
      .updateTable('category')
      .set({ sections: JSON.stringify(sections) })
      .where('id', '=', category_id)
      .execute()
    const patch = (attributes: Values) => c.as(c.customerOwner).patch(c.path, { attributes })

    expect((await patch({ os: 7 })).body).toEqual({ os: ['Value must be a string.'] })
    expect((await patch({ size: 'big' })).body).toEqual({ size: ['A valid integer is required.'] })
    expect((await patch({ os: 'debian', size: 3 })).status).toBe(200)
  })
})
