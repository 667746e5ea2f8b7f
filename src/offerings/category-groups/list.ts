// Everybody sees every group of categories.
import type { Collection } from '../../platform/http/collection.ts'
import { textContains } from '../../platform/http/filters.ts'
import { categoryGroupView } from './view.ts'

export type CategoryGroup = { id: number; uuid: string; icon_id: number | null }

export const categoryGroups: Collection<CategoryGroup> = {
  path: '/api/marketplace-category-groups/',
  name: 'marketplace_category_groups',
  model: 'CategoryGroup',
  view: categoryGroupView,
  visible: () => 'all',
  filters: { title: textContains('category_group.title') },
  orderings: { title: 'category_group.title' },
  defaultOrder: ['title'],
  subject: 'category_group.id, category_group.uuid, category_group.icon_id',
}
