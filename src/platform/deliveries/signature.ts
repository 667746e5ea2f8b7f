// How a receiver knows that a call is ours: an HMAC over the moment and the body, with a secret that each user reads for what is
// sent in their name.
import { createHmac, hkdfSync } from 'node:crypto'

/** The secret of a user, 64 hex digits: made of the server's own, so that nothing is stored. */
export const deliverySecret = (serverSecret: string, userUuid: string): string =>
  Buffer.from(hkdfSync('sha256', serverSecret, 'tradepost', `deliveries of ${userUuid}`, 32)).toString('hex')

/** `t=<seconds since 1970>,v1=<hex>`: HMAC-SHA256 over `<t>.<body>`. */
export function signatureOf(secret: string, seconds: number, body: string): string {
  return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`
}
