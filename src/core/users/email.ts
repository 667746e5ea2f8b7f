// Changing an e-mail address: asked for, confirmed by a code sent to the new address, valid for a day (platform.md §9.1).
import { sql } from 'kysely'
import { run } from '../../platform/db/database.ts'
import { recordEvents } from '../../platform/events/record.ts'
import { notFound, Refusal, refused } from '../../platform/http/errors.ts'
import { readUuid } from '../../platform/http/filters.ts'
import type { Call } from '../../platform/http/operation.ts'
import { body, email, type Parsed } from '../../platform/http/shapes.ts'
import { sendMail } from '../../platform/mail.ts'
import { type Context, type Deps, inTransaction, type Job } from '../../platform/wiring.ts'
import { EVENT_USER_COLUMNS, type EventUser, userEvent } from './events.ts'
import type { User } from './list.ts'

export const changeEmailBody = body({ email: email() })

type Detail = { detail: string }

/** Asks for another address; an open request is replaced. 400 when the address belongs to an identity provider. */
export async function changeEmail({ tx, jobs, row, input }: Call<User, Parsed<typeof changeEmailBody>>): Promise<Detail> {
  if (row.registration_method !== 'default') {
    throw new Refusal(400, { detail: 'The registration method does not allow direct email modification.' })
  }
  const [made] = await run(
    tx,
    sql<{ code: string }>`insert into change_email_request (user_id, email) values (${row.id}, ${input.email})
      on conflict (user_id) do update set uuid = gen_random_uuid(), created = now(), email = excluded.email
      returning wire_uuid(uuid) as code`,
  )
  if (made) await jobs.send(tx, mailEmailChange, made)
  return { detail: 'The change email request has been successfully created.' }
}

/** Drops the open request, if there is one. */
export async function cancelChangeEmail({ tx, row }: Call<User>): Promise<Detail> {
  const gone = await tx.deleteFrom('change_email_request').where('user_id', '=', row.id).returning('id').execute()
  return {
    detail: gone.length > 0 ? 'The change email request has been successfully deleted.' : 'The change email request has not been found.',
  }
}

/**
 * Takes the new address over for whoever has the code; it works once. `sent` is the body.
 * 400 without a code or for one older than a day, 404 for an unknown one.
 */
export async function confirmEmail(deps: Deps, sent: unknown): Promise<Detail> {
  const value = (sent as { code?: unknown } | null)?.code
  const code = typeof value === 'string' ? readUuid(value.trim()) : undefined
  if (!code) throw refused('The confirmation code is required.')
  await inTransaction(deps, (context) => confirm(context, code))
  return { detail: 'Email has been successfully updated.' }
}

async function confirm(context: Context, code: string): Promise<void> {
  const { tx } = context
  const [request] = await run(
    tx,
    sql<EventUser & { wanted: string; expired: boolean }>`select ${sql.raw(EVENT_USER_COLUMNS)}, r.email as wanted,
        r.created <= now() - interval '24 hours' as expired
      from change_email_request r join "user" u on u.id = r.user_id where r.uuid = ${code}::uuid for update of r`,
  )
  if (!request) throw notFound('ChangeEmailRequest')
  if (request.expired) throw refused('Request has expired.')
  await tx.updateTable('user').set({ email: request.wanted }).where('id', '=', request.id).execute()
  // Whoever else asked for this address did not prove that it is theirs.
  await run(tx, sql`delete from change_email_request where lower(email) = lower(${request.wanted})`)
  await recordEvents(context, [userEvent('user_update_succeeded', request, { words: { changes: 'email' } })])
}

/** Sends the code to the new address; nothing when the request was replaced or dropped since. */
export const mailEmailChange: Job<{ code: string }> = {
  name: 'mail-email-change',
  run: async ({ db, config }, { code }) => {
    const [request] = await run(
      db,
      sql<{ email: string; name: string }>`select r.email, coalesce(nullif(u.full_name, ''), u.username) as name
        from change_email_request r join "user" u on u.id = r.user_id where r.uuid = ${code}::uuid`,
    )
    if (!request) return
    await sendMail(config, {
      to: request.email,
      subject: `Confirm your e-mail address at ${config.SITE_NAME}`,
      text: [
        `Hello ${request.name},`,
        '',
        `this address was given as your new one at ${config.SITE_NAME}.`,
        'To confirm it within 24 hours, open',
        '',
        `${config.PUBLIC_URL[0]}/user_email_change/${code}/`,
        '',
        'or send this code to /api/users/confirm_email/:',
        '',
        code,
        '',
        'If this was not you, ignore this mail: nothing changes.',
      ].join('\n'),
    })
  },
}
