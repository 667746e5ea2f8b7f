import { sql } from 'kysely'
import { staffOnly } from '../core/public.ts'
import { type Api, create, destroy, detail, list, update } from '../platform/http/api.ts'
import {
  createDependency,
  createQuestion,
  deleteDependency,
  deleteQuestion,
  dependencyBody,
  questionBody,
  updateDependency,
  updateQuestion,
} from './commands.questions.ts'
import {
  checklistBody,
  createChecklist,
  createOption,
  deleteChecklist,
  deleteOption,
  optionBody,
  updateChecklist,
  updateOption,
} from './commands.ts'
import { checklists, dependencies, options, questions, questionsOfChecklist } from './list.ts'

const before = staffOnly

export function checklistRoutes(api: Api): void {
  for (const collection of [checklists, questions, options, dependencies]) {
    list(api, collection)
    detail(api, collection)
  }
  list(api, questionsOfChecklist, {
    id: questionsOfChecklist.name,
    summary: 'List the questions of a checklist',
    under: {
      of: checklists,
      permission: 'anyone who sees it',
      where: ({ id }) => sql`question.checklist_id = ${id}`,
    },
  })
  create(api, checklists, { summary: 'Create a checklist', before, body: checklistBody, run: createChecklist })
  update(api, checklists, { summary: 'Change a checklist', before, body: checklistBody, run: updateChecklist })
  destroy(api, checklists, { summary: 'Delete a checklist with all that was answered to it', before, run: deleteChecklist })
  create(api, questions, { summary: 'Add a question to a checklist', before, body: questionBody, run: createQuestion })
  update(api, questions, { summary: 'Change a question', before, body: questionBody, run: updateQuestion })
  destroy(api, questions, { summary: 'Delete a question with its answers', before, run: deleteQuestion })
  create(api, options, { summary: 'Add an option to a question', before, body: optionBody, run: createOption })
  update(api, options, { summary: 'Change an option', before, body: optionBody, run: updateOption })
  destroy(api, options, { summary: 'Delete an option, also from answers', before, run: deleteOption })
  create(api, dependencies, {
    summary: 'Ask a question only after an answer to another',
    before,
    body: dependencyBody,
    run: createDependency,
  })
  update(api, dependencies, { summary: 'Change what a question depends on', before, body: dependencyBody, run: updateDependency })
  destroy(api, dependencies, { summary: 'Let a question depend on another no more', before, run: deleteDependency })
}
