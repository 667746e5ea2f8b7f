// Public keys as OpenSSH writes them on one line: type, base64 of the blob, comment.

import { createHash } from 'node:crypto'
import { valueAt } from '../../platform/keyed.ts'

export type PublicKey = {
  type: string
  comment: string
  /** 16 bytes in hex with colons. */
  fingerprint_md5: string
  /** `SHA256:` and base64 without padding, as ssh-keygen prints it. */
  fingerprint_sha256: string
  fingerprint_sha512: string
}

const TYPES = new Set([
  'ssh-rsa',
  'ssh-dss',
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'sk-ssh-ed25519@openssh.com',
  'sk-ecdsa-sha2-nistp256@openssh.com',
])

export const NOT_SINGLE_LINE = 'Key is not valid: it should be single line.'
export const NO_FINGERPRINT = 'Key is not valid: cannot generate fingerprint_md5 from it.'
export const INVALID_KEY = 'Invalid SSH public key.'

/** The parts of a blob: texts with their length before them. Undefined when they do not fill it exactly. */
function partsOf(blob: Buffer): Buffer[] | undefined {
  const parts: Buffer[] = []
  for (let at = 0; at < blob.length; ) {
    if (at + 4 > blob.length) return undefined
    const end = at + 4 + blob.readUInt32BE(at)
    if (end > blob.length) return undefined
    parts.push(blob.subarray(at + 4, end))
    at = end
  }
  return parts
}

const PARTS: { [type: string]: number } = { 'ssh-rsa': 3, 'ssh-dss': 5, 'ssh-ed25519': 2, 'sk-ssh-ed25519@openssh.com': 3 }
const partsExpected = (type: string) => valueAt(PARTS, type) ?? (type.startsWith('sk-') ? 4 : 3)

const hashed = (algorithm: string, blob: Buffer) => createHash(algorithm).update(blob).digest()
const printed = (algorithm: string, blob: Buffer) =>
  `${algorithm.toUpperCase()}:${hashed(algorithm, blob).toString('base64').replace(/=+$/, '')}`

/** What a line says, or the text of what is wrong with it (platform.md §12). */
export function parsePublicKey(line: string): PublicKey | { problem: string } {
  if (/[\r\n]/.test(line)) return { problem: NOT_SINGLE_LINE }
  const [type = '', base64 = '', ...comment] = line.split(/\s+/)
  if (base64.length < 8 || base64.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return { problem: NO_FINGERPRINT }
  const blob = Buffer.from(base64, 'base64')
  const parts = partsOf(blob)
  if (!TYPES.has(type) || parts?.length !== partsExpected(type) || parts[0]?.toString('latin1') !== type) return { problem: INVALID_KEY }
  if (parts.some((part) => part.length === 0)) return { problem: INVALID_KEY }
  return {
    type,
    comment: comment.join(' '),
    fingerprint_md5: hashed('md5', blob)
      .toString('hex')
      .replace(/..(?!$)/g, '$&:'),
    fingerprint_sha256: printed('sha256', blob),
    fingerprint_sha512: printed('sha512', blob),
  }
}
