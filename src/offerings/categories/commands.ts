// What staff may write about a category.
import { randomUUID } from 'node:crypto'
import type { Tx } from '../../platform/db/database.ts'
import type { Translations } from '../../platform/db/failures.ts'
import { discardFile, replaceFile } from '../../platform/files/store.ts'
import { type FieldErrors, invalid } from '../../platform/http/errors.ts'
import { linkTo } from '../../platform/http/links.ts'
import type { Call } from '../../platform/http/operation.ts'
import {
  body,
  boolean,
  choice,
  file,
  html,
  integer,
  json,
  list,
  nullable,
  optional,
  type Parsed,
  text,
  url,
  withDefault,
} from '../../platform/http/shapes.ts'
import { jsonText } from '../../platform/sent.ts'
import { ATTRIBUTE_TYPES } from '../attributes.ts'
import { categoryGroups } from '../category-groups/list.ts'
import type { Category } from './list.ts'
import { WIDGETS } from './view.ts'

const key = text({ max: 255, pattern: /^[a-zA-Z0-9_\-/:]+$/ })
const title = text({ max: 255 })

const attribute = body({
  key,
  title,
  type: choice(ATTRIBUTE_TYPES),
  options: withDefault(list(body({ key, title })), []),
  required: withDefault(boolean(), false),
  default: withDefault(nullable(json()), null),
})

const section = body({
  key: text({ max: 255 }),
  title,
  is_standalone: withDefault(boolean(), false),
  attributes: withDefault(list(attribute), []),
})

const column = body({
  index: integer({ min: 0, max: 32_767 }),
  title,
  attribute: text({ max: 255, blank: true }),
  widget: withDefault(nullable(choice(WIDGETS, { blank: true })), null),
})

const component = body({
  type: text({ max: 50, pattern: /^[a-zA-Z0-9_\-/:]+$/ }),
  name: text({ max: 150 }),
  description: withDefault(text({ max: 4096, blank: true }), ''),
  measured_unit: withDefault(text({ max: 30, blank: true }), ''),
})

/** The last four are what the category makes of its offerings; the contract only reads them, staff may also write them here. */
export const categoryBody = body('MarketplaceCategoryRequest', {
  title,
  description: optional(html()),
  icon: optional(nullable(file('image'))),
  group: optional(nullable(linkTo(categoryGroups))),
  default_vm_category: optional(boolean()),
  default_volume_category: optional(boolean()),
  default_tenant_category: optional(boolean()),
  sections: optional(list(section)),
  columns: optional(list(column)),
  components: optional(list(component)),
  articles: optional(list(body({ title: withDefault(nullable(text({ max: 255, blank: true })), null), url: url({ max: 200 }) }))),
})
type Input = Parsed<typeof categoryBody>

const FLAGS = { default_vm_category: 'vm', default_volume_category: 'volume', default_tenant_category: 'tenant' } as const
type Flag = keyof typeof FLAGS
const flagNames = Object.keys(FLAGS) as Flag[]

const taken = (flag: Flag, other: string): FieldErrors => ({ [flag]: [`${other} is already default ${FLAGS[flag]} category.`] })

/** For the loser of a race; otherwise the other category is named. */
export const categoryConstraints: Translations = {
  category_default_vm_key: () => invalid(taken('default_vm_category', 'Another category')),
  category_default_volume_key: () => invalid(taken('default_volume_category', 'Another category')),
  category_default_tenant_key: () => invalid(taken('default_tenant_category', 'Another category')),
}

/** Each flag is carried by one category at most. */
async function requireFreeFlags(tx: Tx, input: Partial<Input>, own: number | null): Promise<void> {
  const errors: FieldErrors = {}
  for (const flag of flagNames.filter((name) => input[name])) {
    const other = await tx.selectFrom('category').select(['id', 'title']).where(flag, '=', true).executeTakeFirst()
    if (other && other.id !== own) Object.assign(errors, taken(flag, other.title))
  }
  if (Object.keys(errors).length > 0) throw invalid(errors)
}

const columnsOf = (input: Partial<Input>) => ({
  ...(input.title !== undefined && { title: input.title }),
  ...(input.description !== undefined && { description: input.description }),
  ...(input.group !== undefined && { group_id: input.group?.id ?? null }),
  ...Object.fromEntries(flagNames.flatMap((flag) => (input[flag] === undefined ? [] : [[flag, input[flag]]]))),
  ...(input.sections && { sections: jsonText(input.sections) }),
  ...(input.columns && { columns: jsonText(input.columns.map((one) => ({ uuid: randomUUID().replaceAll('-', ''), ...one }))) }),
  ...(input.components && { components: jsonText(input.components) }),
  ...(input.articles && { articles: jsonText(input.articles) }),
})

export async function createCategory(call: Call<undefined, Input>): Promise<number> {
  const { tx, input } = call
  await requireFreeFlags(tx, input, null)
  const icon = await replaceFile(call, input.icon, null)
  const { id } = await tx
    .insertInto('category')
    .values({ ...columnsOf(input), title: input.title, icon_id: icon.id })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export async function updateCategory(call: Call<Category, Partial<Input>>): Promise<number> {
  const { tx, row, input } = call
  await requireFreeFlags(tx, input, row.id)
  const icon = await replaceFile(call, input.icon, row.icon_id)
  await tx
    .updateTable('category')
    .set({ ...columnsOf(input), icon_id: icon.id })
    .where('id', '=', row.id)
    .execute()
  await icon.discardOld()
  return row.id
}

/** One that still has offerings is refused by the database: 409. */
export async function deleteCategory(call: Call<Category>): Promise<void> {
  await call.tx.deleteFrom('category').where('id', '=', call.row.id).execute()
  await discardFile(call, call.row.icon_id)
}
