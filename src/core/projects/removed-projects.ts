// Projects that were removed stay as rows until their organization is deleted for real.
import type { Tx } from '../../platform/db/database.ts'

/** Deletes the removed projects of an organization that nothing refers to any more. */
export async function deleteRemovedProjects(tx: Tx, customerId: number): Promise<void> {
  await tx.deleteFrom('project').where('customer_id', '=', customerId).where('is_removed', '=', true).execute()
}
