// Questions, and what they depend on. What staff write is refused where it could never hold (service-providers.md §1.9.3).
import { Decimal } from 'decimal.js'
import { sql } from 'kysely'
import { run, type Tx } from '../platform/db/database.ts'
import { invalid, invalidBody } from '../platform/http/errors.ts'
import type { Call } from '../platform/http/operation.ts'
import { quoted } from '../platform/http/shapes.read.ts'
import { body, boolean, choice, decimal, integer, json, list, nullable, optional, type Parsed, text } from '../platform/http/shapes.ts'
import { jsonText, onlySent } from '../platform/sent.ts'
import { holdChecklist, holdQuestion, linkInside } from './commands.ts'
import { checklists, type DependencyRow, type QuestionRow, questions } from './list.ts'
import { isComparable, OPERATORS, type Operator, QUESTION_TYPES, type QuestionType, TYPES } from './question-types.ts'
import { renewChecklist } from './renewal.ts'
import { LOGIC } from './view.ts'

const QUESTIONS_MAX = 500
const DEPENDENCIES_MAX = 100

const fileTypes = () => optional(list(text({ max: 100 }), { max: 100 }))
const bound = () => optional(nullable(decimal({ digits: 20, places: 4 })))
const operator = () => optional(choice(OPERATORS, { blank: true }))

export const questionBody = body('QuestionAdminRequest', {
  checklist: linkInside(checklists),
  required: optional(boolean()),
  description: optional(text({ max: 10_000 })),
  user_guidance: optional(text({ max: 10_000, blank: true })),
  question_type: optional(choice(QUESTION_TYPES)),
  order: optional(integer({ min: 0 })),
  min_value: bound(),
  max_value: bound(),
  allowed_file_types: fileTypes(),
  allowed_mime_types: fileTypes(),
  max_file_size_mb: optional(nullable(integer({ min: 1 }))),
  max_files_count: optional(nullable(integer({ min: 1 }))),
  operator: operator(),
  review_answer_value: optional(nullable(json())),
  always_requires_review: optional(boolean()),
  guidance_answer_value: optional(nullable(json())),
  guidance_operator: operator(),
  always_show_guidance: optional(boolean()),
  dependency_logic_operator: optional(choice(LOGIC)),
})
type QuestionInput = Parsed<typeof questionBody>

/** What of a question hangs together. */
type Rules = {
  question_type: QuestionType
  min_value: string | null
  max_value: string | null
  allowed_file_types: readonly string[]
  allowed_mime_types: readonly string[]
  max_file_size_mb: number | null
  max_files_count: number | null
  operator: Operator | ''
  review_answer_value: unknown
  guidance_operator: Operator | ''
  guidance_answer_value: unknown
  always_show_guidance: boolean
}

const NEW: Rules = {
  question_type: 'boolean',
  min_value: null,
  max_value: null,
  allowed_file_types: [],
  allowed_mime_types: [],
  max_file_size_mb: null,
  max_files_count: null,
  operator: '',
  review_answer_value: null,
  guidance_operator: '',
  guidance_answer_value: null,
  always_show_guidance: true,
}

/** What is wrong with comparing answers so; `what` is what the value is called. */
function faultOfComparison(type: QuestionType, operator: Operator, value: unknown, what: string): string | undefined {
  if (!TYPES[type].operators.includes(operator)) return `Operator '${operator}' is not valid for question type '${type}'.`
  return isComparable(type, operator, value) ? undefined : `${what} '${quoted(value)}' is not valid for question type '${type}'.`
}

function faultOfLimits({ question_type, min_value, max_value, max_files_count, ...rules }: Rules): string | undefined {
  const { ranged, filed } = TYPES[question_type]
  if (!ranged && (min_value !== null || max_value !== null)) {
    return 'Min and max values can only be set for NUMBER, YEAR, and RATING type questions.'
  }
  if (min_value !== null && max_value !== null && new Decimal(min_value).gt(max_value)) {
    return 'Minimum value cannot be greater than maximum value.'
  }
  const forFiles = ['allowed_file_types', 'allowed_mime_types', 'max_file_size_mb'] as const
  const set = forFiles.find((name) => (Array.isArray(rules[name]) ? rules[name].length > 0 : rules[name] !== null))
  if (!filed && set) return `${set} can only be set for FILE and MULTIPLE_FILES type questions.`
  if (question_type !== 'multiple_files' && max_files_count !== null) {
    return 'max_files_count can only be set for MULTIPLE_FILES type questions.'
  }
  return undefined
}

function faultOfConditions(rules: Rules): string | undefined {
  const { question_type, operator, review_answer_value, guidance_operator, guidance_answer_value, always_show_guidance } = rules
  if ((operator === '') !== (review_answer_value === null)) {
    return `Both 'operator' and 'review_answer_value' must be set together or both must be empty.`
  }
  if (!always_show_guidance && (guidance_operator === '' || guidance_answer_value === null)) {
    return `When 'always_show_guidance' is False, both 'guidance_operator' and 'guidance_answer_value' must be set.`
  }
  const review = operator && faultOfComparison(question_type, operator, review_answer_value, 'Review answer value')
  if (review) return review
  if (guidance_operator === '' || guidance_answer_value === null) return undefined
  return faultOfComparison(question_type, guidance_operator, guidance_answer_value, 'Guidance answer value')
}

function requireSound(rules: Rules): void {
  const fault = faultOfLimits(rules) ?? faultOfConditions(rules)
  if (fault) throw invalidBody(fault)
}

const JSON_COLUMNS = ['allowed_file_types', 'allowed_mime_types', 'review_answer_value', 'guidance_answer_value'] as const

/** The columns that were sent; no value is no value there, and not the null of JSON. */
function columnsOf({ checklist: _, ...input }: Partial<QuestionInput>) {
  const columns = onlySent(input)
  const texts = JSON_COLUMNS.flatMap((name) => {
    const value = columns[name]
    return value === undefined ? [] : [[name, value === null ? null : jsonText(value)] as const]
  })
  return { ...columns, ...(Object.fromEntries(texts) as { [Name in (typeof JSON_COLUMNS)[number]]?: string }) }
}

export async function createQuestion(call: Call<undefined, QuestionInput>): Promise<number> {
  const { tx, input } = call
  const checklistId = input.checklist.id
  await holdChecklist(tx, checklistId, 'checklist')
  const [counted] = await run(tx, sql<{ n: number }>`select count(*) as n from checklist_question where checklist_id = ${checklistId}`)
  if ((counted?.n ?? 0) >= QUESTIONS_MAX) throw invalidBody(`A checklist has at most ${QUESTIONS_MAX} questions.`)
  requireSound({ ...NEW, ...onlySent(input) })
  const { id } = await tx
    .insertInto('checklist_question')
    .values({ ...columnsOf(input), checklist_id: checklistId })
    .returning('id')
    .executeTakeFirstOrThrow()
  await renewChecklist(call, checklistId)
  return id
}

/** Changes a question; one that is answered, or on which others depend, stays of its type. */
export async function updateQuestion(call: Call<QuestionRow, Partial<QuestionInput>>): Promise<number> {
  const { tx, row, input } = call
  if (input.checklist && input.checklist.id !== row.checklist_id) {
    throw invalid({ checklist: ['The checklist of a question cannot be changed.'] })
  }
  const [stored] = await run(tx, sql<Rules>`select * from checklist_question where id = ${row.id}`)
  requireSound({ ...(stored as Rules), ...onlySent(input) })
  const isOther = input.question_type !== undefined && input.question_type !== row.question_type
  if (isOther && (await isRelied(tx, row.id))) {
    throw invalid({ question_type: ['The type of a question that has answers, or on which others depend, cannot be changed.'] })
  }
  const columns = columnsOf(input)
  if (Object.keys(columns).length > 0) await tx.updateTable('checklist_question').set(columns).where('id', '=', row.id).execute()
  await renewChecklist(call, row.checklist_id)
  return row.id
}

async function isRelied(tx: Tx, id: number): Promise<boolean> {
  const found = await run(
    tx,
    sql`select from checklist_answer where question_id = ${id}
      union all select from checklist_dependency where depends_on_question_id = ${id} limit 1`,
  )
  return found.length > 0
}

export async function deleteQuestion(call: Call<QuestionRow>): Promise<void> {
  await call.tx.deleteFrom('checklist_question').where('id', '=', call.row.id).execute()
  await renewChecklist(call, call.row.checklist_id)
}

export const dependencyBody = body('QuestionDependencyRequest', {
  question: linkInside(questions),
  depends_on_question: linkInside(questions),
  required_answer_value: json(),
  operator: optional(choice(OPERATORS)),
})
type DependencyInput = Parsed<typeof dependencyBody>

/** A dependency as it is to stand. */
type Wanted = { id: number | null; question: QuestionRow; base: QuestionRow; operator: Operator; value: unknown }

/** 400 for what would never hold or lead back to where it began. The checklist is locked, so that no other leads there meanwhile. */
async function requireSense(tx: Tx, { id, question, base, operator, value }: Wanted): Promise<void> {
  if (question.id === base.id) throw invalidBody('Question cannot depend on itself')
  if (question.checklist_id !== base.checklist_id) throw invalidBody('Both questions must belong to the same checklist.')
  await holdQuestion(tx, question, 'question')
  await holdQuestion(tx, base, 'depends_on_question')
  const [stored] = await run(tx, sql<{ type: QuestionType }>`select question_type as type from checklist_question where id = ${base.id}`)
  const fault = stored && faultOfComparison(stored.type, operator, value, 'Required answer value')
  if (fault) throw invalidBody(fault)
  const others = sql`(select * from checklist_dependency where id is distinct from ${id}::bigint)`
  const [found] = await run(
    tx,
    sql<{ circle: boolean; n: number }>`with recursive above as (
        select ${base.id}::bigint as id union select d.depends_on_question_id from above join ${others} d on d.question_id = above.id)
      select exists (select from above where id = ${question.id}) as circle,
        (select count(*) from ${others} d where d.question_id = ${question.id}) as n`,
  )
  if (found?.circle) throw invalidBody('Circular dependency detected')
  if ((found?.n ?? 0) >= DEPENDENCIES_MAX) throw invalidBody(`A question has at most ${DEPENDENCIES_MAX} dependencies.`)
}

export async function createDependency(call: Call<undefined, DependencyInput>): Promise<number> {
  const { tx, input } = call
  const { question, depends_on_question: base, operator = 'equals', required_answer_value: value } = input
  await requireSense(tx, { id: null, question, base, operator, value })
  const columns = { question_id: question.id, depends_on_question_id: base.id, operator, required_answer_value: jsonText(value) }
  const { id } = await tx.insertInto('checklist_dependency').values(columns).returning('id').executeTakeFirstOrThrow()
  await renewChecklist(call, question.checklist_id)
  return id
}

export async function updateDependency(call: Call<DependencyRow, Partial<DependencyInput>>): Promise<number> {
  const { tx, row, input } = call
  const question = input.question ?? (await questionAt(tx, row.question_id))
  const base = input.depends_on_question ?? (await questionAt(tx, row.depends_on_question_id))
  if (question.checklist_id !== row.checklist_id) throw invalid({ question: ['A dependency cannot be moved to another checklist.'] })
  const { operator = row.operator, required_answer_value: value = row.required_answer_value } = input
  await requireSense(tx, { id: row.id, question, base, operator, value })
  const columns = { question_id: question.id, depends_on_question_id: base.id, operator, required_answer_value: jsonText(value) }
  await tx.updateTable('checklist_dependency').set(columns).where('id', '=', row.id).execute()
  await renewChecklist(call, row.checklist_id)
  return row.id
}

async function questionAt(tx: Tx, id: number): Promise<QuestionRow> {
  const [found] = await run(
    tx,
    sql<QuestionRow>`select id, wire_uuid(uuid) as uuid, checklist_id, question_type from checklist_question where id = ${id}`,
  )
  return found as QuestionRow
}

export async function deleteDependency(call: Call<DependencyRow>): Promise<void> {
  await call.tx.deleteFrom('checklist_dependency').where('id', '=', call.row.id).execute()
  await renewChecklist(call, call.row.checklist_id)
}
