import { randomBytes } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { Actor } from '../../platform/auth/actor.ts'
import { recordEvents } from '../../platform/events/record.ts'
import { closed, DETAIL, WORD } from '../../platform/http/answers.ts'
import { type Api, action, create, destroy, list, operation, read, route, sendTagged, update } from '../../platform/http/api.ts'
import { readBody } from '../../platform/http/body.ts'
import { requireKey, retrieve } from '../../platform/http/collection.ts'
import { forbidden, notFound } from '../../platform/http/errors.ts'
import type { Call } from '../../platform/http/operation.ts'
import type { Query } from '../../platform/http/query.ts'
import { actorOf, viewerOf } from '../../platform/http/server.ts'
import { body, optional, parseBody, text } from '../../platform/http/shapes.ts'
import { viewSchema } from '../../platform/http/view.ts'
import { staffOnly } from '../roles/policy.ts'
import { changePassword, createUserByStaff, deleteUser, passwordBody, selfOrStaff, updateUser } from './commands.ts'
import { cancelChangeEmail, changeEmail, changeEmailBody, confirmEmail } from './email.ts'
import { userEvent } from './events.ts'
import { type User, users } from './list.ts'
import { logIn, loginBody } from './login.ts'
import { sendNotification } from './pending-actions.ts'
import { userBody } from './schema.ts'
import { statusCounts } from './status-counts.ts'
import { deleteToken, findToken, revealToken, rotateToken, type UserAuthToken } from './tokens.ts'
import { ownUserView, userView } from './view.ts'

const staff = (actor: Actor) => actor.is_staff

export function userRoutes(api: Api): void {
  loginRoutes(api)
  list(api, users)
  oneUserRoutes(api)
  list(api, statusCounts, { summary: 'How many users are active and how many are not' })
  // Answers to changes show the list's view: the own token is shown only to whoever asks for it.
  create(api, users, { summary: 'Create a user', before: staffOnly, body: userBody, answer: userView, run: createUserByStaff })
  update(api, users, { summary: 'Change a user', permission: selfOrStaff, body: userBody, answer: userView, run: updateUser })
  destroy(api, users, { summary: 'Delete a user', permission: staff, run: deleteUser })
  action(api, users, 'change_password', { summary: 'Set a password', permission: staff, body: passwordBody, run: changePassword })
  action(api, users, 'send_notification', {
    summary: 'Mail a user what waits for them',
    permission: staff,
    status: 202,
    answer: closed({ status: WORD, message: WORD }),
    run: sendNotification,
  })
  tokenRoutes(api)
  emailRoutes(api)
}

const COOKIE_SECONDS = 3600

const rawBody = (request: FastifyRequest) =>
  readBody({ headers: request.headers, rawBody: Buffer.isBuffer(request.body) ? request.body : undefined })

function loginRoutes(api: Api): void {
  const place = { path: '/api-auth/password/', id: 'api_auth_password', tag: 'api-auth', summary: 'Obtain a token by password' }
  const facts = {
    ...place,
    anonymous: true,
    who: 'anyone',
    body: loginBody,
    status: 200,
    answer: { name: 'CoreAuthToken', schema: closed({ token: WORD }) },
  }
  route(api, 'POST', facts, async (request, reply) => {
    const { username, password } = await parseBody(loginBody, await rawBody(request), { viewer: viewerOf(request) })
    const token = await logIn(api, { username, password, address: request.ip })
    // Clients expect a session cookie. It names nothing here: requests are known by their token alone, so none can be forged.
    const secure = viewerOf(request).base.startsWith('https:') ? '; Secure' : ''
    const cookie = `sessionid=${randomBytes(16).toString('hex')}; HttpOnly; Max-Age=${COOKIE_SECONDS}; Path=/; SameSite=Lax${secure}`
    return reply.header('Set-Cookie', cookie).type('application/json').send(JSON.stringify({ token }))
  })
  operation(
    api,
    { path: '/api-auth/logout/', id: 'api_auth_logout', tag: 'api-auth' },
    { summary: 'End the own session', status: 204, before: notAsSomebodyElse, run: logOut },
  )
}

/** Who acts as somebody else neither learns nor ends that person's session (platform.md §1.5). */
function notAsSomebodyElse(actor: Actor): void {
  if (actor.impersonator) throw forbidden()
}

async function logOut(call: Call): Promise<void> {
  await deleteToken(call.tx, call.actor.id)
  await recordEvents(call, [userEvent('auth_logged_out', call.actor)])
}

function oneUserRoutes(api: Api): void {
  const answer = { name: ownUserView.name, schema: viewSchema(ownUserView) }
  const common = { tag: 'users', status: 200, fields: ownUserView }
  const own = (request: FastifyRequest) => {
    // A list's filters do not decide whether somebody is who they are.
    const { field } = request.query as Query
    return retrieve(api.db, users, viewerOf(request), actorOf(request).uuid, { field })
  }
  const me = { ...common, path: '/api/users/me/', summary: 'The caller', who: 'anyone with a token' }
  route(api, 'GET', { ...me, id: 'users_me_retrieve', answer }, async (request, reply) =>
    reply.type('application/json').send(revealToken(api.config, await own(request))),
  )
  route(api, 'HEAD', { ...me, id: 'users_me_count' }, async (request, reply) => {
    await own(request)
    return reply.type('application/json').send()
  })
  const one = {
    ...common,
    path: '/api/users/{uuid}/',
    id: 'users_retrieve',
    summary: 'Retrieve one of users',
    tagged: true,
    who: 'anyone who sees it',
    answer,
  }
  route(api, 'GET', one, async (request, reply) => {
    const key = requireKey(users, (request.params as { uuid: string }).uuid)
    const found = await retrieve(api.db, users, viewerOf(request), key, request.query as Query)
    return sendTagged(request, reply, ownUserView, request.query as Query, found, revealToken(api.config, found))
  })
}

const USER_AUTH_TOKEN = closed({
  created: { type: 'string', format: 'date-time' },
  user_first_name: WORD,
  user_last_name: WORD,
  user_username: WORD,
  user_is_active: { type: 'boolean' },
  user_token_lifetime: { type: ['integer', 'null'] },
  token: WORD,
})

function requireToken(found: UserAuthToken | undefined): UserAuthToken {
  if (!found) throw notFound('Token')
  return found
}

function tokenRoutes(api: Api): void {
  read<User>(api, {
    path: '/api/users/{uuid}/token/',
    id: 'users_token_retrieve',
    tag: 'users',
    summary: 'The token of a user',
    of: users,
    permission: (actor) => actor.is_staff && !actor.impersonator,
    answer: USER_AUTH_TOKEN,
    run: async ({ db, config, row }) => requireToken(await findToken(db, config, row.id)),
  })
  // Everybody may replace their own, which only logging out and in would do otherwise (platform.md §1.4).
  action(api, users, 'refresh_token', {
    summary: 'Replace the token of a user',
    permission: (actor, row) => selfOrStaff(actor, row) && !actor.impersonator,
    answer: USER_AUTH_TOKEN,
    run: async (call) => {
      await rotateToken(call, call.row.id)
      return requireToken(await findToken(call.tx, call.config, call.row.id))
    },
  })
}

function emailRoutes(api: Api): void {
  action(api, users, 'change_email', {
    summary: 'Ask for another e-mail address',
    permission: selfOrStaff,
    body: changeEmailBody,
    answer: DETAIL,
    run: changeEmail,
  })
  action(api, users, 'cancel_change_email', {
    summary: 'Drop the request for another e-mail address',
    permission: selfOrStaff,
    answer: DETAIL,
    run: cancelChangeEmail,
  })
  const confirmation = {
    path: '/api/users/confirm_email/',
    id: 'users_confirm_email',
    tag: 'users',
    summary: 'Confirm an e-mail address by its code',
    anonymous: true,
    who: 'anyone',
    body: body({ code: optional(text()) }),
    status: 200,
    answer: { schema: DETAIL },
  }
  route(api, 'POST', confirmation, async (request, reply) =>
    reply.type('application/json').send(JSON.stringify(await confirmEmail(api, await rawBody(request)))),
  )
}
