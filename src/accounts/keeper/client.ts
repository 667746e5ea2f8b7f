// The system that keeps accounts outside, if the operator has one: it is told what an account is to be, by one idempotent call
// (docs/accounts.md). Nothing else is known of it.
import { z } from 'zod'
import type { Config } from '../../platform/config.ts'
import { callOut, OutgoingRefused } from '../../platform/outgoing.ts'
import { UpstreamError } from '../../platform/upstream.ts'

const ANSWER_MAX_MS = 10_000
const ANSWER_MAX_BYTES = 64 * 1024
const TOLD_MAX = 1000

/** What it says of an account; what it leaves out stays as we have it. */
const keptShape = z.object({
  username: z
    .string()
    .regex(/^[0-9A-Za-z_.@+-]{1,32}$/)
    .optional(),
  email: z.string().max(320).optional(),
})
export type Kept = z.infer<typeof keptShape>

/** `for_good`: asking again would change nothing. */
export type Answered = { kept: Kept } | { error: string; for_good: boolean }

const refusalShape = z.object({ detail: z.string().min(1) })

/** Statuses below 500 that another time may differ. */
const PASSING = new Set([408, 409, 423, 425, 429])

function jsonIn(text: string): unknown {
  try {
    return text.trim() === '' ? {} : JSON.parse(text)
  } catch {
    return undefined
  }
}

function read(status: number, text: string): Answered {
  const value = jsonIn(text)
  if (status >= 200 && status < 300) {
    const kept = keptShape.safeParse(value)
    return kept.success ? { kept: kept.data } : { error: 'The account service answered what cannot be read.', for_good: false }
  }
  const refusal = refusalShape.safeParse(value)
  const error = refusal.success ? refusal.data.detail.slice(0, TOLD_MAX).toWellFormed() : `The account service answered with ${status}.`
  return { error: error.replaceAll('\0', ''), for_good: status < 500 && !PASSING.has(status) }
}

/** Tells it what an account is to be. `place` is the account's path below the address of the system. */
export async function putAccount(config: Config, place: string, wanted: object, signal: AbortSignal): Promise<Answered> {
  const { ACCOUNTS_URL, ACCOUNTS_TOKEN } = config
  try {
    const { status, text } = await callOut('The account service', config, `${ACCOUNTS_URL.replace(/\/+$/, '')}/${place}`, {
      method: 'PUT',
      headers: {
        'Content-Type': 'application/json',
        'User-Agent': 'Tradepost',
        ...(ACCOUNTS_TOKEN === '' ? {} : { Authorization: `Bearer ${ACCOUNTS_TOKEN}` }),
      },
      body: JSON.stringify(wanted),
      maxMs: ANSWER_MAX_MS,
      maxBytes: ANSWER_MAX_BYTES,
      signal,
    })
    return read(status, text)
  } catch (error) {
    if (error instanceof OutgoingRefused) return { error: error.message, for_good: true }
    if (error instanceof UpstreamError) return { error: (error.body as { detail: string }).detail, for_good: false }
    throw error
  }
}
