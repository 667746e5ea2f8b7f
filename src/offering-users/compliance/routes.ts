import { sql } from 'kysely'
import {
  answersBody,
  checklistReviewSchema,
  checklistSchema,
  completionReview,
  completionReviewSchema,
  completionStatus,
  completionStatusSchema,
  readChecklist,
  readChecklistReview,
  type SentAnswers,
  submitAnswers,
  submittedSchema,
} from '../../checklists/public.ts'
import { providerOfferings } from '../../offerings/public.ts'
import type { Actor } from '../../platform/auth/actor.ts'
import { type Executor, run } from '../../platform/db/database.ts'
import { type Api, action, detail, list, read } from '../../platform/http/api.ts'
import { Refusal } from '../../platform/http/errors.ts'
import { readFlag } from '../../platform/http/filters.ts'
import type { Call } from '../../platform/http/operation.ts'
import { type Query, valuesOf } from '../../platform/http/query.ts'
import { right } from '../../platform/http/rights.ts'
import type { JsonSchema } from '../../platform/http/view.ts'
import { type OfferingUser, offeringUsersFor } from '../list.ts'
import { mayUpdate } from '../policy.ts'
import { ACCOUNTS, complianceBody, updateComplianceChecklist } from './link.ts'
import { completionsFor } from './list.ts'

const mayAnswer = (actor: Actor, row: OfferingUser): boolean => actor.id === row.user_id || mayUpdate(actor, row)
const mayLink = right('OFFERING.UPDATE_OPTIONS', ['offering', 'id'], ['customer', 'customer_id'])

/** The completion of what the account's offering asks now. */
async function completionOf(db: Executor, { id }: OfferingUser): Promise<number> {
  const [found] = await run(
    db,
    sql<{ id: number }>`select completion.id from offering_user ou join offering on offering.id = ou.offering_id
      join checklist_completion completion on completion.scope_type = ${ACCOUNTS} and completion.scope_id = ou.id
        and completion.checklist_id = offering.compliance_checklist_id
      where ou.id = ${id}`,
  )
  if (!found) throw new Refusal(400, { detail: 'No checklist configured for this object' })
  return found.id
}

async function answer(call: Call<OfferingUser, SentAnswers>) {
  const id = await completionOf(call.tx, call.row)
  await submitAnswers(call, id, call.input)
  return { detail: 'Answers submitted successfully', completion: await completionStatus(call.tx, id) }
}

type Reading = {
  verb: string
  summary: string
  permission: (actor: Actor, row: OfferingUser) => boolean
  answer: JsonSchema
  give: (db: Executor, completionId: number, query: Query) => Promise<unknown>
}

const everything = (query: Query) => ({ includeAll: readFlag(valuesOf(query, 'include_all').at(-1) ?? '') === true })

const READINGS: readonly Reading[] = [
  {
    verb: 'checklist',
    summary: 'Read what the offering asks, and what was answered',
    permission: mayAnswer,
    answer: checklistSchema,
    give: (db, id, query) => readChecklist(db, id, everything(query)),
  },
  {
    verb: 'completion_status',
    summary: 'Read how far the answers have come',
    permission: mayAnswer,
    answer: completionStatusSchema,
    give: completionStatus,
  },
  {
    verb: 'checklist_review',
    summary: 'Read the answers, and which are to be looked at',
    permission: mayUpdate,
    answer: checklistReviewSchema,
    give: (db, id, query) => readChecklistReview(db, id, everything(query)),
  },
  {
    verb: 'completion_review_status',
    summary: 'Read how far the answers have come, and what is to be looked at',
    permission: mayUpdate,
    answer: completionReviewSchema,
    give: completionReview,
  },
]

export function complianceRoutes(api: Api): void {
  const accounts = offeringUsersFor(api.config)
  for (const { verb, summary, permission, answer: schema, give } of READINGS) {
    read<OfferingUser>(api, {
      path: `${accounts.path}{uuid}/${verb}/`,
      id: `${accounts.name}_${verb}_retrieve`,
      tag: accounts.name,
      summary,
      of: accounts,
      permission,
      ...(verb.startsWith('checklist') && { query: { include_all: { schema: { type: 'boolean' } } } }),
      answer: schema,
      run: async ({ db, row, query }) => give(db, await completionOf(db, row), query),
    })
  }
  action(api, accounts, 'submit_answers', {
    summary: 'Answer what the offering asks',
    permission: mayAnswer,
    body: answersBody,
    answer: submittedSchema,
    run: answer,
  })
  const completions = completionsFor(api.config)
  list(api, completions)
  detail(api, completions)
  action(api, providerOfferings, 'update_compliance_checklist', {
    summary: 'Say what an offering asks the people who have accounts there',
    permission: mayLink,
    body: complianceBody,
    run: updateComplianceChecklist,
  })
}
