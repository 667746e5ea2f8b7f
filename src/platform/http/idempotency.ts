// The Idempotency-Key of a POST: the same request again gets the first answer again, for a day (platform.md §5).
import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import type { Actor } from '../auth/actor.ts'
import { seal, unseal } from '../auth/token.ts'
import { run, type Tx } from '../db/database.ts'
import type { Job } from '../wiring.ts'
import { keyReused } from './errors.ts'
import type { UploadedFile } from './multipart.ts'

/** What an operation is answered with. `replayed`: it was, earlier. */
export type Outcome = { status: number; body: string | undefined; location: string | undefined; replayed?: boolean }

export type Claim = { answered: Outcome | undefined; store: (outcome: Outcome) => Promise<void> }

type Stored = { request_hash: Buffer; status: number; body: string | null; location: string | null }

const digest = (...parts: (string | Buffer)[]) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest()

/**
 * What makes a request the same as another. A form is its parts: each time it is sent, something else stands between them, and
 * the same parts are the same request in any order of their names.
 */
export function fingerprintOf({ method, url, body }: FastifyRequest, form: { [name: string]: unknown } | undefined): Buffer {
  const start = `${method} ${url}\n`
  if (!form) return digest(start, Buffer.isBuffer(body) ? body : '')
  const parts = Object.keys(form)
    .sort()
    .flatMap((name) => [form[name]].flat().map((value) => [name, value] as const))
  const texts = parts.flatMap(([name, value]) => {
    const { filename, mimetype, data } = (typeof value === 'string' ? { data: Buffer.from(value) } : value) as Partial<UploadedFile> & {
      data: Buffer
    }
    return [JSON.stringify([name, filename, mimetype, data.length]), data]
  })
  return digest(start, ...texts)
}

/**
 * Takes an Idempotency-Key for this transaction, or finds the answer it was given before. A second caller with the same key
 * waits on the row until the first has ended, so that two at once never both act. 422 when the request differs.
 */
export async function claimKey(tx: Tx, secret: string, actor: Actor, key: string, hash: Buffer): Promise<Claim> {
  const name = digest(key).toString('hex')
  const taken = await run(
    tx,
    sql`insert into idempotency_key (user_id, key, request_hash) values (${actor.id}, ${name}, ${hash})
      on conflict (user_id, key) do update set request_hash = excluded.request_hash, created = now(), status = null
      where idempotency_key.created < now() - interval '24 hours' returning key`,
  )
  const store = async ({ status, body, location }: Outcome) => {
    // An answer may show a token or a secret once: at rest it is sealed as those are.
    const sealed = body === undefined ? null : seal(secret, body).toString('base64')
    await run(
      tx,
      sql`update idempotency_key set status = ${status}, body = ${sealed}, location = ${location ?? null}
        where user_id = ${actor.id} and key = ${name}`,
    )
  }
  if (taken.length > 0) return { answered: undefined, store }
  const [first] = await run(
    tx,
    sql<Stored>`select request_hash, status, body, location from idempotency_key where user_id = ${actor.id} and key = ${name}`,
  )
  if (!first?.request_hash.equals(hash)) throw keyReused()
  const body = first.body === null ? undefined : unseal(secret, Buffer.from(first.body, 'base64'))
  return { answered: { status: first.status, body, location: first.location ?? undefined, replayed: true }, store }
}

/** Keys older than a day are taken anew anyway; this keeps the table small. */
export const forgetIdempotencyKeys: Job = {
  name: 'forget-idempotency-keys',
  cron: '41 * * * *',
  run: async ({ db }) => {
    await run(db, sql`delete from idempotency_key where created < now() - interval '24 hours'`)
  },
}
