import type { Db } from '../db/database.ts'
import type { Viewer } from '../http/context.ts'

/** By the word in `guarded_by`: whether the caller sees what the file belongs to. */
export type FileGuards = { [guardedBy: string]: (db: Db, viewer: Viewer, fileId: number) => Promise<boolean> }
