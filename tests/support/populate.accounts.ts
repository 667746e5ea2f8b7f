// The rows of what people are asked, and of accounts that are nobody's own.
import { ROBOT_STATES } from '../../src/accounts/robots/states.ts'
import { ACCOUNT_STATES } from '../../src/accounts/states.ts'
import type { Sold } from './populate.sold.ts'
import type { Cast, Row, World } from './world.ts'

/** Checklists of several types; one has questions that depend on each other. */
export async function checklistsOf(w: World) {
  const checklist = await w.insert('checklist', { name: 'Asked', checklist_type: 'offering_compliance' })
  const others = [
    await w.insert('checklist', { name: 'Also', checklist_type: 'project_metadata' }),
    await w.insert('checklist', { name: 'Once' }),
  ]
  const ask = (of: { id: number }, order: number, question_type: string) =>
    w.insert('checklist_question', { checklist_id: of.id, order, question_type, description: 'Why' })
  const base = await ask(checklist, 3, 'boolean')
  const question = await ask(checklist, 2, 'multi_select')
  const between = await ask(checklist, 1, 'text_input')
  const lastQuestion = await ask(checklist, 0, 'text_area')
  const elsewhere = []
  for (const [i, other] of others.entries()) elsewhere.push(await ask(other, 5 + i, 'single_select'))
  const choose = (of: { id: number }, order: number) => w.insert('checklist_option', { question_id: of.id, label: 'Because', order })
  const option = await choose(question, 2)
  await choose(question, 1)
  for (const one of elsewhere) await choose(one, 0)
  const depend = (of: { id: number }, on: { id: number }, operator: string, value: unknown) =>
    w.insert('checklist_dependency', {
      question_id: of.id,
      depends_on_question_id: on.id,
      operator,
      required_answer_value: JSON.stringify(value),
    })
  const dependency = await depend(question, base, 'equals', true)
  await depend(between, question, 'in', [option.uuid])
  return { checklist, question, base, lastQuestion, option, dependency }
}

/** Robots in each state on one resource, and one for each other place; accounts of services and of participants of courses. */
export async function accountsOf(w: World, people: Cast, { offering, category }: Sold, resource: Row) {
  const other = await w.customer({ name: 'Also' })
  const elsewhere = await w.resource(offering, await w.project(other))
  const seller = await w.customer()
  await w.serviceProvider(seller)
  const byOthers = await w.resource(await w.offering(seller, { category_id: category.id }), people.project)
  const made: [string, Row][] = []
  for (const [i, state] of ROBOT_STATES.entries()) {
    made.push([state, await w.insert('robot_account', { resource_id: resource.id, type: `r${i}`, state })])
  }
  for (const { id } of [elsewhere, byOthers]) await w.insert('robot_account', { resource_id: id, type: 'else', state: 'OK' })
  const robots = Object.fromEntries(made) as { [State in (typeof ROBOT_STATES)[number]]: Row }
  await w.db.insertInto('robot_account_user').values({ robot_account_id: robots.OK.id, user_id: people.projectMember.id }).execute()

  const course = await w.project(people.consumer, { kind: 'course', start_date: '2026-04-01', end_date: '2998-04-01' })
  const otherCourse = await w.project(people.consumer, { kind: 'course', start_date: '2026-03-01', end_date: '2998-03-01' })
  for (const { id } of [course, otherCourse]) await w.resource(offering, { id, uuid: '' })
  const courseAccounts = []
  for (const [i, state] of ACCOUNT_STATES.entries()) {
    // In another order than they are made.
    const seat = `seat.${(i + 1) % 3}`
    const user = await w.user({ username: seat, email: `${seat}@example.com` })
    const values = { project_id: (i ? otherCourse : course).id, user_id: user.id, email: `${seat}@example.com`, state }
    courseAccounts.push(await w.insert('course_account', values))
  }

  const key = { key_digest: Buffer.from('digest'), key_expires_at: '2998-01-01T00:00:00Z' }
  const serve = (i: number, values: object) => w.insert('service_account', { username: `service-${i}`, ...key, state: 'OK', ...values })
  const projectAccount = await serve(1, { project_id: people.project.id, email: 'one@example.com' })
  await serve(2, { project_id: otherCourse.id, state: 'Erred' })
  await serve(3, { project_id: course.id, state: 'Closed' })
  const customerAccount = await serve(4, { customer_id: people.consumer.id, email: 'one@example.com' })
  await serve(5, { customer_id: other.id, state: 'Erred' })
  await serve(6, { customer_id: people.provider.id })
  return { robots, course, courseAccount: courseAccounts[0] as Row, projectAccount, customerAccount }
}
