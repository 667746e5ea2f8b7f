// What the walk asks for: each filter with a value that matches few rows (the entities called "seldom" of load.ts) and one
// that matches many, chosen by the filter's kind and name.
import type pg from 'pg'

export type Parameter = { name: string; in: string; schema: Schema }
type Schema = { type?: string; format?: string; enum?: readonly string[]; items?: Schema }

const ENTITIES = ['customer', 'project', 'category', 'offering', 'resource', 'plan', 'user', 'role', 'service_provider'] as const
type Entity = (typeof ENTITIES)[number]
/** Entity → the uuid of the seldom one and of a common one. */
export type Keys = { [E in Entity]: readonly [few: string, many: string] }

export async function known(db: pg.Client): Promise<Keys> {
  const found = await Promise.all(
    ENTITIES.map(async (entity) => {
      const { rows } = await db.query<{ uuid: string }>(
        `(select replace(uuid::text, '-', '') as uuid from "${entity}" order by id desc limit 1)
          union all (select replace(uuid::text, '-', '') from "${entity}" where id >= $1 order by id limit 1)`,
        [COMMON[entity] ?? 1],
      )
      return [entity, [rows[0]?.uuid, rows[1]?.uuid]]
    }),
  )
  return Object.fromEntries(found) as Keys
}

// The owner's project and organization are those the walk looks into.
const COMMON: { [E in Entity]?: number } = { customer: 27, project: 131 }

const NAMES: readonly [RegExp, Entity][] = [
  [/parent_offering|^parent/, 'offering'],
  [/user|manager/, 'user'],
  [/service_provider/, 'service_provider'],
  [/customer|provider/, 'customer'],
  [/project/, 'project'],
  [/category/, 'category'],
  [/resource/, 'resource'],
  [/plan/, 'plan'],
  [/role/, 'role'],
  [/offering|uuid_list/, 'offering'],
]
const URLS: { [E in Entity]?: string } = {
  customer: '/api/customers/',
  project: '/api/projects/',
  offering: '/api/marketplace-provider-offerings/',
  resource: '/api/marketplace-resources/',
  user: '/api/users/',
}

const entityOf = (name: string): Entity => NAMES.find(([word]) => word.test(name))?.[1] ?? 'project'

/** The path with a common object's key for `{uuid}`. */
export const filled = (path: string, keys: Keys): string =>
  path.replace('{uuid}', () => keys[/service-providers/.test(path) ? 'service_provider' : entityOf(path)][1])

const COMMON_WORDS: readonly [RegExp, string][] = [
  [/orders|resources/, 'resource'],
  [/offerings/, 'Offering'],
  [/projects/, 'Project'],
  [/users/, 'user'],
]

/** The queries with which the walk tries a parameter of the list at `path`. */
export function valuesOf(path: string, { name, in: place, schema }: Parameter, keys: Keys): string[] {
  if (place !== 'query' || ['page', 'page_size', 'field'].includes(name)) return []
  return samples(path, name, schema.items ?? schema, keys).map((value) => `${name}=${encodeURIComponent(value)}`)
}

function samples(path: string, name: string, { type, format, enum: choices }: Schema, keys: Keys): readonly string[] {
  if (choices) return choices
  if (format === 'uuid') return keys[entityOf(name)]
  if (format === 'uri') return keys[entityOf(name)].map((key) => `${URLS[entityOf(name)] ?? '/api/projects/'}${key}/`)
  if (format === 'date-time' || format === 'date')
    return /before/.test(name) ? ['2023-11-01T06:00:00Z', '2030-01-01'] : ['2026-10-31T18:00:00Z', '2020-01-01']
  if (type === 'boolean') return ['true', 'false']
  if (type === 'integer' || type === 'number') return ['1', '7']
  if (name === 'attributes') return ['{"key": "value"}']
  const words = ['seldom', COMMON_WORDS.find(([word]) => word.test(path))?.[1] ?? 'a', `${name} 17`, 'qz', 'e']
  if (name === 'backend_id') return [...words, 'job-4711']
  if (name === 'resource_name') return [...words, 'resource 4711']
  return name === 'query' ? [...words, keys.resource[1], 'resource 4711', '4711'] : words
}
