import { staffOnly } from '../../core/public.ts'
import { type Api, create, destroy, detail, list, update } from '../../platform/http/api.ts'
import { categoryGroupBody, createCategoryGroup, deleteCategoryGroup, updateCategoryGroup } from './commands.ts'
import { categoryGroups } from './list.ts'

export function categoryGroupRoutes(api: Api): void {
  const shown = { ...categoryGroups, anonymous: api.config.ANONYMOUS_USER_CAN_VIEW_OFFERINGS }
  list(api, shown)
  detail(api, shown)
  create(api, categoryGroups, {
    summary: 'Create a group of categories',
    before: staffOnly,
    body: categoryGroupBody,
    run: createCategoryGroup,
  })
  update(api, categoryGroups, {
    summary: 'Change a group of categories',
    before: staffOnly,
    body: categoryGroupBody,
    run: updateCategoryGroup,
  })
  destroy(api, categoryGroups, { summary: 'Delete a group of categories', before: staffOnly, run: deleteCategoryGroup })
}
