// Filters over another collection: they find by those of its rows alone that the caller sees, for what may not be seen may not be
// found either (docs/decisions/0038).
import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../auth/actor.ts'
import type { Collection } from './collection.ts'
import { visibleCondition } from './cut.ts'
import { allOf, type Condition, type Filter } from './filters.ts'

/** What is asked of another collection: its own table, and who sees which rows of that. */
export type Seen = { view: Pick<Collection['view'], 'from' | 'alias'>; visible: Collection['visible'] }

/** The caller sees the row, over the alias of the collection's own table. */
export const isSeen = ({ view, visible }: Seen, actor: Actor | undefined): Condition =>
  visibleCondition(view.alias, visible(actor)) ?? sql`true`

/** A column of the rows for which `where` holds and that the caller sees, as a query. */
export const seenRows = (of: Seen, actor: Actor | undefined, column: string, where: Condition): RawBuilder<unknown> =>
  sql`select ${sql.raw(`${of.view.alias}.${column}`)} from ${sql.raw(of.view.from)}
    where ${allOf([where, visibleCondition(of.view.alias, of.visible(actor))])}`

/** The filter, over rows of `of` under the alias of its own: where the caller does not see them, it finds none. */
export const through = (of: Seen, filter: Filter): Filter => ({
  ...filter,
  condition: (values, actor) => {
    const condition = filter.condition(values, actor)
    return condition && allOf([condition, visibleCondition(of.view.alias, of.visible(actor))])
  },
})
