// What checklists, their questions and what comes of them look like.
import {
  boolean,
  datetime,
  decimal,
  type Fields,
  integer,
  json,
  list,
  nullable,
  number,
  oneOf,
  text,
  url,
  uuid,
  type View,
} from '../platform/http/view.ts'
import { OPERATORS, QUESTION_TYPES } from './question-types.ts'

export const CHECKLIST_TYPES = [
  'project_compliance',
  'proposal_compliance',
  'offering_compliance',
  'project_metadata',
  'onboarding_customer',
  'onboarding_intent',
] as const
export type ChecklistType = (typeof CHECKLIST_TYPES)[number]

export const CHECKLISTS_PATH = '/api/checklists-admin/'
export const QUESTIONS_PATH = '/api/checklists-admin-questions/'
export const OPTIONS_PATH = '/api/checklists-admin-question-options/'
export const DEPENDENCIES_PATH = '/api/checklists-admin-question-dependencies/'

export const LOGIC = ['and', 'or'] as const

const operator = (sql: string) => oneOf([...OPERATORS, ''], sql)

export const checklistView: View = {
  name: 'Checklist',
  from: 'checklist',
  alias: 'checklist',
  joins: {},
  fields: {
    uuid: uuid('checklist.uuid'),
    url: url(`${CHECKLISTS_PATH}{}/`, 'checklist.uuid'),
    name: text('checklist.name'),
    description: text('checklist.description'),
    checklist_type: oneOf(CHECKLIST_TYPES, 'checklist.checklist_type'),
    // A checklist has a few hundred at most (commands.questions.ts).
    questions_count: integer('(select count(*) from checklist_question counted where counted.checklist_id = checklist.id)'),
  },
}

const option: Fields = {
  uuid: uuid('choice.uuid'),
  label: text('choice.label'),
  order: integer('choice."order"'),
  url: url(`${OPTIONS_PATH}{}/`, 'choice.uuid'),
  question: url(`${QUESTIONS_PATH}{}/`, 'question.uuid'),
  question_uuid: uuid('question.uuid'),
}

export const questionView: View = {
  name: 'QuestionAdmin',
  from: 'checklist_question question',
  alias: 'question',
  joins: { checklist: 'join checklist on checklist.id = question.checklist_id' },
  fields: {
    uuid: uuid('question.uuid'),
    url: url(`${QUESTIONS_PATH}{}/`, 'question.uuid'),
    required: boolean('question.required'),
    description: text('question.description'),
    user_guidance: text('question.user_guidance'),
    question_options: list(option, 'from checklist_option choice where choice.question_id = question.id', 'choice."order", choice.id'),
    question_type: oneOf(QUESTION_TYPES, 'question.question_type'),
    order: integer('question."order"'),
    min_value: nullable(decimal('question.min_value', 4)),
    max_value: nullable(decimal('question.max_value', 4)),
    allowed_file_types: json('question.allowed_file_types', {}),
    allowed_mime_types: json('question.allowed_mime_types', {}),
    max_file_size_mb: nullable(integer('question.max_file_size_mb')),
    max_files_count: nullable(integer('question.max_files_count')),
    operator: operator('question.operator'),
    review_answer_value: nullable(json('question.review_answer_value', {})),
    always_requires_review: boolean('question.always_requires_review'),
    guidance_operator: operator('question.guidance_operator'),
    guidance_answer_value: nullable(json('question.guidance_answer_value', {})),
    always_show_guidance: boolean('question.always_show_guidance'),
    dependency_logic_operator: oneOf(LOGIC, 'question.dependency_logic_operator'),
    checklist: url(`${CHECKLISTS_PATH}{}/`, 'checklist.uuid'),
    checklist_uuid: uuid('checklist.uuid'),
    checklist_name: text('checklist.name'),
    checklist_type: text('checklist.checklist_type'),
  },
}

export const optionView: View = {
  name: 'QuestionOptionsAdmin',
  from: 'checklist_option choice',
  alias: 'choice',
  joins: {
    question: 'join checklist_question question on question.id = choice.question_id',
    checklist: 'join checklist on checklist.id = question.checklist_id',
  },
  fields: option,
}

export const dependencyView: View = {
  name: 'QuestionDependency',
  from: 'checklist_dependency dependency',
  alias: 'dependency',
  joins: {
    question: 'join checklist_question question on question.id = dependency.question_id',
    base: 'join checklist_question base on base.id = dependency.depends_on_question_id',
    checklist: 'join checklist on checklist.id = question.checklist_id',
  },
  fields: {
    uuid: uuid('dependency.uuid'),
    url: url(`${DEPENDENCIES_PATH}{}/`, 'dependency.uuid'),
    question: url(`${QUESTIONS_PATH}{}/`, 'question.uuid'),
    question_name: text('question.description'),
    depends_on_question: url(`${QUESTIONS_PATH}{}/`, 'base.uuid'),
    depends_on_question_name: text('base.description'),
    required_answer_value: json('dependency.required_answer_value', {}),
    operator: oneOf(OPERATORS, 'dependency.operator'),
  },
}

/** How much of what is asked is answered, of a hundred; all of it where nothing is asked. `alias` is a completion's. */
export const percentage = (alias = 'completion'): string =>
  `(case when ${alias}.visible_questions = 0 then 100 else ${alias}.answered_questions * 100.0 / ${alias}.visible_questions end)`

/** What lists of other modules show of a completion, over the aliases `completion` and `checklist`. */
export const completionFields: Fields = {
  uuid: uuid('completion.uuid'),
  checklist_uuid: uuid('checklist.uuid'),
  checklist_name: text('checklist.name'),
  checklist_description: text('checklist.description'),
  is_completed: boolean('completion.is_completed'),
  completion_percentage: number(`round(${percentage()}, 1)`),
  unanswered_required_questions: integer('completion.unanswered_required_questions'),
  requires_review: boolean('completion.requires_review'),
  // The API has no way to say that somebody has looked at it.
  reviewed_by: nullable(integer('null::bigint')),
  reviewed_at: nullable(datetime('null::timestamptz')),
  review_notes: text(`''`),
  created: datetime('completion.created'),
  modified: datetime('completion.modified'),
}
