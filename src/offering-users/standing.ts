// Who is to have an account, as one query: the people whose accounts are not what roles, resources and consents make of them. It is
// asked of what there is, not of what happened, so that it does not matter how often or in which order one is told.
import { type RawBuilder, sql } from 'kysely'
import { CONSENT_COUNTS, MANAGES_ACCOUNTS } from '../offerings/public.ts'
import type { Executor } from '../platform/db/database.ts'
import { run } from '../platform/db/database.ts'
import type { Condition } from '../platform/http/filters.ts'
import { allOf } from '../platform/http/filters.ts'

/** What something happened to. Those who have to do with all of it are looked at. */
export type Concerned = {
  offering_id?: number
  /** Its people, at the offerings of its resources. */
  project_id?: number
  user_id?: number
  /** They have just come: an account whose deletion was asked for is kept, whoever asked. */
  have_come?: boolean
}

export type Pair = { offering_id: number; user_id: number }

/** A person who comes to an offering or leaves it. */
export type Change = Pair & { account_id: number | null; comes: boolean }

function offeringsOf({ offering_id, project_id }: Concerned): Condition {
  return allOf([
    offering_id === undefined ? undefined : sql`offering.id = ${offering_id}`,
    project_id === undefined || offering_id !== undefined
      ? undefined
      : sql`offering.id in (select inside.offering_id from resource inside where inside.project_id = ${project_id})`,
  ])
}

/** Over a column of ids of people. */
function peopleOf({ project_id, user_id }: Concerned, column: string): Condition {
  if (user_id !== undefined) return sql`${sql.raw(column)} = ${user_id}`
  if (project_id === undefined) return sql`true`
  return sql`${sql.raw(column)} in (select was.user_id from role_grant was where was.scope_type = 'project' and was.scope_id = ${project_id})`
}

// Over `offering` and the ids of a pair: terms hold, and the person has agreed to them, or never said anything and had the account before.
const TERMS = `left join offering_terms_of_service held on held.offering_id = pair.offering_id and held.is_active
  left join user_offering_consent consent on consent.offering_id = pair.offering_id and consent.user_id = pair.user_id`
const AGREED = `(held.id is null or (consent.id is not null and ${CONSENT_COUNTS}))`
const WAS_THERE_BEFORE = '(consent.id is null and account.created < held.active_since)'

/**
 * Those for whom something is to be done, in the order of their keys. A person comes to an offering by a role in a project with a
 * resource that is OK, and stays while there is one that is not terminated; on sites that enforce consent both need it.
 */
export function changes(
  db: Executor,
  concerned: Concerned,
  { enforced, after, limit, among }: { enforced: boolean; after?: Pair; limit: number; among?: readonly Pair[] },
): Promise<Change[]> {
  const yes = sql<boolean>`true`
  const agreed = enforced ? sql.raw<boolean>(AGREED) : yes
  const stays = enforced ? sql.raw<boolean>(`(${AGREED} or ${WAS_THERE_BEFORE})`) : yes
  const users = among ? sql`any(${among.map(({ user_id }) => user_id)}::bigint[])` : undefined
  const only = (column: string): RawBuilder<unknown> => (users ? sql`${sql.raw(column)} = ${users}` : peopleOf(concerned, column))
  const again = concerned.have_come ? sql`or account.state = 'Requested deletion'` : sql``
  return run(
    db,
    sql<Change>`with concerned as materialized (select offering.id from offering where ${sql.raw(MANAGES_ACCOUNTS)} and ${offeringsOf(concerned)}),
      tie as (select r.offering_id, g.user_id, bool_or(r.state = 'OK') as usable
        from concerned join resource r on r.offering_id = concerned.id and r.state <> 'Terminated'
          join project p on p.id = r.project_id and not p.is_removed
          join live_grant g on g.scope_type = 'project' and g.scope_id = r.project_id
          join "user" u on u.id = g.user_id and u.is_active
        where ${only('g.user_id')} group by r.offering_id, g.user_id),
      account as (select ou.* from concerned join offering_user ou on ou.offering_id = concerned.id where ${only('ou.user_id')}),
      pair as (select offering_id, user_id from tie union select offering_id, user_id from account where is_tied)
      select pair.offering_id, pair.user_id, account.id as account_id, decided.comes
      from pair left join tie using (offering_id, user_id) left join account using (offering_id, user_id) ${sql.raw(TERMS)}
        cross join lateral (select
          coalesce(tie.usable, false) and ${agreed} and coalesce(account.state, '') not in ('Deleting', 'Error deleting')
            and (not coalesce(account.is_tied, false) ${again}) as comes,
          coalesce(account.is_tied, false) and (tie.user_id is null or not ${stays}) as leaves) decided
      where (decided.comes or decided.leaves)
        and (pair.offering_id, pair.user_id) > (${after?.offering_id ?? 0}::bigint, ${after?.user_id ?? 0}::bigint)
      order by pair.offering_id, pair.user_id limit ${limit}::bigint`,
  )
}
