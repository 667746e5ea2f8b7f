// One mechanism for everything that changes something: who, what it acts on, who may, what must hold, what was sent,
// what happens, what is answered — in this order (platform.md §4.3), in one transaction.
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Actor } from '../auth/actor.ts'
import { type Tx, transaction } from '../db/database.ts'
import type { Context, Deps } from '../wiring.ts'
import { isForm, readBody } from './body.ts'
import { type Collection, holdSubject, keyName, render, requireKey, requireSubject } from './collection.ts'
import type { Viewer } from './context.ts'
import { changedMeanwhile, forbidden } from './errors.ts'
import { claimKey, fingerprintOf, type Outcome } from './idempotency.ts'
import type { Query } from './query.ts'
import { actorOf, viewerOf } from './server.ts'
import { type Parsed, type ReadBody, readByShape, resolveLinks, type Shape } from './shapes.ts'
import { namesTag, tagOf } from './tags.ts'
import type { JsonSchema, View } from './view.ts'
import { permits, type Who } from './who.ts'

/** What a command is given: the transaction, who acts, the locked row it acts on, the input read by its shape. */
export type Call<Row = undefined, Input = undefined> = Context & {
  actor: Actor
  viewer: Viewer
  row: Row
  input: Input
  /** Query and path values, for the few operations that read them. */
  query: Query
  params: { [name: string]: string }
}

/** Something that must hold for the row before the body is looked at; throws the refusal. */
export type Check<Row> = (row: Row, actor: Actor) => void

/** What links in a body are resolved with: only what the caller sees exists. */
export type LinkContext = { tx: Tx; viewer: Viewer }

type Input<S> = S extends Shape ? Parsed<S> : undefined

/** What an operation is, besides who may. */
export type Facts<Row, S extends Shape | undefined> = {
  /** One line for the description. */
  summary: string
  /** In the order in which their refusals must come. */
  checks?: readonly Check<Row>[]
  body?: S
  /** Query parameters that it is said to take, for the description. */
  query?: { [name: string]: { schema: JsonSchema; many?: boolean } }
  /** 200 unless said. */
  status?: number
  /** A view: the command returns the internal id of the row to show. A schema: it returns the answer. Neither: no body. */
  answer?: View | JsonSchema
  run: (call: Call<Row, Input<S>>) => Promise<unknown>
}

export type Operation<Row, S extends Shape | undefined = undefined> = Facts<Row, S> & Who<Row, Input<S>>

/** Any operation, whatever its row and shape; only the types of its parts are forgotten. */
export type AnyOperation = Operation<never, Shape | undefined>

const isView = (answer: View | JsonSchema): answer is View => typeof answer.from === 'string' && 'fields' in answer

/** Runs an operation for a request and answers it. `of` is the collection whose row the path names, if any. */
export async function perform(
  deps: Deps,
  operation: AnyOperation,
  of: Collection | undefined,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  const actor = actorOf(request)
  operation.before?.(actor)
  const sent = await readSent(operation, request, actor)
  const outcome = await transaction(deps.db, (tx) => once(tx, deps, operation, of, request, actor, sent))
  // A representation that is the one of reading has its tag.
  const whole = of && operation.answer === detailOf(of) && outcome.body !== undefined
  if (whole && outcome.status === 200) reply.header('ETag', tagOf(detailOf(of), outcome.body as string))
  return send(reply, outcome)
}

async function once(
  tx: Tx,
  { config, jobs, wiring }: Deps,
  operation: AnyOperation,
  of: Collection | undefined,
  request: FastifyRequest,
  actor: Actor,
  sent: Sent,
): Promise<Outcome> {
  const viewer = viewerOf(request)
  const query = request.query as Query
  const params = request.params as { [name: string]: string }
  const key = keyOf(request)
  const claim = key === undefined ? undefined : await claimKey(tx, config.SECRET_KEY, actor, key, sent.fingerprint())
  const repeated = claim?.answered

  const find = (of: Collection) => {
    const uuid = requireKey(of, params[keyName(of)])
    // What an answer is repeated to may have been changed by it: it is looked up by its key alone.
    return repeated ? requireSubject(tx, of, viewer, uuid) : holdSubject(tx, of, viewer, uuid, query)
  }
  const row = (of && (await find(of))) as never
  if (!permits(operation.permission, actor, row)) throw forbidden()
  if (!repeated) {
    await requireUnchanged(tx, of, viewer, row, request.headers['if-match'])
    for (const check of operation.checks ?? []) check(row, actor)
  }
  const input = (operation.body && (await resolveLinks(await sent.body(), { tx, viewer } satisfies LinkContext))) as never
  if (operation.allowed && !operation.allowed(actor, input, row)) throw forbidden()
  if (repeated) {
    await operation.lets?.({ tx, actor, viewer, row, input })
    return repeated
  }
  const result = await operation.run({ tx, actor, viewer, config, jobs, wiring, row, input, query, params })

  const outcome = await answerOf(tx, operation, viewer, result)
  await claim?.store(outcome)
  return outcome
}

const detailOf = (of: Collection): View => of.detailView ?? of.view

/** 412 unless the row is what the caller has seen, where the request says what that is. The row is locked: nothing comes between. */
async function requireUnchanged(tx: Tx, of: Collection | undefined, viewer: Viewer, row: unknown, seen: string | undefined) {
  if (!of || seen === undefined) return
  const text = await render(tx, detailOf(of), viewer, (row as { id: number }).id)
  if (!namesTag(seen, tagOf(detailOf(of), text))) throw changedMeanwhile()
}

/** `body` gives what was sent, or throws why it cannot be read; `fingerprint` what marks the request as the same again. */
type Sent = { body: () => Promise<ReadBody>; fingerprint: () => Buffer }

const keyOf = ({ method, headers }: FastifyRequest): string | undefined => {
  const key = headers['idempotency-key']
  return method === 'POST' && typeof key === 'string' && key !== '' ? key : undefined
}

/** Reads a body before a transaction begins; what is wrong with it is told at its place in the order of checks. */
async function readSent({ body: shape }: AnyOperation, request: FastifyRequest, actor: Actor): Promise<Sent> {
  const rawBody = Buffer.isBuffer(request.body) ? request.body : undefined
  const read = shape || keyOf(request) !== undefined ? readBody({ headers: request.headers, rawBody }) : Promise.resolve(undefined)
  const value = await read.catch(() => undefined)
  const readAgain = async () => readByShape(shape as Shape, await read, actor)
  let first: Promise<ReadBody> | undefined = shape && readAgain()
  await first?.catch(() => undefined)
  return {
    // Links are looked up in place: a transaction that begins again begins with what was sent.
    body: () => {
      const once = first ?? readAgain()
      first = undefined
      return once
    },
    // Reads all of it once more: only for those who may repeat it.
    fingerprint: () => fingerprintOf(request, isForm(value) ? value : undefined),
  }
}

async function answerOf(tx: Tx, operation: AnyOperation, viewer: Viewer, result: unknown): Promise<Outcome> {
  const status = operation.status ?? 200
  if (!operation.answer) return { status, body: undefined, location: undefined }
  if (!isView(operation.answer)) return { status, body: JSON.stringify(result), location: undefined }
  const body = await render(tx, operation.answer, viewer, Number(result))
  const location = status === 201 ? (JSON.parse(body) as { url?: string }).url : undefined
  return { status, body, location }
}

function send(reply: FastifyReply, { status, body, location, replayed }: Outcome) {
  reply.code(status)
  if (location) reply.header('Location', location)
  if (replayed) reply.header('Idempotency-Replayed', 'true')
  return body === undefined ? reply.send('') : reply.header('Content-Type', 'application/json').send(body)
}
