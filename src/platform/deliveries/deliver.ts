// What is told to addresses that users chose: written down with what it tells, sent after commit, tried again, and kept with what
// became of it. A receiver may get one twice, when a process died after sending: it has one uuid, which stands in the body.
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { run } from '../db/database.ts'
import { TryAgain } from '../jobs/attempt.ts'
import { callOut, OutgoingRefused } from '../outgoing.ts'
import { UpstreamError } from '../upstream.ts'
import type { AnyJob, Context, Job, JobDeps } from '../wiring.ts'
import { deliverySecret, signatureOf } from './signature.ts'

const KEPT = '30 days'
const ANSWER_MAX_BYTES = 1024
const ANSWER_MAX_MS = 5000

export type Told = {
  url: string
  /** Sent as JSON, with the delivery's own uuid as `event_id`. */
  body: { [key: string]: unknown }
  /** Whose secret signs it, by internal id. */
  user_id: number
  /** What it tells of: `order`, and its id. */
  scope: readonly [type: string, id: number]
}

/** Has it delivered once the transaction is committed. */
export async function deliver({ tx, jobs }: Pick<Context, 'tx' | 'jobs'>, { url, body, user_id, scope: [type, id] }: Told): Promise<void> {
  const uuid = randomUUID().replaceAll('-', '')
  const text = JSON.stringify({ ...body, event_id: uuid })
  const [row] = await run(
    tx,
    sql<{ id: number }>`insert into delivery (uuid, url, body, user_id, scope_type, scope_id)
      values (${uuid}::uuid, ${url}, ${text}, ${user_id}, ${type}, ${id}) returning id`,
  )
  if (row) await jobs.send(tx, sendDelivery, { delivery_id: row.id })
}

type Row = { url: string; body: string; uuid: string; user_uuid: string }
type Outcome = { status: number } | { error: string; for_good: boolean }

/** Sends it; tried again three times, with growing pauses, unless the address may not be called at all. */
const sendDelivery: Job<{ delivery_id: number }> = {
  name: 'deliveries.send',
  retryLimit: 3,
  expireSeconds: 60,
  concurrency: 8,
  run: async (deps, { delivery_id }, attempt) => {
    const { db } = deps
    const [row] = await run(
      db,
      sql<Row>`select d.url, d.body, d.uuid, u.uuid as user_uuid from delivery d join "user" u on u.id = d.user_id
        where d.id = ${delivery_id} and d.state = 'waiting'`,
    )
    if (!row) return
    const from = performance.now()
    const outcome = await send(deps, row, attempt.signal)
    const delivered = 'status' in outcome && outcome.status >= 200 && outcome.status < 300
    const over = attempt.last || ('error' in outcome && outcome.for_good)
    const state = delivered ? 'delivered' : over ? 'failed' : 'waiting'
    const told = 'status' in outcome ? { status: outcome.status } : { error: outcome.error }
    await run(
      db,
      sql`update delivery set state = ${state}, attempts = attempts || jsonb_build_array(
          jsonb_build_object('at', wire_time(now()), 'ms', ${Math.round(performance.now() - from)}::integer) || ${JSON.stringify(told)}::jsonb)
        where id = ${delivery_id} and state = 'waiting'`,
    )
    if (state === 'waiting') throw new TryAgain(`A delivery was answered with ${Object.values(told)[0]}`)
  },
}

async function send({ config }: JobDeps, { url, body, uuid, user_uuid }: Row, signal: AbortSignal): Promise<Outcome> {
  const seconds = Math.floor(Date.now() / 1000)
  const headers = {
    'Content-Type': 'application/json',
    'User-Agent': 'Tradepost',
    'X-Tradepost-Event': uuid,
    'X-Tradepost-Signature': signatureOf(deliverySecret(config.SECRET_KEY, user_uuid), seconds, body),
  }
  try {
    const { status } = await callOut('The receiver', config, url, {
      method: 'POST',
      headers,
      body,
      maxMs: ANSWER_MAX_MS,
      maxBytes: ANSWER_MAX_BYTES,
      signal,
    })
    return { status }
  } catch (error) {
    if (error instanceof OutgoingRefused) return { error: error.message, for_good: true }
    if (error instanceof UpstreamError) return { error: (error.body as { detail: string }).detail, for_good: false }
    throw error
  }
}

/** What was sent long ago is nobody's concern any more. */
const forgetDeliveries: Job = {
  name: 'deliveries.forget',
  cron: '40 3 * * *',
  run: async ({ db }) => {
    await run(db, sql`delete from delivery where created < now() - ${KEPT}::interval`)
  },
}

export const DELIVERY_JOBS: readonly AnyJob[] = [sendDelivery, forgetDeliveries]
