// The people of an organization who do not belong to one of its projects yet (platform.md §11.1).
import { sql } from 'kysely'
import type { Collection } from '../../platform/http/collection.ts'
import type { Condition } from '../../platform/http/filters.ts'
import { through } from '../../platform/http/sight.ts'
import { described, fileUrl, nullable, text, url, uuid, type View } from '../../platform/http/view.ts'
import { memberFilters, memberOrderings } from '../customers/member-filters.ts'
import { belongsTo } from '../customers/users.ts'
import type { Project } from './list.ts'
import { people } from './people.ts'

export const basicUserView: View = {
  name: 'BasicUser',
  from: '"user" u',
  alias: 'u',
  joins: { image: 'left join file image on image.id = u.image_id' },
  fields: {
    url: url('/api/users/{}/', 'u.uuid'),
    uuid: uuid('u.uuid'),
    username: text('u.username'),
    full_name: text('u.full_name'),
    native_name: text('u.native_name'),
    email: described({ format: 'email' }, text('u.email')),
    image: nullable(fileUrl('image.uuid')),
  },
}

/** Active people of the project's organization without a role in the project. */
export const othersThan = ({ id, customer_id }: Project): Condition =>
  sql`u.is_active and ${belongsTo(customer_id)} and not exists (select 1 from live_grant held where held.user_id = u.id
    and held.scope_type = 'project' and held.scope_id = ${id})`

export const otherUsers: Collection = {
  path: '/api/projects/{uuid}/other_users/',
  name: 'projects_other_users',
  model: 'User',
  view: basicUserView,
  // Narrowed to one project by the route, which also asks who may add members.
  visible: () => 'all',
  filters: memberFilters((filter) => through(people, filter), 'u.native_name'),
  orderings: memberOrderings,
  defaultOrder: ['concatenated_name'],
}
