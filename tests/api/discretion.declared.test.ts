// What every filter and ordering owes whatever the world holds: a column that only a guarded field shows is read as that field shows it.
import { describe, expect, it } from 'vitest'
import type { Actor } from '../../src/platform/auth/actor.ts'
import type { Collection } from '../../src/platform/http/collection.ts'
import { flag, textContains, textIs } from '../../src/platform/http/filters.ts'
import { asShown, boolean, forStaff, list, nullable, shownTo, shownWhere, text, type View } from '../../src/platform/http/view.ts'
import { expectExcused } from '../support/excuses.ts'
import { collectionsOf, guardedColumns, unasked } from '../support/reads.ts'
import { world } from '../support/world.ts'

const w = world()

/** Somebody with one role of each kind, who reads nothing that not everybody may. */
const somebody = (): Actor => ({
  id: 1,
  uuid: '1'.repeat(32),
  username: 'somebody',
  full_name: '',
  native_name: '',
  email: '',
  civil_number: null,
  is_staff: false,
  is_support: false,
  is_identity_manager: false,
  ip_address: '',
  grants: ['customer', 'project', 'offering', 'service_provider'].map((scope_type) => ({
    scope_type,
    scope_id: 1,
    customer_id: 1,
    role: 'ANY',
    role_id: 1,
    permissions: new Set(['RESOURCE.LIST', 'ORDER.LIST', 'ORDER.APPROVE']),
    expires: null,
    networks: '',
  })),
})

describe('a filter or an ordering', () => {
  it('reads what a guarded field shows as that field shows it', () => {
    const all = collectionsOf(w.current)
    const guarded = guardedColumns(all)

    expect([...guarded]).toEqual(
      expect.arrayContaining(['user.civil_number', 'user.description', 'project.staff_notes', 'user.is_support']),
    )
    expectExcused(
      'filters that read what only some are shown',
      all.flatMap((one) => unasked(w.current.db, all, one, somebody())),
    )
  })

  it('that does not is found out, whatever its kind', () => {
    const notes = shownTo(forStaff, text('p.staff_notes'))
    const secret = shownWhere('p.customer_id = any(ctx.customer_ids)', nullable(text('p.termination_metadata')))
    const view: View = {
      name: 'Planted',
      from: 'project p',
      alias: 'p',
      joins: {},
      fields: { name: text('p.name'), notes, secret, within: list({ kind: text('p.kind') }, 'from project o where o.id = p.id', 'o.id') },
    }
    const planted: Collection = {
      path: '/api/planted/',
      name: 'planted',
      model: 'Planted',
      view,
      visible: () => 'all',
      filters: {
        name: textIs('p.name'),
        notes: textContains('p.name', 'p.staff_notes'),
        asked: textContains('p.name', asShown(notes, 'p.staff_notes')),
        has_secret: flag('p.termination_metadata is not null'),
        asked_secret: flag(`${asShown(secret, 'p.termination_metadata')} is not null`),
        asked_of_others: flag(`(case when true then p.staff_notes end) <> ''`),
      },
      orderings: { name: 'p.name', notes: 'lower(p.staff_notes)', asked: asShown(notes, 'p.staff_notes') },
      defaultOrder: [],
    }

    expect(unasked(w.current.db, [planted], planted, somebody())).toEqual([
      '/api/planted/ notes reads project.staff_notes',
      '/api/planted/ has_secret reads project.termination_metadata',
      '/api/planted/ asked_of_others reads project.staff_notes',
      '/api/planted/ o=notes reads project.staff_notes',
    ])
    expect(guardedColumns([planted])).toEqual(new Set(['project.staff_notes', 'project.termination_metadata']))
  })

  it('finds fields within fields for those alone who are shown them', () => {
    const inner = { open: text('p.name'), notes: shownTo(forStaff, text('p.staff_notes')), flag: boolean('p.is_industry') }
    const outer = list({ item: list(inner, 'from project p', 'p.id') }, 'from project q', 'q.id')

    const [anonymous, staff] = [undefined, { ...somebody(), is_staff: true }].map((actor) => outer.within?.shownTo(actor).token ?? '')
    expect(anonymous).toContain('p.is_industry')
    expect(anonymous).not.toContain('staff_notes')
    expect(staff).toContain('staff_notes')
    expect(outer.within?.audiences).toEqual([forStaff])
  })
})
