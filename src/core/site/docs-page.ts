// The page for people at /api/docs/: the description written out as one HTML document that needs nothing else, neither
// scripts nor style sheets from elsewhere.

type Schema = {
  $ref?: string
  type?: string | string[]
  format?: string
  enum?: unknown[]
  items?: Schema
  properties?: { [name: string]: Schema }
  required?: string[]
  additionalProperties?: Schema | boolean
  anyOf?: Schema[]
  minimum?: number
  maximum?: number
  maxLength?: number
  default?: unknown
}

type Operation = {
  operationId: string
  summary: string
  tags: string[]
  parameters?: { name: string; in: string; required?: boolean; schema: Schema }[]
  requestBody?: { content: { [type: string]: { schema: Schema } } }
  responses: {
    [status: string]: { $ref?: string; description?: string; headers?: object; content?: { [type: string]: { schema: Schema } } }
  }
  security?: object[]
}

/** What the page reads of an OpenAPI document. */
export type Description = {
  info: { title: string; version: string }
  paths: { [path: string]: { [method: string]: unknown } }
  components: { schemas: { [name: string]: unknown } }
}

const escaped = (value: unknown): string =>
  String(value).replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c] ?? c)

const code = (text: unknown) => `<code>${escaped(text)}</code>`

/** In a few words what a value is; named shapes are links to where they are written out. */
function kindOf(schema: Schema): string {
  if (schema.$ref) {
    const name = schema.$ref.split('/').at(-1) ?? ''
    return `<a href="#schema-${escaped(name)}">${escaped(name)}</a>`
  }
  if (schema.anyOf) return schema.anyOf.map(kindOf).join(' or ')
  const types = [schema.type ?? []].flat()
  if (types.includes('array') && schema.items) return `list of ${kindOf(schema.items)}`
  if (typeof schema.additionalProperties === 'object') return `map of ${kindOf(schema.additionalProperties)}`
  return `${types.map(escaped).join(' or ') || 'anything'}${schema.format ? ` (${escaped(schema.format)})` : ''}`
}

function limitsOf(schema: Schema): string {
  const { minimum, maximum, maxLength, default: fallback } = schema
  const values = schema.enum ?? schema.items?.enum
  const parts = [
    values && values.length > 0 ? values.map(code).join(' ') : '',
    minimum === undefined ? '' : `at least ${minimum}`,
    maximum === undefined ? '' : `at most ${maximum}`,
    maxLength === undefined ? '' : `at most ${maxLength} characters`,
    fallback === undefined ? '' : `${code(JSON.stringify(fallback))} unless sent`,
  ]
  return parts.filter((part) => part !== '').join('; ')
}

const row = (name: string, schema: Schema, note: string) =>
  `<tr><td>${code(name)}</td><td>${kindOf(schema)}</td><td>${[note, limitsOf(schema)].filter((part) => part !== '').join('; ')}</td></tr>`

/** The fields of an object, those of objects inside it under dotted names. */
function fieldRows(schema: Schema, noted: 'required' | 'always', prefix = ''): string {
  return Object.entries(schema.properties ?? {})
    .map(([name, field]) => {
      const inner = field.properties ? field : field.items?.properties ? field.items : undefined
      const note = schema.required?.includes(name) ? (noted === 'required' ? 'required' : '') : noted === 'always' ? 'may be absent' : ''
      const path = `${prefix}${name}${field.items?.properties ? '[]' : ''}`
      return `${row(path, field, note)}${inner ? fieldRows(inner, noted, `${path}.`) : ''}`
    })
    .join('')
}

const table = (rows: string) => (rows === '' ? '' : `<table><tbody>${rows}</tbody></table>`)

const written = (schema: Schema, noted: 'required' | 'always') =>
  schema.properties
    ? table(fieldRows(schema, noted))
    : schema.items?.properties
      ? `<p>list of</p>${table(fieldRows(schema.items, noted))}`
      : `<p>${kindOf(schema)}</p>`

const firstSchema = (content: { [type: string]: { schema: Schema } } | undefined) => Object.values(content ?? {})[0]?.schema

function answersOf(operation: Operation): string {
  return Object.entries(operation.responses)
    .filter(([, response]) => !response.$ref)
    .map(([status, response]) => {
      const schema = firstSchema(response.content)
      const paged = response.headers
        ? ', paged: the number of all stands in <code>X-Result-Count</code>, other pages in <code>Link</code>'
        : ''
      return `<h4>Answer ${escaped(status)}${schema ? '' : ', no body'}${paged}</h4>${schema ? written(schema, 'always') : ''}`
    })
    .join('')
}

function operationText(method: string, path: string, operation: Operation): string {
  const parameters = (operation.parameters ?? []).map(({ name, in: place, required, schema }) => {
    if (name === 'field') return row(name, { type: 'array', items: { type: 'string' } }, 'names of fields of the answer, to get only those')
    return row(name, schema, place === 'path' ? 'in the path' : required ? 'required' : '')
  })
  const body = firstSchema(operation.requestBody?.content)
  const open = operation.security?.some((way) => Object.keys(way).length === 0) ? '<p>Answered without a token too.</p>' : ''
  return `<details id="${escaped(operation.operationId)}"><summary><b class="${method}">${method.toUpperCase()}</b> ${code(path)} <span>${escaped(
    operation.summary,
  )}</span></summary>${open}${parameters.length > 0 ? `<h4>Parameters</h4>${table(parameters.join(''))}` : ''}${
    body ? `<h4>Body</h4>${written(body, 'required')}` : ''
  }${answersOf(operation)}</details>`
}

const STYLE = `:root{color-scheme:light dark}body{font:15px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem}
code{font:13px ui-monospace,monospace}summary{cursor:pointer;padding:.25rem 0}summary span{opacity:.75}details details,details>table,details>p,details>h4{margin-left:1.2rem}
table{border-collapse:collapse}td{border-top:1px solid #8884;padding:.15rem .7rem .15rem 0;vertical-align:top}h2{margin-top:2rem}h4{margin:.6rem 0 .2rem}
b{display:inline-block;min-width:4.2rem;font:600 13px ui-monospace,monospace}.get{color:#2a6f6b}.post{color:#7a5200}.put,.patch{color:#4b4fa8}.delete{color:#a8322d}nav a{margin-right:.8rem}`

const INTRODUCTION = `<p>Every request carries <code>Authorization: Token &lt;key&gt;</code>; <code>POST /api-auth/password/</code> with a user name and
a password gives the key. Paths end with a slash. Bodies are JSON, or forms. Lists take <code>page</code>, <code>page_size</code> (10, at most 300),
<code>o</code> for the order and <code>field</code> for the fields wanted; <code>HEAD</code> on a list counts it. Uuids are sent as 32 hex digits and taken
with dashes too. Errors say <code>detail</code>, or list texts under the names of fields.</p>
<p>The same as an OpenAPI document: <a href="/api/schema/">JSON</a>, <a href="/api/schema/?format=yaml">YAML</a>.</p>`

/** The whole page. Counts of lists (HEAD) are not written out: they take what the list takes. */
export function docsPage({ info, paths, components }: Description): string {
  const byTag = new Map<string, string[]>()
  for (const [path, methods] of Object.entries(paths)) {
    for (const [method, facts] of Object.entries(methods)) {
      if (method === 'head') continue
      const operation = facts as Operation
      const tag = operation.tags[0] ?? 'other'
      byTag.set(tag, [...(byTag.get(tag) ?? []), operationText(method, path, operation)])
    }
  }
  const tags = [...byTag].sort(([a], [b]) => (a < b ? -1 : 1))
  const title = `${escaped(info.title)} API ${escaped(info.version)}`
  const sections = tags.map(
    ([tag, operations]) => `<h2 id="tag-${escaped(tag)}">${escaped(tag.replaceAll('_', ' '))}</h2>${operations.join('')}`,
  )
  const shapes = Object.entries(components.schemas).map(
    ([name, schema]) =>
      `<details id="schema-${escaped(name)}"><summary>${code(name)}</summary>${written(schema as Schema, 'always')}</details>`,
  )
  const links = tags.map(([tag]) => `<a href="#tag-${escaped(tag)}">${escaped(tag.replaceAll('_', ' '))}</a>`).join(' ')
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title>
<style>${STYLE}</style></head><body><h1>${title}</h1>${INTRODUCTION}<nav>${links}</nav>${sections.join('')}<h2>Shapes</h2>${shapes.join('')}</body></html>`
}
