// Everybody sees every role, with or without a token: interfaces decide by their permissions which buttons to show.
import type { Collection } from '../../platform/http/collection.ts'
import { flag, textContains } from '../../platform/http/filters.ts'
import { roleView } from './view.ts'

export type Role = { id: number; uuid: string; name: string; scope_type: string; is_system_role: boolean; is_active: boolean }

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
  subject: 'r.id, r.uuid, r.name, r.scope_type, r.is_system_role, r.is_active',
}
