// A checklist as whoever answers it finds it, and as whoever looks the answers over does: the latter alone are told what is to be looked
// at and why (service-providers.md §5.6).
import { sql } from 'kysely'
import { type Executor, run } from '../platform/db/database.ts'
import { notFound } from '../platform/http/errors.ts'
import type { JsonSchema } from '../platform/http/view.ts'
import { type Answers, needsReview, type Question, saysSomething, showsGuidance, unansweredRequired, visibleQuestions } from './progress.ts'
import { OPERATORS, QUESTION_TYPES } from './question-types.ts'
import { type CountedAnswer, countedAnswers, questionsOf } from './renewal.ts'
import { percentage } from './view.ts'

type Row = {
  checklist_id: number
  checklist_uuid: string
  checklist_name: string
  checklist_description: string
  checklist_type: string
  uuid: string
  is_completed: boolean
  requires_review: boolean
  percentage: number
  created: string
  modified: string
}

type Whole = { row: Row; questions: Question[]; visible: Question[]; given: ReadonlyMap<number, CountedAnswer>; answers: Answers }

async function readWhole(db: Executor, completionId: number, whole: boolean): Promise<Whole> {
  const [row] = await run(
    db,
    sql<Row>`select completion.uuid, completion.is_completed, completion.requires_review, wire_time(completion.created) as created,
        wire_time(completion.modified) as modified, round(${sql.raw(percentage())}, 1)::float8 as percentage,
        checklist.id as checklist_id, checklist.uuid as checklist_uuid, checklist.name as checklist_name,
        checklist.description as checklist_description, checklist.checklist_type
      from checklist_completion completion join checklist on checklist.id = completion.checklist_id where completion.id = ${completionId}`,
  )
  if (!row) throw notFound()
  const questions = await questionsOf(db, row.checklist_id)
  const given = new Map((await countedAnswers(db, [completionId], { whole })).map((answer) => [answer.question_id, answer]))
  const answers = new Map([...given].map(([id, { answer_data }]) => [id, answer_data]))
  return { row, questions, given, answers, visible: visibleQuestions(questions, answers) }
}

const named = ({ uuid, description }: Question) => ({ uuid, description })

const statusOf = ({ row, visible, answers }: Whole) => ({
  uuid: row.uuid,
  is_completed: row.is_completed,
  completion_percentage: row.percentage,
  unanswered_required_questions: unansweredRequired(visible, answers).map(named),
  checklist_name: row.checklist_name,
  checklist_description: row.checklist_description,
  created: row.created,
  modified: row.modified,
})

/** What is to be looked at, and by which rule. */
const triggersOf = ({ visible, answers }: Whole) =>
  visible
    .filter((question) => needsReview(question, answers.get(question.id)))
    .map(({ uuid, description, always_requires_review, operator, review_answer_value, id }) => ({
      question_uuid: uuid,
      question: description,
      answer_data: answers.get(id),
      always_requires_review,
      operator,
      review_answer_value,
    }))

const reviewOf = (whole: Whole) => ({
  ...statusOf(whole),
  requires_review: whole.row.requires_review,
  // The API has no way to say that somebody has looked at it.
  reviewed_by: null,
  reviewed_by_name: '',
  reviewed_at: null,
  review_notes: '',
  review_trigger_summary: triggersOf(whole),
})

/** How far a completion has come. */
export const completionStatus = async (db: Executor, completionId: number) => statusOf(await readWhole(db, completionId, false))

/** The same for who looks it over. */
export const completionReview = async (db: Executor, completionId: number) => reviewOf(await readWhole(db, completionId, false))

type Reading = {
  /** Also what is not asked, as things stand. */
  includeAll?: boolean
}

/** The questions with what was answered to them. */
export async function readChecklist(db: Executor, completionId: number, reading: Reading = {}) {
  const whole = await readWhole(db, completionId, true)
  return { ...headOf(whole), completion: statusOf(whole), questions: shown(whole, reading).map((question) => questionOf(whole, question)) }
}

/** The same for who looks it over. */
export async function readChecklistReview(db: Executor, completionId: number, reading: Reading = {}) {
  const whole = await readWhole(db, completionId, true)
  const told = (question: Question) => {
    const { operator, review_answer_value, always_requires_review } = question
    return { ...questionOf(whole, question), operator, review_answer_value, always_requires_review }
  }
  return { ...headOf(whole), completion: reviewOf(whole), questions: shown(whole, reading).map(told) }
}

const headOf = ({ row }: Whole) => ({
  checklist: { uuid: row.checklist_uuid, name: row.checklist_name, checklist_type: row.checklist_type },
})

const shown = ({ questions, visible }: Whole, { includeAll }: Reading) => (includeAll ? questions : visible)

function questionOf({ questions, given }: Whole, question: Question) {
  const answer = given.get(question.id)
  const { options, dependencies, user_guidance, dependency_logic_operator, question_type } = question
  return {
    uuid: question.uuid,
    description: question.description,
    user_guidance: user_guidance !== '' && showsGuidance(question, answer?.answer_data) ? user_guidance : null,
    question_type,
    required: question.required,
    order: question.order,
    existing_answer: answer && saysSomething(answer.answer_data) ? shownAnswer(answer) : null,
    question_options: options.length > 0 ? options : null,
    min_value: question.min_value,
    max_value: question.max_value,
    allowed_file_types: question.allowed_file_types,
    allowed_mime_types: question.allowed_mime_types,
    max_file_size_mb: question.max_file_size_mb,
    max_files_count: question.max_files_count,
    dependencies_info:
      dependencies.length === 0
        ? null
        : {
            logic_operator: dependency_logic_operator,
            depends_on: dependencies.map(({ depends_on_question_id, operator, required_answer_value }) => {
              const base = questions.find(({ id }) => id === depends_on_question_id)
              return { question_uuid: base?.uuid, question: base?.description, operator, required_answer_value }
            }),
          },
  }
}

const shownAnswer = ({ uuid, answer_data, user_name, created, modified }: CountedAnswer) => ({
  uuid,
  answer_data,
  user_name,
  created,
  modified,
})

// What the answers look like, for the description.
const nullable = (type: string, more: JsonSchema = {}): JsonSchema => ({ type: [type, 'null'], ...more })
const whole = (properties: { [name: string]: JsonSchema }): JsonSchema => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
})
const anyObject: JsonSchema = { type: 'object', additionalProperties: true }
const text: JsonSchema = { type: 'string' }
const yes: JsonSchema = { type: 'boolean' }
const uuid: JsonSchema = { type: 'string', format: 'uuid' }
const moment: JsonSchema = { type: 'string', format: 'date-time' }
const rows: JsonSchema = { type: 'array', items: {} }

const status = {
  uuid,
  is_completed: yes,
  completion_percentage: { type: 'number' },
  unanswered_required_questions: rows,
  checklist_name: text,
  checklist_description: text,
  created: moment,
  modified: moment,
}
const review = {
  ...status,
  requires_review: yes,
  reviewed_by: nullable('integer'),
  reviewed_by_name: text,
  reviewed_at: nullable('string', { format: 'date-time' }),
  review_notes: text,
  review_trigger_summary: rows,
}
const question = {
  uuid,
  description: text,
  user_guidance: nullable('string'),
  question_type: { type: 'string', enum: [...QUESTION_TYPES] },
  required: yes,
  order: { type: 'integer' },
  existing_answer: nullable('object', { additionalProperties: true }),
  question_options: nullable('array', { items: {} }),
  min_value: nullable('string', { format: 'decimal' }),
  max_value: nullable('string', { format: 'decimal' }),
  allowed_file_types: {},
  allowed_mime_types: {},
  max_file_size_mb: nullable('integer'),
  max_files_count: nullable('integer'),
  dependencies_info: nullable('object', { additionalProperties: true }),
}
const reviewed = {
  ...question,
  operator: { type: 'string', enum: [...OPERATORS, ''] },
  review_answer_value: {},
  always_requires_review: yes,
}
const listed = (of: { [name: string]: JsonSchema }): JsonSchema => ({ type: 'array', items: whole(of) })

export const completionStatusSchema: JsonSchema = whole(status)
export const completionReviewSchema: JsonSchema = whole(review)
export const checklistSchema: JsonSchema = whole({ checklist: anyObject, completion: whole(status), questions: listed(question) })
export const checklistReviewSchema: JsonSchema = whole({ checklist: anyObject, completion: whole(review), questions: listed(reviewed) })
export const submittedSchema: JsonSchema = whole({ detail: text, completion: whole(status) })
