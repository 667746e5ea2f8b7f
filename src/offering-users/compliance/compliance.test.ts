import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { accountOf } from '../../../tests/support/populate.offering-users.ts'
import { type Person, type Row, world } from '../../../tests/support/world.ts'
import { run } from '../../platform/db/database.ts'

const w = world()
type Cast = Awaited<ReturnType<(typeof w)['current']['cast']>>
let people: Cast
beforeAll(async () => {
  people = await w.current.cast()
})

const ACCOUNTS = '/api/marketplace-offering-users/'
const COMPLETIONS = '/api/marketplace-offering-user-checklist-completions/'
const OFFERINGS = '/api/marketplace-provider-offerings/'
const as = (person?: Person) => w.current.as(person)

/** Three questions, of which the first and the last must be answered, the last only where the first was answered with yes. */
async function checklist(values = {}) {
  const made = await w.current.insert('checklist', { name: 'Safety', checklist_type: 'offering_compliance', ...values })
  const ask = (order: number, more: object) =>
    w.current.insert('checklist_question', { checklist_id: made.id, order, description: 'Well?', ...more })
  const first = await ask(1, { question_type: 'boolean', required: true })
  const between = await ask(2, { question_type: 'text_input', operator: 'contains', review_answer_value: '"GPL"' })
  const last = await ask(3, { question_type: 'number', required: true })
  await w.current.insert('checklist_dependency', {
    question_id: last.id,
    depends_on_question_id: first.id,
    operator: 'equals',
    required_answer_value: 'true',
  })
  return { ...made, first, between, last }
}

const keeping = () =>
  w.current.offering(people.provider, { plugin_options: JSON.stringify({ service_provider_can_create_offering_user: true }) })
const link = (offering: Row, to: Row | null, by = people.providerOwner) =>
  as(by).post(`${OFFERINGS}${offering.uuid}/update_compliance_checklist/`, { compliance_checklist: to === null ? null : to.uuid })

async function asked() {
  const offering = await keeping()
  const person = await w.current.user()
  const account = await accountOf(w.current, offering, person, { state: 'OK' })
  const list = await checklist()
  expect((await link(offering, list)).status).toBe(200)
  const read = (verb: string, by: Person = person, query = {}) => as(by).get(`${ACCOUNTS}${account.uuid}/${verb}/`, { query })
  const answer = (answers: [Row, unknown][], by: Person = person) =>
    as(by).post(
      `${ACCOUNTS}${account.uuid}/submit_answers/`,
      answers.map(([{ uuid }, answer_data]) => ({ question_uuid: uuid, answer_data })),
    )
  return { offering, person, account, list, read, answer }
}

const completions = async (offering: Row) =>
  run(
    w.current.db,
    sql<{ checklist_id: number; answers: number }>`select completion.checklist_id,
      (select count(*) from checklist_answer a where a.completion_id = completion.id) as answers
      from checklist_completion completion join offering_user ou on ou.id = completion.scope_id and completion.scope_type = 'offering_user'
      where ou.offering_id = ${offering.id}`,
  )

describe('what an offering asks', () => {
  it('providers §1.9.5, 108: is asked of everybody there and of who comes; left, the answers are gone', async () => {
    const { offering, list, answer, read, person } = await asked()
    const newcomer = await w.current.user()
    const made = await as(people.staff).post(ACCOUNTS, { offering_uuid: offering.uuid, user_uuid: newcomer.uuid })
    await answer([[list.first, false]])

    expect((await completions(offering)).map(({ answers }) => answers).sort()).toEqual([0, 1])
    expect(made.body.has_compliance_checklist).toBe(true)
    expect((await as(people.staff).get(`${OFFERINGS}${offering.uuid}/`)).body.compliance_checklist).toContain(list.uuid)
    // The same again, or nothing, changes nothing.
    await link(offering, list)
    expect((await as(people.providerOwner).post(`${OFFERINGS}${offering.uuid}/update_compliance_checklist/`, {})).status).toBe(200)
    expect((await completions(offering)).map(({ answers }) => answers).sort()).toEqual([0, 1])
    const other = await checklist()
    await link(offering, other)
    expect(await completions(offering)).toEqual([
      { checklist_id: other.id, answers: 0 },
      { checklist_id: other.id, answers: 0 },
    ])
    await link(offering, null)
    expect(await completions(offering)).toEqual([])
    expect((await read('checklist')).body).toEqual({ detail: 'No checklist configured for this object' })
    expect((await as(person).get(`${ACCOUNTS}`, { query: { offering_uuid: offering.uuid } })).body[0].has_compliance_checklist).toBe(false)
    await link(offering, list)
    expect((await read('completion_status')).body).toMatchObject({ completion_percentage: 0, is_completed: false })
  })

  it('is gone with the account', async () => {
    const { offering, account, list, answer } = await asked()
    await answer([[list.first, true]])

    await as(people.providerOwner).delete(`${ACCOUNTS}${account.uuid}/`)

    expect(await run(w.current.db, sql`select 1 from checklist_completion where checklist_id = ${list.id}`)).toEqual([])
    expect(await completions(offering)).toEqual([])
  })

  it('providers 114: is a checklist for offerings, linked by those who may', async () => {
    const offering = await keeping()
    const list = await checklist()
    const wrong = async (to: unknown) =>
      (await as(people.providerOwner).post(`${OFFERINGS}${offering.uuid}/update_compliance_checklist/`, { compliance_checklist: to })).body

    const other = await checklist({ checklist_type: 'project_compliance' })
    expect(await wrong(other.uuid)).toEqual({ compliance_checklist: [`Object with uuid=${other.uuid} does not exist.`] })
    expect(await wrong('f'.repeat(32))).toEqual({ compliance_checklist: [`Object with uuid=${'f'.repeat(32)} does not exist.`] })
    expect(await wrong('mine')).toEqual({ compliance_checklist: ['Must be a valid UUID.'] })
    expect((await link(offering, list, people.support)).status).toBe(403)
    expect((await link(offering, list, people.customerOwner)).status).toBe(404)
    expect((await link(offering, list, people.providerManager)).status).toBe(200)
  })
})

describe('answers', () => {
  it('providers 104, 109: count as far as they are asked for, and are complete with the last that must be', async () => {
    const { list, read, answer } = await asked()
    const status = async () => {
      const { body } = await read('completion_status')
      return [body.is_completed, body.completion_percentage, body.unanswered_required_questions.length]
    }

    expect(await status()).toEqual([false, 0, 1])
    const answered = await answer([[list.first, true]])
    expect(answered.body).toMatchObject({ detail: 'Answers submitted successfully', completion: { is_completed: false } })
    expect(await status()).toEqual([false, 33.3, 1])
    await answer([[list.last, 7]])
    expect(await status()).toEqual([true, 66.7, 0])
    // What is not asked any more need not be answered.
    await answer([
      [list.last, null],
      [list.first, false],
    ])
    expect(await status()).toEqual([true, 50, 0])
  })

  it('providers 111: are kept whole or not at all', async () => {
    const { list, answer, offering } = await asked()

    const refused = await answer([
      [list.first, true],
      [list.between, 7],
    ])

    expect([refused.status, refused.body]).toEqual([
      400,
      [{}, { non_field_errors: ["Answer value '7' is not valid for the question 'Well?' (type: text_input)."] }],
    ])
    expect(await completions(offering)).toMatchObject([{ answers: 0 }])
    expect((await answer([])).status).toBe(200)
  })

  it('providers 110: are looked at by the provider, who alone is told which and why', async () => {
    const { list, answer, read, person } = await asked()
    await answer([[list.between, 'MIT']])
    expect((await read('completion_review_status', people.providerOwner)).body.requires_review).toBe(false)

    await answer([[list.between, 'GPL 3']])

    const review = (await read('checklist_review', people.providerOwner)).body
    expect(review.completion).toMatchObject({ requires_review: true, review_trigger_summary: [{ answer_data: 'GPL 3' }] })
    const own = JSON.stringify((await read('checklist')).body)
    expect(own).toContain('GPL 3')
    expect(own).not.toContain('review')
    for (const verb of ['checklist_review', 'completion_review_status']) expect((await read(verb, person)).status).toBe(403)
  })

  it('are given and read by the person and by the provider, by nobody else', async () => {
    const { list, answer, read } = await asked()

    for (const verb of ['checklist', 'completion_status']) {
      expect((await read(verb, people.providerManager)).status).toBe(200)
      expect((await read(verb, people.support)).status).toBe(403)
      expect((await read(verb, people.customerOwner)).status).toBe(404)
    }
    expect((await answer([[list.first, true]], people.support)).status).toBe(403)
    expect((await answer([[list.first, true]], people.outsider)).status).toBe(404)
    expect((await answer([[list.first, true]], people.providerOwner)).status).toBe(200)
    const questions = async (include_all: boolean) => (await read('checklist', undefined, { include_all })).body.questions.length
    expect([await questions(false), await questions(true)]).toEqual([3, 3])
    await answer([[list.first, false]])
    expect([await questions(false), await questions(true)]).toEqual([2, 3])
  })
})

describe('the list of completions', () => {
  it('shows people theirs and providers those of their offerings, with what they are told of people', async () => {
    const { offering, person, account, list, answer } = await asked()
    const rival = await w.current.cast()
    const found = async (by: Person, query: { [name: string]: string } = {}) =>
      (await as(by).get(COMPLETIONS, { query: { offering_uuid: offering.uuid, ...query } })).body

    const [row] = await found(people.providerOwner)

    expect(row).toMatchObject({
      offering_user: { uuid: account.uuid, state: 'OK', is_restricted: false, user_email: `${person.username}@example.com` },
      offering_user_uuid: account.uuid,
      offering_uuid: offering.uuid,
      customer_provider_uuid: people.provider.uuid,
      checklist_uuid: list.uuid,
      is_completed: false,
      completion_percentage: 0,
      unanswered_required_questions: 1,
    })
    expect((await found(person)).length).toBe(1)
    expect((await found(people.support)).length).toBe(1)
    for (const stranger of [rival.providerOwner, people.customerOwner, people.outsider]) expect(await found(stranger)).toEqual([])
    const { id } = (await w.current.db
      .selectFrom('checklist_completion')
      .select('id')
      .where('checklist_id', '=', list.id)
      .executeTakeFirstOrThrow()) as {
      id: number
    }
    expect((await as(person).get(`${COMPLETIONS}${id}/`)).body.uuid).toBe(row.uuid)
    expect((await as(rival.providerOwner).get(`${COMPLETIONS}${id}/`)).status).toBe(404)
    await answer([[list.first, false]])
    expect(await found(person, { is_completed: 'true', user_uuid: person.uuid, o: '-modified' })).toHaveLength(1)
    expect(await found(person, { is_completed: 'false' })).toEqual([])
    expect(await found(people.providerOwner, { user_uuid: people.outsider.uuid })).toEqual([])
    await w.current.db
      .insertInto('offering_user_attributes')
      .values({ offering_id: offering.id, exposed: ['gender'] })
      .execute()
    const [concealed] = await found(people.providerOwner)
    expect(concealed.offering_user).not.toHaveProperty('user_email')
    expect(concealed.offering_user).not.toHaveProperty('user_full_name')
  })
})
