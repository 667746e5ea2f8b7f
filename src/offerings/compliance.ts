// Which checklist an offering asks its people. The rows are those of a module further right: here they are only named.
import { sql } from 'kysely'
import { type Executor, run } from '../platform/db/database.ts'
import { recordEvents } from '../platform/events/record.ts'
import type { Context } from '../platform/wiring.ts'
import { offeringEvent } from './events.ts'
import type { ProviderOffering } from './subject.ts'

/** A checklist that offerings may ask, held until the transaction ends; whoever knows its uuid may name it, and need not see it. */
export async function findComplianceChecklist(db: Executor, uuid: string): Promise<{ id: number } | undefined> {
  const [found] = await run(
    db,
    sql<{ id: number }>`select id from checklist where uuid = ${uuid}::uuid and checklist_type = 'offering_compliance' for key share`,
  )
  return found
}

/** Links a checklist to an offering, or takes the link away; what follows for those who are asked is for whoever asks them. */
export async function setComplianceChecklist(context: Context, offering: ProviderOffering, checklistId: number | null): Promise<void> {
  await context.tx.updateTable('offering').set({ compliance_checklist_id: checklistId }).where('id', '=', offering.id).execute()
  await recordEvents(context, [offeringEvent('marketplace_offering_updated', offering)])
}
