// What offerings ask the people who have accounts there, and the completions that come and go with it (service-providers.md §1.9.5).
import { type RawBuilder, sql } from 'kysely'
import { makeCompletions, removeCompletions } from '../../checklists/public.ts'
import { type ProviderOffering, setComplianceChecklist } from '../../offerings/public.ts'
import { run, type Tx } from '../../platform/db/database.ts'
import { invalid } from '../../platform/http/errors.ts'
import type { Call } from '../../platform/http/operation.ts'
import { body, nullable, optional, type Parsed, uuid } from '../../platform/http/shapes.ts'
import { reaction } from '../../platform/wiring.ts'
import { offeringUserEvents } from '../events.ts'

/** By which completions name accounts. */
export const ACCOUNTS = 'offering_user'

export const complianceBody = body('OfferingComplianceChecklistUpdateRequest', { compliance_checklist: optional(nullable(uuid())) })

/** The checklist of that uuid, if offerings may ask it; nobody removes it meanwhile. */
async function findChecklist(tx: Tx, hex: string): Promise<number> {
  const [found] = await run(
    tx,
    sql<{ id: number }>`select id from checklist where uuid = ${hex}::uuid and checklist_type = 'offering_compliance' for key share`,
  )
  if (!found) throw invalid({ compliance_checklist: [`Object with uuid=${hex} does not exist.`] })
  return found.id
}

const accountsAt = (offeringId: number): RawBuilder<{ scope_id: number; user_id: number }> =>
  sql`select id as scope_id, user_id from offering_user where offering_id = ${offeringId}`

/** Links a checklist, another, or none. The answers to one that is left are gone. Who gets an account meanwhile waits for the offering. */
export async function updateComplianceChecklist(call: Call<ProviderOffering, Parsed<typeof complianceBody>>): Promise<void> {
  const { tx, row, input } = call
  const { compliance_checklist } = input
  if (compliance_checklist === undefined) return
  const before = row.compliance_checklist_id
  const after = compliance_checklist === null ? null : await findChecklist(tx, compliance_checklist)
  if (after === before) return
  if (before !== null) await removeCompletions(tx, before, ACCOUNTS, sql`select id from offering_user where offering_id = ${row.id}`)
  await setComplianceChecklist(call, after)
  if (after !== null) await makeCompletions(tx, after, { type: ACCOUNTS, rows: accountsAt(row.id) })
}

/** Whoever comes is asked what the others were. */
export const askNewcomers = reaction(
  offeringUserEvents,
  ['marketplace_offering_user_created'],
  async ({ tx }, { id, user_id, offering_id }) => {
    const [offering] = await run(
      tx,
      sql<{ checklist_id: number | null }>`select compliance_checklist_id as checklist_id from offering where id = ${offering_id}`,
    )
    if (!offering?.checklist_id) return
    await makeCompletions(tx, offering.checklist_id, {
      type: ACCOUNTS,
      rows: sql`select ${id}::bigint as scope_id, ${user_id}::bigint as user_id`,
    })
  },
)
