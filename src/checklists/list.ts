// Checklists as staff write them. Nobody else may, or sees them here: others meet a checklist where they are to answer it.
import { sql } from 'kysely'
import { staffOnly } from '../core/public.ts'
import type { Actor } from '../platform/auth/actor.ts'
import type { Collection } from '../platform/http/collection.ts'
import { as, int, type RowOf, uuid } from '../platform/http/columns.ts'
import { accepted, choiceIs, type Filter, ownMany, requireChoice, uuidIs } from '../platform/http/filters.ts'
import type { Operator, QuestionType } from './question-types.ts'
import {
  CHECKLIST_TYPES,
  CHECKLISTS_PATH,
  type ChecklistType,
  checklistView,
  DEPENDENCIES_PATH,
  dependencyView,
  OPTIONS_PATH,
  optionView,
  QUESTIONS_PATH,
  questionView,
} from './view.ts'

/** 403, not an empty list, for everybody else (service-providers.md §4.1). */
const staffs = { before: staffOnly, visible: (actor: Actor | undefined) => (actor?.is_staff ? 'all' : 'none') } as const

const typeFilters: { [name: string]: Filter } = {
  checklist_type: choiceIs(CHECKLIST_TYPES, 'checklist.checklist_type'),
  checklist_type__in: ownMany(
    { type: 'string', enum: [...CHECKLIST_TYPES] },
    (values) => {
      const wanted = values.flatMap((value) => value.split(',')).map((value) => requireChoice(CHECKLIST_TYPES, value))
      return sql`checklist.checklist_type = any(${wanted}::text[])`
    },
    'checklist.checklist_type',
  ),
}

const CHECKLIST = { id: int('checklist.id'), uuid: uuid('checklist.uuid'), checklist_type: as<ChecklistType>('checklist.checklist_type') }
export type Checklist = RowOf<typeof CHECKLIST>

export const checklists: Collection<Checklist> = {
  path: CHECKLISTS_PATH,
  name: 'checklists_admin',
  model: 'Checklist',
  view: checklistView,
  ...staffs,
  filters: typeFilters,
  orderings: { name: 'checklist.name' },
  defaultOrder: ['name'],
  subject: CHECKLIST,
}

const QUESTION = {
  id: int('question.id'),
  uuid: uuid('question.uuid'),
  checklist_id: int('question.checklist_id'),
  question_type: as<QuestionType>('question.question_type'),
}
export type QuestionRow = RowOf<typeof QUESTION>

// A checklist stands for all that belongs to it: what its questions depend on is decided by one at a time.
const CHECKLIST_LOCK = ['checklist', 'update'] as const

const ordered = { orderings: { order: 'question."order"' }, defaultOrder: ['order'] }

export const questions: Collection<QuestionRow> = {
  path: QUESTIONS_PATH,
  name: 'checklists_admin_questions',
  model: 'Question',
  view: questionView,
  ...staffs,
  filters: {
    checklist_uuid: uuidIs('checklist.uuid'),
    checklist_type: choiceIs(CHECKLIST_TYPES, 'checklist.checklist_type'),
    // Nothing of onboarding is filled in by answers here.
    has_onboarding_mapping: accepted({ type: 'boolean' }),
  },
  ...ordered,
  subject: QUESTION,
  lock: { rows: [CHECKLIST_LOCK, ['question', 'update']] },
}

/** The questions of one checklist. */
export const questionsOfChecklist: Collection = {
  path: `${CHECKLISTS_PATH}{uuid}/questions/`,
  name: 'checklists_admin_checklist_questions',
  model: 'Question',
  view: questionView,
  ...staffs,
  // The contract repeats those of checklists.
  filters: typeFilters,
  ...ordered,
}

const OPTION = {
  id: int('choice.id'),
  uuid: uuid('choice.uuid'),
  question_id: int('choice.question_id'),
  checklist_id: int('question.checklist_id'),
}
export type OptionRow = RowOf<typeof OPTION>

export const options: Collection<OptionRow> = {
  path: OPTIONS_PATH,
  name: 'checklists_admin_question_options',
  model: 'QuestionOption',
  view: optionView,
  ...staffs,
  filters: { question_uuid: uuidIs('question.uuid') },
  orderings: { order: 'choice."order"' },
  defaultOrder: ['order'],
  subject: OPTION,
  lock: { rows: [CHECKLIST_LOCK, ['choice', 'update']] },
}

const DEPENDENCY = {
  id: int('dependency.id'),
  uuid: uuid('dependency.uuid'),
  question_id: int('dependency.question_id'),
  depends_on_question_id: int('dependency.depends_on_question_id'),
  checklist_id: int('question.checklist_id'),
  operator: as<Operator>('dependency.operator'),
  required_answer_value: as<unknown>('dependency.required_answer_value'),
}
export type DependencyRow = RowOf<typeof DEPENDENCY>

export const dependencies: Collection<DependencyRow> = {
  path: DEPENDENCIES_PATH,
  name: 'checklists_admin_question_dependencies',
  model: 'QuestionDependency',
  view: dependencyView,
  ...staffs,
  filters: { question_uuid: uuidIs('question.uuid'), depends_on_question_uuid: uuidIs('base.uuid') },
  orderings: {},
  defaultOrder: [],
  subject: DEPENDENCY,
  lock: { rows: [CHECKLIST_LOCK, ['dependency', 'update']] },
}
