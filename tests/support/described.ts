// The operations of a description, and paths with the keys of objects in them.

/** An operation of the description. `list`: paged; `query`: what it takes. */
export type Described = { method: string; path: string; id: string; list: boolean; anonymous: boolean; query: Parameter[]; body?: Schema }
export type Schema = { [key: string]: unknown }
export type Parameter = { name: string; in: string; schema: Schema }

export const UNKNOWN = '0'.repeat(32)

/** The operations of a description, in its order. */
export function operationsOf(openapi: {
  paths: { [path: string]: { [method: string]: unknown } }
  components: { schemas: { [name: string]: Schema } }
}): Described[] {
  type Operation = {
    operationId: string
    parameters?: Parameter[]
    requestBody?: { content: { [type: string]: { schema: Schema } } }
    responses: { [status: string]: { headers?: object } }
    security: object[]
  }
  return Object.entries(openapi.paths).flatMap(([path, methods]) =>
    Object.entries(methods as { [method: string]: Operation }).map(([method, operation]) => {
      const sent = operation.requestBody?.content['application/json']?.schema
      const body = typeof sent?.$ref === 'string' ? openapi.components.schemas[sent.$ref.replace('#/components/schemas/', '')] : sent
      return {
        method: method.toUpperCase(),
        path,
        id: operation.operationId,
        list: Object.hasOwn(operation.responses[200]?.headers ?? {}, 'X-Result-Count'),
        anonymous: operation.security.some((way) => Object.keys(way).length === 0),
        query: (operation.parameters ?? []).filter((parameter) => parameter.in === 'query'),
        ...(body ? { body } : {}),
      }
    }),
  )
}

/** Path of a collection → the key of the object of it that operations are tried on; `{name}` → that of another part of a path. */
export type Places = readonly (readonly [path: string, key: string])[]

/** A path with keys in it: that of `on`, else those of the places, else unknown ones. */
export function fill(path: string, places: Places, on?: string): string {
  const place = places.find(([start]) => path.startsWith(start))
  let first = true
  return path.replace(/\{[^}]+\}/g, (name) => {
    const key = first ? (on ?? place?.[1]) : places.find(([start]) => start === name)?.[1]
    first = false
    return key ?? UNKNOWN
  })
}
