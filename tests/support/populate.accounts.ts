// The rows of what people are asked.
import type { World } from './world.ts'

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
