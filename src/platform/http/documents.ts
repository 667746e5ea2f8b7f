// Documents that stay the same while the server runs: made at their first use and kept as bytes, compressed too, with a tag.
import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { namesTagWeakly } from './tags.ts'

type Kept = { bytes: Buffer; gzipped: Buffer; tag: string }
export type KeptDocument = { type: string; kept: () => Promise<Kept> }

const compress = promisify(gzip)

/** `make` is called once, when somebody first asks. */
export function keptDocument(type: string, make: () => string | Promise<string>): KeptDocument {
  let kept: Promise<Kept> | undefined
  const keep = async (): Promise<Kept> => {
    const bytes = Buffer.from(await make())
    // The same document in two encodings: the tag is a weak one.
    return { bytes, gzipped: await compress(bytes), tag: `W/"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"` }
  }
  return {
    type,
    kept: () => {
      kept ??= keep()
      return kept
    },
  }
}

const TAKES_GZIP = /(?:^|[\s,])gzip(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/i

/** Sends a document, compressed to who takes that; 304 to who has it already. Callers may keep it, and ask whether it still holds. */
export async function sendDocument(request: FastifyRequest, reply: FastifyReply, { type, kept }: KeptDocument): Promise<FastifyReply> {
  const { bytes, gzipped, tag } = await kept()
  const known = request.headers['if-none-match']
  reply.headers({ ETag: tag, 'Cache-Control': 'no-cache', Vary: `${reply.getHeader('Vary')}, Accept-Encoding` })
  if (known !== undefined && namesTagWeakly(known, tag.slice(2))) return reply.code(304).send()
  reply.type(type)
  if (!TAKES_GZIP.test(String(request.headers['accept-encoding'] ?? ''))) return reply.send(bytes)
  return reply.header('Content-Encoding', 'gzip').send(gzipped)
}
