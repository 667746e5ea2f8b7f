// The checklist that an offering asks its people to answer. Who is asked, and what becomes of the answers, is for those who keep the
// people (offering-users).
import { recordEvents } from '../platform/events/record.ts'
import type { Call } from '../platform/http/operation.ts'
import { offeringEvent } from './events.ts'
import type { ProviderOffering } from './subject.ts'

/** Sets or takes away the checklist of an offering that is held. */
export async function setComplianceChecklist(call: Call<ProviderOffering, unknown>, compliance_checklist_id: number | null): Promise<void> {
  const { tx, row } = call
  await tx.updateTable('offering').set({ compliance_checklist_id }).where('id', '=', row.id).execute()
  await recordEvents(call, [offeringEvent('marketplace_offering_updated', row)])
}
