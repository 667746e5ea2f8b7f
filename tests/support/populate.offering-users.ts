// Accounts of people at offerings, for the whole world: one in each state.
import { sql } from 'kysely'
import { OFFERING_USER_STATES } from '../../src/offering-users/states.ts'
import { run } from '../../src/platform/db/database.ts'
import type { Person, Row, World } from './world.ts'

type Cast = Awaited<ReturnType<World['cast']>>
type Values = { [column: string]: unknown }

/** An account by a row, with the numbers that come next at its offering. */
export async function accountOf(w: World, offering: Row, person: Person, values: Values = {}): Promise<Row> {
  const { n } = await w.db
    .selectFrom('offering_user')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('offering_id', '=', offering.id)
    .executeTakeFirstOrThrow()
  const number = 5000 + Number(n)
  // Numbers that are given from now on come after it.
  await run(
    w.db,
    sql`insert into offering_user_naming (offering_id, next_uidnumber, next_primarygroup, named_by)
      values (${offering.id}, ${number + 1}, ${number + 1}, 'service_provider')
      on conflict (offering_id) do update set next_uidnumber = excluded.next_uidnumber, next_primarygroup = excluded.next_primarygroup`,
  )
  const given = { username: `account-${offering.id}-${9000 - number}`, uidnumber: number, primarygroup: number }
  return w.insert('offering_user', { offering_id: offering.id, user_id: person.id, ...given, ...values })
}

/** An account in each state; the one in order is a member's. */
export async function accountsOf(w: World, people: Cast, offering: Row) {
  const made: [string, Row][] = []
  for (const [day, state] of OFFERING_USER_STATES.entries()) {
    const person = state === 'OK' ? people.projectMember : await w.user()
    const created = `2025-07-${30 - day}T10:00:00Z`
    made.push([state, await accountOf(w, offering, person, { state, created, is_restricted: day % 2 === 1 })])
  }
  return Object.fromEntries(made) as { [State in (typeof OFFERING_USER_STATES)[number]]: Row }
}

/** A role of the offering's own. */
export const partOf = (w: World, offering: Row): Promise<Row> =>
  w.insert('offering_user_role', { offering_id: offering.id, name: `part-${offering.id}` })

/** What an offering asks, and how far each of its accounts has come with it; the completion of the account in order. */
export async function completionsOf(
  w: World,
  offering: Row,
  checklist: Row,
  accounts: { OK: Row } & { [state: string]: Row },
): Promise<Row> {
  await w.db.updateTable('offering').set({ compliance_checklist_id: checklist.id }).where('id', '=', offering.id).execute()
  const about = { scope_type: 'offering_user', checklist_id: checklist.id }
  const made = new Map<string, Row>()
  for (const [i, [state, account]] of Object.entries(accounts).entries()) {
    const days = { created: `2025-08-${10 + i}T10:00:00Z`, modified: `2025-08-${28 - i}T10:00:00Z` }
    made.set(state, await w.insert('checklist_completion', { ...about, ...days, scope_id: account.id, is_completed: i % 2 === 0 }))
  }
  return made.get('OK') as Row
}
