// A heading under which the catalogue shows several categories.
import { fileUrl, nullable, text, url, uuid, type View } from '../../platform/http/view.ts'

export const categoryGroupView: View = {
  name: 'CategoryGroup',
  from: 'category_group',
  alias: 'category_group',
  joins: { icon: 'left join file icon on icon.id = category_group.icon_id' },
  fields: {
    url: url('/api/marketplace-category-groups/{}/', 'category_group.uuid'),
    uuid: uuid('category_group.uuid'),
    title: text('category_group.title'),
    description: text('category_group.description'),
    icon: nullable(fileUrl('icon.uuid')),
  },
}
