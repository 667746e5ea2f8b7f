// How far each completion has come is kept beside its answers, so that lists read it. It is worked out again whenever an answer or the
// checklist changes: of the first few in the transaction of the change, of all others by a job.
import { type RawBuilder, sql } from 'kysely'
import { type Executor, run, type Tx } from '../platform/db/database.ts'
import { type Context, inTransaction, type Job } from '../platform/wiring.ts'
import { progressOf, type Question } from './progress.ts'

/** The questions of a checklist in their order, with their options and what they depend on. */
export const questionsOf = (db: Executor, checklistId: number): Promise<Question[]> =>
  run(
    db,
    sql<Question>`select question.*,
        coalesce((select jsonb_agg(jsonb_build_object('uuid', wire_uuid(uuid), 'label', label, 'order', "order") order by "order", id)
          from checklist_option where question_id = question.id), '[]') as options,
        coalesce((select jsonb_agg(jsonb_build_object('depends_on_question_id', depends_on_question_id, 'operator', operator,
            'required_answer_value', required_answer_value) order by id)
          from checklist_dependency where question_id = question.id), '[]') as dependencies
      from checklist_question question where question.checklist_id = ${checklistId} order by question."order", question.id`,
  )

// What files hold is not read where only their names count.
const NAMED = sql`case jsonb_typeof(a.answer_data)
  when 'object' then a.answer_data - 'content'
  when 'array' then (select jsonb_agg(case jsonb_typeof(part) when 'object' then part - 'content' else part end order by place)
    from jsonb_array_elements(a.answer_data) with ordinality parts (part, place))
  else a.answer_data end`

export type CountedAnswer = {
  completion_id: number
  question_id: number
  uuid: string
  answer_data: unknown
  user_id: number
  user_name: string
  created: string
  modified: string
}

/**
 * The answer that counts to each question: that of the one whom the completion is about, else the latest. `whole`: with what files hold.
 */
export const countedAnswers = (db: Executor, completions: readonly number[], { whole = false } = {}): Promise<CountedAnswer[]> =>
  run(
    db,
    sql<CountedAnswer>`select distinct on (a.completion_id, a.question_id) a.completion_id, a.question_id, a.uuid, a.user_id,
        ${whole ? sql`a.answer_data` : (NAMED as RawBuilder<unknown>)} as answer_data,
        u.full_name as user_name, wire_time(a.created) as created, wire_time(a.modified) as modified
      from checklist_answer a join checklist_completion c on c.id = a.completion_id join "user" u on u.id = a.user_id
      where a.completion_id = any(${[...completions]}::bigint[])
      order by a.completion_id, a.question_id, (a.user_id = c.user_id) is true desc, a.modified desc, a.id desc`,
  )

type Standing = { id: number; submitted: boolean }

/** Works the figures of locked completions out again. */
async function renew(tx: Tx, questions: readonly Question[], standing: readonly Standing[]): Promise<void> {
  const answers = Map.groupBy(
    await countedAnswers(
      tx,
      standing.map(({ id }) => id),
    ),
    ({ completion_id }) => completion_id,
  )
  const rows = standing.map(({ id, submitted }) => {
    const given = new Map((answers.get(id) ?? []).map(({ question_id, answer_data }) => [question_id, answer_data]))
    return { id, ...progressOf(questions, given, submitted) }
  })
  // What is as it was is not touched: when a completion was last changed is shown.
  await run(
    tx,
    sql`update checklist_completion c set is_completed = n.is_completed, requires_review = n.requires_review,
        visible_questions = n.visible_questions, answered_questions = n.answered_questions,
        unanswered_required_questions = n.unanswered_required_questions
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) n (id bigint, is_completed boolean, requires_review boolean,
        visible_questions integer, answered_questions integer, unanswered_required_questions integer)
      where c.id = n.id and (c.is_completed, c.requires_review, c.visible_questions, c.answered_questions, c.unanswered_required_questions)
        is distinct from (n.is_completed, n.requires_review, n.visible_questions, n.answered_questions, n.unanswered_required_questions)`,
  )
}

/** The same of one completion, which is locked. */
export async function renewCompletion(tx: Tx, questions: readonly Question[], id: number): Promise<void> {
  await renew(tx, questions, [{ id, submitted: true }])
}

const BATCH = 100

/** Those of a checklist behind an id, one batch; the last id when there may be more. */
async function renewBatch(tx: Tx, checklistId: number, after: number): Promise<number | undefined> {
  const standing = await run(
    tx,
    sql<Standing>`select id, submitted from checklist_completion where checklist_id = ${checklistId} and id > ${after}
      order by id limit ${BATCH} for update`,
  )
  if (standing.length > 0) await renew(tx, await questionsOf(tx, checklistId), standing)
  return standing.length < BATCH ? undefined : standing.at(-1)?.id
}

/** A checklist was changed, and is locked: what that means for those who answer it. */
export async function renewChecklist({ tx, jobs }: Pick<Context, 'tx' | 'jobs'>, checklistId: number): Promise<void> {
  const after = await renewBatch(tx, checklistId, 0)
  if (after !== undefined) await jobs.send(tx, renewRest, { checklist_id: checklistId, after })
}

/** Goes through the rest, each batch in a transaction of its own. */
export const renewRest: Job<{ checklist_id: number; after: number }> = {
  name: 'checklists.renew',
  key: ({ checklist_id }) => String(checklist_id),
  run: async (deps, { checklist_id, after }, attempt) => {
    for (let last: number | undefined = after; last !== undefined && !attempt.signal.aborted; ) {
      const from: number = last
      last = await inTransaction(deps, ({ tx }) => renewBatch(tx, checklist_id, from))
    }
  },
}
