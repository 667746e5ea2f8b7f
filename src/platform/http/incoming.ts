// The bytes of bodies while they come in: bounded for each request by what it may send, and for all requests together by what
// the server can hold. They are told apart from what they mean (body.ts), because nobody knows yet whether that will be wanted.
import type { IncomingMessage } from 'node:http'
import { gone, overloaded, tooLarge, unreadable } from './errors.ts'

/** How many bytes all bodies may take at once. */
export type Budget = { take: (bytes: number) => boolean; giveBack: (bytes: number) => void }

export function budgetOf(most: number): Budget {
  let taken = 0
  return {
    take: (bytes) => {
      if (taken + bytes > most) return false
      taken += bytes
      return true
    },
    giveBack: (bytes) => {
      taken -= bytes
    },
  }
}

const FIRST_BYTES = 4096

/**
 * A body that grows: one piece of memory, because a caller may send a body byte by byte, and a list of pieces would be hundreds of
 * times what was sent.
 */
function growing(limit: number, take: (bytes: number) => boolean) {
  let bytes = Buffer.alloc(0)
  let length = 0
  return {
    add: (chunk: Buffer): void => {
      const needed = length + chunk.length
      if (needed > limit) throw tooLarge()
      if (needed > bytes.length) {
        const size = Math.min(limit, Math.max(needed, 2 * bytes.length, FIRST_BYTES))
        if (!take(size - bytes.length)) throw overloaded()
        const larger = Buffer.allocUnsafeSlow(size)
        bytes.copy(larger, 0, 0, length)
        bytes = larger
      }
      chunk.copy(bytes, length)
      length = needed
    },
    whole: () => bytes.subarray(0, length),
  }
}

/** Reads a body of at most `limit` bytes; `take` asks for memory. 413 for a longer one, 503 when there is no memory to be had. */
export function readIncoming(payload: IncomingMessage, limit: number, take: (bytes: number) => boolean): Promise<Buffer> {
  const declared = payload.headers['content-length'] === undefined ? undefined : Number(payload.headers['content-length'])
  if (declared !== undefined && declared > limit) return Promise.reject(tooLarge())
  const body = growing(declared ?? limit, take)
  return new Promise((resolve, reject) => {
    const stop = () => {
      payload.off('data', add).off('end', end).off('error', cut)
    }
    const refuse = (error: unknown) => {
      stop()
      // What still comes is dropped, until the answer closes the connection.
      payload.on('error', () => undefined).resume()
      reject(error)
    }
    const add = (chunk: Buffer) => {
      try {
        body.add(chunk)
      } catch (error) {
        refuse(error)
      }
    }
    const end = () => {
      stop()
      const whole = body.whole()
      if (declared === undefined || declared === whole.length) resolve(whole)
      else reject(unreadable('Request body does not match Content-Length'))
    }
    const cut = () => refuse(gone())
    payload.on('data', add).on('end', end).on('error', cut)
  })
}
