// What follows from the answers that there are: which questions are asked at all, which answers are to be looked at by somebody, and
// how far it has come (service-providers.md §1.9.3, §1.9.4). Pure.
import { type Limits, type Operator, type QuestionType, wordsOf } from './question-types.ts'

type Dependency = { depends_on_question_id: number; operator: Operator; required_answer_value: unknown }

export type Question = Limits & {
  id: number
  uuid: string
  description: string
  user_guidance: string
  question_type: QuestionType
  required: boolean
  order: number
  operator: Operator | ''
  review_answer_value: unknown
  always_requires_review: boolean
  guidance_operator: Operator | ''
  guidance_answer_value: unknown
  always_show_guidance: boolean
  dependency_logic_operator: 'and' | 'or'
  options: readonly { uuid: string; label: string; order: number }[]
  dependencies: readonly Dependency[]
}

/** The answer that counts, by the id of its question. */
export type Answers = ReadonlyMap<number, unknown>

/** An empty text or list says nothing. */
export function saysSomething(answer: unknown): boolean {
  if (answer === undefined || answer === null) return false
  return Array.isArray(answer) ? answer.length > 0 : typeof answer !== 'string' || answer.trim() !== ''
}

/** Whether an answer compares so with a value; of no answer nothing holds, not even that it is another. */
export function holds(type: QuestionType, operator: Operator | '', answer: unknown, value: unknown): boolean {
  if (operator === '' || !saysSomething(answer)) return false
  const given = wordsOf(type, answer)
  const wanted = wordsOf(type, value)
  if (operator === 'contains') return given.some((text) => wanted.some((part) => text.includes(part)))
  const met = given.some((text) => wanted.includes(text))
  return operator === 'equals' || operator === 'in' ? met : !met
}

/** The questions that are asked: what was answered to one that is not asked any more counts for nothing, also for those behind it. */
export function visibleQuestions(questions: readonly Question[], answers: Answers): Question[] {
  const byId = new Map(questions.map((question) => [question.id, question]))
  const known = new Map<number, boolean>()

  function isVisible(question: Question): boolean {
    const before = known.get(question.id)
    if (before !== undefined) return before
    // Nothing depends on itself (commands.dependencies.ts); were it so, it would be asked by nobody.
    known.set(question.id, false)
    const met = question.dependencies.map(({ depends_on_question_id, operator, required_answer_value }) => {
      const base = byId.get(depends_on_question_id)
      return base !== undefined && isVisible(base) && holds(base.question_type, operator, answers.get(base.id), required_answer_value)
    })
    const visible = met.length === 0 || (question.dependency_logic_operator === 'or' ? met.includes(true) : !met.includes(false))
    known.set(question.id, visible)
    return visible
  }

  return questions.filter(isVisible)
}

/** An answer that somebody has to look at. */
export const needsReview = ({ question_type, always_requires_review, operator, review_answer_value }: Question, answer: unknown): boolean =>
  saysSomething(answer) && (always_requires_review || holds(question_type, operator, answer, review_answer_value))

export const showsGuidance = (
  { question_type, always_show_guidance, guidance_operator, guidance_answer_value }: Question,
  answer: unknown,
): boolean => always_show_guidance || holds(question_type, guidance_operator, answer, guidance_answer_value)

export const unansweredRequired = (visible: readonly Question[], answers: Answers): Question[] =>
  visible.filter(({ id, required }) => required && !saysSomething(answers.get(id)))

export type Progress = {
  visible_questions: number
  answered_questions: number
  unanswered_required_questions: number
  requires_review: boolean
  is_completed: boolean
}

/** How far it has come. Where nothing must be answered, it is complete once somebody has submitted; where nothing is asked, at once. */
export function progressOf(questions: readonly Question[], answers: Answers, submitted: boolean): Progress {
  const visible = visibleQuestions(questions, answers)
  const unanswered = unansweredRequired(visible, answers).length
  return {
    visible_questions: visible.length,
    answered_questions: visible.filter(({ id }) => saysSomething(answers.get(id))).length,
    unanswered_required_questions: unanswered,
    requires_review: visible.some((question) => needsReview(question, answers.get(question.id))),
    is_completed: unanswered === 0 && (submitted || questions.length === 0),
  }
}
