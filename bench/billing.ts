// npm run bench:billing [-- --organizations 10000] [-- --items 5000000]: what the turn of a month costs. Organizations with twenty running
// resources each, of two components, are turned by the job, against one INSERT … SELECT of the same lines written by hand into a
// table with the same indexes; meanwhile the server answers lists. Then invoices and lines are listed and summed up at so many
// lines. Prints a line a figure as bench/run.ts does, and exits 1 when one is short.
import { type ChildProcess, fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { turnMonths } from '../src/billing/jobs.ts'
import { wiringOf } from '../src/modules.ts'
import { newToken, tokenDigest } from '../src/platform/auth/token.ts'
import { readConfig } from '../src/platform/config.ts'
import { openDatabase } from '../src/platform/db/database.ts'
import { startEmbedded } from '../src/platform/db/embedded.ts'
import { migrate } from '../src/platform/db/migrate.ts'
import { byHand } from '../src/platform/jobs/attempt.ts'
import { environment, MEMORY, warm } from '../tools/install.mjs'
import { latency, rate, type Target } from './load-generator.ts'

const RESOURCES_EACH = 20
const PORT = 18_200

const words = process.argv.slice(2)
const after = (word: string, otherwise: number) => (words.includes(word) ? Number(words[words.indexOf(word) + 1]) : otherwise)
const organizations = after('--organizations', 10_000)
const items = after('--items', 5_000_000)

const told = (line: string) => process.stderr.write(`${new Date().toTimeString().slice(0, 8)} ${line}\n`)
type Figure = { name: string; product: number; floor: number; target: string; ok: boolean }

/** Organizations, each with a project of twenty resources that run since August, billed until the month before the present one. */
async function load(db: pg.Client): Promise<void> {
  await db.query('set session_replication_role = replica')
  await db.query(
    `insert into customer (name, accounting_start_date) select 'Customer ' || n, '2020-01-01' from generate_series(1, ${organizations}) n`,
  )
  await db.query(`insert into project (customer_id, name) select n, 'Project ' || n from generate_series(1, ${organizations}) n`)
  await db.query(`insert into category (title) values ('Everything')`)
  await db.query(
    `insert into offering (customer_id, category_id, name, type, state) select 1 + n, 1, 'Offering ' || n, 'Marketplace.Basic', 'Active' from generate_series(1, 100) n`,
  )
  await db.query(`insert into offering_component (offering_id, type, name, billing_type, limit_period)
    select n, kind, kind, kind, case kind when 'limit' then 'month' end from generate_series(1, 100) n cross join unnest('{fixed,limit}'::text[]) kind`)
  await db.query(`insert into plan (offering_id, name, unit) select n, 'Plan ' || n, 'month' from generate_series(1, 100) n`)
  await db.query(`insert into plan_component (plan_id, component_id, price, amount) select offering_id, id, 2.5, 3 from offering_component`)
  await db.query(`insert into resource (project_id, offering_id, plan_id, name, state, limits)
    select 1 + n / ${RESOURCES_EACH}, 1 + n % 100, 1 + n % 100, 'resource ' || n, 'OK', '{"limit": 4}' from generate_series(0, ${organizations * RESOURCES_EACH - 1}) n`)
  await db.query(
    `insert into resource_plan_period (resource_id, plan_id, start) select id, plan_id, date_trunc('month', now()) - interval '3 months' from resource`,
  )
  await db.query(`insert into billing_limit (resource_id, component_id, since, "limit")
    select r.id, oc.id, date_trunc('month', now()) - interval '3 months', 4 from resource r join offering_component oc on oc.offering_id = r.offering_id and oc.billing_type = 'limit'`)
  await db.query(
    `insert into billing_account (customer_id, month) select id, date_trunc('month', now()) - interval '1 month' from customer`,
  )
  await db.query(
    `insert into invoice (customer_id, month, state, tax_percent) select id, date_trunc('month', now()) - interval '1 month', 'pending', 20 from customer`,
  )
  await db.query('set session_replication_role = origin')
  await db.query('select recount(name) from kept_count')
  await db.query('vacuum analyze')
}

/** The same lines by hand, into a table with the same indexes and constraints; in milliseconds. */
async function byHandMs(db: pg.Client): Promise<number> {
  await db.query('create table floor (like invoice_item including all)')
  const began = performance.now()
  await db.query(`insert into floor (invoice_id, customer_id, provider_id, project_id, resource_id, offering_id, plan_component_id, kind, billing_type, name,
      unit, unit_price, quantity, start, "end", details)
    select i.id, p.customer_id, off.customer_id, p.id, r.id, off.id, pc.id, 'charge', oc.billing_type, r.name || ' / ' || oc.name, pl.unit,
      case oc.billing_type when 'fixed' then pc.price * pc.amount else pc.price end, case oc.billing_type when 'fixed' then 1 else (r.limits ->> 'limit')::numeric end,
      date_trunc('month', now()), date_trunc('month', now()) + interval '1 month' - interval '1 microsecond',
      jsonb_build_object('resource_name', r.name, 'resource_uuid', r.uuid, 'plan_name', pl.name, 'offering_name', off.name, 'component', oc.name)
    from resource r join project p on p.id = r.project_id join offering off on off.id = r.offering_id join plan pl on pl.id = r.plan_id
      join plan_component pc on pc.plan_id = pl.id join offering_component oc on oc.id = pc.component_id
      join invoice i on i.customer_id = p.customer_id and i.month = (date_trunc('month', now()) - interval '1 month')::date`)
  const taken = performance.now() - began
  await db.query('drop table floor')
  return taken
}

async function staff(db: pg.Client): Promise<string> {
  const token = newToken()
  const { rows } = await db.query<{ id: number }>(`insert into "user" (username, is_staff) values ('staff', true) returning id`)
  await db.query('insert into user_token (user_id, digest, sealed) values ($1, $2, $3)', [rows[0]?.id, tokenDigest(token), Buffer.alloc(0)])
  return token
}

/** Lines of months long ago, until there are so many. */
async function fill(db: pg.Client): Promise<void> {
  const { rows } = await db.query<{ n: string }>('select count(*) as n from invoice_item')
  const months = Math.ceil((items - Number(rows[0]?.n)) / (organizations * RESOURCES_EACH * 2))
  await db.query('set session_replication_role = replica; set synchronous_commit = off')
  for (let i = 1; i <= months; i++) {
    await db.query(`insert into invoice (customer_id, month, state, tax_percent, invoice_date, customer_details)
      select id, (date_trunc('month', now()) - interval '${i + 1} months')::date, 'paid', 20, now(), '{}' from customer`)
    await db.query(`insert into invoice_item (invoice_id, customer_id, provider_id, project_id, resource_id, offering_id, plan_component_id, kind, billing_type, name,
        unit, unit_price, quantity, start, "end", details)
      select i.id, item.customer_id, provider_id, project_id, resource_id, offering_id, plan_component_id, kind, billing_type, name, unit, unit_price, quantity,
        start - interval '${i + 1} months', start - interval '${i + 1} months' + interval '20 days', details
      from invoice_item item join invoice now_on on now_on.id = item.invoice_id and now_on.month = date_trunc('month', now())::date
        join invoice i on i.customer_id = item.customer_id and i.month = (date_trunc('month', now()) - interval '${i + 1} months')::date`)
  }
  await db.query(`update invoice set price = s.price, tax = s.tax from (select invoice_id, sum(item.price) as price, sum(tax_of(item.price, 20)) as tax
    from invoice_item item group by 1) s where s.invoice_id = invoice.id and invoice.state = 'paid'`)
  await db.query('set session_replication_role = origin')
  await db.query('select recount(name) from kept_count')
  await db.query('vacuum analyze')
}

function serve(url: string): Promise<ChildProcess> {
  const child = fork(new URL('product.mjs', import.meta.url), [url, String(PORT)], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: MEMORY,
    env: environment,
  })
  return new Promise((resolve) => child.once('message', () => resolve(child)))
}

const WALK = [
  '/api/invoices/?field=uuid&field=price',
  '/api/invoices/',
  '/api/invoices/?state=pending',
  '/api/invoice-items/',
  '/api/invoice-items/?page=1000',
] as const
const TOTALS = ['/api/invoice-items/total_price/', '/api/invoice-items/total_price/?year=2026', '/api/invoices/growth/'] as const

const folder = mkdtempSync(join(tmpdir(), 'tradepost-billing-'))
warm()
const embedded = await startEmbedded(folder)
const figures: Figure[] = []
let server: ChildProcess | undefined
try {
  await migrate(embedded.url)
  const client = new pg.Client({ connectionString: embedded.url })
  await client.connect()
  told(`loading ${organizations} organizations`)
  await load(client)
  const token = await staff(client)
  const target = (path: string): Target => ({ port: PORT, path, headers: { authorization: `Token ${token}` } })
  told('by hand')
  const floor = await byHandMs(client)
  server = await serve(embedded.url)
  const list = target('/api/marketplace-resources/?field=uuid&field=name')
  const alone = await rate(list, 8, 3000)

  told('the turn')
  const database = openDatabase(embedded.url)
  const config = readConfig({ SECRET_KEY: 'a secret for measuring that is long', LOG_LEVEL: 'error', WORKER: 'off' })
  const log = { info: () => undefined, warn: () => undefined, error: (facts: object) => told(JSON.stringify(facts)) }
  const deps = { db: database.db, config, jobs: { send: async () => undefined } as never, wiring: wiringOf(), log }
  const memory = process.memoryUsage().rss
  const began = performance.now()
  const turned = turnMonths.run(deps, {}, byHand())
  const quarter = rate(list, 8, Math.max(1000, floor / 2))
  await turned
  const taken = performance.now() - began
  const meanwhile = await quarter
  const grown = (process.memoryUsage().rss - memory) / 1e6
  await database.close()
  const { rows } = await client.query<{ n: string }>('select count(*) as n from invoice_item')
  told(`${rows[0]?.n} lines`)
  figures.push(
    {
      name: 'the turn of a month against the same lines by hand (lines/s)',
      product: 1000 / taken,
      floor: 1000 / floor,
      target: '>= 0.2',
      ok: floor / taken >= 0.2,
    },
    {
      name: 'lists while the month turns against alone (requests/s)',
      product: meanwhile,
      floor: alone,
      target: '>= 0.5',
      ok: meanwhile / alone >= 0.5,
    },
    { name: 'memory of the turn (MB)', product: grown, floor: 100, target: '<= 1', ok: grown <= 100 },
  )
  if (items > 0) {
    told(`filling up to ${items} lines`)
    await fill(client)
    const { rows: found } = await client.query<{ uuid: string }>('select uuid from invoice_item order by id offset 1000 limit 1')
    const one = await latency(target(`/api/invoice-items/${found[0]?.uuid.replaceAll('-', '')}/`), 50)
    for (const [paths, most] of [
      [WALK, 10],
      [TOTALS, 20],
    ] as const) {
      for (const path of paths) {
        const ms = await latency(target(path), 20)
        figures.push({ name: `${path} against one line (ms)`, product: ms, floor: one, target: `<= ${most}`, ok: ms <= one * most })
      }
    }
  }
  await client.end()
  process.stdout.write(`${['name', 'product', 'floor', 'ratio', 'target', ''].join('\t')}\n`)
  for (const { name, product, floor: other, target: wanted, ok } of figures)
    process.stdout.write(
      `${[name, product.toFixed(3), other.toFixed(3), (product / other).toFixed(2), wanted, ok ? 'ok' : 'short'].join('\t')}\n`,
    )
  process.exitCode = figures.every(({ ok }) => ok) ? 0 : 1
} finally {
  server?.kill('SIGKILL')
  await embedded.stop()
  rmSync(folder, { recursive: true, force: true })
}
