// What staff may write about a group of categories.
import { discardFile, replaceFile } from '../../platform/files/store.ts'
import type { Call } from '../../platform/http/operation.ts'
import { body, file, html, nullable, optional, type Parsed, text } from '../../platform/http/shapes.ts'
import type { CategoryGroup } from './list.ts'

export const categoryGroupBody = body('CategoryGroupRequest', {
  title: text({ max: 255 }),
  description: optional(html()),
  icon: optional(nullable(file('image'))),
})
type Input = Parsed<typeof categoryGroupBody>

export async function createCategoryGroup(call: Call<undefined, Input>): Promise<number> {
  const { tx, input } = call
  const icon = await replaceFile(call, input.icon, null)
  const { id } = await tx
    .insertInto('category_group')
    .values({ title: input.title, description: input.description ?? '', icon_id: icon.id })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export async function updateCategoryGroup(call: Call<CategoryGroup, Partial<Input>>): Promise<number> {
  const { tx, row, input } = call
  const icon = await replaceFile(call, input.icon, row.icon_id)
  await tx
    .updateTable('category_group')
    .set({
      icon_id: icon.id,
      ...(input.title !== undefined && { title: input.title }),
      ...(input.description !== undefined && { description: input.description }),
    })
    .where('id', '=', row.id)
    .execute()
  await icon.discardOld()
  return row.id
}

/** Its categories stay, under no heading. */
export async function deleteCategoryGroup(call: Call<CategoryGroup>): Promise<void> {
  await call.tx.deleteFrom('category_group').where('id', '=', call.row.id).execute()
  await discardFile(call, call.row.icon_id)
}
