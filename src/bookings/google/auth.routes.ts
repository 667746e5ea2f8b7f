// How a provider lets this server write its Google calendars: somebody is sent to Google, and comes back with a code (booking.md §8.1).
// What they were sent with is theirs, for one provider, once, and for ten minutes.
import type { FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import { newToken, seal, tokenDigest } from '../../platform/auth/token.ts'
import { run } from '../../platform/db/database.ts'
import { type Api, action, detail, list, route } from '../../platform/http/api.ts'
import { render } from '../../platform/http/collection.ts'
import { refused } from '../../platform/http/errors.ts'
import type { Call } from '../../platform/http/operation.ts'
import { type Query, valuesOf } from '../../platform/http/query.ts'
import { viewSchema } from '../../platform/http/view.ts'
import { TryAgain } from '../../platform/jobs/attempt.ts'
import { OutgoingRefused } from '../../platform/outgoing.ts'
import { inTransaction, type Job } from '../../platform/wiring.ts'
import { consentUrl, exchangeCode, GoogleRefused } from './client.ts'
import { type GoogleProvider, googleProviders, mayAuthorize } from './list.ts'

const CALLBACK = '/api/google-auth/callback/'
const MINUTES = 10

/** Where to go. The field's server answers that alone, and its description the provider: both are had. */
async function authorize({ tx, config, actor, viewer, row, query }: Call<GoogleProvider>): Promise<object> {
  if (config.GOOGLE_CLIENT_ID === '') throw refused('Google calendars are not set up on this site.')
  const [state, redirect] = [newToken(), `${viewer.base}${CALLBACK}`]
  await run(
    tx,
    sql`insert into google_auth_request (digest, user_id, service_provider_id, redirect_uri)
      values (${tokenDigest(state)}, ${actor.id}, ${row.id}, ${redirect})`,
  )
  return {
    ...JSON.parse(await render(tx, googleProviders.view, viewer, row.id, valuesOf(query, 'field'))),
    request_url: consentUrl(config, redirect, state),
  }
}

type Asked = { service_provider_id: number; redirect_uri: string }

const FAILED = 'Google auth has failed.'

/** What somebody comes back with. */
function broughtBack(query: Query): { state: string; code: string } {
  const [state, code] = [valuesOf(query, 'state').at(-1) ?? '', valuesOf(query, 'code').at(-1) ?? '']
  if (code === '') throw refused(FAILED)
  return { state, code }
}

/** The request that somebody was sent with, while they are a user: good for some minutes. `taken`: and once. */
async function requestOf({ db }: Pick<Api, 'db'>, state: string, taken: boolean): Promise<Asked> {
  const good = sql`digest = ${tokenDigest(state)} and created > now() - make_interval(mins => ${MINUTES}::integer)
    and exists (select from "user" u where u.id = user_id and u.is_active)`
  const columns = sql`service_provider_id, redirect_uri`
  const [asked] = await run(
    db,
    taken
      ? sql<Asked>`delete from google_auth_request where ${good} returning ${columns}`
      : sql<Asked>`select ${columns} from google_auth_request where ${good}`,
  )
  if (!asked) throw refused(`Service provider has not been found. ${FAILED}`)
  return asked
}

async function comeBack(api: Api, query: Query): Promise<string> {
  const { state, code } = broughtBack(query)
  const { service_provider_id, redirect_uri } = await requestOf(api, state, true)
  const token = await exchangeCode(api.config, code, redirect_uri).catch((error: unknown) => {
    if (error instanceof GoogleRefused || error instanceof TryAgain || error instanceof OutgoingRefused) {
      throw refused(`Tokens have not been created. ${FAILED}`)
    }
    throw error
  })
  const sealed = seal(api.config.SECRET_KEY, token)
  await inTransaction(api, ({ tx }) =>
    run(
      tx,
      sql`insert into google_credential (service_provider_id, refresh_token) values (${service_provider_id}, ${sealed})
        on conflict (service_provider_id) do update set refresh_token = excluded.refresh_token`,
    ),
  )
  return 'Google authorization is successful.'
}

const forgetRequests: Job = {
  name: 'bookings.forget-google-requests',
  cron: '35 * * * *',
  run: async ({ db }) => {
    await run(db, sql`delete from google_auth_request where created < now() - interval '1 hour'`)
  },
}

export const AUTH_JOBS = [forgetRequests]

const PROVIDER = viewSchema(googleProviders.view) as { properties: object; required: string[] }
const AUTHORIZED = {
  ...PROVIDER,
  properties: { ...PROVIDER.properties, request_url: { type: 'string', format: 'uri' } },
  required: [...PROVIDER.required, 'request_url'],
}

export function googleAuthRoutes(api: Api): void {
  const callback = {
    path: CALLBACK,
    tag: 'google_auth',
    summary: 'Where Google sends those back who have agreed',
    // A browser that was sent elsewhere and back has no token: what it was sent with stands for it.
    anonymous: true,
    who: 'whoever was sent to Google',
    query: { state: { schema: { type: 'string' } }, code: { schema: { type: 'string' } } },
    status: 200,
  }
  route(
    api,
    'GET',
    { ...callback, id: 'google_auth_callback_retrieve', answer: { schema: { type: 'string' } } },
    async (request: FastifyRequest, reply) =>
      reply.type('application/json').send(JSON.stringify(await comeBack(api, request.query as Query))),
  )
  // Looking is not coming back: nothing is used up.
  route(api, 'HEAD', { ...callback, id: 'google_auth_callback_count' }, async (request, reply) => {
    await requestOf(api, broughtBack(request.query as Query).state, false)
    return reply.type('application/json').send()
  })
  list(api, googleProviders, { summary: 'Service providers, and whether they have let Google calendars be written' })
  detail(api, googleProviders)
  action(
    api,
    googleProviders,
    'authorize',
    {
      summary: 'Where to go to let the provider’s Google calendars be written',
      permission: mayAuthorize,
      answer: AUTHORIZED,
      fields: googleProviders.view,
      run: authorize,
    },
    { method: 'GET', id: 'google_auth_authorize_retrieve' },
  )
}
