// Course accounts, as a system outside is told of them, and the user who is made for each once it has a name.
import { sql } from 'kysely'
import { createUser, userEvent } from '../../core/public.ts'
import { run } from '../../platform/db/database.ts'
import { recordEvents } from '../../platform/events/record.ts'
import type { Context } from '../../platform/wiring.ts'
import type { Kind } from '../keeper/kind.ts'
import { courseAccountStates } from '../states.ts'

export const courseKind: Kind = {
  states: courseAccountStates,
  wanted: (
    id,
  ) => sql`select wire_uuid(a.uuid) as uuid, a.changed, a.told, jsonb_build_object('state', case a.state when 'Closed' then 'Closed' else 'OK' end,
      'username', u.username, 'email', a.email, 'description', a.description,
      'project_uuid', wire_uuid(p.uuid), 'project_name', p.name, 'project_start_date', p.start_date, 'project_end_date', p.end_date,
      'customer_uuid', wire_uuid(c.uuid), 'customer_name', c.name) as wanted
    from course_account a join project p on p.id = a.project_id join customer c on c.id = p.customer_id left join "user" u on u.id = a.user_id
    where a.id = ${id}`,
  take: async (context, id, { username, email }) => {
    const { tx } = context
    if (email !== undefined) await run(tx, sql`update course_account set email = ${email} where id = ${id}`)
    const [unnamed] = await run(
      tx,
      sql<{ email: string }>`select email from course_account where id = ${id} and user_id is null and state <> 'Closed'`,
    )
    if (!unnamed) return undefined
    const taken = username && (await run(tx, sql`select from "user" where username = ${username.toLowerCase()}`)).length > 0
    if (taken) return { error: `The account service named it ${username}, which somebody else is called.`, for_good: true }
    await nameAccount(context, id, unnamed.email, username?.toLowerCase())
    return undefined
  },
}

/** Makes the user for an account; without a name of its own it gets the next free number. Nobody can log in by a password. */
export async function nameAccount(context: Context, id: number, email: string, name?: string): Promise<void> {
  const { tx, config } = context
  const username = name ?? (await freeNumber(context))
  const user = await createUser(tx, config, { username, email, description: 'Course Account' })
  await run(tx, sql`update course_account set user_id = ${user.id} where id = ${id}`)
  await recordEvents(context, [userEvent('user_creation_succeeded', user)])
}

async function freeNumber({ tx }: Context): Promise<string> {
  for (;;) {
    const [next] = await run(
      tx,
      sql<{ username: string; taken: boolean }>`select username, exists (select from "user" u where u.username = n.username) as taken
        from (select 'course_' || case when number < 10000 then lpad(number::text, 4, '0') else number::text end as username
          from (select nextval('course_account_number') as number) drawn) n`,
    )
    if (next && !next.taken) return next.username
  }
}
