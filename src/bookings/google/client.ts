// Google as it is asked: tokens by OAuth 2, calendars by its Calendar API v3 (booking.md §8.4). What it says is read here, and nowhere
// trusted further than its shape.
import { z } from 'zod'
import type { Config } from '../../platform/config.ts'
import { TryAgain } from '../../platform/jobs/attempt.ts'
import { callOut, type OutgoingAnswer } from '../../platform/outgoing.ts'
import { UpstreamError } from '../../platform/upstream.ts'

const SYSTEM = 'Google'
const ANSWER_MAX_BYTES = 8 * 1024 * 1024
const ANSWER_MAX_MS = 20_000

/** Google does not do it, and will not when it is asked again. */
export class GoogleRefused extends Error {
  readonly status: number
  constructor(status: number, text: string) {
    super(text)
    this.status = status
  }
}

async function sent(
  config: Config,
  url: string,
  asked: { method: string; headers?: { [name: string]: string }; body?: string },
): Promise<OutgoingAnswer> {
  try {
    return await callOut(SYSTEM, config, url, { ...asked, maxMs: ANSWER_MAX_MS, maxBytes: ANSWER_MAX_BYTES })
  } catch (error) {
    if (error instanceof UpstreamError) throw new TryAgain((error.body as { detail: string }).detail, { cause: error })
    throw error
  }
}

const RATE = /rateLimitExceeded|userRateLimitExceeded|quotaExceeded/

/** Throws for what may work later and for what will not. */
function requireGood({ status, text }: OutgoingAnswer): void {
  if (status >= 200 && status < 300) return
  if (status === 429 || status >= 500 || (status === 403 && RATE.test(text))) throw new TryAgain(`Google answered ${status}.`)
  throw new GoogleRefused(status, `Google answered ${status}.`)
}

function parsed<T>(shape: z.ZodType<T>, { text }: OutgoingAnswer): T {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new TryAgain('Google answered with what is no JSON.', { cause })
  }
  const read = shape.safeParse(value)
  if (!read.success) throw new TryAgain('Google answered otherwise than it says that it does.', { cause: read.error })
  return read.data
}

const tokens = z.object({ access_token: z.string(), refresh_token: z.string().optional() })

async function tokensFor(config: Config, form: { [name: string]: string }) {
  const answer = await sent(config, config.GOOGLE_TOKEN_URL, {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ client_id: config.GOOGLE_CLIENT_ID, client_secret: config.GOOGLE_CLIENT_SECRET, ...form }).toString(),
  })
  requireGood(answer)
  return parsed(tokens, answer)
}

/** The token that stays, for a code that somebody brought back. */
export async function exchangeCode(config: Config, code: string, redirect_uri: string): Promise<string> {
  const { refresh_token } = await tokensFor(config, { grant_type: 'authorization_code', code, redirect_uri })
  if (refresh_token === undefined) throw new GoogleRefused(200, 'Google gave no token that stays.')
  return refresh_token
}

export const consentUrl = (config: Config, redirect_uri: string, state: string): string =>
  `https://accounts.google.com/o/oauth2/auth?${new URLSearchParams({
    response_type: 'code',
    client_id: config.GOOGLE_CLIENT_ID,
    redirect_uri,
    scope: 'https://www.googleapis.com/auth/calendar',
    access_type: 'offline',
    prompt: 'consent',
    state,
  })}`

const calendar = z.object({ id: z.string().max(1024), summary: z.string().default(''), timeZone: z.string().default('UTC') })

const edge = z.object({ dateTime: z.string().optional(), date: z.string().optional() })
const event = z.object({
  id: z.string(),
  status: z.string().optional(),
  transparency: z.string().optional(),
  summary: z.string().optional(),
  location: z.string().optional(),
  start: edge.optional(),
  end: edge.optional(),
  attendees: z.array(z.object({ email: z.string().optional(), displayName: z.string().optional() })).optional(),
  extendedProperties: z.object({ private: z.record(z.string(), z.string()).optional() }).optional(),
})
export type GoogleEvent = z.infer<typeof event>

const page = z.object({ items: z.array(event).default([]), nextPageToken: z.string().optional() })
const PAGES_MAX = 200

/** An account whose calendars may be written. */
export type Account = Awaited<ReturnType<typeof openAccount>>

/** Opens the account that a token is for. */
export async function openAccount(config: Config, refresh_token: string) {
  const { access_token } = await tokensFor(config, { grant_type: 'refresh_token', refresh_token })
  const ask = async (method: string, path: string, body?: unknown): Promise<OutgoingAnswer> => {
    const answer = await sent(config, `${config.GOOGLE_CALENDAR_URL}${path}`, {
      method,
      headers: { Authorization: `Bearer ${access_token}`, ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    requireGood(answer)
    return answer
  }
  /** As `ask`; undefined for what is not there, or not any more. */
  const askFor = (method: string, path: string, body?: unknown): Promise<OutgoingAnswer | undefined> =>
    ask(method, path, body).catch((error: unknown) => {
      if (error instanceof GoogleRefused && (error.status === 404 || error.status === 410)) return undefined
      throw error
    })
  const calendarPath = (id: string) => `/calendars/${encodeURIComponent(id)}`
  const eventPath = (id: string, eventId: string) => `${calendarPath(id)}/events/${encodeURIComponent(eventId)}`

  return {
    createCalendar: async (summary: string) => parsed(calendar, await ask('POST', '/calendars', { summary, timeZone: 'GMT' })),
    findCalendar: async (id: string) => {
      const found = await askFor('GET', calendarPath(id))
      return found && parsed(calendar, found)
    },
    renameCalendar: (id: string, summary: string) => ask('PUT', calendarPath(id), { summary }),
    /** All events between two moments, what comes again one by one. */
    listEvents: async (id: string, timeMin: string, timeMax: string): Promise<GoogleEvent[]> => {
      const events: GoogleEvent[] = []
      let pageToken: string | undefined
      for (let n = 0; n < PAGES_MAX; n++) {
        const query = { singleEvents: 'true', maxResults: '2500', timeMin, timeMax, ...(pageToken && { pageToken }) }
        const got = parsed(page, await ask('GET', `${calendarPath(id)}/events?${new URLSearchParams(query)}`))
        events.push(...got.items)
        pageToken = got.nextPageToken
        if (pageToken === undefined) return events
      }
      throw new GoogleRefused(200, 'The calendar has too many events.')
    },
    /** Makes it; one that was there before, deleted ones too, becomes this. */
    createEvent: async (id: string, eventId: string, body: object) => {
      if (await askFor('GET', eventPath(id, eventId))) await ask('PUT', eventPath(id, eventId), body)
      else await ask('POST', `${calendarPath(id)}/events`, { ...body, id: eventId })
    },
    updateEvent: (id: string, eventId: string, body: object) => ask('PUT', eventPath(id, eventId), body),
    deleteEvent: (id: string, eventId: string) => askFor('DELETE', eventPath(id, eventId)),
    share: (id: string) => ask('POST', `${calendarPath(id)}/acl`, { scope: { type: 'default' }, role: 'reader' }),
    unshare: (id: string) => askFor('DELETE', `${calendarPath(id)}/acl/default`),
  }
}
