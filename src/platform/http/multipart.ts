// multipart/form-data: its parts as texts and files. The parser that is used makes a stream for whatever lies between two delimiters
// and reads on beyond its limits, so the delimiters are counted before it is given anything (docs/decisions/0035).
import { setImmediate as turn } from 'node:timers/promises'
import { MIMEType } from 'node:util'
import { Busboy } from '@fastify/busboy'
import { tooLarge, unreadable } from './errors.ts'

export type UploadedFile = { filename: string; mimetype: string; data: Buffer }
export type Part = readonly [name: string, value: string | UploadedFile]

/** Of the lines before a part: no client sends more than three, and a long file's name fits. */
const HEADER_PAIRS_MAX = 16
const HEADER_BYTES_MAX = 4096
/** The parser is given so much at once, and others have their turn. */
const SLICE_BYTES = 64 * 1024

const malformed = () => unreadable('Multipart form parse error')

function mimeOf(header: string): MIMEType | undefined {
  try {
    return new MIMEType(header)
  } catch {
    return undefined
  }
}

/** What stands between the parts of a body: 1 to 70 characters that no quotes are needed for, or that stand in them (RFC 2046). */
function boundaryIn(header: string): string | undefined {
  const boundary = mimeOf(header)?.params.get('boundary') ?? ''
  return /^[\x20-\x7e]{1,70}$/.test(boundary) && !/["\\]/.test(boundary) ? boundary : undefined
}

function countOf(raw: Buffer, delimiter: Buffer, most: number): number {
  let count = 0
  for (let at = raw.indexOf(delimiter); at !== -1 && count <= most; at = raw.indexOf(delimiter, at + delimiter.length)) count++
  return count
}

export type PartLimits = { parts: number; textBytes: number }

/** The parts of a body in their order; 400 for one that is malformed, 413 for one of too many parts or too much text. */
export async function readMultipart(raw: Buffer, header: string, { parts: most, textBytes }: PartLimits): Promise<Part[]> {
  const boundary = boundaryIn(header)
  if (boundary === undefined) throw malformed()
  // The last delimiter ends the last part.
  if (countOf(raw, Buffer.from(`--${boundary}`), most + 1) > most + 1) throw tooManyParts(most)
  const limits = { fieldSize: textBytes, headerPairs: HEADER_PAIRS_MAX, headerSize: HEADER_BYTES_MAX }
  const parser = new Busboy({ headers: { 'content-type': `multipart/form-data; boundary="${boundary}"` }, limits })
  const { parts, ended } = collectParts(parser, textBytes)
  let over = false
  const stop = () => {
    over = true
  }
  ended.then(stop, stop)
  for (let at = 0; at < raw.length && !over; at += SLICE_BYTES) {
    parser.write(raw.subarray(at, at + SLICE_BYTES))
    await turn()
  }
  parser.end()
  await ended
  return parts
}

/** What a parser finds, and its end. */
function collectParts(parser: InstanceType<typeof Busboy>, textBytes: number): { parts: Part[]; ended: Promise<void> } {
  const parts: Part[] = []
  let room = textBytes
  const ended = new Promise<void>((resolve, reject) => {
    const fail = () => reject(malformed())
    parser.on('field', (name, value, _named, truncated) => {
      room -= value.length
      if (truncated || room < 0) reject(tooLarge())
      else parts.push([name, value])
    })
    parser.on('file', (name, stream, filename, _encoding, mimetype) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      // Without a listener of its own a part that ends too early would end the process.
      stream.on('error', fail)
      // A file input that was left empty sends a part without a name: nothing was sent.
      stream.on('end', () => filename && parts.push([name, { filename, mimetype, data: Buffer.concat(chunks) }]))
    })
    parser.on('error', fail)
    parser.on('finish', resolve)
  })
  return { parts, ended }
}

export const tooManyParts = (most: number) => tooLarge(`Request body holds more than ${most} parts.`)
