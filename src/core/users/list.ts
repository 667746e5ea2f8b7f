// How people are found. What a caller is not shown of them cannot be found out by filtering or ordering either.
import { sql } from 'kysely'
import { type Actor, readsAll } from '../../platform/auth/actor.ts'
import type { Collection } from '../../platform/http/collection.ts'
import { bool, int, orNull, type RowOf, str } from '../../platform/http/columns.ts'
import { forbidden } from '../../platform/http/errors.ts'
import { type Condition, type Filter, flag, own, readFlag, requireUuid, since, textIs } from '../../platform/http/filters.ts'
import { bound } from '../../platform/http/narrowing.ts'
import { lookedUp, rangeOf, rechecked, textFound } from '../../platform/http/search.ts'
import { seenGrants, visiblePeople } from '../projects/people.ts'
import { CIVIL_NUMBER, DESCRIPTION, IS_STAFF, IS_SUPPORT } from '../roles/person.ts'
import { EVENT_USER } from './events.ts'
import { ownUserView, userView } from './view.ts'

/** What operations on a user decide by. */
const USER = {
  ...EVENT_USER,
  is_active: bool('u.is_active'),
  is_staff: bool('u.is_staff'),
  is_support: bool('u.is_support'),
  agreement_date: orNull(str('u.agreement_date')),
  token_lifetime: orNull(int('u.token_lifetime')),
  registration_method: str('u.registration_method'),
  image_id: orNull(int('u.image_id')),
}
export type User = RowOf<typeof USER>

/** The users who hold a role for which `where` holds, over the alias `g`, on something that the caller sees. */
const holders = (where: Condition, actor: Actor | undefined) =>
  sql`select g.user_id from live_grant g where ${where} and ${seenGrants(actor)}`

/** Users who hold a role somewhere in the object with that uuid. */
const memberOf = (where: (hex: string) => Condition) =>
  own({ type: 'string', format: 'uuid' }, (value, actor) => sql`u.id in (${holders(where(requireUuid(value)), actor)})`, 'u.uuid')
const inCustomer = memberOf(
  (hex) => sql`(g.scope_type, g.scope_id) in (select 'customer', c.id from customer c where c.uuid = ${hex}::uuid
    union all select 'project', p.id from project p join customer c on c.id = p.customer_id where c.uuid = ${hex}::uuid and not p.is_removed)`,
)
const inProject = memberOf((hex) => sql`(g.scope_type, g.scope_id) in (select 'project', p.id from project p where p.uuid = ${hex}::uuid)`)

/** Users who hold one of the roles named, comma separated, on a scope of the type. */
const roleHeld = (type: string) => {
  const held = `g.scope_type = '${type}' and g.role_id in (select r.id from role r where r.name = any(string_to_array($1, ',')))`
  return rechecked(
    lookedUp(
      `select g.user_id from live_grant g where ${held}`,
      own({ type: 'string' }, (value, actor) => sql`(u.id in (${holders(bound(held, value), actor)})) is true`, 'u.uuid'),
    ),
  )
}

/** Users of whom a column, compared with the value sent, says so; looked up when they are few. */
const few = (compared: string, filter: Filter, read?: (values: readonly string[]) => string | undefined) =>
  lookedUp(`select u.id from "user" u where ${compared}`, filter, read)
const fewFlag = (column: string) => few(`${column} = $1::boolean`, flag(column), (values) => readFlag(values.at(-1) ?? '')?.toString())
/** The same of what not everybody is shown, whom `shown` lets. */
const ofThose = (shown: (actor: Actor) => boolean, filter: Filter): Filter => ({
  ...filter,
  found: (values, actor) => (actor && shown(actor) ? filter.found?.(values, actor) : undefined),
})

const names = own({ type: 'string' }, (value) => sql`u.username = any(${value.split(',').map((name) => name.trim())}::text[])`, 'u.uuid')
const inTexts = (...columns: string[]) => textFound('"user" u', [{ table: '"user" u', columns }])
const inPrivate = (guarded: string, column: string, ...others: string[]) =>
  textFound('"user" u', [{ table: '"user" u', columns: [column, ...others] }], [guarded, ...others])
const keyword = inPrivate(CIVIL_NUMBER, 'u.civil_number', 'u.full_name', 'u.first_name', 'u.last_name', 'u.username', 'u.email')

export const users: Collection<User> = {
  path: '/api/users/',
  name: 'users',
  model: 'User',
  view: userView,
  detailView: ownUserView,
  visible: visiblePeople,
  // Not for retrieving oneself: an identity manager only may not go through people (platform.md §9.1).
  listed: (_query, actor) => {
    if (actor?.is_identity_manager && !actor.is_staff) throw forbidden('Identity manager is not allowed to list users.')
    return undefined
  },
  filters: {
    agreement_date: rangeOf('"user" u', 'u.agreement_date', '>=', since('u.agreement_date')),
    civil_number: ofThose(readsAll, few('u.civil_number = $1', textIs(CIVIL_NUMBER))),
    customer_uuid: inCustomer,
    date_joined: rangeOf('"user" u', 'u.date_joined', '>=', since('u.date_joined')),
    description: inPrivate(DESCRIPTION, 'u.description'),
    email: inTexts('u.email'),
    full_name: inTexts('u.full_name'),
    is_active: fewFlag('u.is_active'),
    is_staff: ofThose(readsAll, { ...fewFlag('u.is_staff'), ...flag(IS_STAFF) }),
    is_support: ofThose(readsAll, { ...fewFlag('u.is_support'), ...flag(IS_SUPPORT) }),
    job_title: inTexts('u.job_title'),
    modified: rangeOf('"user" u', 'u.modified', '>=', since('u.modified')),
    native_name: inTexts('u.native_name'),
    organization: inTexts('u.organization'),
    organization_roles: roleHeld('customer'),
    phone_number: inTexts('u.phone_number'),
    project_roles: roleHeld('project'),
    project_uuid: inProject,
    query: keyword,
    registration_method: few('u.registration_method = $1', textIs('u.registration_method')),
    user_keyword: keyword,
    username: textIs('u.username'),
    username_list: names,
  },
  orderings: {
    description: DESCRIPTION,
    email: 'u.email',
    full_name: 'u.full_name',
    is_active: 'u.is_active',
    is_staff: IS_STAFF,
    is_support: IS_SUPPORT,
    job_title: 'u.job_title',
    native_name: 'u.native_name',
    organization: 'u.organization',
    phone_number: 'u.phone_number',
    registration_method: 'u.registration_method',
    username: 'u.username',
  },
  defaultOrder: ['username'],
  counts: { view: 'user_counted', filters: { is_active: [], is_staff: [], is_support: [] }, grains: [[]] },
  subject: USER,
}
