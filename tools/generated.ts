// The generated files that are committed: where each stands and how it is made. `npm run gen` writes them,
// tests/generated.test.ts holds them against what would be written now.
import { buildApp } from '../src/app.ts'
import { describeConfig, readConfig } from '../src/platform/config.ts'
import { openDatabase } from '../src/platform/db/database.ts'
import { tableTypes } from './table-types.ts'

/** `make` is given a migrated database and the file as it stands. */
export type Generated = { path: string; make: (databaseUrl: string, present: string) => string | Promise<string> }

export const GENERATED: readonly Generated[] = [
  { path: 'src/platform/db/tables.ts', make: tableTypes },
  { path: 'openapi/openapi.json', make: description },
  { path: 'README.md', make: (_url, present) => withSettings(present) },
]

/** The OpenAPI document of what is served. */
async function description(databaseUrl: string): Promise<string> {
  const database = openDatabase(databaseUrl)
  const config = readConfig({ SECRET_KEY: 'generated files have no secrets', WORKER: 'off' })
  const app = await buildApp({ config, database, log: false })
  await app.ready()
  const text = `${JSON.stringify(app.openapi(), null, 1)}\n`
  await app.close()
  await database.close()
  return text
}

const BEGIN = '<!-- settings: generated from src/platform/config.ts by npm run gen -->'
const END = '<!-- /settings -->'

/** The README with its table of settings made from the code that reads them. */
function withSettings(readme: string): string {
  const [before, rest] = readme.split(BEGIN)
  const after = rest?.split(END)[1]
  if (before === undefined || after === undefined) throw new Error(`README.md lacks ${BEGIN} … ${END}`)
  const rows = describeConfig().map(
    ({ name, about, fallback }) => `| \`${name}\` | ${fallback === '' ? '–' : `\`${fallback}\``} | ${about} |`,
  )
  return `${before}${BEGIN}\n| Variable | Default | Meaning |\n| --- | --- | --- |\n${rows.join('\n')}\n${END}${after}`
}
