// Answers, as people give them: all of what was sent is kept, or nothing and each is told what is wrong with it (§5.6).
import { sql } from 'kysely'
import { run } from '../platform/db/database.ts'
import { type FieldErrors, notFound, Refusal, tooLarge } from '../platform/http/errors.ts'
import { quoted } from '../platform/http/shapes.read.ts'
import { body, json, list, nullable, type Parsed, uuid } from '../platform/http/shapes.ts'
import { jsonText } from '../platform/sent.ts'
import type { Context } from '../platform/wiring.ts'
import type { Question } from './progress.ts'
import { TYPES } from './question-types.ts'
import { questionsOf, renewCompletion } from './renewal.ts'

const ANSWERS_MAX = 500
const KEPT_MAX_BYTES = 16 * 1024 * 1024

/** `answer_data` null takes the caller's answer back. */
export const answersBody = list(body({ question_uuid: uuid(), answer_data: nullable(json()) }), { max: ANSWERS_MAX })
export type SentAnswers = Parsed<typeof answersBody>

type Read = { question: Question; answer: unknown } | { problem: string }

/** The answer to a question of the checklist as it is kept, or what is wrong with it. */
async function readAnswer(questions: readonly Question[], known: ReadonlySet<string>, sent: SentAnswers[number]): Promise<Read> {
  const { question_uuid, answer_data } = sent
  const question = questions.find(({ uuid }) => uuid === question_uuid)
  if (!question) {
    return {
      problem: known.has(question_uuid)
        ? `Question ${question_uuid} does not belong to this checklist`
        : `Question with UUID ${question_uuid} does not exist`,
    }
  }
  if (answer_data === null) return { question, answer: null }
  const { question_type, description } = question
  const answer = await TYPES[question_type].read(answer_data, question)
  if (answer !== undefined) return { question, answer }
  return { problem: `Answer value '${quoted(answer_data)}' is not valid for the question '${description}' (type: ${question_type}).` }
}

/** Keeps the caller's answers to a completion, and works out how far it has come. Throws 400 with one entry for each answer sent. */
export async function submitAnswers({ tx, actor }: Pick<Context, 'tx' | 'actor'>, completionId: number, sent: SentAnswers): Promise<void> {
  const [completion] = await run(
    tx,
    sql<{ checklist_id: number }>`select checklist_id from checklist_completion where id = ${completionId} for update`,
  )
  if (!completion || !actor) throw notFound()
  const questions = await questionsOf(tx, completion.checklist_id)
  const found = await run(
    tx,
    sql<{ uuid: string }>`select uuid from checklist_question where uuid = any(${sent.map(({ question_uuid }) => question_uuid)}::uuid[])`,
  )
  const known = new Set(found.map(({ uuid }) => uuid))
  const read: Read[] = []
  for (const one of sent) read.push(await readAnswer(questions, known, one))
  if (read.some((one) => 'problem' in one)) {
    throw new Refusal(
      400,
      read.map((one): FieldErrors => ('problem' in one ? { non_field_errors: [one.problem] } : {})),
    )
  }
  await store(tx, completionId, actor.id, read)
  await run(tx, sql`update checklist_completion set submitted = true, modified = now() where id = ${completionId}`)
  await renewCompletion(tx, questions, completionId)
}

async function store(tx: Context['tx'], completionId: number, userId: number, read: readonly Read[]): Promise<void> {
  // Of two answers to one question the last counts.
  const last = new Map(read.flatMap((one) => ('question' in one ? [[one.question.id, one.answer] as const] : [])))
  const taken = [...last].filter(([, answer]) => answer === null).map(([id]) => id)
  const kept = [...last].filter(([, answer]) => answer !== null).map(([question_id, answer]) => ({ question_id, answer }))
  await run(
    tx,
    sql`delete from checklist_answer where completion_id = ${completionId} and user_id = ${userId} and question_id = any(${taken}::bigint[])`,
  )
  await run(
    tx,
    sql`insert into checklist_answer (completion_id, question_id, user_id, answer_data)
      select ${completionId}, n.question_id, ${userId}, n.answer from jsonb_to_recordset(${jsonText(kept)}::jsonb) n (question_id bigint, answer jsonb)
      on conflict on constraint checklist_answer_key do update set answer_data = excluded.answer_data, modified = now()`,
  )
  // Whoever reads a checklist reads all that was answered to it.
  const [size] = await run(
    tx,
    sql<{
      bytes: number
    }>`select coalesce(sum(pg_column_size(answer_data)), 0)::bigint as bytes from checklist_answer where completion_id = ${completionId}`,
  )
  if ((size?.bytes ?? 0) > KEPT_MAX_BYTES) throw tooLarge('The answers hold more than can be kept.')
}
