// Everybody sees every group: they say who may order what (platform.md §10).
import type { Collection } from '../../platform/http/collection.ts'
import { textContains, textIs, uuidIs } from '../../platform/http/filters.ts'
import { organizationGroupView } from './view.ts'

export type OrganizationGroup = { id: number; uuid: string; name: string }

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
  subject: 'og.id, og.uuid, og.name',
}
