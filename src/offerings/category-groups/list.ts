// Everybody sees every group of categories.
import type { Collection } from '../../platform/http/collection.ts'
import { int, orNull, type RowOf, uuid } from '../../platform/http/columns.ts'
import { textContains } from '../../platform/http/filters.ts'
import { categoryGroupView } from './view.ts'

const CATEGORY_GROUP = {
  id: int('category_group.id'),
  uuid: uuid('category_group.uuid'),
  icon_id: orNull(int('category_group.icon_id')),
}
export type CategoryGroup = RowOf<typeof CATEGORY_GROUP>

export const categoryGroups: Collection<CategoryGroup> = {
  path: '/api/marketplace-category-groups/',
  name: 'marketplace_category_groups',
  model: 'CategoryGroup',
  view: categoryGroupView,
  visible: () => 'all',
  filters: { title: textContains('category_group.title') },
  orderings: { title: 'category_group.title' },
  defaultOrder: ['title'],
  subject: CATEGORY_GROUP,
}
