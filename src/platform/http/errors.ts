// The closed set of refusals a request may end with, and nothing else: what a rule is, its module knows.
// Anything thrown that is not a Refusal is an unexpected failure: logged whole, answered as 500 with the request's id.

/** Texts by field; nested for objects (`{limits: {cpu: [...]}}`) and lists of objects; a bare text where the field's server sends one. */
export type FieldErrors = { [field: string]: string | string[] | FieldErrors | FieldErrors[] }

type RefusalBody = { detail: string; request_id?: string } | FieldErrors | string[] | FieldErrors[]

/** A request that ends with a documented error: status, body as sent, extra headers (platform.md §4.1). */
export class Refusal extends Error {
  readonly status: number
  readonly body: RefusalBody
  readonly headers: Record<string, string>

  constructor(status: number, body: RefusalBody, headers: Record<string, string> = {}) {
    super(`${status} ${JSON.stringify(body)}`)
    this.name = 'Refusal'
    this.status = status
    this.body = body
    this.headers = headers
  }
}

const detail = (status: number, text: string, headers?: Record<string, string>) => new Refusal(status, { detail: text }, headers)

/** 400 with texts by field. */
export const invalid = (fields: FieldErrors) => new Refusal(400, fields)
/** 400 `{"non_field_errors": [text]}`: a rule across fields of a body. */
export const invalidBody = (text: string) => invalid({ non_field_errors: [text] })
/** 400 `[text]`: a business rule outside the body's own validation. */
export const refused = (text: string) => new Refusal(400, [text])
/** 400 `{"detail": "JSON parse error - …"}`. */
export const unreadable = (text: string) => detail(400, `JSON parse error - ${text}`)
/** 401 with the scheme the caller should use. */
export const unauthenticated = (text = 'Authentication credentials were not provided.') =>
  detail(401, text, { 'WWW-Authenticate': 'Token' })
/** 403: the caller sees the object but may not do this. */
export const forbidden = (text = 'You do not have permission to perform this action.') => detail(403, text)
/** 404: absent, or not visible to the caller, which must look the same. `model` is the field's model name, such as `Order`. */
export const notFound = (model?: string) => detail(404, model ? `No ${model} matches the given query.` : 'Not found.')
/** 404 for a page outside the list. */
export const invalidPage = () => detail(404, 'Invalid page.')
/** 405 with the methods that do work. */
export const methodNotAllowed = (method: string, allow?: readonly string[]) =>
  detail(405, `Method "${method}" not allowed.`, allow ? { Allow: allow.join(', ') } : {})
/** 406: the caller accepts no JSON. */
export const notAcceptable = () => detail(406, 'Could not satisfy the request Accept header.')
/** 409 naming the states in which the operation is valid, in the operation's own order. */
export const wrongState = (valid: readonly string[]) => detail(409, `Valid states for operation: ${valid.join(', ')}.`)
/** 409 for every other clash with what is stored. */
export const conflict = (text: string) => detail(409, text)
/** 412: what the caller has seen (If-Match) is not what is there now. */
export const changedMeanwhile = () => detail(412, 'The object has been changed since it was read.')
/** 409: others are changing the same just now; when to try again. */
export const busy = () => detail(409, 'The object is being changed by somebody else. Try again in a moment.', { 'Retry-After': '1' })
/** 413: a body, a file or a nesting beyond the limit. */
export const tooLarge = (text = 'Request body is too large.') => detail(413, text)
/** 414: more is asked for than a link to the next page could repeat. */
export const tooLong = (most: number) => detail(414, `The address of a request may have no more than ${most} characters.`)
/** 415 quoting the type that was sent. */
export const unsupportedMedia = (type: string) => detail(415, `Unsupported media type "${type}" in request.`)
/** 422: an Idempotency-Key that was used with another body. */
export const keyReused = () => detail(422, 'This Idempotency-Key was used with a different request.')
/** 429 with the whole seconds to wait. */
export const throttled = (seconds: number) =>
  detail(429, `Request was throttled. Expected available in ${seconds} seconds.`, { 'Retry-After': String(seconds) })
/** 499: the caller hung up before there was an answer; nobody reads it, the log does. */
export const gone = () => detail(499, 'The caller is gone.')
/** 503: the database is away; the same request may succeed later. */
export const unavailable = (text = 'Service is temporarily unavailable.') => detail(503, text, { 'Retry-After': '5' })
/** 503: the server holds as much for others as it can; when to try again. */
export const overloaded = () => detail(503, 'The server is busy with other requests. Try again in a moment.', { 'Retry-After': '1' })
/** 500: a fault of ours; the id finds it in the log. */
export const failed = (requestId: string) => new Refusal(500, { detail: 'Internal server error.', request_id: requestId })
