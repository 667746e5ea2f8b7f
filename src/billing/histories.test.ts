// Histories of resources, made by chance: what invoices say of them is compared with what tests/support/billing-oracle.ts works out
// by another way, to the last cent. BILLING_HISTORIES=1000 makes so many in each zone; a failure names the seed.
import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { expect, it } from 'vitest'
import { type Deed, type History, monthAfter, owedBy, type Part, type Plan } from '../../tests/support/billing-oracle.ts'
import { clockedWorld } from '../../tests/support/clock.ts'
import { pick, type Random, randomFrom } from '../../tests/support/random.ts'
import type { Row, World } from '../../tests/support/world.ts'
import { run } from '../platform/db/database.ts'
import { recordEvents } from '../platform/events/record.ts'
import { type Context, inTransaction } from '../platform/wiring.ts'
import { createResource, heldResource, startChange, succeed } from '../resources/changes.ts'
import { type ResourceEventType, type ResourceFacts, resourceEvent } from '../resources/events.ts'
import { tellOfUsage } from '../resources/usages/told.ts'
import { turnMonths } from './jobs.ts'

const HISTORIES = Number(process.env.BILLING_HISTORIES ?? 40)
const SEED = Number(process.env.BILLING_SEED ?? 7)

const ZONES = [
  // A leap year, and clocks that go forward in March.
  { zone: 'America/New_York', first: '2027-12-01', months: 5 },
  { zone: 'UTC', first: '2027-01-01', months: 4 },
  // Clocks that go back in April, a day ahead of the others.
  { zone: 'Pacific/Auckland', first: '2028-02-01', months: 4 },
]

for (const { zone, first, months } of ZONES) {
  const w = clockedWorld({ TIME_ZONE: zone })
  it(`invoices of ${HISTORIES} histories in ${zone} say what an independent computation says, and repeating changes nothing`, {
    timeout: 600_000,
  }, async () => {
    const random = randomFrom(SEED)
    const sold = await sell(w.current, random, first, months)
    const scene = sceneOf(w, zone, random, sold)
    await scene.play(first, months)
    const last = monthAfter(first, months - 1)

    const wanted = scene.histories.flatMap((history) => owedBy(history, zone, first, last))
    const told = await linesOf(w.current, zone)

    const sums = (lines: { month: string; of: string; cents: { toString(): string } }[]) =>
      lines.map(({ month, of, cents }) => `${month} ${of} ${Number(cents.toString()).toFixed(2)}`).sort()
    const [said, meant] = [sums(told), sums(wanted)]
    const wrong = new Set(
      [...said.filter((line) => !meant.includes(line)), ...meant.filter((line) => !said.includes(line))].map((line) =>
        Number(line.split(' ')[1]),
      ),
    )
    const deeds = scene.histories.filter(({ resource }) => wrong.has(resource)).slice(0, 2)
    expect(said, `BILLING_SEED=${SEED} ${JSON.stringify(deeds)}`).toEqual(meant)
    await expectSums(w.current)
    expect(await snapshot(w.current, "state <> 'pending'")).toEqual(scene.closed)
    const before = await snapshot(w.current, 'true')
    await run(w.current.db, sql`update billing_account set month = month`)
    await w.current.runJob(turnMonths, {})
    for (const { resource } of scene.histories.slice(0, 20)) await scene.touch(resource)
    expect(await snapshot(w.current, 'true')).toEqual(before)
  })
}

/** Each line by the month of its invoice and what it is of. */
const linesOf = (w: World, zone: string) =>
  run(
    w.db,
    sql<{ month: string; of: string; cents: string }>`select i.month::text as month, item.price::text as cents,
        item.resource_id || ' ' || pc.plan_id || ' ' || pc.component_id || ' ' || case
          when item.kind in ('charge', 'correction') and site_month(item.start, ${zone}) <> i.month then 'late ' || site_month(item.start, ${zone}) else item.kind end as of
      from invoice_item item join invoice i on i.id = item.invoice_id join plan_component pc on pc.id = item.plan_component_id`,
  )

/** The sum of the items is the invoice; the sum over organizations is the sum over providers. */
async function expectSums(w: World): Promise<void> {
  const wrong = await run(
    w.db,
    sql`select i.id from invoice i left join invoice_item item on item.invoice_id = i.id group by i.id
      having i.price <> coalesce(sum(item.price), 0) or i.tax <> coalesce(sum(tax_of(item.price, i.tax_percent)), 0)`,
  )
  expect(wrong).toEqual([])
  const [sums] = await run(
    w.db,
    sql<{ customers: string; providers: string }>`select (select sum(price) from invoice)::text as customers,
      (select sum(s) from (select sum(price) as s from invoice_item group by provider_id) by_provider)::text as providers`,
  )
  expect(sums?.customers).toBe(sums?.providers)
}

const snapshot = (w: World, where: string) =>
  run(
    w.db,
    sql<{
      text: string
    }>`select i.month::text || ' ' || i.customer_id || ' ' || item.name || ' ' || item.kind || ' ' || item.quantity || ' ' || item.unit_price
    || ' ' || item.start || ' ' || item."end" as text from invoice_item item join invoice i on i.id = item.invoice_id where ${sql.raw(where)} order by 1`,
  )

type Sold = { plans: Plan[]; offering: Row; provider: Row; components: number[]; usage: number[]; raise: { plan: Plan; month: string }[] }

const UNITS = ['month', 'month', 'month', 'day', 'half_month', 'hour', 'quarter', 'quantity']
const KINDS = [
  ['fixed', null],
  ['limit', 'month'],
  ['limit', 'quarterly'],
  ['limit', 'annual'],
  ['limit', 'total'],
  ['usage', null],
  ['one', null],
  ['few', null],
] as const

/** Offerings with two plans each, of which prices will change. */
async function sell(w: World, random: Random, first: string, months: number): Promise<Sold[]> {
  const providers = [await w.customer(), await w.customer(), await w.customer()]
  const sold: Sold[] = []
  for (let i = 0; i < 8; i++) {
    const provider = pick(random, providers)
    const offering = await w.offering(provider)
    const kinds = KINDS.filter(() => random() < 0.6)
    const parts: (typeof KINDS)[number][] = kinds.length > 0 ? kinds : [KINDS[0]]
    const components: Row[] = []
    for (const [billing_type, limit_period] of parts)
      components.push(await w.component(offering, { type: `${billing_type}-${limit_period}`, billing_type, limit_period }))
    const unit = UNITS[i] as string
    const plans: Plan[] = []
    for (let j = 0; j < 2; j++) {
      const row = await w.plan(offering, { unit })
      const made: Part[] = []
      for (const [k, [billing, period]] of parts.entries()) {
        const price = (Math.floor(random() * 1_000_000) / 10_000).toFixed(4)
        const amount = 1 + Math.floor(random() * 5)
        const discount = billing === 'limit' && random() < 0.3 ? { threshold: 5, rate: 10 } : undefined
        const component = components[k] as Row
        await w.planComponent(row, component, {
          price,
          amount,
          ...(discount && { discount_threshold: discount.threshold, discount_rate: discount.rate }),
        })
        made.push({
          component: component.id,
          billing,
          period,
          amount,
          prices: [{ from: '0001-01-01', price }],
          ...(discount && { discount }),
        })
      }
      plans.push({ id: row.id, unit, parts: made })
    }
    const raise = random() < 0.6 ? [{ plan: pick(random, plans), month: monthAfter(first, Math.floor(random() * (months - 1))) }] : []
    const usage = parts.flatMap(([billing], k) => (billing === 'usage' ? [(components[k] as Row).id] : []))
    sold.push({ plans, offering, provider, components: components.map(({ id }) => id), usage, raise })
  }
  return sold
}

type Step = { at: Temporal.Instant; do: () => Promise<void> }

/** Resources of some organizations, what is done to them, and the clock that goes on meanwhile. */
function sceneOf(w: ReturnType<typeof clockedWorld>, zone: string, random: Random, allSold: Sold[]) {
  const scene = { histories: [] as History[], closed: undefined as unknown, play, touch }
  const customers: { id: number; project: Row; accounting: Temporal.Instant }[] = []

  /** Plays everything in the order of time, with the month turned by the job at once, later, or by whoever comes first. */
  async function play(first: string, months: number): Promise<void> {
    const midnight = (day: string) => Temporal.PlainDate.from(day).toZonedDateTime(zone).toInstant()
    const [from, to] = [midnight(first), midnight(monthAfter(first, months))]
    const span = Number(to.epochMilliseconds - from.epochMilliseconds)
    const moment = () => sharp(from.add({ milliseconds: Math.floor(random() * (span - 60_000)) }))
    await w.at(from.toString())
    for (let i = 0; i < Math.max(5, HISTORIES / 4); i++) {
      const accounting = random() < 0.8 ? from.subtract({ hours: 24 }) : moment()
      const customer = await w.current.customer({
        accounting_start_date: accounting.toString(),
        default_tax_percent: pick(random, ['0', '20', '21.5']),
      })
      customers.push({ id: customer.id, project: await w.current.project(customer), accounting })
    }
    const steps: Step[] = []
    for (const one of allSold)
      for (const { plan, month } of one.raise) steps.push({ at: midnight(month).add({ hours: 200 }), do: () => raise(plan, month) })
    for (let i = 0; i < HISTORIES; i++) {
      const times = Array.from({ length: 2 + Math.floor(random() * 7) }, moment).sort(Temporal.Instant.compare)
      steps.push(...life(times))
    }
    for (let month = monthAfter(first); month < monthAfter(first, months); month = monthAfter(month)) {
      // The job comes at once, after a while, or not at all; sometimes it is ended while it works.
      if (random() < 0.7)
        steps.push({ at: midnight(month).add({ seconds: Math.floor(random() * 200_000) }), do: () => turn(random() < 0.5) })
    }
    steps.push({ at: to.subtract({ seconds: 30 }), do: () => turn(false) })
    for (const { at, do: act } of steps.sort((a, b) => Temporal.Instant.compare(a.at, b.at))) {
      await w.at(at.toString())
      await act()
    }
    scene.closed = await snapshot(w.current, "state <> 'pending'")
  }

  /** Some moments lie at the edges of days. */
  function sharp(at: Temporal.Instant): Temporal.Instant {
    if (random() > 0.1) return at
    return at.toZonedDateTimeISO(zone).startOfDay().toInstant()
  }

  async function turn(killed: boolean): Promise<void> {
    const abort = new AbortController()
    if (killed) setTimeout(() => abort.abort(), 5)
    await turnMonths.run(w.current.deps as never, {}, { number: 1, last: true, signal: abort.signal })
  }

  async function raise(plan: Plan, month: string): Promise<void> {
    for (const part of plan.parts) {
      const price = (Math.floor(random() * 1_000_000) / 10_000).toFixed(4)
      await run(
        w.current.db,
        sql`update plan_component set future_price = ${price} where plan_id = ${plan.id} and component_id = ${part.component}`,
      )
      part.prices.push({ from: monthAfter(month), price })
    }
  }

  function life(times: Temporal.Instant[]): Step[] {
    const sold = pick(random, allSold)
    const customer = pick(random, customers)
    let history: History | undefined
    let plan = pick(random, sold.plans)
    let running = false
    const limits = () =>
      Object.fromEntries(
        plan.parts
          .filter(({ billing }) => billing === 'limit')
          .map(({ component }) => [component, pick(random, [-1, 0, 1, 2, 5, 5, 8, 10])]),
      )
    /** Something that may be done to what runs; whether it still runs. */
    const next = async (own: History, at: Temporal.Instant): Promise<boolean> => {
      const chance = random()
      if (chance < 0.3) await limit(own, limits())
      else if (chance < 0.5) {
        plan = sold.plans.find((one) => one !== plan) as Plan
        await change(own, 'Update', plan)
      } else if (chance < 0.62) await change(own, 'Terminate', plan)
      else await use(own, sold, at)
      return chance < 0.5 || chance >= 0.62
    }
    return times.map((at) => ({
      at,
      do: async () => {
        if (!history) {
          history = await begin(sold, customer, plan, limits())
          running = true
        } else if (running) running = await next(history, at)
        else if (random() < 0.5) {
          await change(history, 'Restore', plan)
          running = true
        }
      },
    }))
  }

  function act<T>(work: (context: Context) => Promise<T>): Promise<T> {
    return inTransaction(w.current.deps, work)
  }

  async function begin(
    sold: Sold,
    customer: { id: number; project: Row; accounting: Temporal.Instant },
    plan: Plan,
    limits: { [component: number]: number },
  ) {
    return act(async (by) => {
      const chosen = await limitsOf(by, limits)
      const made = await createResource(by.tx, {
        project_id: customer.project.id,
        offering_id: sold.offering.id,
        plan_id: plan.id,
        name: 'r',
        limits: chosen,
        attributes: {},
        options: {},
        cost: null,
        end_date: null,
        end_date_requested_by_id: null,
      })
      await succeed(by.tx, await heldResource(by.tx, made.id), 'Create')
      await tell(by, made.id, 'marketplace_resource_create_succeeded')
      const at = await now(by)
      const [row] = await run(by.tx, sql<{ created: string }>`select wire_time(created) as created from resource where id = ${made.id}`)
      const history: History = {
        resource: made.id,
        customer: customer.id,
        provider: sold.provider.id,
        created: Temporal.Instant.from(row?.created ?? ''),
        accounting: customer.accounting,
        deeds: [{ at, does: 'run', plan, limits }],
      }
      scene.histories.push(history)
      return history
    })
  }

  async function limitsOf({ tx }: Context, limits: { [component: number]: number }): Promise<{ [type: string]: number }> {
    const rows = await tx
      .selectFrom('offering_component')
      .select(['id', 'type'])
      .where('id', 'in', [0, ...Object.keys(limits).map(Number)])
      .execute()
    return Object.fromEntries(rows.map(({ id, type }) => [type, limits[id] as number]))
  }

  function change(history: History, kind: 'Update' | 'Terminate' | 'Restore', plan: Plan): Promise<void> {
    return act(async (by) => {
      const held = await heldResource(by.tx, history.resource)
      await startChange(by.tx, held, kind)
      await succeed(by.tx, held, kind, kind === 'Update' ? { plan_id: plan.id } : {})
      const type = { Update: 'update', Terminate: 'terminate', Restore: 'create' } as const
      await tell(by, history.resource, `marketplace_resource_${type[kind]}_succeeded`)
      const at = await now(by)
      history.deeds.push(kind === 'Terminate' ? { at, does: 'stop' } : { at, does: 'run', plan, limits: {} })
    })
  }

  function limit(history: History, limits: { [component: number]: number }): Promise<void> {
    return act(async (by) => {
      const held = await heldResource(by.tx, history.resource)
      await startChange(by.tx, held, 'Update')
      await succeed(by.tx, held, 'Update', { limits: await limitsOf(by, limits) })
      await tell(by, history.resource, 'marketplace_resource_update_limits_succeeded')
      history.deeds.push({ at: await now(by), does: 'limit', limits })
    })
  }

  /** Usage of this month, or of the one before; reported again it replaces what was said. */
  async function use(history: History, { usage }: Sold, at: Temporal.Instant): Promise<void> {
    if (usage.length === 0) return
    const component = pick(random, usage)
    const amount = (Math.floor(random() * 2000) / 100).toFixed(2)
    const present = at.toZonedDateTimeISO(zone).toPlainDate().with({ day: 1 })
    const month = (random() < 0.6 ? present : present.subtract({ months: 1 })).toString()
    const began = (history.deeds[0] as Deed).at.toZonedDateTimeISO(zone).toPlainDate().with({ day: 1 }).toString()
    if (month < began) return
    // A month that is closed late says what is known by then: here it is closed before something is reported of it.
    if (month < present.toString()) await touch(history.resource)
    await act(async (by) => {
      await run(
        by.tx,
        sql`insert into component_usage (resource_id, component_id, plan_period_id, billing_period, date, usage)
          select ${history.resource}, ${component}, (select id from resource_plan_period where resource_id = ${history.resource} and "end" is null), ${month}::date, now(), ${amount}
          on conflict on constraint component_usage_key do update set usage = excluded.usage, plan_period_id = excluded.plan_period_id`,
      )
      await tellOfUsage(by, { ...(await facts(by, history.resource)), billing_period: month })
      history.deeds.push({ at: await now(by), does: 'use', component, month, amount })
    })
  }

  async function tell(by: Context, id: number, type: ResourceEventType): Promise<void> {
    await recordEvents(by, [resourceEvent(type, await facts(by, id))])
  }

  /** What an event tells again of a resource that did not change. */
  function touch(id: number): Promise<void> {
    return act((by) => tell(by, id, 'marketplace_resource_update_succeeded'))
  }

  async function facts({ tx }: Context, id: number): Promise<ResourceFacts> {
    const [row] = await run(
      tx,
      sql<{
        customer_id: number
        project_id: number
        offering_id: number
        provider_id: number
      }>`select p.customer_id, p.id as project_id, r.offering_id, off.customer_id as provider_id
        from resource r join project p on p.id = r.project_id join offering off on off.id = r.offering_id where r.id = ${id}`,
    )
    return { ...row, resource_id: id, resource_uuid: '', resource_name: 'r' } as unknown as ResourceFacts
  }

  async function now({ tx }: Context): Promise<Temporal.Instant> {
    const [row] = await run(tx, sql<{ at: string }>`select wire_time(now()) as at`)
    return Temporal.Instant.from(row?.at ?? '')
  }

  return scene
}
