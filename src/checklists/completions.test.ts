// What is asked and what was answered, as a module to the right has it: here one that asks people about themselves.
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Client, client } from '../../tests/support/client.ts'
import { type Person, world } from '../../tests/support/world.ts'
import { type Api, action, list, operation, read } from '../platform/http/api.ts'
import type { Collection } from '../platform/http/collection.ts'
import { body, uuid } from '../platform/http/shapes.ts'
import {
  answersBody,
  checklistReviewSchema,
  checklistSchema,
  completionFields,
  completionReview,
  completionReviewSchema,
  completionStatus,
  makeCompletions,
  readChecklist,
  readChecklistReview,
  removeCompletions,
  submitAnswers,
  submittedSchema,
} from './public.ts'

const ASKED = '/api/asked/'

const asked: Collection<{ id: number; uuid: string }> = {
  path: ASKED,
  name: 'asked',
  model: 'Asked',
  view: {
    name: 'Asked',
    from: 'checklist_completion completion',
    alias: 'completion',
    joins: { checklist: 'join checklist on checklist.id = completion.checklist_id' },
    fields: completionFields,
  },
  visible: () => 'all',
  filters: {},
  orderings: {},
  defaultOrder: [],
}

const ask = body({ checklist: uuid() })
const everybody = sql<{ scope_id: number; user_id: number }>`select id as scope_id, id as user_id from "user" where last_name = 'Asked'`

async function idOf(tx: Api['db'], hex: string): Promise<number> {
  const { id } = await tx.selectFrom('checklist').select('id').where('uuid', '=', hex).executeTakeFirstOrThrow()
  return id
}

function routes(api: Api): void {
  const shown = [
    ['checklist', checklistSchema, readChecklist],
    ['checklist_review', checklistReviewSchema, readChecklistReview],
    ['completion_review_status', completionReviewSchema, completionReview],
  ] as const
  for (const [verb, answer, run] of shown) {
    read(api, {
      path: `${ASKED}{uuid}/${verb}/`,
      id: `asked_${verb}`,
      tag: 'asked',
      summary: verb,
      of: asked,
      answer,
      permission: 'anyone who sees it',
      run: ({ db, row, query }) => run(db, row.id, { includeAll: query.include_all === 'true' }),
    })
  }
  list(api, asked)
  action(api, asked, 'submit_answers', {
    summary: 'Answer',
    permission: 'anyone who sees it',
    body: answersBody,
    answer: submittedSchema,
    run: async (call) => {
      await submitAnswers(call, call.row.id, call.input)
      return { detail: 'Answers submitted successfully', completion: await completionStatus(call.tx, call.row.id) }
    },
  })
  operation(
    api,
    { path: '/api/asks/', id: 'asks', tag: 'asked' },
    {
      summary: 'Ask everybody',
      permission: 'anyone with a token',
      body: ask,
      run: async ({ tx, input }) => makeCompletions(tx, await idOf(tx, input.checklist), { type: 'person', rows: everybody }),
    },
  )
  operation(
    api,
    { path: '/api/unasks/', id: 'unasks', tag: 'asked' },
    {
      summary: 'Ask nobody any more',
      permission: 'anyone with a token',
      body: ask,
      run: async ({ tx, input }) => removeCompletions(tx, await idOf(tx, input.checklist), 'person', sql`select id from "user"`),
    },
  )
}

const w = world({}, [{ routes }])
let staff: Client
let ann: Person
let bob: Person
const as = (person: Person) => client(w.current.app, { token: person.token, checked: false })

beforeAll(async () => {
  staff = as(await w.current.user({ is_staff: true }))
  ann = await w.current.user({ last_name: 'Asked' })
  bob = await w.current.user()
})

type Made = { uuid: string; url: string }
const made = async (path: string, sent: object): Promise<Made> => {
  const { status, body } = await staff.post(path, sent)
  expect([status, body]).toEqual([201, expect.anything()])
  return body
}

/** A checklist with these questions, which Ann is asked. */
async function asking(...questions: object[]) {
  const list = await made('/api/checklists-admin/', { name: 'Rules', description: 'Of the house' })
  const asks: Made[] = []
  for (const [order, question] of questions.entries()) {
    asks.push(await made('/api/checklists-admin-questions/', { checklist: list.url, description: `Question ${order}`, order, ...question }))
  }
  await staff.post('/api/asks/', { checklist: list.uuid })
  const rows = async () =>
    (await staff.get(ASKED, { query: { page_size: 300 } })).body.filter(
      (row: { checklist_uuid: string }) => row.checklist_uuid === list.uuid,
    )
  const path = `${ASKED}${(await rows())[0].uuid}/`
  return {
    list,
    asks,
    row: async () => (await rows())[0],
    submit: (answers: unknown, by = ann) => as(by).post(`${path}submit_answers/`, answers),
    /** Answers by the place of the question. */
    answer: (answers: { [place: number]: unknown }, by = ann) =>
      as(by).post(
        `${path}submit_answers/`,
        Object.entries(answers).map(([place, answer_data]) => ({ question_uuid: asks[Number(place)]?.uuid, answer_data })),
      ),
    checklist: async (query = {}) => (await as(ann).get(`${path}checklist/`, { query })).body,
    review: async () => (await as(ann).get(`${path}checklist_review/`)).body,
    reviewStatus: async () => (await as(ann).get(`${path}completion_review_status/`)).body,
  }
}
const option = async (of: Made | undefined, label: string) =>
  (await made('/api/checklists-admin-question-options/', { question: of?.url, label })).uuid
const depend = (of: Made | undefined, on: Made | undefined, required_answer_value: unknown, operator = 'equals') =>
  made('/api/checklists-admin-question-dependencies/', { question: of?.url, depends_on_question: on?.url, required_answer_value, operator })

const told = (question: string, type: string, value: string) => ({
  non_field_errors: [`Answer value '${value}' is not valid for the question '${question}' (type: ${type}).`],
})

describe('an answer', () => {
  const content = Buffer.from('Read me.').toString('base64')
  const file = { name: 'read.txt', content }
  const KINDS: [type: string, rules: object, good: unknown[], bad: unknown[]][] = [
    ['boolean', {}, [true, false], ['true', 1, 'yes', []]],
    ['text_input', {}, ['Ännchen', ''], [5, ['x'], {}]],
    ['text_area', {}, ['One\ntwo'], [false]],
    ['number', { min_value: -1, max_value: '2.5' }, [-1, 2.5, '2.5', '0', 1e-3], [-1.1, 3, '2.51', 'many', '', true, '1e9', [1]]],
    ['year', { min_value: 1900 }, [1900, '2026'], [1899, 2026.5, 'MMXXVI', '1e3', null]],
    ['rating', { min_value: 1, max_value: 5 }, [1, 5], [0, 6, 2.5, '3']],
    ['date', {}, ['2024-02-29'], ['2023-02-29', '29.02.2024', '2024-02-29T00:00:00Z', 20240229]],
    ['datetime', {}, ['2024-02-29T10:00:00Z', '2024-02-29T10:00:00.5+02:00'], ['2024-02-30T10:00:00Z', 'now', 5]],
    ['email', {}, ['ann@example.com'], ['ann', 'ann@', 5]],
    ['url', {}, ['https://example.com/x?y=1'], ['example', 'javascript:alert(1)', 'ht tp://x']],
    ['phone_number', {}, ['+372 555-1234', '(030) 1234'], ['call me', '12', '+']],
    ['country', {}, ['EE', 'DE'], ['Estonia', 'XX', 'ee', ['EE']]],
    [
      'file',
      { allowed_file_types: ['txt', '.md'], max_file_size_mb: 1 },
      [file],
      [
        'read.txt',
        { name: 'x.txt' },
        { name: 'x.exe', content },
        { name: 'a.txt', content: 'no base64!' },
        { name: 'big.txt', content: Buffer.alloc(1024 * 1024 + 1).toString('base64') },
        [file],
      ],
    ],
    [
      'file',
      { allowed_mime_types: ['image/*'] },
      [{ name: 'x.gif', content: Buffer.from('GIF89a0000000').toString('base64') }],
      [{ name: 'x.gif', content }],
    ],
    ['multiple_files', { max_files_count: 2 }, [[file], [file, file]], [[], file, [file, file, file], [file, 'x']]],
  ]

  it.each(KINDS)('of type %s %o is what its type and its limits say', async (question_type, rules, good, bad) => {
    const { answer, checklist } = await asking({ question_type, ...rules })

    for (const value of good) {
      expect([value, (await answer({ 0: value })).status]).toEqual([value, 200])
      const [{ existing_answer }] = (await checklist()).questions
      expect(existing_answer?.answer_data ?? '').toEqual(value)
    }
    for (const value of bad.filter((one) => one !== null)) {
      const refused = await answer({ 0: value })
      expect([value, refused.status]).toEqual([value, 400])
      expect(refused.body[0].non_field_errors[0]).toMatch(
        new RegExp(`is not valid for the question 'Question 0' \\(type: ${question_type}\\)`),
      )
    }
  })

  it('to choose from is one of the question’s own options, or several of them, each once', async () => {
    const { asks, answer, checklist } = await asking({ question_type: 'single_select' }, { question_type: 'multi_select' })
    const [one, other] = [await option(asks[0], 'One'), await option(asks[0], 'Other')]
    const [many, more] = [await option(asks[1], 'Many'), await option(asks[1], 'More')]
    const dashed = one.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')

    for (const bad of [[one, other], one, [], [many]]) expect((await answer({ 0: bad })).status).toBe(400)
    for (const bad of [[many, many], [one], [many, 5]]) expect((await answer({ 1: bad })).status).toBe(400)
    expect((await answer({ 0: [dashed], 1: [more, many] })).status).toBe(200)
    expect(
      (await checklist()).questions.map((row: { existing_answer: { answer_data: unknown } }) => row.existing_answer.answer_data),
    ).toEqual([[one], [more, many]])

    await staff.delete(`/api/checklists-admin-question-options/${one}/`)
    await staff.delete(`/api/checklists-admin-question-options/${more}/`)
    expect(
      (await checklist()).questions.map(
        (row: { existing_answer: { answer_data: unknown } | null }) => row.existing_answer?.answer_data ?? null,
      ),
    ).toEqual([null, [many]])
  })

  it('is kept with all others that were sent, or none of them is (service-providers 111)', async () => {
    const { submit, answer, asks, row, checklist } = await asking({ required: true }, { question_type: 'number' })
    const elsewhere = await asking({})
    const [yes, number] = asks
    const nowhere = '0'.repeat(32)

    const refused = await submit([
      { question_uuid: yes?.uuid, answer_data: true },
      { question_uuid: number?.uuid, answer_data: 'many' },
      { question_uuid: nowhere, answer_data: 1 },
      { question_uuid: elsewhere.asks[0]?.uuid, answer_data: true },
    ])

    expect(refused).toMatchObject({
      status: 400,
      body: [
        {},
        told('Question 1', 'number', 'many'),
        { non_field_errors: [`Question with UUID ${nowhere} does not exist`] },
        { non_field_errors: [`Question ${elsewhere.asks[0]?.uuid} does not belong to this checklist`] },
      ],
    })
    expect(await row()).toMatchObject({ completion_percentage: 0, is_completed: false })
    expect((await submit([{ question_uuid: 'x', answer_data: 1 }, { question_uuid: yes?.uuid }])).body).toEqual([
      { question_uuid: ['Must be a valid UUID.'] },
      { answer_data: ['This field is required.'] },
    ])
    expect((await submit({ question_uuid: yes?.uuid })).status).toBe(400)

    expect((await answer({ 0: true })).body).toMatchObject({
      detail: 'Answers submitted successfully',
      completion: { is_completed: true, completion_percentage: 50, unanswered_required_questions: [], checklist_name: 'Rules' },
    })
    expect((await answer({ 0: null })).body.completion).toMatchObject({
      is_completed: false,
      unanswered_required_questions: [{ uuid: yes?.uuid, description: 'Question 0' }],
    })
    expect((await checklist()).questions[0].existing_answer).toBeNull()
  })

  it('counts when it is of the one who is asked, else when it is the latest', async () => {
    const { answer, checklist } = await asking({ question_type: 'text_input' })
    const first = async () => (await checklist()).questions[0].existing_answer?.answer_data

    await answer({ 0: 'by Bob' }, bob)
    expect(await first()).toBe('by Bob')
    await answer({ 0: 'by Ann' })
    await answer({ 0: 'by Bob again' }, bob)
    expect(await first()).toBe('by Ann')
    await answer({ 0: null })
    expect(await first()).toBe('by Bob again')
  })
})

describe('a completion', () => {
  it('comes as far as its questions are answered, and is complete with what is required (service-providers 104)', async () => {
    const { answer, row } = await asking({ required: true }, { required: true }, { required: true })
    const before = (await row()).modified

    await answer({ 0: true, 1: false })
    expect(await row()).toMatchObject({ completion_percentage: 66.7, unanswered_required_questions: 1, is_completed: false })
    await answer({ 2: true })

    const { modified, ...after } = await row()
    expect(after).toMatchObject({ completion_percentage: 100, unanswered_required_questions: 0, is_completed: true })
    expect(modified > before).toBe(true)
  })

  it('asks nobody for what is hidden (service-providers 109), and counts no answer to it', async () => {
    const { asks, answer, row, checklist } = await asking({ required: true }, { required: true }, { required: true })
    await depend(asks[1], asks[0], true)
    await depend(asks[2], asks[1], true)
    const shown = async (query = {}) =>
      (await checklist(query)).questions.map(({ uuid }: Made) => asks.findIndex((one) => one.uuid === uuid))

    expect(await shown()).toEqual([0])
    expect(await shown({ include_all: true })).toEqual([0, 1, 2])
    expect((await answer({ 0: true, 1: true })).body.completion).toMatchObject({ is_completed: false, completion_percentage: 66.7 })
    expect(await shown()).toEqual([0, 1, 2])
    expect((await checklist()).questions[1].dependencies_info).toEqual({
      logic_operator: 'and',
      depends_on: [{ question_uuid: asks[0]?.uuid, question: 'Question 0', operator: 'equals', required_answer_value: true }],
    })
    await answer({ 0: false })
    expect(await shown()).toEqual([0])
    expect(await row()).toMatchObject({ is_completed: true, completion_percentage: 100, unanswered_required_questions: 0 })
  })

  it('where nothing must be answered is complete with the first submission, where nothing is asked at once', async () => {
    const [willing, nothing] = [await asking({}), await asking()]

    expect(await willing.row()).toMatchObject({ is_completed: false, completion_percentage: 0 })
    expect((await willing.submit([])).status).toBe(200)
    expect(await willing.row()).toMatchObject({ is_completed: true, completion_percentage: 0 })
    expect(await nothing.row()).toMatchObject({ is_completed: true, completion_percentage: 100 })
  })

  it('is opened again by a question that is added, and closed by one that goes', async () => {
    const { list, answer, row } = await asking({ required: true })
    await answer({ 0: true })
    const added = await made('/api/checklists-admin-questions/', { checklist: list.url, description: 'One more', required: true })
    expect(await row()).toMatchObject({ is_completed: false, completion_percentage: 50 })

    await staff.patch(added.url, { required: false })
    expect(await row()).toMatchObject({ is_completed: true, completion_percentage: 50 })
    await staff.delete(added.url)
    expect(await row()).toMatchObject({ is_completed: true, completion_percentage: 100 })
  })

  it('goes with its answers when nobody is asked any more, and begins anew (service-providers 108)', async () => {
    const { list, answer, row } = await asking({ required: true })
    await answer({ 0: true })

    await staff.post('/api/unasks/', { checklist: list.uuid })
    expect(await row()).toBeUndefined()
    await staff.post('/api/asks/', { checklist: list.uuid })
    await staff.post('/api/asks/', { checklist: list.uuid })

    expect(await row()).toMatchObject({ is_completed: false, completion_percentage: 0 })
  })

  it('is to be looked over when an answer asks for it, which whoever answers is not told (service-providers 110)', async () => {
    const rule = { question_type: 'text_area', operator: 'contains', review_answer_value: 'GPL', user_guidance: 'Which?' }
    const { answer, checklist, review, reviewStatus, asks } = await asking(rule, { always_requires_review: true })

    await answer({ 0: 'MIT' })
    expect(await reviewStatus()).toMatchObject({ requires_review: false, review_trigger_summary: [] })
    await answer({ 0: 'The GPL, version 3' })

    expect(await reviewStatus()).toMatchObject({
      requires_review: true,
      reviewed_by: null,
      review_trigger_summary: [{ question_uuid: asks[0]?.uuid, answer_data: 'The GPL, version 3', operator: 'contains' }],
    })
    expect((await review()).questions[0]).toMatchObject({ operator: 'contains', review_answer_value: 'GPL', user_guidance: 'Which?' })
    expect(JSON.stringify(await checklist())).not.toMatch(/review|GPL"/)
    await answer({ 0: 'MIT', 1: false })
    expect((await reviewStatus()).review_trigger_summary).toMatchObject([{ question_uuid: asks[1]?.uuid, always_requires_review: true }])
  })

  it('shows guidance always, or when an answer asks for it', async () => {
    const rule = { user_guidance: 'Say why', always_show_guidance: false, guidance_operator: 'equals', guidance_answer_value: false }
    const { answer, checklist } = await asking(rule)
    const guidance = async () => (await checklist()).questions[0].user_guidance

    expect(await guidance()).toBeNull()
    await answer({ 0: false })
    expect(await guidance()).toBe('Say why')
  })
})

describe('what a question depends on', () => {
  // Every operator with a type that knows it: the value, answers by which it holds, and some by which it does not.
  const RULES: [type: string, operator: string, value: unknown, met: unknown[], not: unknown[]][] = [
    ['number', 'equals', '2.50', [2.5, '2.5'], [2, '25']],
    ['number', 'not_equals', 2, [3], [2, '2.0']],
    ['boolean', 'not_equals', true, [false], [true]],
    ['datetime', 'equals', '2024-01-01T12:00:00+02:00', ['2024-01-01T10:00:00Z'], ['2024-01-01T12:00:00Z']],
    ['text_area', 'contains', ['GPL', 'MIT'], ['the MIT one'], ['mit', '']],
    ['email', 'contains', '@example.com', ['a@example.com'], ['a@example.org']],
    ['country', 'in', ['EE', 'LV'], ['LV'], ['DE']],
    ['country', 'not_in', ['EE', 'LV'], ['DE'], ['EE']],
    ['file', 'equals', 'a.txt', [{ name: 'a.txt', content: 'YQ==' }], [{ name: 'b.txt', content: 'YQ==' }]],
    [
      'multiple_files',
      'in',
      ['a.txt'],
      [
        [
          { name: 'b.txt', content: 'YQ==' },
          { name: 'a.txt', content: 'YQ==' },
        ],
      ],
      [[{ name: 'b.txt', content: 'YQ==' }]],
    ],
  ]

  it.each(RULES)('holds of %s %s %o by the answer alone, and of none by no answer', async (question_type, operator, value, met, not) => {
    const { asks, answer, checklist } = await asking({ question_type }, {})
    await depend(asks[1], asks[0], value, operator)
    const isAsked = async () => (await checklist()).questions.length === 2

    expect(await isAsked()).toBe(false)
    for (const [answers, holds] of [
      [met, true],
      [not, false],
    ] as const) {
      for (const given of answers) {
        expect((await answer({ 0: given })).status).toBe(200)
        expect([given, await isAsked()]).toEqual([given, holds])
      }
    }
  })

  it('is all of it, or any of it', async () => {
    const { asks, answer, checklist } = await asking({ question_type: 'multi_select' }, {}, {})
    const [one, other] = [await option(asks[0], 'One'), await option(asks[0], 'Other')]
    await depend(asks[2], asks[0], [one], 'in')
    await depend(asks[2], asks[1], true)
    const isAsked = async () => (await checklist()).questions.length === 3

    await answer({ 0: [one, other], 1: false })
    expect(await isAsked()).toBe(false)
    await staff.patch(asks[2]?.url ?? '', { dependency_logic_operator: 'or' })
    expect(await isAsked()).toBe(true)
    await answer({ 0: [other] })
    expect(await isAsked()).toBe(false)
  })
})

describe('what a checklist means for many', () => {
  it('is worked out at once for the first, and for all others by a job', async () => {
    for (let i = 0; i < 120; i++)
      await w.current.insert('user', { username: `many-${i}`, last_name: 'Asked', email: `many-${i}@example.com` })
    const { list } = await asking()
    const complete = async () =>
      (await staff.get(ASKED, { query: { page_size: 300 } })).body.filter(
        (row: { checklist_uuid: string; is_completed: boolean }) => row.checklist_uuid === list.uuid && row.is_completed,
      ).length
    expect(await complete()).toBe(121)

    await made('/api/checklists-admin-questions/', { checklist: list.url, description: 'New', required: true })
    expect(await complete()).toBe(21)
    await w.current.runJobs()

    expect(await complete()).toBe(0)
  })
})
