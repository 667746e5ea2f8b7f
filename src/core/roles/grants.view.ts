// The people who hold roles on one scope: a row for each grant that counts (platform.md §7.1).
import { type RawBuilder, sql } from 'kysely'
import type { Collection } from '../../platform/http/collection.ts'
import { type Condition, type Filter, own, ownMany, readUuid, textContains, textIs, urlOf } from '../../platform/http/filters.ts'
import { absent, datetime, fileUrl, nullable, text, uuid, type View } from '../../platform/http/view.ts'

export const roleGrantView: View = {
  name: 'UserRoleDetails',
  from: 'live_grant g',
  alias: 'g',
  joins: {
    u: 'join "user" u on u.id = g.user_id',
    r: 'join role r on r.id = g.role_id',
    granter: 'left join "user" granter on granter.id = g.created_by_id',
    image: 'left join file image on image.id = u.image_id',
  },
  fields: {
    uuid: uuid('g.uuid'),
    created: datetime('g.created'),
    expiration_time: nullable(datetime('g.expiration_time')),
    role_name: text('r.name'),
    role_uuid: uuid('r.uuid'),
    user_email: text('u.email'),
    user_full_name: text('u.full_name'),
    user_username: text('u.username'),
    user_uuid: uuid('u.uuid'),
    user_image: absent(fileUrl('image.uuid')),
    created_by_full_name: absent(text('granter.full_name')),
    created_by_uuid: absent(uuid('granter.uuid')),
  },
}

const nothing: Condition = sql`false`

// An unknown or malformed user is nobody, not an error (platform.md §7.1).
const userIs: Filter = own(
  { type: 'string', format: 'uuid' },
  (value) => {
    const hex = readUuid(value)
    return hex ? sql`u.uuid = ${hex}::uuid` : nothing
  },
  'u.uuid',
)

/** Roles by uuid or name, several of them. */
const roleAmong: Filter = ownMany(
  { type: 'string' },
  (values) => {
    const asked = values.flatMap((value) => value.split(','))
    const uuids = asked.flatMap((value) => readUuid(value) ?? [])
    return sql`(r.name = any(${asked}::text[]) or r.uuid = any(${uuids}::uuid[]))`
  },
  'r.uuid',
)

/** Which grants are listed for a scope: those that count, of active users. */
export const listedGrants = (type: string, id: number | RawBuilder<unknown>): Condition =>
  sql`g.scope_type = ${type} and g.scope_id = ${id} and exists (select 1 from "user" holder where holder.id = g.user_id and holder.is_active)`

/** The list of a scope's grants under `path`, a collection's address. */
export const grantsUnder = (of: { path: string; name: string }): Collection => ({
  path: `${of.path}{uuid}/list_users/`,
  name: of.name,
  model: 'UserRole',
  view: roleGrantView,
  // Who sees the scope sees who belongs to it; the scope itself is looked up by the route.
  visible: () => 'all',
  filters: {
    full_name: textContains('u.full_name'),
    native_name: textContains('u.native_name'),
    role: roleAmong,
    search_string: textContains('u.first_name', 'u.last_name', 'u.full_name', 'u.email', 'u.username'),
    user: userIs,
    user_slug: textIs('u.slug'),
    user_url: urlOf(['/api/users/{uuid}/'], 'u.uuid'),
    username: textIs('u.username'),
  },
  orderings: {
    created: 'g.created',
    email: 'u.email',
    expiration_time: 'g.expiration_time',
    full_name: 'u.full_name',
    native_name: 'u.native_name',
    role: 'r.name',
    username: 'u.username',
  },
  defaultOrder: ['created'],
})
