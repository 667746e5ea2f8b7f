// The table of scopes is whole: whatever the source, the roles and the served collections call a scope has an entry.
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { ROLE_SCOPE_WORDS, SCOPES, scopeOf } from '../../src/core/roles/scopes.ts'
import { world } from '../support/world.ts'

const w = world()
const source = fileURLToPath(new URL('../../src', import.meta.url))

/** The first words of pairs such as `['project', row.project_id]`: what events are tied to, and permissions held on. */
const namedScopes = (): string[] => {
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(
    (path) => path.endsWith('.ts') && !path.endsWith('.test.ts'),
  )
  const pairs = files.flatMap((path) => [
    ...readFileSync(`${source}/${path}`, 'utf8').matchAll(/\['([a-z_]+)', [\w.?]*\b(?:id|\w+_id|\w+Id)\]/g),
  ])
  return [...new Set(pairs.map(([, word]) => word as string))].sort()
}

describe('scopes', () => {
  it('are all in the table that the source ties events to and asks permissions on', () => {
    expect(namedScopes().length).toBeGreaterThan(4)
    expect(namedScopes().filter((word) => !(word in SCOPES))).toEqual([])
  })

  it('of roles have a word in the contract and a row for each object', async () => {
    const { db, cast, offering } = w.current
    const { project, consumer, serviceProvider, provider } = await cast()
    const ids: { [type: string]: number } = {
      project: project.id,
      customer: consumer.id,
      service_provider: serviceProvider.id,
      offering: (await offering(provider)).id,
    }
    const roles = Object.entries(SCOPES).flatMap(([type, facts]) => ('roles' in facts && facts.roles ? [type] : []))

    expect(roles.filter((type) => !(ROLE_SCOPE_WORDS as readonly string[]).includes(type))).toEqual([])
    for (const type of roles) {
      const { rows } = await sql<object>`select wire_uuid(s.uuid) as uuid, s.name, s.customer_id, s.there
        from (select ${type}::text as type, ${ids[type]}::bigint as id) g cross join lateral (${sql.raw(scopeOf('g.type', 'g.id'))}) s`.execute(
        db,
      )
      expect(rows, type).toEqual([{ uuid: expect.any(String), name: expect.any(String), customer_id: expect.any(Number), there: true }])
    }
  })

  it('can be read, and are named by the URL of one of a served collection', async () => {
    const { db, app } = w.current
    const { paths } = app.openapi() as { paths: object }
    for (const [type, { from, name, customer_id, there, path }] of Object.entries(SCOPES)) {
      await sql`select s.id, s.uuid, ${sql.raw(`${name}, ${customer_id}, ${there} from ${from}`)} limit 1`.execute(db)
      expect(Object.keys(paths), type).toContain(`${path}{uuid}/`)
    }
  })
})
