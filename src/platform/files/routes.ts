// GET /api/media/{uuid}/: the bytes of a stored file (platform.md §16).

import { sql } from 'kysely'
import { type Db, run } from '../db/database.ts'
import { type Api, route } from '../http/api.ts'
import { notFound } from '../http/errors.ts'
import { readUuid } from '../http/filters.ts'
import { viewerOf } from '../http/server.ts'
import { valueAt } from '../keyed.ts'
import { openFile } from './storage.ts'

type StoredFile = { id: number; name: string; content_type: string; size_bytes: number; storage_key: string; guarded_by: string | null }

// Names travel twice: for old clients in what ASCII has, for the others whole (RFC 6266).
const disposition = (name: string) =>
  `attachment; filename="${name.replace(/[^\x20-\x7e]|["\\%]/g, '_')}"; filename*=UTF-8''${encodeURIComponent(name.toWellFormed()).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)}`

async function findFile(db: Db, uuid: string): Promise<StoredFile | undefined> {
  const hex = readUuid(uuid)
  if (!hex) return undefined
  const [found] = await run(
    db,
    sql<StoredFile>`select id, name, content_type, size_bytes, storage_key, guarded_by from file where uuid = ${hex}::uuid`,
  )
  return found
}

const CACHED_SECONDS = 3600

/** Serves files. A file whose guard no module declares is nobody's to read. */
export function mediaRoutes(api: Api): void {
  const guards = api.wiring.fileGuards
  const facts = {
    path: '/api/media/{uuid}/',
    id: 'media_retrieve',
    tag: 'media',
    summary: 'Download a file',
    anonymous: true,
    who: 'anyone who may see what the file belongs to',
    answersAnything: true,
    status: 200,
  }
  route(api, 'GET', facts, async (request, reply) => {
    const viewer = viewerOf(request)
    const found = await findFile(api.db, (request.params as { uuid: string }).uuid)
    if (!found) throw notFound()
    if (found.guarded_by !== null && !(await valueAt(guards, found.guarded_by)?.(api.db, viewer, found.id))) throw notFound()
    const stream = await openFile(api.config, found.storage_key)
    if (!stream) throw notFound()
    return reply
      .headers({
        'Content-Type': found.content_type,
        'Content-Length': String(found.size_bytes),
        'Content-Disposition': disposition(found.name),
        // Pages and pictures of strangers must not run as ours when opened.
        'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
        'Cross-Origin-Resource-Policy': 'cross-origin',
        'Cache-Control': found.guarded_by === null ? `public, max-age=${CACHED_SECONDS}` : 'no-store',
      })
      .send(stream)
  })
}
