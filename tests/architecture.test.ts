// Rules of the source that no compiler knows: who writes which table, which file names say nothing, how long a file may grow.
import { readdirSync, readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))

const filesIn = (folder: string, ending: RegExp): string[] =>
  readdirSync(`${root}${folder}`, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && ending.test(entry.name))
    .map((entry) => relative(root, `${entry.parentPath}/${entry.name}`))
    .sort()

const source = filesIn('src', /\.ts$/).filter((path) => !path.endsWith('.test.ts') && !path.endsWith('tables.ts'))
const read = (path: string) => readFileSync(`${root}${path}`, 'utf8')

/** Table → folder under src whose files may write it, from the comments in the migrations. */
function tableOwners(): Map<string, string> {
  const owners = new Map<string, string>()
  for (const path of filesIn('migrations', /\.sql$/)) {
    for (const [, table, owner] of read(path).matchAll(/comment on table "?(\w+)"? is 'owner: ([\w/-]+)'/g))
      owners.set(table as string, owner as string)
  }
  return owners
}

const FILE_LINES_MAX = 400
const NAMES_THAT_SAY_NOTHING = /^(index|utils?|helpers?|common|types?|constants?|base|misc|shared)\.ts$/

describe('the source', () => {
  it('writes a table only in the module that owns it (if not: call a function of its public.ts, or react to an event)', () => {
    const owners = tableOwners()
    const writes =
      /(?:insertInto|updateTable|deleteFrom|mergeInto)\(\s*'(\w+)|\b(?:insert into|update|delete from|merge into|truncate|copy) "?(\w+)"?\b(?! set_config)/g

    const strangers = source.flatMap((path) =>
      [...read(path).matchAll(writes)].flatMap(([, builder, raw]) => {
        const table = builder ?? raw ?? ''
        const owner = owners.get(table)
        return owner === undefined || path.startsWith(`src/${owner}/`) ? [] : [`${path} writes ${table}, which is ${owner}'s`]
      }),
    )

    expect(strangers).toEqual([])
  })

  it("names an owner for every table (if not: comment on table … is 'owner: <module folder>')", () => {
    const owners = tableOwners()
    const tables = filesIn('migrations', /\.sql$/).flatMap((path) =>
      [...read(path).matchAll(/create table "?(\w+)"?/g)].map(([, table]) => table as string),
    )

    expect(tables.filter((table) => !owners.has(table))).toEqual([])
  })

  it('names every module in src/modules.ts, and every reaction in a module.ts (if not: nobody runs it)', () => {
    const modules = source.filter((path) => /^src\/[^/]+\/module\.ts$/.test(path) && path !== 'src/platform/module.ts')
    const together = read('src/modules.ts')
    const declared = modules.map(read).join('\n')
    const reactions = source.flatMap((path) =>
      [...read(path).matchAll(/export const (\w+) = reaction\(/g)].map(([, name]) => name as string),
    )

    expect(modules.filter((path) => !together.includes(path.replace('src/', './')))).toEqual([])
    expect(reactions.length).toBeGreaterThan(2)
    expect(reactions.filter((name) => !new RegExp(`\\b${name}\\b`).test(declared))).toEqual([])
  })

  it('has no file whose name says nothing (if one: call it after what is in it)', () => {
    const names = source.filter((path) => NAMES_THAT_SAY_NOTHING.test(path.split('/').at(-1) as string))

    expect(names).toEqual([])
  })

  it(`has no file of more than ${FILE_LINES_MAX} lines (if one: split it by what is in it)`, () => {
    const long = source.filter((path) => read(path).split('\n').length > FILE_LINES_MAX + 1)

    expect(long).toEqual([])
  })

  it('keeps no address of a registry in a lock or settings file', () => {
    const addresses = ['package-lock.json', '.npmrc', 'package.json'].filter((path) => /https?:\/\/[^"\s]*registry/i.test(read(path)))

    expect(addresses).toEqual([])
  })

  it('locks every optional package, also those for other machines (if not: node tools/complete-lock.mjs)', () => {
    const { packages } = JSON.parse(read('package-lock.json')) as { packages: { [path: string]: { optionalDependencies?: object } } }
    const missing = Object.entries(packages).flatMap(([from, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter(
        (name) => !(`node_modules/${name}` in packages) && !(`${from}/node_modules/${name}` in packages),
      ),
    )

    expect(missing).toEqual([])
  })
})
