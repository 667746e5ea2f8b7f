// The SQL of every list with all its filters on, committed for review: docs/sql/<collection>.sql. Values are bound, so the
// text holds none of them.
import { beforeAll, describe, it } from 'vitest'
import { countStatements } from '../../src/platform/db/database.ts'
import { expectGeneratedFolder } from '../support/generated.ts'
import { type Described, type Parameter, UNKNOWN, wholeWorld } from '../support/whole-world.ts'

const PAGING = new Set(['page', 'page_size', 'field', 'o'])

/** Words in a filter's name → a URL of what it is about. */
const URLS: readonly [RegExp, string][] = [
  [/customer|provider/, `/api/customers/${UNKNOWN}/`],
  [/project|scope/, `/api/projects/${UNKNOWN}/`],
  [/parent_offering|^offering/, `/api/marketplace-provider-offerings/${UNKNOWN}/`],
  [/resource/, `/api/marketplace-resources/${UNKNOWN}/`],
  [/user/, `/api/users/${UNKNOWN}/`],
  [/category/, `/api/marketplace-categories/${UNKNOWN}/`],
  [/plan/, `/api/marketplace-plans/${UNKNOWN}/`],
]

describe('the SQL of lists', () => {
  const w = wholeWorld()
  let lists: Described[]
  beforeAll(() => {
    lists = w.current.operations.filter(({ method, list }) => method === 'GET' && list)
  })

  it('is what is committed', async () => {
    const { people, as, at } = w.current
    const files: { [name: string]: string } = {}
    for (const { id, path, query } of lists) {
      const texts: string[] = []
      for (const [name, person] of [
        ['staff', people.staff],
        ['the owner of an organization', people.customerOwner],
      ] as const) {
        const target = at(path)
        if ((await as(person).head(target)).status !== 200) continue
        const { texts: sent } = await countStatements(() => as(person).get(target, { query: allOf(query) }))
        texts.push(`-- ${name}`, ...sent.filter((text) => !text.includes('user_token')).map((text) => `${broken(text)};`), '')
      }
      files[`${id.replace(/_list$/, '')}.sql`] = `-- GET ${path}\n-- Generated: npm run gen\n\n${texts.join('\n')}`
    }

    expectGeneratedFolder('docs/sql', files)
  })
})

const allOf = (query: readonly Parameter[]) =>
  Object.fromEntries(query.filter(({ name }) => !PAGING.has(name)).map((parameter) => [parameter.name, sample(parameter)]))

function sample({ name, schema }: Parameter): string {
  const one = (schema.items ?? schema) as { type?: string; format?: string; enum?: string[] }
  if (one.enum) return one.enum[0] as string
  if (one.format === 'uuid') return UNKNOWN
  if (one.format === 'date-time' || one.format === 'date') return '2020-01-01'
  if (one.format === 'uri') return URLS.find(([word]) => word.test(name))?.[1] ?? `/api/customers/${UNKNOWN}/`
  if (one.type === 'boolean') return 'true'
  if (name === 'attributes') return '{"key": ["value"]}'
  return one.type === 'integer' || one.type === 'number' ? '1' : 'text'
}

/** Line breaks before the words that begin a clause, so that a difference shows where it is. */
const broken = (text: string) =>
  text.replace(/\s+/g, ' ').replace(/ (left join|join|from|where|and|or|order by|limit|union|cross join) /g, '\n  $1 ')
