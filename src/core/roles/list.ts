// Everybody sees every role, with or without a token: interfaces decide by their permissions which buttons to show.
import type { Collection } from '../../platform/http/collection.ts'
import { bool, int, type RowOf, str, uuid } from '../../platform/http/columns.ts'
import { flag, textContains } from '../../platform/http/filters.ts'
import { roleView } from './view.ts'

const ROLE = {
  id: int('r.id'),
  uuid: uuid('r.uuid'),
  name: str('r.name'),
  scope_type: str('r.scope_type'),
  is_system_role: bool('r.is_system_role'),
  is_active: bool('r.is_active'),
}
export type Role = RowOf<typeof ROLE>

export const roles: Collection<Role> = {
  path: '/api/roles/',
  name: 'roles',
  model: 'Role',
  view: roleView,
  visible: () => 'all',
  anonymous: true,
  filters: {
    description: textContains('r.description'),
    is_active: flag('r.is_active'),
    name: textContains('r.name'),
  },
  orderings: { name: 'r.name' },
  defaultOrder: ['name'],
  subject: ROLE,
}
