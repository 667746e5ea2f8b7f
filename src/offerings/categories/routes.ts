import { staffOnly } from '../../core/public.ts'
import { type Api, create, destroy, detail, list, update } from '../../platform/http/api.ts'
import { categoryBody, createCategory, deleteCategory, updateCategory } from './commands.ts'
import { categories, categoriesOf } from './list.ts'

export function categoryRoutes(api: Api): void {
  const shown = { ...categoriesOf(api.config), anonymous: api.config.ANONYMOUS_USER_CAN_VIEW_OFFERINGS }
  list(api, shown)
  detail(api, shown)
  create(api, categories, { summary: 'Create a category', before: staffOnly, body: categoryBody, run: createCategory })
  update(api, categories, { summary: 'Change a category', before: staffOnly, body: categoryBody, run: updateCategory })
  destroy(api, categories, { summary: 'Delete a category', before: staffOnly, run: deleteCategory })
}
