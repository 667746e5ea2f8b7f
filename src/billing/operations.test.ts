// What is done with invoices and lines, by whom, and what sums tell (service-providers.md §2.11, §5.7).
import { describe, expect, it } from 'vitest'
import { clockedWorld } from '../../tests/support/clock.ts'
import { accountOf, billedOf, invoiceOf, itemOf } from '../../tests/support/populate.billing.ts'
import type { Person, Row } from '../../tests/support/world.ts'

const w = clockedWorld()
const PDF = () => new File(['%PDF-1.7'], 'proof.pdf', { type: 'application/pdf' })

/** Two organizations' invoices, in each state. */
async function billed() {
  const c = await w.current.cast()
  const [offering, own] = [await w.current.offering(c.provider), await w.current.offering(c.provider)]
  const resource = await w.current.resource(offering, c.project)
  const made = await billedOf(w.current, c, offering, own, resource)
  const as = (person?: Person) => w.current.as(person)
  const see = async (invoice: Row, by: Person = c.staff) => (await as(by).get(`/api/invoices/${invoice.uuid}/`)).body
  return { ...c, ...made, offering, own, resource, as, see }
}

describe('an invoice', () => {
  it('is seen by who holds a role on its organization, and by staff and support; its lines by its provider too', async () => {
    const { as, invoices, item, ...c } = await billed()
    const sees = async (person?: Person) => [
      (await as(person).get(`/api/invoices/${invoices.created.uuid}/`)).status,
      (await as(person).get(`/api/invoice-items/${item.uuid}/`)).status,
    ]

    for (const person of [c.staff, c.support, c.customerOwner]) expect(await sees(person)).toEqual([200, 200])
    expect(await sees(c.providerOwner)).toEqual([404, 200])
    expect(await sees(c.providerManager)).toEqual([404, 200])
    for (const person of [c.projectManager, c.outsider]) expect(await sees(person)).toEqual([404, 404])
    expect(await sees()).toEqual([401, 401])
    expect((await as(c.providerOwner).get('/api/invoices/')).body).toEqual([])
  })

  it('that was created is paid once, with the day and the proof', async () => {
    const { as, invoices, see, staff, customerOwner, outsider } = await billed()
    const path = `/api/invoices/${invoices.created.uuid}/paid/`

    expect((await as(customerOwner).post(path, {})).status).toBe(403)
    const answer = await as(staff).upload(path, { date: '2026-05-03', proof: PDF() })
    expect([answer.status, answer.body.state]).toEqual([200, 'paid'])
    expect((await as(staff).post(path, {})).body).toEqual({ detail: 'Valid states for operation: created.' })
    const [{ proof_id, paid_on }] = (await w.current.db
      .selectFrom('invoice')
      .select(['proof_id', 'paid_on'])
      .where('id', '=', invoices.created.id)
      .execute()) as [{ proof_id: number; paid_on: string }]
    expect(paid_on).toBe('2026-05-03')
    const [{ uuid }] = (await w.current.db.selectFrom('file').select('uuid').where('id', '=', proof_id).execute()) as [{ uuid: string }]
    const reads = async (person: Person) => (await as(person).get(`/api/media/${uuid.replaceAll('-', '')}/`)).status
    expect([await reads(customerOwner), await reads(outsider)]).toEqual([200, 404])
    expect((await see(invoices.pending)).state).toBe('pending')
    expect((await as(staff).post(`/api/invoices/${invoices.pending.uuid}/paid/`, {})).status).toBe(409)
  })

  it('of which a proof is sent needs the day', async () => {
    const { as, invoices, staff } = await billed()

    const answer = await as(staff).upload(`/api/invoices/${invoices.created.uuid}/paid/`, { proof: PDF() })

    expect([answer.status, answer.body]).toEqual([400, { date: ['This field is required.'] }])
  })

  it('is canceled by staff only once it was created, and counts nowhere from then on', async () => {
    const { as, invoices, see, staff, customerOwner, consumer } = await billed()
    const total = async () => (await as(staff).get(`/api/invoice-items/total_price/?customer_uuid=${consumer.uuid}`)).body.total_price
    const before = Number(await total())

    expect((await as(customerOwner).post(`/api/invoices/${invoices.created.uuid}/cancel/`)).status).toBe(403)
    expect((await as(staff).post(`/api/invoices/${invoices.created.uuid}/cancel/`)).status).toBe(200)

    expect((await see(invoices.created)).state).toBe('canceled')
    expect(Number(await total())).toBe(before - Number((await see(invoices.created)).price))
    expect((await as(staff).post(`/api/invoices/${invoices.pending.uuid}/cancel/`)).status).toBe(409)
  })

  it('takes from staff its number elsewhere, its reference, and where it is paid', async () => {
    const { as, invoices, see, staff, customerOwner } = await billed()
    const path = `/api/invoices/${invoices.created.uuid}/`
    const values = { backend_id: 'A-1', reference_number: 'RF18', payment_url: 'https://pay.example.com/1' }

    for (const [name, value] of Object.entries(values)) {
      expect((await as(customerOwner).post(`${path}set_${name}/`, { [name]: value })).status).toBe(403)
      expect((await as(staff).post(`${path}set_${name}/`, { [name]: value })).status).toBe(200)
    }

    expect(await see(invoices.created)).toMatchObject(values)
    expect((await as(staff).post(`${path}set_payment_url/`, { payment_url: 'nowhere' })).status).toBe(400)
  })

  it('that was created is mailed to those who own the organization', async () => {
    const { as, invoices, staff, customerOwner } = await billed()

    expect((await as(customerOwner).post(`/api/invoices/${invoices.created.uuid}/send_notification/`)).status).toBe(403)
    expect((await as(staff).post(`/api/invoices/${invoices.pending.uuid}/send_notification/`)).status).toBe(409)
    expect((await as(staff).post(`/api/invoices/${invoices.created.uuid}/send_notification/`)).status).toBe(200)
    expect(await w.current.runJobs()).toBeGreaterThan(0)
  })

  it('gives all its lines at once, by page when one is asked for, and as CSV', async () => {
    const { as, invoices, consumer, project, provider, offering, resource, customerOwner } = await billed()
    const of = { customer: consumer, project, provider, offering, resource }
    for (let i = 0; i < 12; i++) await itemOf(w.current, invoices.pending, of, '2026-01', '1')
    const path = `/api/invoices/${invoices.pending.uuid}/items/`

    expect((await as(customerOwner).get(path)).body).toHaveLength(17)
    expect((await as(customerOwner).get(`${path}?page_size=5`)).body).toHaveLength(5)
    expect((await as(customerOwner).get(`${path}?conceal_compensation_items=true`)).body).toHaveLength(16)
    const csv = await w.current.app.inject({ url: `${path}?format=csv`, headers: { authorization: `Token ${customerOwner.token}` } })
    expect(csv.body.trim().split('\r\n')).toHaveLength(18)
  })
})

describe('a line', () => {
  it('of a running month is written and removed by staff; of one that was created it is neither', async () => {
    const { as, invoices, item, removable, see, staff, customerOwner } = await billed()
    const path = `/api/invoice-items/${item.uuid}/`
    const before = Number((await see(invoices.pending)).price)

    expect((await as(customerOwner).patch(path, { quantity: '2' })).status).toBe(403)
    const answer = await as(staff).patch(path, { quantity: '2', article_code: 'X' })
    expect([answer.status, answer.body.quantity, answer.body.article_code]).toEqual([200, '2.0000000000', 'X'])
    expect(Number((await see(invoices.pending)).price)).toBe(before + 9)
    expect((await as(staff).delete(`/api/invoice-items/${removable.uuid}/`)).status).toBe(204)
    expect(Number((await see(invoices.pending)).price)).toBe(before + 1)

    const [created] = (await see(invoices.created)).items
    expect((await as(staff).patch(`/api/invoice-items/${created.uuid}/`, { quantity: '9' })).body).toEqual({
      detail: 'Valid states for operation: pending.',
    })
    expect((await as(staff).delete(`/api/invoice-items/${created.uuid}/`)).status).toBe(409)
  })

  it('is given back on the invoice of the running month, with what it gives back; a negative one is not', async () => {
    await w.at('2026-06-10T00:00:00Z')
    const { as, invoices, see, staff, customerOwner, consumer } = await billed()
    await w.current.db.updateTable('billing_account').set({ month: '2026-06-01' }).where('customer_id', '=', consumer.id).execute()
    const [line] = (await see(invoices.created)).items
    const path = `/api/invoice-items/${line.uuid}/create_compensation/`

    expect((await as(customerOwner).post(path, { offering_component_name: 'Cores' })).status).toBe(403)
    const answer = await as(staff).post(path, { offering_component_name: 'Cores' })

    expect([answer.status, answer.body]).toEqual([200, { offering_component_name: 'Cores' }])
    const [running] = (await as(customerOwner).get('/api/invoices/?month=6&year=2026')).body
    expect(running).toMatchObject({ state: 'pending', compensations: -line.price })
    expect(running.items).toMatchObject([
      { name: `Compensation. ${line.name}`, price: -line.price, details: { offering_component_name: 'Cores' } },
    ])
    const again = await as(staff).post(`/api/invoice-items/${running.items[0].uuid}/create_compensation/`, {
      offering_component_name: 'Cores',
    })
    expect(again.body).toEqual(['Can not create compensation for invoice item with negative unit price.'])
    const { body } = await as(customerOwner).get(`/api/invoice-items/${running.items[0].uuid}/explain/`)
    expect(body.kind).toBe('compensation')
    expect(body.steps.find(({ step }: { step: string }) => step === 'quantity').text).toContain(line.uuid)
  })
})

describe('service-providers 55 to 59: revenue', () => {
  it('is for owner and manager of the provider and for staff; by month, whole, without tax, without what was canceled', async () => {
    await w.at('2027-05-10T00:00:00Z')
    const c = await w.current.cast()
    const offering = await w.current.offering(c.provider)
    const resource = await w.current.resource(offering, c.project)
    const of = { customer: c.consumer, project: c.project, provider: c.provider, offering, resource }
    await accountOf(w.current, c.consumer)
    for (let i = 0; i < 15; i++) {
      const month = `${i < 12 ? 2026 : 2027}-${String((i % 12) + 1).padStart(2, '0')}`
      const invoice = await invoiceOf(w.current, c.consumer, month, 'created', '20')
      const line = await itemOf(w.current, invoice, of, month, '10.40')
      await itemOf(w.current, invoice, of, month, '5.30')
      if (i === 14) await itemOf(w.current, invoice, of, month, '-4.00', { kind: 'compensation', corrects_id: line.id })
      if (i === 14) await itemOf(w.current, invoice, { ...of, resource: { id: null } as never }, month, '100')
    }
    const canceled = await invoiceOf(w.current, c.consumer, '2027-04', 'canceled')
    await itemOf(w.current, canceled, of, '2027-04', '99')
    const path = `/api/marketplace-service-providers/${c.serviceProvider.uuid}/revenue/`
    const read = (person?: Person, query = '') => w.current.as(person).get(`${path}${query}`)

    for (const person of [c.projectMember, c.outsider, c.support]) expect((await read(person)).status).toBe(403)
    for (const person of [c.providerOwner, c.providerManager, c.staff]) expect((await read(person)).status).toBe(200)
    const { body } = await read(c.providerOwner)
    // From May 2026 on: eleven months with lines; April has a canceled invoice alone, May none.
    expect(body).toHaveLength(11)
    expect(body[0]).toEqual({ total: 15, year: 2026, month: 5 })
    expect(body.at(-1)).toEqual({ total: 11, year: 2027, month: 3 })
    expect((await read(c.providerOwner, '?page_size=3')).body).toHaveLength(3)
  })
})

describe('sums', () => {
  it('of an offering are told by month to its owner', async () => {
    const { as, own, providerOwner, customerOwner } = await billed()
    const path = `/api/marketplace-provider-offerings/${own.uuid}/costs/`

    expect((await as(customerOwner).get(path)).status).toBe(404)
    const { body } = await as(providerOwner).get(path)
    expect(body).toEqual([
      { period: '2026-01', price: 6, tax: 1.2, total: 7.2 },
      { period: '2026-03', price: 5, tax: 1, total: 6 },
      { period: '2026-04', price: 3, tax: 0.6, total: 3.6 },
    ])
    expect((await as(providerOwner).get(`${path}?start=2026-02&end=2026-03`)).body).toHaveLength(1)
  })

  it('of organizations and projects are told for the last months, and by month', async () => {
    await w.at('2026-04-20T00:00:00Z')
    const { as, consumer, project, customerOwner, outsider } = await billed()
    const costs = async (person: Person, query: string) => (await as(person).get(`/api/invoice-items/${query}`)).body

    expect(await costs(customerOwner, `customer_costs_for_period/?customer_uuid=${consumer.uuid}&period=2`)).toEqual({
      total_price: '11.0000000000',
      start_date: '2026-03-01',
      end_date: '2026-04-30',
    })
    expect((await costs(customerOwner, `project_costs_for_period/?project_uuid=${project.uuid}&period=1`)).total_price).toBe('0.5000000000')
    expect(await costs(outsider, `customer_costs_for_period/?customer_uuid=${consumer.uuid}`)).toEqual({
      customer_uuid: ['Object does not exist.'],
    })
    expect(await costs(customerOwner, 'customer_costs_for_period/')).toEqual({ customer_uuid: ['This field is required.'] })
    expect(await costs(customerOwner, `costs/?project_uuid=${project.uuid}`)).toEqual([
      { price: 0.5, year: 2026, month: 4 },
      { price: 2.5, year: 2026, month: 3 },
      { price: 20.5, year: 2026, month: 1 },
    ])
    expect((await costs(customerOwner, `total_price/?year=2026&month=3&customer_uuid=${consumer.uuid}`)).total_price).toBe('7.5000000000')
  })

  it('of an invoice are told by offering, and of all organizations by month to staff', async () => {
    await w.at('2026-04-20T00:00:00Z')
    const { as, invoices, offering, own, staff, customerOwner, consumer } = await billed()

    const { body } = await as(customerOwner).get(`/api/invoices/${invoices.created.uuid}/stats/`)
    expect(
      body
        .map((row: { aggregated_price: number; aggregated_tax: number; aggregated_total: number }) => [
          row.aggregated_price,
          row.aggregated_tax,
          row.aggregated_total,
        ])
        .sort(),
    ).toEqual([
      [2.5, 0.5, 3],
      [5, 1, 6],
    ])
    expect([offering, own]).toHaveLength(2)
    expect((await as(customerOwner).get('/api/invoices/growth/')).status).toBe(403)
    const growth = (await as(staff).get('/api/invoices/growth/?customers_count=1')).body
    expect(growth.periods.at(-1)).toBe('2026-04')
    expect([growth.periods, growth.total_periods, growth.other_periods, growth.customer_periods].map(({ length }) => length)).toEqual([
      13, 13, 13, 1,
    ])
    const name = (await as(staff).get(`/api/customers/${consumer.uuid}/`)).body.name
    const all = (await as(staff).get('/api/invoices/growth/?customers_count=900')).body
    expect(all.customer_periods.find((one: { name: string }) => one.name === name).periods.slice(-2)).toEqual([9, 4.2])
    expect(all.other_periods.every((sum: number) => sum === 0)).toBe(true)
  })

  it('of the present month stand at organizations and projects', async () => {
    await w.at('2026-03-20T00:00:00Z')
    const { as, consumer, project, customerOwner, projectMember } = await billed()

    const whole = (await as(customerOwner).get(`/api/customers/${consumer.uuid}/`)).body.billing_price_estimate
    expect(whole).toEqual({ total: '9.0000000000', current: '7.5000000000', tax: '1.5000000000', tax_current: '1.5000000000' })
    expect((await as(projectMember).get(`/api/customers/${consumer.uuid}/`)).body.billing_price_estimate.current).toBe('2.5000000000')
    expect((await as(customerOwner).get(`/api/projects/${project.uuid}/`)).body.billing_price_estimate.total).toBe('3.0000000000')
  })
})
