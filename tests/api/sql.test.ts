// The SQL of every list with all its filters on, committed for review: docs/sql/<collection>.sql. What is bound stands in it by
// the name of its filter.
import { beforeAll, describe, it } from 'vitest'
import { expectGeneratedFolder } from '../support/generated.ts'
import { type Names, printed, valueFor } from '../support/sql-text.ts'
import { statementsOf } from '../support/statements.ts'
import { type Described, isPaging, type Parameter, wholeWorld } from '../support/whole-world.ts'

/** Words in a filter's name → the collection that its address is of. */
const URLS: readonly [RegExp, string][] = [
  [/customer|provider/, '/api/customers/'],
  [/project|scope/, '/api/projects/'],
  [/parent_offering|^offering/, '/api/marketplace-provider-offerings/'],
  [/resource/, '/api/marketplace-resources/'],
  [/user/, '/api/users/'],
  [/category/, '/api/marketplace-categories/'],
  [/plan/, '/api/marketplace-plans/'],
]

describe('the SQL of lists', () => {
  const w = wholeWorld()
  let lists: Described[]
  beforeAll(() => {
    lists = w.current.operations.filter(({ method, list }) => method === 'GET' && list)
  })

  it('is what is committed', { timeout: 120_000 }, async () => {
    const { people, as, at, database } = w.current
    const files: { [name: string]: string } = {}
    for (const { id, path, query } of lists) {
      const texts: string[] = []
      const { sent, names } = allOf(query)
      for (const [name, person] of [
        ['staff', people.staff],
        ['the owner of an organization', people.customerOwner],
      ] as const) {
        const target = at(path)
        if ((await as(person).head(target)).status !== 200) continue
        const statements = await statementsOf(database, () => as(person).get(target, { query: sent }))
        texts.push(`-- ${name}`, ...statements.map((statement) => `${printed(statement, names)};`), '')
      }
      files[`${id.replace(/_list$/, '')}.sql`] = `-- GET ${path}\n-- Generated: npm run gen\n\n${texts.join('\n')}`
    }

    expectGeneratedFolder('docs/sql', files)
  })
})

/** A value for each filter, and which filter each value is of. */
function allOf(query: readonly Parameter[]): { sent: { [name: string]: string }; names: Names } {
  const sent: { [name: string]: string } = {}
  const names = new Map<string, string>()
  for (const { name, schema } of query.filter(({ name }) => !isPaging(name))) {
    const { bare = '', whole = bare } = sample(name, (schema.items ?? schema) as Kind)
    sent[name] = whole
    if (bare !== '') names.set(bare, name)
  }
  return { sent, names }
}

type Kind = { type?: string; format?: string; enum?: (string | number)[] }

/** What is sent for a filter: `bare` is told by its name when it is bound, `whole` is what travels. */
function sample(name: string, { type = '', format = '', enum: choices }: Kind): { bare?: string; whole?: string } {
  if (choices) return { whole: String(choices[0]) }
  if (type === 'boolean') return { whole: 'true' }
  if (name === 'attributes') return { whole: '{"key": ["value"]}' }
  const kind = { uuid: 'uuid', uri: 'uuid', date: 'date', 'date-time': 'date' }[format] ?? (type === 'integer' ? 'number' : type)
  const bare = (valueFor[kind] ?? valueFor.text)?.(name) ?? ''
  const address = URLS.find(([word]) => word.test(name))?.[1] ?? '/api/customers/'
  return format === 'uri' ? { bare, whole: `${address}${bare}/` } : { bare }
}
