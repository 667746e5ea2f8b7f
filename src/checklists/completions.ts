// Completions, as other modules make and remove them for whatever people are asked about.
import { type RawBuilder, sql } from 'kysely'
import { run, type Tx } from '../platform/db/database.ts'
import { progressOf } from './progress.ts'
import { questionsOf } from './renewal.ts'

/** What is asked about: a word of the module that keeps it, and the ids of its rows. */
export type Scope = {
  type: string
  /** A query that gives `scope_id`, and `user_id`: whose answers count before those of others. */
  rows: RawBuilder<{ scope_id: number; user_id: number | null }>
}

/** Makes a completion of a checklist for each row that has none; those that are there stay as they are. */
export async function makeCompletions(tx: Tx, checklistId: number, { type, rows }: Scope): Promise<void> {
  // Whoever changes the questions meanwhile is waited for.
  const held = await run(tx, sql`select id from checklist where id = ${checklistId} for key share`)
  if (held.length === 0) return
  const { visible_questions, unanswered_required_questions, is_completed } = progressOf(
    await questionsOf(tx, checklistId),
    new Map(),
    false,
  )
  await run(
    tx,
    sql`insert into checklist_completion (checklist_id, scope_type, scope_id, user_id, visible_questions, unanswered_required_questions,
        is_completed)
      select ${checklistId}::bigint, ${type}::text, made.scope_id, made.user_id, ${visible_questions}::integer,
        ${unanswered_required_questions}::integer, ${is_completed}::boolean from (${rows}) made order by made.scope_id
      on conflict on constraint checklist_completion_scope_key do nothing`,
  )
}

/** Removes the completions of a checklist for the rows that `ids` gives, with what was answered. */
export async function removeCompletions(tx: Tx, checklistId: number, type: string, ids: RawBuilder<{ id: number }>): Promise<void> {
  await run(tx, sql`delete from checklist_completion where checklist_id = ${checklistId} and scope_type = ${type} and scope_id in (${ids})`)
}
