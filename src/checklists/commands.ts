// Checklists and the options of their questions, as staff change them. Everything of a checklist is changed under its lock; what
// people answered is then looked at again.
import { sql } from 'kysely'
import { run, type Tx } from '../platform/db/database.ts'
import type { Translations } from '../platform/db/failures.ts'
import { type Collection, findSubject } from '../platform/http/collection.ts'
import { invalid, invalidBody } from '../platform/http/errors.ts'
import type { Call, LinkContext } from '../platform/http/operation.ts'
import { body, choice, integer, link, optional, type Parsed, text } from '../platform/http/shapes.ts'
import { onlySent } from '../platform/sent.ts'
import { type Checklist, type OptionRow, type QuestionRow, questions } from './list.ts'
import { renewChecklist } from './renewal.ts'
import { CHECKLIST_TYPES } from './view.ts'

/**
 * The URL of a row of a checklist. It is not held: whoever held a question would wait for the checklist, as others with the checklist
 * wait for the question.
 */
export const linkInside = <Row>(collection: Collection<Row>) =>
  link<Row>({
    path: collection.path,
    find: (uuid, context) => {
      const { tx, viewer } = context as LinkContext
      return findSubject(tx, collection, viewer, uuid)
    },
  })

const GONE = 'Invalid hyperlink - Object does not exist.'

/** Locks the checklist, which stands for all that belongs to it; 400 under `field` when it is gone meanwhile. */
export async function holdChecklist(tx: Tx, id: number, field: string): Promise<void> {
  const held = await run(tx, sql`select id from checklist where id = ${id} for update`)
  if (held.length === 0) throw invalid({ [field]: [GONE] })
}

/** The question's checklist is locked, and the question still there. */
export async function holdQuestion(tx: Tx, question: QuestionRow, field: string): Promise<void> {
  await holdChecklist(tx, question.checklist_id, field)
  const found = await run(tx, sql`select id from checklist_question where id = ${question.id}`)
  if (found.length === 0) throw invalid({ [field]: [GONE] })
}

export const checklistBody = body('ChecklistRequest', {
  name: text({ max: 255 }),
  description: optional(text({ max: 10_000, blank: true })),
  checklist_type: optional(choice(CHECKLIST_TYPES)),
})
type ChecklistInput = Parsed<typeof checklistBody>

export const checklistConstraints: Translations = {
  checklist_onboarding_key: () => invalid({ checklist_type: ['There is a checklist of this type already.'] }),
}

export async function createChecklist({ tx, input }: Call<undefined, ChecklistInput>): Promise<number> {
  const { id } = await tx
    .insertInto('checklist')
    .values({ name: input.name, ...onlySent(input) })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** Changes a checklist; one that is in use stays of its type. */
export async function updateChecklist({ tx, row, input }: Call<Checklist, Partial<ChecklistInput>>): Promise<number> {
  const { checklist_type } = input
  if (checklist_type !== undefined && checklist_type !== row.checklist_type && (await isInUse(tx, row.id))) {
    throw invalid({ checklist_type: ['The type of a checklist that is in use cannot be changed.'] })
  }
  const columns = onlySent(input)
  if (Object.keys(columns).length > 0) await tx.updateTable('checklist').set(columns).where('id', '=', row.id).execute()
  return row.id
}

async function isInUse(tx: Tx, id: number): Promise<boolean> {
  const used = await run(
    tx,
    sql`select from offering where compliance_checklist_id = ${id} union all select from customer where project_metadata_checklist_id = ${id}
      union all select from checklist_completion where checklist_id = ${id} limit 1`,
  )
  return used.length > 0
}

/** With it go its questions and what was answered to them; what asked it asks nothing any more. */
export async function deleteChecklist({ tx, row }: Call<Checklist>): Promise<void> {
  await tx.deleteFrom('checklist').where('id', '=', row.id).execute()
}

const OPTIONS_MAX = 500

export const optionBody = body('QuestionOptionsAdminRequest', {
  label: text({ max: 255 }),
  order: optional(integer({ min: 0 })),
  question: linkInside(questions),
})
type OptionInput = Parsed<typeof optionBody>

export async function createOption({ tx, input }: Call<undefined, OptionInput>): Promise<number> {
  const { question, ...columns } = input
  await holdQuestion(tx, question, 'question')
  if (question.question_type !== 'single_select' && question.question_type !== 'multi_select') {
    throw invalid({ question: ['Only questions of select types have options.'] })
  }
  const [counted] = await run(tx, sql<{ n: number }>`select count(*) as n from checklist_option where question_id = ${question.id}`)
  if ((counted?.n ?? 0) >= OPTIONS_MAX) throw invalidBody(`A question has at most ${OPTIONS_MAX} options.`)
  const { id } = await tx
    .insertInto('checklist_option')
    .values({ label: input.label, ...onlySent(columns), question_id: question.id })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export async function updateOption({ tx, row, input }: Call<OptionRow, Partial<OptionInput>>): Promise<number> {
  const { question, ...sent } = input
  if (question && question.id !== row.question_id) throw invalid({ question: ['The question of an option cannot be changed.'] })
  const columns = onlySent(sent)
  if (Object.keys(columns).length > 0) await tx.updateTable('checklist_option').set(columns).where('id', '=', row.id).execute()
  return row.id
}

/** Removes an option, also from the answers that chose it; who chose nothing else has not answered. */
export async function deleteOption(call: Call<OptionRow>): Promise<void> {
  const { tx, row } = call
  await run(
    tx,
    sql`update checklist_answer set answer_data = answer_data - ${row.uuid}::text
      where question_id = ${row.question_id} and answer_data ? ${row.uuid}::text`,
  )
  await run(tx, sql`delete from checklist_answer where question_id = ${row.question_id} and answer_data = '[]'`)
  await tx.deleteFrom('checklist_option').where('id', '=', row.id).execute()
  await renewChecklist(call, row.checklist_id)
}
