// Calls the product's own API from inside, as one of its users: the demo world comes about as any other would.
import type { FastifyInstance } from 'fastify'

/** An answer's object, or the first of a list. */
export type Answer = { [field: string]: unknown }
export type Caller = (method: 'GET' | 'POST' | 'PATCH', path: string, body?: object) => Promise<Answer>

/** A caller with a token, or an anonymous one. An answer that is no success ends the load with what was said. */
export const caller =
  (app: FastifyInstance, token?: string): Caller =>
  async (method, path, body) => {
    const answer = await app.inject({
      method,
      url: path.replace(/^https?:\/\/[^/]+/, ''),
      headers: { ...(token ? { authorization: `Token ${token}` } : {}), ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { payload: JSON.stringify(body) } : {}),
    })
    if (answer.statusCode >= 300) throw new Error(`${method} ${path} answered ${answer.statusCode}: ${answer.payload}`)
    return answer.payload === '' ? {} : (JSON.parse(answer.payload) as Answer)
  }
