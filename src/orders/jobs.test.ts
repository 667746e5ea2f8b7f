// What the server does by itself: mails, ends of resources, lost jobs (orders.md §2.9, §6.1, §6.4, §6.5).

import { mkdtempSync, rmSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { type Person, type Row, urls, world } from '../../tests/support/world.ts'
import type { Job } from '../platform/wiring.ts'
import { ORDER_JOBS } from './jobs.ts'

const folder = mkdtempSync(join(tmpdir(), 'tradepost-mail-'))
const w = world({ DATA_DIR: folder })
const PATH = '/api/marketplace-orders/'
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10)

/** Subjects of the mails that a person got. */
async function mailsTo(person: Person): Promise<string[]> {
  const names = await readdir(join(folder, 'mail')).catch(() => [])
  const texts = await Promise.all(names.sort().map((name) => readFile(join(folder, 'mail', name), 'utf8')))
  const mine = texts.filter((text) => text.includes(`To: ${person.username}@example.com`))
  return mine.map((text) => /^Subject: (.*)$/m.exec(text)?.[1] ?? '')
}

async function clock(name: string): Promise<void> {
  const job = ORDER_JOBS.find((one) => one.name === name)
  if (job) await w.current.runJob(job as Job, {})
}

async function market() {
  const cast = await w.current.cast()
  const offering = await w.current.offering(cast.provider)
  const plan = await w.current.plan(offering)
  const order = async (person: Person) =>
    (
      await w.current.as(person).post(PATH, {
        offering: urls.offering(offering),
        project: urls.project(cast.project),
        plan: urls.plan(offering, plan),
        attributes: { name: 'vm-1' },
      })
    ).body
  const act = (person: Person, uuid: string, verb: string) => w.current.as(person).post(`${PATH}${uuid}/${verb}/`)
  return { ...cast, offering, plan, order, act }
}

describe('mails', () => {
  it('orders 2, 7, 55: go to those who may approve what waits, once each', async () => {
    const c = await market()
    await w.current.grant(c.providerOwner, 'CUSTOMER.MANAGER', c.serviceProvider)
    const { uuid } = await c.order(c.projectManager)
    await w.current.runJobs()
    expect(await mailsTo(c.customerOwner)).toEqual(['An order waits for your approval at Tradepost'])
    expect(await mailsTo(c.providerOwner)).toEqual([])

    await c.act(c.customerOwner, uuid, 'approve_by_consumer')
    await w.current.runJobs()

    expect(await mailsTo(c.providerOwner)).toEqual(['An order on your offering waits for your approval at Tradepost'])
    for (const person of [c.projectManager, c.projectAdmin, c.outsider]) expect(await mailsTo(person)).toEqual([])
  })

  it('tell who ordered that the order was rejected; nobody who wants no mails', async () => {
    const c = await market()
    await w.current.db.updateTable('user').set({ notifications_enabled: false }).where('id', '=', c.providerOwner.id).execute()
    const { uuid } = await c.order(c.customerOwner)
    await w.current.runJobs()

    await c.act(c.providerOwner, uuid, 'reject_by_provider')
    await w.current.runJobs()

    expect(await mailsTo(c.customerOwner)).toEqual(['Your order was rejected at Tradepost'])
    expect(await mailsTo(c.providerOwner)).toEqual([])
  })

  it('tell one side what the other has written, where the offering wants that', async () => {
    const c = await market()
    const { uuid } = await c.order(c.projectManager)
    await c.act(c.customerOwner, uuid, 'approve_by_consumer')
    await w.current.runJobs()
    const write = async (notify: boolean) => {
      const options = { enable_provider_consumer_messaging: true, notify_about_provider_consumer_messages: notify }
      await w.current.db
        .updateTable('offering')
        .set({ plugin_options: JSON.stringify(options) })
        .where('id', '=', c.offering.id)
        .execute()
      const told = await w.current.as(c.providerOwner).post(`${PATH}${uuid}/set_provider_info/`, { provider_message: 'Which room?' })
      const answered = await w.current.as(c.customerOwner).post(`${PATH}${uuid}/set_consumer_info/`, { consumer_message: 'The blue one.' })
      await w.current.runJobs()
      return [told.status, answered.status]
    }
    const heard = () => Promise.all([c.projectManager, c.customerOwner, c.providerOwner].map(async (one) => (await mailsTo(one)).slice(-1)))

    const before = await heard()
    expect(await write(false)).toEqual([200, 200])
    expect(await heard()).toEqual(before)
    expect(await write(true)).toEqual([200, 200])
    expect(await heard()).toEqual([
      ['The provider has written about your order at Tradepost'],
      ['The provider has written about your order at Tradepost'],
      ['A message about an order on your offering at Tradepost'],
    ])
  })

  it('tell the people of a project that a resource of theirs has another plan or other limits', async () => {
    const c = await market()
    const cpu = await w.current.component(c.offering, { type: 'cpu', billing_type: 'limit' })
    const other = await w.current.plan(c.offering)
    await w.current.planComponent(other, cpu, { price: '1' })
    const resource = await w.current.resource(c.offering, c.project, { plan_id: c.plan.id, limits: JSON.stringify({ cpu: 1 }) })
    const change = async (verb: string, body: object) => {
      const asked = await w.current.as(c.customerOwner).post(`/api/marketplace-resources/${resource.uuid}/${verb}/`, body)
      await c.act(c.providerOwner, asked.body.order_uuid, 'approve_by_provider')
      await w.current.runJobs()
      return (await mailsTo(c.projectMember)).slice(-1)
    }

    expect(await change('switch_plan', { plan: urls.plan(c.offering, other) })).toEqual(['The plan of a resource was changed at Tradepost'])
    expect(await change('update_limits', { limits: { cpu: 2 } })).toEqual(['The limits of a resource were changed at Tradepost'])
    expect((await mailsTo(c.outsider)).length).toBe(0)
  })

  it('say nothing of an order that has moved on meanwhile', async () => {
    const c = await market()
    const { uuid } = await c.order(c.projectManager)
    await c.act(c.customerOwner, uuid, 'reject_by_consumer')

    await w.current.runJobs()

    expect(await mailsTo(c.customerOwner)).toEqual([])
  })
})

describe('mails of a site that writes to staff too', () => {
  const loud = world({ DATA_DIR: folder, NOTIFY_STAFF_ABOUT_APPROVALS: 'true' })

  it('go to active staff as well as to those who may approve', async () => {
    const c = await loud.current.cast()
    const offering = await loud.current.offering(c.provider)
    const plan = await loud.current.plan(offering)
    const body = { offering: urls.offering(offering), project: urls.project(c.project), plan: urls.plan(offering, plan) }
    expect((await loud.current.as(c.projectManager).post(PATH, body)).status).toBe(201)
    await loud.current.runJobs()

    expect(await mailsTo(c.staff)).toEqual(['An order waits for your approval at Tradepost'])
    expect(await mailsTo(c.support)).toEqual([])
  })
})

describe('the last day of a resource', () => {
  const orders = async (staff: Person, resource: Row) =>
    (await w.current.as(staff).get(PATH, { query: { resource_uuid: resource.uuid } })).body

  it('orders 84: brings an order that ends it, in the name of who set the day', async () => {
    const c = await market()
    const values = { plan_id: c.plan.id, end_date_requested_by_id: c.projectManager.id }
    const due = await w.current.resource(c.offering, c.project, { ...values, end_date: day(0) })
    const later = await w.current.resource(c.offering, c.project, { ...values, end_date: day(1) })

    await clock('orders.end-resources')
    await clock('orders.end-resources')

    expect(await orders(c.staff, due)).toMatchObject([
      { type: 'Terminate', state: 'pending-provider', created_by_username: c.projectManager.username },
    ])
    expect(await orders(c.staff, later)).toEqual([])
  })

  it('orders 84: takes back what waits for the consumer, and leaves what is being carried out', async () => {
    const c = await market()
    const resource = async (state: string) => {
      const made = await w.current.resource(c.offering, c.project, {
        state: 'Updating',
        end_date: day(0),
        end_date_requested_by_id: c.staff.id,
      })
      await w.current.insert('order', {
        project_id: c.project.id,
        offering_id: c.offering.id,
        resource_id: made.id,
        type: 'Update',
        state,
        created_by_id: c.staff.id,
      })
      return made
    }
    const [waiting, executing] = [await resource('pending-consumer'), await resource('executing')]

    await clock('orders.end-resources')

    expect(await orders(c.staff, waiting)).toMatchObject([
      { type: 'Update', state: 'canceled', termination_comment: 'The resource has reached its end date.' },
      { type: 'Terminate', state: 'pending-provider' },
    ])
    expect(await orders(c.staff, executing)).toMatchObject([{ type: 'Update', state: 'executing' }])
  })
})

it('an order whose job got lost is carried out all the same', async () => {
  const c = await market()
  const { uuid } = await c.order(c.customerOwner)
  await w.current.db.updateTable('order').set({ state: 'executing' }).where('uuid', '=', uuid).execute()
  await clock('orders.resume-stuck')
  await w.current.runJobs()
  expect((await w.current.as(c.staff).get(`${PATH}${uuid}/`)).body.state).toBe('executing')

  await w.current.database.pool.query('alter table "order" disable trigger order_touch')
  await w.current.db.updateTable('order').set({ modified: '2020-01-01T00:00:00Z' }).where('uuid', '=', uuid).execute()
  await w.current.database.pool.query('alter table "order" enable trigger order_touch')
  await clock('orders.resume-stuck')
  await w.current.runJobs()

  expect((await w.current.as(c.staff).get(`${PATH}${uuid}/`)).body.state).toBe('done')
})
