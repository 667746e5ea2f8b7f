// The people of a resource: those who hold a role in its project.
import { sql } from 'kysely'
import { isShown } from '../core/public.ts'
import type { Collection } from '../platform/http/collection.ts'
import { absent, datetime, described, nullable, text, url, uuid, type View } from '../platform/http/view.ts'
import { planPeriodView } from './view.ts'

const teamView: View = {
  name: 'ProjectUser',
  from: 'computed team',
  alias: 'team',
  joins: {
    member: 'join "user" member on member.id = team.user_id',
    role: 'join role on role.id = team.role_id',
    account: 'left join offering_user account on account.user_id = team.user_id and account.offering_id = team.offering_id',
  },
  fields: {
    url: url('/api/users/{}/', 'member.uuid'),
    uuid: uuid('member.uuid'),
    username: text('member.username'),
    full_name: text('member.full_name'),
    email: absent(described({ format: 'email' }, text('member.email'))),
    role: text('role.name'),
    expiration_time: nullable(datetime('team.expiration_time')),
    offering_user_username: nullable(text('account.username')),
    offering_user_state: nullable(text('account.state')),
  },
}

const facts = { visible: () => 'all' as const, filters: {}, orderings: {} }

/** Under a resource (alias `used`), whose visibility decides: who holds a role in its project, with their account at its offering. */
export const teamOf = (path: string, name: string): Collection => ({
  ...facts,
  path: `${path}{uuid}/team/`,
  name,
  model: 'User',
  view: teamView,
  orderings: { username: 'member.username' },
  defaultOrder: ['username'],
  listed: (_query, actor) =>
    sql`g.scope_type = 'project' and exists (select 1 from "user" person where person.id = g.user_id and ${isShown(actor, 'person')})`,
  computed: {
    of: { from: 'live_grant g join resource used on used.project_id = g.scope_id', alias: 'g', joins: {} },
    rows: (found) => sql`select g.id, g.user_id, g.role_id, g.expiration_time, used.offering_id ${found}`,
  },
})

/** Under a resource too; the oldest first. */
export const planPeriodsOf = (path: string, name: string): Collection => ({
  ...facts,
  path: `${path}{uuid}/plan_periods/`,
  name,
  model: 'ResourcePlanPeriod',
  view: planPeriodView,
  orderings: { start: 'rpp.start' },
  defaultOrder: ['start'],
})
