// Checklists as staff write them.
import { beforeAll, describe, expect, it } from 'vitest'
import { urls, world } from '../../tests/support/world.ts'

const LISTS = '/api/checklists-admin/'
const QUESTIONS = '/api/checklists-admin-questions/'
const OPTIONS = '/api/checklists-admin-question-options/'
const DEPENDENCIES = '/api/checklists-admin-question-dependencies/'

const w = world()
let staff: ReturnType<(typeof w)['current']['as']>
beforeAll(async () => {
  staff = w.current.as(await w.current.user({ is_staff: true }))
})

type Made = { uuid: string; url: string }

const make = async (path: string, body: object): Promise<Made & { [key: string]: never }> => {
  const answer = await staff.post(path, body)
  expect([answer.status, answer.body]).toEqual([201, expect.anything()])
  return answer.body
}
const checklist = (more: object = {}) => make(LISTS, { name: 'Rules', checklist_type: 'offering_compliance', ...more })
const question = (of: Made, more: object = {}) => make(QUESTIONS, { checklist: of.url, description: 'Why?', ...more })
const option = (of: Made, label: string, order = 0) => make(OPTIONS, { question: of.url, label, order })
const depend = (of: Made, on: Made, required_answer_value: unknown, operator = 'equals') =>
  staff.post(DEPENDENCIES, { question: of.url, depends_on_question: on.url, required_answer_value, operator })

describe('checklists', () => {
  it('are written by staff: with questions in their order, and options in theirs', async () => {
    const made = await checklist({ description: 'Read them' })
    const second = await question(made, { question_type: 'single_select', order: 2, required: true, user_guidance: 'Choose' })
    const first = await question(made, { question_type: 'number', order: 1, min_value: '1', max_value: 10.5 })
    await option(second, 'Later', 2)
    const yes = await option(second, 'Now', 1)

    const listed = await staff.get(`${LISTS}${made.uuid}/questions/`)
    const found = await staff.get(QUESTIONS, { query: { checklist_uuid: made.uuid } })

    expect((await staff.get(made.url)).body).toMatchObject({ checklist_type: 'offering_compliance', questions_count: 2 })
    expect(listed.body.map(({ uuid }: Made) => uuid)).toEqual([first.uuid, second.uuid])
    expect(found.body).toEqual(listed.body)
    expect(listed.body[0]).toMatchObject({ min_value: '1.0000', max_value: '10.5000', required: false, operator: '', checklist: made.url })
    expect(listed.body[1].question_options.map(({ label }: { label: string }) => label)).toEqual(['Now', 'Later'])
    expect(yes).toMatchObject({ question: second.url, question_uuid: second.uuid })
    expect(listed.headers['x-result-count']).toBe('2')
  })

  it('are staff’s alone: 403 for everybody else, 401 for nobody (service-providers 114)', async () => {
    const people = await w.current.cast()
    const made = await checklist()
    for (const person of [people.providerOwner, people.support, people.customerOwner]) {
      const as = w.current.as(person)
      const answers = [
        await as.get(LISTS),
        await as.get(made.url),
        await as.get(`${LISTS}${made.uuid}/questions/`),
        await as.head(QUESTIONS),
        await as.post(LISTS, { name: 'Mine' }),
        await as.patch(made.url, { name: 'Mine' }),
        await as.delete(made.url),
        await as.post(QUESTIONS, { checklist: made.url, description: 'Mine' }),
      ]
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 403))
    }
    expect((await w.current.as().get(LISTS)).status).toBe(401)
    expect((await staff.get(`${LISTS}${'0'.repeat(32)}/questions/`)).status).toBe(404)
  })

  it('are found by type, one or several', async () => {
    const intent = await checklist({ checklist_type: 'onboarding_intent' })
    const names = async (query: object) => (await staff.get(LISTS, { query: query as never })).body.map(({ uuid }: Made) => uuid)

    expect(await names({ checklist_type: 'onboarding_intent' })).toEqual([intent.uuid])
    expect(await names({ checklist_type__in: 'onboarding_intent,project_metadata' })).toEqual([intent.uuid])
    expect((await staff.get(LISTS, { query: { checklist_type__in: 'nope' } })).body).toEqual({
      checklist_type__in: ['Select a valid choice. nope is not one of the available choices.'],
    })
    expect((await staff.post(LISTS, { name: 'Again', checklist_type: 'onboarding_intent' })).body).toEqual({
      checklist_type: ['There is a checklist of this type already.'],
    })
  })

  it('of the right type are linked to an offering as it is made', async () => {
    const { provider, providerOwner } = await w.current.cast()
    const category = await w.current.category()
    const [right, wrong] = [await checklist(), await checklist({ checklist_type: 'project_compliance' })]
    const sell = (compliance_checklist: string) =>
      w.current.as(providerOwner).post('/api/marketplace-provider-offerings/', {
        name: 'Cloud',
        customer: urls.customer(provider),
        category: urls.category(category),
        type: 'Marketplace.Basic',
        compliance_checklist,
      })

    expect((await sell(right.url)).body).toMatchObject({ compliance_checklist: right.url, has_compliance_requirements: true })
    expect((await sell(wrong.url)).body).toEqual({ compliance_checklist: ['Invalid hyperlink - Object does not exist.'] })
  })

  it('go with all that belongs to them, and offerings ask nothing any more', async () => {
    const { provider } = await w.current.cast()
    const made = await checklist()
    const [first, second] = [await question(made), await question(made)]
    await depend(first, second, true)
    const { id } = await w.current.db.selectFrom('checklist').select('id').where('uuid', '=', made.uuid).executeTakeFirstOrThrow()
    const offering = await w.current.offering(provider, { compliance_checklist_id: id })
    const asks = async () => (await staff.get(urls.offering(offering))).body.has_compliance_requirements

    expect(await asks()).toBe(true)
    expect((await staff.patch(made.url, { checklist_type: 'project_metadata' })).status).toBe(400)
    expect((await staff.delete(made.url)).status).toBe(204)

    expect(await asks()).toBe(false)
    expect((await staff.get(first.url)).status).toBe(404)
    expect((await staff.get(DEPENDENCIES, { query: { question_uuid: first.uuid } })).body).toEqual([])
  })
})

describe('a question', () => {
  const REFUSED: [string, object, string][] = [
    ['half a review rule', { operator: 'equals' }, "Both 'operator' and 'review_answer_value' must be set together or both must be empty."],
    [
      'the other half',
      { review_answer_value: true },
      "Both 'operator' and 'review_answer_value' must be set together or both must be empty.",
    ],
    [
      'an operator that its type does not know (service-providers 115)',
      { question_type: 'number', operator: 'contains', review_answer_value: '1' },
      "Operator 'contains' is not valid for question type 'number'.",
    ],
    [
      'a review rule that no answer meets',
      { question_type: 'date', operator: 'equals', review_answer_value: 'tomorrow' },
      "Review answer value 'tomorrow' is not valid for question type 'date'.",
    ],
    [
      'guidance that is never shown',
      { always_show_guidance: false, guidance_operator: 'equals' },
      "When 'always_show_guidance' is False, both 'guidance_operator' and 'guidance_answer_value' must be set.",
    ],
    ['bounds of what is no number', { max_value: '3' }, 'Min and max values can only be set for NUMBER, YEAR, and RATING type questions.'],
    ['crossed bounds', { question_type: 'rating', min_value: 5, max_value: 1 }, 'Minimum value cannot be greater than maximum value.'],
    [
      'kinds of files of what is none',
      { question_type: 'url', allowed_file_types: ['.pdf'] },
      'allowed_file_types can only be set for FILE and MULTIPLE_FILES type questions.',
    ],
    [
      'a number of files where there is one',
      { question_type: 'file', max_files_count: 2 },
      'max_files_count can only be set for MULTIPLE_FILES type questions.',
    ],
  ]

  it.each(REFUSED)('is refused with %s, new or changed', async (_, rules, text) => {
    const made = await checklist()
    const there = await question(made, { question_type: (rules as { question_type?: string }).question_type ?? 'boolean' })

    expect(await staff.post(QUESTIONS, { checklist: made.url, description: 'x', ...rules })).toMatchObject({
      status: 400,
      body: { non_field_errors: [text] },
    })
    expect(await staff.patch(there.url, rules)).toMatchObject({ status: 400, body: { non_field_errors: [text] } })
  })

  it('keeps its checklist, and its type while others depend on it', async () => {
    const [made, other] = [await checklist(), await checklist()]
    const [base, behind] = [await question(made), await question(made)]
    await depend(behind, base, true)

    expect((await staff.patch(base.url, { checklist: other.url })).body).toHaveProperty('checklist')
    expect((await staff.patch(base.url, { question_type: 'text_area' })).body).toHaveProperty('question_type')
    expect((await staff.patch(behind.url, { question_type: 'text_area', description: 'Say why' })).body).toMatchObject({
      question_type: 'text_area',
      description: 'Say why',
    })
    expect((await staff.post(OPTIONS, { question: base.url, label: 'x' })).body).toHaveProperty('question')
  })
})

describe('dependencies', () => {
  it('lead to questions of the same checklist, by operators that those know, and never back (service-providers 115)', async () => {
    const [made, other] = [await checklist(), await checklist()]
    const [a, b, c, n] = [
      await question(made),
      await question(made),
      await question(made),
      await question(made, { question_type: 'number' }),
    ]
    const elsewhere = await question(other)
    const refused = (text: string) => ({ status: 400, body: { non_field_errors: [text] } })

    expect(await depend(a, a, true)).toMatchObject(refused('Question cannot depend on itself'))
    expect(await depend(a, elsewhere, true)).toMatchObject(refused('Both questions must belong to the same checklist.'))
    expect(await depend(a, n, '1', 'contains')).toMatchObject(refused("Operator 'contains' is not valid for question type 'number'."))
    expect(await depend(a, n, 'many')).toMatchObject(refused("Required answer value 'many' is not valid for question type 'number'."))
    const first = await depend(a, b, true)
    expect(first).toMatchObject({ status: 201, body: { question: a.url, question_name: 'Why?', depends_on_question: b.url } })
    expect((await depend(b, c, true)).status).toBe(201)
    expect(await depend(c, a, true)).toMatchObject(refused('Circular dependency detected'))
    expect(await staff.patch(first.body.url, { question: c.url })).toMatchObject(refused('Circular dependency detected'))
    expect((await staff.patch(first.body.url, { depends_on_question: n.url, required_answer_value: 2.5 })).body).toMatchObject({
      depends_on_question: n.url,
      required_answer_value: 2.5,
    })
    expect((await depend(c, a, true)).status).toBe(201)
  })

  it('lead in no circle either when both halves of it are written at once', async () => {
    for (let i = 0; i < 10; i++) {
      const made = await checklist()
      const [a, b, c] = [await question(made), await question(made), await question(made)]

      const answers = await Promise.all([depend(a, b, true), depend(b, c, true), depend(c, a, true)])

      expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 400])
    }
  })
})
