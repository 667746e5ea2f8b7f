// Everybody sees every group: they say who may order what (platform.md §10).
import type { Collection } from '../../platform/http/collection.ts'
import { int, type RowOf, str, uuid } from '../../platform/http/columns.ts'
import { textContains, textIs, uuidIs } from '../../platform/http/filters.ts'
import { organizationGroupView } from './view.ts'

const ORGANIZATION_GROUP = {
  id: int('og.id'),
  uuid: uuid('og.uuid'),
  name: str('og.name'),
}
export type OrganizationGroup = RowOf<typeof ORGANIZATION_GROUP>

export const organizationGroups: Collection<OrganizationGroup> = {
  path: '/api/organization-groups/',
  name: 'organization_groups',
  model: 'OrganizationGroup',
  view: organizationGroupView,
  visible: () => 'all',
  filters: {
    name: textContains('og.name'),
    name_exact: textIs('og.name'),
    parent: uuidIs('parent.uuid'),
  },
  orderings: { name: 'og.name' },
  defaultOrder: ['name'],
  lenientOrder: true,
  subject: ORGANIZATION_GROUP,
}
