// The people of an organization: those who hold a role in it or in one of its projects, each once (platform.md §10.1).
// A person stands in the list as the first of their grants there, so that the page is cut by an index of grants.
import { type RawBuilder, sql } from 'kysely'
import { readsAll } from '../../platform/auth/actor.ts'
import type { Collection } from '../../platform/http/collection.ts'
import { conditionOf } from '../../platform/http/context.ts'
import { allOf, type Condition, type Filter, ownMany, requireChoice } from '../../platform/http/filters.ts'
import { asShown, datetime, described, fileUrl, list, nullable, text, url, uuid, type View } from '../../platform/http/view.ts'
import { COLLEAGUE } from '../roles/person.ts'
import { memberFilters, memberOrderings } from './member-filters.ts'

const PLACE = `case g.scope_type when 'customer' then g.scope_id
  when 'project' then (select around.customer_id from project around where around.id = g.scope_id) end`

const customerUserView: View = {
  name: 'CustomerUser',
  from: 'live_grant g',
  alias: 'g',
  joins: {
    u: 'join "user" u on u.id = g.user_id',
    image: 'left join file image on image.id = u.image_id',
    place: `cross join lateral (select ${PLACE} as customer_id) place`,
    held: `left join lateral (select held_role.name, held_grant.expiration_time
      from live_grant held_grant join role held_role on held_role.id = held_grant.role_id
      where held_grant.user_id = g.user_id and held_grant.scope_type = 'customer' and held_grant.scope_id = place.customer_id order by held_grant.id limit 1) held on true`,
  },
  fields: {
    url: url('/api/users/{}/', 'u.uuid'),
    uuid: uuid('u.uuid'),
    username: text('u.username'),
    full_name: text('u.full_name'),
    email: described({ format: 'email' }, text('u.email')),
    role_name: nullable(text('held.name')),
    // `role` here and in projects is asked for by web interfaces (clients.md §3).
    role: nullable(text('held.name')),
    projects: list(
      {
        url: url('/api/projects/{}/', 'member_of.uuid'),
        uuid: uuid('member_of.uuid'),
        name: text('member_of.name'),
        role_name: text('member_role.name'),
        role: text('member_role.name'),
        expiration_time: nullable(datetime('member.expiration_time')),
      },
      `from live_grant member join role member_role on member_role.id = member.role_id
        join project member_of on member_of.id = member.scope_id and not member_of.is_removed
        where member.user_id = g.user_id and member.scope_type = 'project' and member_of.customer_id = place.customer_id`,
      'member_of.name, member.id',
    ),
    expiration_time: nullable(datetime('held.expiration_time')),
    image: nullable(fileUrl('image.uuid')),
  },
}

/** The grant of this alias is on the organization or one of its projects. */
const liesIn = (alias: string, customerId: number | RawBuilder<unknown>): Condition => {
  const scope = sql.ref(`${alias}.scope_id`)
  const type = sql.ref(`${alias}.scope_type`)
  return sql`((${type} = 'customer' and ${scope} = ${customerId}) or (${type} = 'project' and ${scope} in
    (select inside.id from project inside where inside.customer_id = ${customerId} and not inside.is_removed)))`
}

/** The grants that stand for the active people of an organization: the first of each. */
export const peopleOf = (customerId: number): Condition =>
  sql`${liesIn('g', customerId)}
    and not exists (select 1 from live_grant earlier where earlier.user_id = g.user_id and earlier.id < g.id and ${liesIn('earlier', customerId)})
    and exists (select 1 from "user" person where person.id = g.user_id and person.is_active)`

/** Users who hold any role in the organization; over the alias `u`. */
export const belongsTo = (customerId: number): Condition =>
  sql`exists (select 1 from live_grant theirs where theirs.user_id = u.id and ${liesIn('theirs', customerId)})`

/** People who hold one of the roles named, in the organization or in one of its projects. */
const holding = (scopeType: 'customer' | 'project', roles: readonly string[]): Filter =>
  ownMany(
    { type: 'string', enum: [...roles] },
    (values) => {
      const named = values.map((value) => requireChoice(roles, value))
      const place =
        scopeType === 'customer'
          ? sql`place.customer_id`
          : sql`any(select inside.id from project inside where inside.customer_id = place.customer_id)`
      return sql`exists (select 1 from live_grant theirs join role named on named.id = theirs.role_id where theirs.user_id = g.user_id
        and theirs.scope_type = ${scopeType} and theirs.scope_id = ${place} and named.name = any(${named}::text[]))`
    },
    'place.customer_id',
  )

const isColleague = conditionOf(COLLEAGUE)

/** Whoever may list the people of an organization sees all of them elsewhere too, save staff. */
const asSeen = (filter: Filter): Filter => ({
  ...filter,
  condition: (values, actor) => {
    const condition = filter.condition(values, actor)
    return condition && actor && !readsAll(actor) ? allOf([condition, isColleague(actor)]) : condition
  },
})

export const customerUsers: Collection = {
  path: '/api/customers/{uuid}/users/',
  name: 'customers_users',
  model: 'User',
  view: customerUserView,
  // Narrowed to one organization by the route, which also asks who may list its people.
  visible: () => 'all',
  filters: {
    ...memberFilters(asSeen, asShown({ guard: COLLEAGUE }, 'u.native_name')),
    organization_role: holding('customer', ['CUSTOMER.OWNER', 'CUSTOMER.MANAGER', 'CUSTOMER.SUPPORT']),
    project_role: holding('project', ['PROJECT.ADMIN', 'PROJECT.MANAGER', 'PROJECT.MEMBER']),
  },
  orderings: memberOrderings,
  defaultOrder: ['concatenated_name'],
}
