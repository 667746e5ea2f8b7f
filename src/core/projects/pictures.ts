// Pictures of removed projects are read by those alone who still find the project; addresses of pictures are otherwise open to
// everybody.
import type { Tx } from '../../platform/db/database.ts'
import type { FileGuards } from '../../platform/files/guards.ts'
import { guardFile } from '../../platform/files/store.ts'
import { findSubject } from '../../platform/http/collection.ts'
import { projects } from './list.ts'

const GUARD = 'removed project'

/** Closes the picture of a removed project to strangers, or opens that of a recovered one again. */
export const guardPicture = (tx: Tx, imageId: number | null, removed: boolean): Promise<void> =>
  guardFile(tx, imageId, removed ? GUARD : null)

/** Who finds a removed project sees its picture. */
export const projectFileGuards: FileGuards = {
  [GUARD]: async (db, viewer, fileId) => {
    const project = await db.selectFrom('project').select('uuid').where('image_id', '=', fileId).executeTakeFirst()
    return project !== undefined && (await findSubject(db, projects, viewer, project.uuid)) !== undefined
  },
}
