// What modules that ask people something may use of checklists. They make completions for their rows (`makeCompletions`) and remove
// them (`removeCompletions`; the trigger function drop_checklist_completions when a row goes), say who may read and answer, and
// serve what these functions read and write.

export { answersBody, type SentAnswers, submitAnswers } from './answering.ts'
export { makeCompletions, removeCompletions, type Scope } from './completions.ts'
export {
  checklistReviewSchema,
  checklistSchema,
  completionReview,
  completionReviewSchema,
  completionStatus,
  completionStatusSchema,
  readChecklist,
  readChecklistReview,
  submittedSchema,
} from './reads.ts'
export { completionFields, percentage } from './view.ts'
