// API tokens and third-party secrets: looked up by digest, readable again through the API only from a sealed copy (stack.md).
import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto'

const TOKEN_BYTES = 20

/** A new API token: 40 lower-case hex digits. */
export const newToken = (): string => randomBytes(TOKEN_BYTES).toString('hex')

/** What a token is looked up by. */
export const tokenDigest = (token: string): Buffer => createHash('sha256').update(token).digest()

const sealingKey = (secret: string) => Buffer.from(hkdfSync('sha256', secret, 'tradepost', 'sealed values', 32))

/** AES-256-GCM under the server's secret key: 12 bytes of nonce, 16 of tag, then the text. */
export function seal(secret: string, text: string): Buffer {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', sealingKey(secret), nonce)
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed])
}

/** The text of a sealed value; throws when it was sealed under another secret key or was changed. */
export function unseal(secret: string, sealed: Buffer): string {
  const decipher = createDecipheriv('aes-256-gcm', sealingKey(secret), sealed.subarray(0, 12))
  decipher.setAuthTag(sealed.subarray(12, 28))
  return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]).toString('utf8')
}
