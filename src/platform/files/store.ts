// Uploaded files: a row that says what each is, the bytes in the storage. Bytes are written before the row and removed after
// it, so that a row never stands without its bytes.
import { sql } from 'kysely'
import type { Config } from '../config.ts'
import { run, type Tx } from '../db/database.ts'
import type { UploadedFile } from '../http/multipart.ts'
import type { Job, Jobs } from '../wiring.ts'
import { cleanSvg, contentTypeOf } from './content.ts'
import { keysBefore, putFile, removeFile } from './storage.ts'

type Storing = {
  tx: Tx
  config: Config
  /** Who sent it; absent for the system. */
  actor?: { id: number }
}

const NAME_MAX = 255

/** The last part of a sent name, without what would break a header or a path. */
const cleanName = (name: string) =>
  (name.split(/[\\/]/).at(-1) ?? '')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must go.
    .replace(/[\u0000-\u001f\u007f"]/g, '')
    .slice(-NAME_MAX) || 'file'

/**
 * Keeps an uploaded file, as read by a `file()` shape, and returns the id of its row, for columns such as `image_id`.
 * `guardedBy` names who must see what to read it (`mediaRoutes`); without it anyone who knows the address may.
 */
export async function storeFile({ tx, config, actor }: Storing, uploaded: UploadedFile, guardedBy?: string): Promise<number> {
  const contentType = await contentTypeOf(uploaded)
  const data = contentType === 'image/svg+xml' ? cleanSvg(uploaded.data) : uploaded.data
  const { id } = await tx
    .insertInto('file')
    .values({
      name: cleanName(uploaded.filename),
      content_type: contentType,
      size_bytes: data.length,
      storage_key: await putFile(config, data),
      guarded_by: guardedBy ?? null,
      created_by_id: actor?.id ?? null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** Removes the bytes of files whose rows are gone. */
export const removeStoredFile: Job<{ storage_key: string }> = {
  name: 'remove-stored-file',
  run: async ({ config }, { storage_key }) => removeFile(config, storage_key),
}

const DAY_MS = 24 * 60 * 60 * 1000

/** Removes bytes that no row names: a request that was refused after its file was kept leaves them behind. */
export const sweepStoredFiles: Job = {
  name: 'sweep-stored-files',
  cron: '41 3 * * *',
  run: async ({ db, config }) => {
    for await (const keys of keysBefore(config, Date.now() - DAY_MS)) {
      const named = keys.length === 0 ? [] : await db.selectFrom('file').select('storage_key').where('storage_key', 'in', keys).execute()
      const kept = new Set(named.map((row) => row.storage_key))
      for (const key of keys) if (!kept.has(key)) await removeFile(config, key)
    }
  },
}

/** Forgets a file that no row names any more; its bytes go after commit. Nothing happens for null. */
export async function discardFile({ tx, jobs }: { tx: Tx; jobs: Jobs }, id: number | null): Promise<void> {
  if (id === null) return
  const gone = await run(tx, sql<{ storage_key: string }>`delete from file where id = ${id} returning storage_key`)
  for (const { storage_key } of gone) await jobs.send(tx, removeStoredFile, { storage_key })
}

/** Changes who may read a file: whom its guard lets (`mediaRoutes`), or anyone who knows the address (null). Nothing happens for no file. */
export async function guardFile(tx: Tx, id: number | null, guardedBy: string | null): Promise<void> {
  if (id !== null) await tx.updateTable('file').set({ guarded_by: guardedBy }).where('id', '=', id).execute()
}

/**
 * What a file column becomes when a body may replace (a file), clear (null) or keep (undefined) it: the id to write, and
 * what to do once it is written.
 */
export async function replaceFile(
  call: Storing & { jobs: Jobs },
  sent: UploadedFile | null | undefined,
  current: number | null,
  guardedBy?: string,
): Promise<{ id: number | null; discardOld: () => Promise<void> }> {
  if (sent === undefined) return { id: current, discardOld: async () => undefined }
  const id = sent === null ? null : await storeFile(call, sent, guardedBy)
  return { id, discardOld: () => discardFile(call, current) }
}
