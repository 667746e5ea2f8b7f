import { describe, expect, it } from 'vitest'
import { type Row, world } from '../../tests/support/world.ts'
import { faultsOf } from '../platform/states/transition.ts'
import { OFFERING_STATES, type OfferingState, offeringStates } from './states.ts'

const w = world()
const PATH = '/api/marketplace-provider-offerings/'
const at = ({ uuid }: { uuid: string }, verb = '') => `${PATH}${uuid}/${verb}`

/** An offering in a state that could be activated. */
async function offeringIn(state: OfferingState, owner?: Row) {
  const row = await w.current.offering(owner, { state })
  await w.current.plan(row)
  return row
}

const LEADS: { [verb: string]: { from: OfferingState[]; to: OfferingState } } = {
  activate: { from: ['Draft', 'Paused', 'Unavailable'], to: 'Active' },
  draft: { from: [...OFFERING_STATES], to: 'Draft' },
  pause: { from: ['Active'], to: 'Paused' },
  unpause: { from: ['Paused'], to: 'Active' },
  archive: { from: [...OFFERING_STATES], to: 'Archived' },
  make_unavailable: { from: ['Active'], to: 'Unavailable' },
  make_available: { from: ['Unavailable'], to: 'Active' },
}

describe('states of an offering', () => {
  it('are all reached and known', () => {
    expect(faultsOf(offeringStates)).toEqual([])
  })

  it.each(Object.keys(LEADS))('%s works in its states and is refused in the others', async (verb) => {
    const { as, user } = w.current
    const staff = as(await user({ is_staff: true }))
    const { from, to } = LEADS[verb] as (typeof LEADS)[string]

    for (const state of OFFERING_STATES) {
      const row = await offeringIn(state)
      const { status, body } = await staff.post(at(row, `${verb}/`))
      const after = (await staff.get(at(row), { query: { field: 'state' } })).body
      if (from.includes(state)) {
        expect([status, body]).toEqual([200, { detail: 'Offering state updated.', state: to }])
        expect(after).toEqual({ state: to })
      } else {
        expect([status, body]).toEqual([400, ['Offering state is invalid.']])
        expect(after).toEqual({ state })
      }
    }
  })

  it('a pause has a reason, and it goes with the pause', async () => {
    const { as, cast } = w.current
    const { provider, providerManager } = await cast()
    const row = await offeringIn('Active', provider)
    const client = as(providerManager)

    await client.post(at(row, 'pause/'), { paused_reason: 'Maintenance' })
    const paused = (await client.get(at(row))).body
    await client.post(at(row, 'unpause/'))
    const again = (await client.get(at(row))).body

    expect(paused).toMatchObject({ state: 'Paused', paused_reason: 'Maintenance' })
    expect(again).toMatchObject({ state: 'Active', paused_reason: '' })
  })

  it('nothing is offered without a plan', async () => {
    const { as, user, offering } = w.current
    const staff = as(await user({ is_staff: true }))
    const [draft, paused] = [await offering(undefined, { state: 'Draft' }), await offering(undefined, { state: 'Paused' })]

    for (const [row, verb] of [
      [draft, 'activate/'],
      [paused, 'unpause/'],
    ] as const) {
      const { status, body } = await staff.post(at(row, verb))
      expect(status).toBe(400)
      expect(body).toEqual(['Offering does not have any billing plans.'])
    }
  })

  it('a blocked organization neither activates nor pauses nor archives', async () => {
    const { as, user, customer } = w.current
    const staff = as(await user({ is_staff: true }))
    const org = await customer({ blocked: true })

    for (const [state, verb] of [
      ['Draft', 'activate/'],
      ['Active', 'pause/'],
      ['Active', 'archive/'],
    ] as const) {
      const { status, body } = await staff.post(at(await offeringIn(state, org), verb))
      expect(status).toBe(400)
      expect(body).toEqual(['Blocked organization is not available.'])
    }
  })

  it('who may: permissions on the offering, its organization or its provider', async () => {
    const { as, cast, user, grant } = w.current
    const people = await cast()
    const row = await offeringIn('Active', people.provider)
    const manager = await user()
    await grant(manager, 'OFFERING.MANAGER', row)
    const status = async (person: Parameters<typeof as>[0], verb: string) => (await as(person).post(at(row, verb))).status

    expect(await status(manager, 'pause/')).toBe(200)
    expect(await status(manager, 'unpause/')).toBe(200)
    // The manager of an offering may not create, and so neither activate nor draft.
    expect(await status(manager, 'draft/')).toBe(403)
    expect(await status(people.providerOwner, 'draft/')).toBe(200)
    expect(await status(people.providerManager, 'activate/')).toBe(200)
    expect(await status(people.support, 'pause/')).toBe(403)
    for (const person of [people.customerOwner, people.projectManager, people.outsider]) expect(await status(person, 'pause/')).toBe(404)
    expect(await status(undefined, 'pause/')).toBe(401)
  })

  it('a caller without permission is told so also in a wrong state', async () => {
    const { as, cast } = w.current
    const { provider, support } = await cast()

    expect((await as(support).post(at(await offeringIn('Draft', provider), 'pause/'))).status).toBe(403)
  })

  it('of two who pause at once one succeeds', async () => {
    const { as, cast } = w.current
    const { provider, providerOwner, providerManager } = await cast()
    const row = await offeringIn('Active', provider)

    const answers = await Promise.all([providerOwner, providerManager].map((person) => as(person).post(at(row, 'pause/'))))

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400])
  })

  it('are told in events', async () => {
    const { as, cast, db } = w.current
    const { provider, providerOwner } = await cast()
    const row = await offeringIn('Active', provider)

    await as(providerOwner).post(at(row, 'archive/'))

    const event = await db
      .selectFrom('event')
      .innerJoin('event_scope', 'event_scope.event_id', 'event.id')
      .select(['event_type', 'context'])
      .where('scope_type', '=', 'offering')
      .where('scope_id', '=', row.id)
      .executeTakeFirstOrThrow()
    expect(event).toMatchObject({
      event_type: 'marketplace_offering_updated',
      context: { offering_uuid: row.uuid, customer_uuid: provider.uuid },
    })
  })
})
