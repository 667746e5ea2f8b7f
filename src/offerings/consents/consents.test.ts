import { beforeAll, describe, expect, it } from 'vitest'
import { type Person, type Row, urls, world } from '../../../tests/support/world.ts'
import { revokeOutdatedConsents } from './jobs.ts'

const w = world()
const enforcing = world({ ENFORCE_USER_CONSENT_FOR_OFFERINGS: 'true' })
type World = typeof w
type Cast = Awaited<ReturnType<(typeof w)['current']['cast']>>
let people: Cast
let strict: Cast
beforeAll(async () => {
  people = await w.current.cast()
  strict = await enforcing.current.cast()
})

const TERMS = '/api/marketplace-offering-terms-of-service/'
const CONSENTS = '/api/marketplace-user-offering-consents/'

const as = (person?: Person) => w.current.as(person)
const makeTerms = (offering: Row, more = {}, of = w, by = people.providerOwner) =>
  of.current.as(by).post(TERMS, { offering: urls.providerOffering(offering), terms_of_service: 'Be kind.', ...more })
const agree = (person: Person, offering: Row) => as(person).post(CONSENTS, { offering: offering.uuid })
const termsOf = async (person: Person, offering: Row, query = {}) =>
  (await as(person).get(TERMS, { query: { offering_uuid: offering.uuid, o: 'created', ...query } })).body

describe('terms of service', () => {
  it('providers §1.4.5: are made by who may change the offering, and hold one version at a time', async () => {
    const offering = await w.current.offering(people.provider)

    const first = await makeTerms(offering, { version: '1.0' })
    const second = await makeTerms(offering, { version: '2.0', requires_reconsent: true, grace_period_days: 14 })
    const draft = await makeTerms(offering, { version: '3.0', is_active: false })

    expect([first.status, second.status, draft.status]).toEqual([201, 201, 201])
    expect(second.body).toMatchObject({
      offering: urls.providerOffering(offering),
      version: '2.0',
      requires_reconsent: true,
      is_active: true,
    })
    const states = async () =>
      (await termsOf(people.providerOwner, offering)).map((terms: { version: string; is_active: boolean }) => [
        terms.version,
        terms.is_active,
      ])
    expect(await states()).toEqual([
      ['1.0', false],
      ['2.0', true],
      ['3.0', false],
    ])
    await as(people.providerOwner).patch(`${TERMS}${draft.body.uuid}/`, { is_active: true, version: '9', requires_reconsent: true })
    expect(await states()).toEqual([
      ['1.0', false],
      ['2.0', false],
      ['3.0', true],
    ])
    const changed = await as(people.providerOwner).get(`${TERMS}${draft.body.uuid}/`)
    expect(changed.body).toMatchObject({ version: '3.0', requires_reconsent: false, grace_period_days: 60 })
    expect((await makeTerms(offering, { version: '3.0' })).body).toEqual({ version: ['Terms of service of this version already exist.'] })
    expect((await makeTerms(offering)).body.version).toBe('4')
  })

  it('providers §1.4.5: of two versions made active at once one holds', async () => {
    const offering = await w.current.offering(people.provider)

    const answers = await Promise.all(Array.from({ length: 6 }, (_, i) => makeTerms(offering, { version: `v${i}` })))

    expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(201))
    expect(await termsOf(people.providerOwner, offering, { is_active: true })).toHaveLength(1)
    expect(await termsOf(people.providerOwner, offering)).toHaveLength(6)
  })

  it('are written by nobody else, and read by customers as far as they hold or were agreed to', async () => {
    const offering = await w.current.offering(people.provider)
    const first = (await makeTerms(offering, { version: 'first' })).body
    await agree(people.customerOwner, offering)
    await makeTerms(offering, { version: 'middle' })
    await makeTerms(offering, { version: 'last' })
    const versions = async (person: Person) => (await termsOf(person, offering)).map(({ version }: { version: string }) => version)

    expect(await versions(people.providerManager)).toEqual(['first', 'middle', 'last'])
    expect(await versions(people.support)).toEqual(['first', 'middle', 'last'])
    expect(await versions(people.outsider)).toEqual(['last'])
    expect(await versions(people.customerOwner)).toEqual(['first', 'last'])
    expect((await as(people.outsider).get(`${TERMS}${first.uuid}/`)).status).toBe(404)
    expect((await as(people.customerOwner).patch(`${TERMS}${first.uuid}/`, { terms_of_service: 'All is mine.' })).status).toBe(403)
    expect((await makeTerms(offering, {}, w, people.customerOwner)).body).toEqual({
      offering: ['Invalid hyperlink - Object does not exist.'],
    })
    expect((await makeTerms(offering, {}, w, people.support)).status).toBe(403)
    expect((await as().get(TERMS)).status).toBe(401)
    expect((await as(people.providerOwner).delete(`${TERMS}${first.uuid}/`)).status).toBe(204)
  })
})

describe('consents', () => {
  it('orders §7 row 29: are recorded with version and time, one of a person for an offering', async () => {
    const offering = await w.current.offering(people.provider)
    await makeTerms(offering, { version: '1.0' })

    const given = await agree(people.projectMember, offering)

    expect(given.status).toBe(201)
    expect(given.body).toMatchObject({ offering: offering.uuid, version: '1.0', has_consent: true, requires_reconsent: false })
    expect(Date.now() - Date.parse(given.body.agreement_date)).toBeLessThan(60_000)
    expect((await agree(people.projectMember, offering)).body).toEqual({
      offering: ['You have already consented to the current Terms of Service for this offering.'],
    })
    await makeTerms(offering, { version: '2.0' })
    const again = await agree(people.projectMember, offering)
    expect(again.body).toMatchObject({ uuid: given.body.uuid, version: '2.0' })
    expect(again.body.agreement_date > given.body.agreement_date).toBe(true)
    expect(
      await w.current.db
        .selectFrom('event')
        .select('message')
        .where('event_type', '=', 'terms_of_service_consent_granted')
        .where('message', 'like', `%${people.projectMember.username}%`)
        .orderBy('id')
        .execute(),
    ).toMatchObject([{ message: expect.stringContaining('version 1.0') }, { message: expect.stringContaining('version 2.0') }])
  })

  it('providers §1.4.5: are given to active terms of an offering that one is shown', async () => {
    const bare = await w.current.offering(people.provider)
    const drafted = await w.current.offering(people.provider)
    await makeTerms(drafted, { is_active: false })
    const secret = await w.current.offering(people.provider, { shared: false })
    await makeTerms(secret)

    expect((await agree(people.outsider, bare)).body).toEqual({ offering: ['This offering does not have Terms of Service.'] })
    expect((await agree(people.outsider, drafted)).body).toEqual({ offering: ['This offering does not have active Terms of Service.'] })
    expect((await agree(people.outsider, secret)).body).toEqual({ offering: ['Offering is not found.'] })
    expect((await agree(people.providerManager, secret)).status).toBe(201)
  })

  it('are the own; nobody gives, changes or revokes those of others, but staff ends them', async () => {
    const offering = await w.current.offering(people.provider)
    await makeTerms(offering, { version: 'now' })
    const { uuid } = (await agree(people.projectAdmin, offering)).body
    const listed = async (person: Person) => (await as(person).get(CONSENTS, { query: { offering_uuid: offering.uuid } })).body.length

    expect(await Promise.all([people.projectAdmin, people.staff, people.support, people.providerOwner].map(listed))).toEqual([1, 1, 1, 0])
    expect((await as(people.staff).patch(`${CONSENTS}${uuid}/`, { version: 'now' })).status).toBe(403)
    expect((await as(people.support).post(`${CONSENTS}${uuid}/revoke/`)).status).toBe(403)
    expect((await as(people.providerOwner).post(`${CONSENTS}${uuid}/revoke/`)).status).toBe(404)
    expect((await as(people.projectAdmin).delete(`${CONSENTS}${uuid}/`)).status).toBe(403)
    expect((await as(people.projectAdmin).patch(`${CONSENTS}${uuid}/`, { version: 'never was' })).body).toEqual({
      version: ['This is not the version of the active Terms of Service.'],
    })

    const revoked = await as(people.projectAdmin).post(`${CONSENTS}${uuid}/revoke/`)

    expect(revoked.body).toMatchObject({ has_consent: false, revocation_date: expect.any(String) })
    expect((await as(people.projectAdmin).post(`${CONSENTS}${uuid}/revoke/`)).status).toBe(409)
    expect((await as(people.projectAdmin).patch(`${CONSENTS}${uuid}/`, { version: 'now' })).body).toMatchObject({ has_consent: true })
    expect((await as(people.staff).post(`${CONSENTS}${uuid}/revoke/`)).status).toBe(200)
    expect((await as(people.staff).delete(`${CONSENTS}${uuid}/`)).status).toBe(204)
  })

  it('offerings say whether they have terms, and whether the caller has agreed', async () => {
    const offering = await w.current.offering(people.provider)
    await w.current.plan(offering)
    await makeTerms(offering, { is_active: false })
    const path = '/api/marketplace-public-offerings/'
    const found = async (person: Person, query: object, list = path) =>
      (await as(person).get(list, { query: { uuid_list: offering.uuid, ...query } })).body.length === 1
    const shown = async (person: Person) => (await as(person).get(`${path}${offering.uuid}/`)).body.user_has_consent

    // What does not hold is known to its provider alone.
    expect(await found(people.outsider, { has_terms_of_service: true })).toBe(false)
    expect(await found(people.providerOwner, { has_terms_of_service: true })).toBe(true)
    expect(await found(people.providerOwner, { has_active_terms_of_service: true })).toBe(false)
    await makeTerms(offering)
    expect(await found(people.outsider, { has_terms_of_service: true, has_active_terms_of_service: true })).toBe(true)
    expect([await shown(people.outsider), await found(people.outsider, { user_has_consent: true })]).toEqual([false, false])

    await agree(people.outsider, offering)

    expect([await shown(people.outsider), await found(people.outsider, { user_has_consent: true })]).toEqual([true, true])
    expect([await shown(people.customerOwner), await found(people.customerOwner, { user_has_consent: true })]).toEqual([false, false])
    expect(await found(people.providerOwner, { user_has_consent: false }, '/api/marketplace-provider-offerings/')).toBe(true)
  })
})

describe('newer terms that ask for consent again', () => {
  const outlive = (offering: Row) =>
    w.current.db
      .updateTable('offering_terms_of_service')
      .set({ active_since: new Date(Date.now() - 31 * 86_400_000).toISOString() })
      .where('offering_id', '=', offering.id)
      .where('is_active', '=', true)
      .execute()

  it('providers §1.4.5: leave older consents their grace period, then those are revoked', async () => {
    const offering = await w.current.offering(people.provider)
    const quiet = await w.current.offering(people.provider)
    const bought = await w.current.resource(offering, people.project)
    for (const sold of [offering, quiet]) {
      await makeTerms(sold, { version: 'old' })
      await agree(people.customerOwner, sold)
      await makeTerms(sold, { version: 'new', requires_reconsent: sold === offering, grace_period_days: 30 })
    }
    const consent = async (sold: Row) => (await as(people.customerOwner).get(CONSENTS, { query: { offering_uuid: sold.uuid } })).body[0]
    const asked = async () =>
      (await as(people.customerOwner).get(`/api/marketplace-resources/${bought.uuid}/`)).body.user_requires_reconsent

    await w.current.runJob(revokeOutdatedConsents, {})

    expect(await consent(offering)).toMatchObject({ requires_reconsent: true, has_consent: true })
    expect(await consent(quiet)).toMatchObject({ requires_reconsent: false, has_consent: true })
    expect(await asked()).toBe(true)
    expect((await termsOf(people.customerOwner, offering, { is_active: true }))[0]).toMatchObject({
      has_user_consent: true,
      user_consent: { version: 'old', is_revoked: false },
    })

    await outlive(offering)
    await outlive(quiet)

    // It counts no more at once; that it is revoked is recorded within the hour.
    expect((await termsOf(people.customerOwner, offering, { is_active: true }))[0].has_user_consent).toBe(false)
    await w.current.runJob(revokeOutdatedConsents, {})
    expect(await consent(offering)).toMatchObject({ has_consent: false, requires_reconsent: false })
    expect(await consent(quiet)).toMatchObject({ has_consent: true })
    expect(await asked()).toBe(false)
  })
})

describe('ordering where consent is enforced', () => {
  async function sold(of: World = enforcing, cast = strict, options = {}) {
    const offering = await of.current.offering(cast.provider, { name: 'Compute', plugin_options: JSON.stringify(options) })
    const plan = await of.current.plan(offering)
    const order = (person: Person, more = {}) =>
      of.current.as(person).post('/api/marketplace-orders/', {
        offering: urls.offering(offering),
        project: urls.project(cast.project),
        plan: urls.plan(offering, plan),
        attributes: { name: 'one' },
        ...more,
      })
    return { offering, plan, order }
  }
  const consentsOf = (of: World, offering: Row) =>
    of.current.db.selectFrom('user_offering_consent').selectAll().where('offering_id', '=', offering.id).execute()

  it('orders 31: who has not accepted the terms is refused, who accepts them orders and has agreed', async () => {
    const { offering, order } = await sold()
    expect((await order(strict.projectAdmin)).status).toBe(201)
    await makeTerms(offering, { version: '1' }, enforcing, strict.providerOwner)

    const refused = await order(strict.projectAdmin)
    const accepted = await order(strict.projectAdmin, { accepting_terms_of_service: true })

    expect(refused).toMatchObject({
      status: 400,
      body: { non_field_errors: ["Terms of service for offering 'Compute' have not been accepted."] },
    })
    expect(accepted.status).toBe(201)
    expect(await consentsOf(enforcing, offering)).toMatchObject([{ user_id: strict.projectAdmin.id, version: '1', revocation_date: null }])
    // Earlier consent does.
    expect((await order(strict.projectAdmin)).status).toBe(201)
    expect((await order(strict.projectManager)).status).toBe(400)
    expect((await order(strict.staff)).status).toBe(201)
  })

  it('orders 31: an order that is refused leaves no consent', async () => {
    const { offering, order } = await sold()
    await makeTerms(offering, {}, enforcing, strict.providerOwner)

    expect((await order(strict.projectAdmin, { accepting_terms_of_service: true, plan: undefined })).status).toBe(400)

    expect(await consentsOf(enforcing, offering)).toEqual([])
  })

  it('orders 31: where consent is not enforced one orders without, and who accepts has agreed all the same', async () => {
    const { offering, order } = await sold(w, people)
    await makeTerms(offering, { version: '7' })

    expect((await order(people.projectAdmin)).status).toBe(201)
    expect(await consentsOf(w, offering)).toEqual([])
    expect((await order(people.projectAdmin, { accepting_terms_of_service: true })).status).toBe(201)
    expect(await consentsOf(w, offering)).toMatchObject([{ version: '7' }])
  })

  it('orders §7 row 29: twenty orders that accept at once leave one consent and one event', async () => {
    const { offering, order } = await sold()
    await makeTerms(offering, {}, enforcing, strict.providerOwner)

    const answers = await Promise.all(Array.from({ length: 20 }, () => order(strict.customerOwner, { accepting_terms_of_service: true })))

    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(201))
    expect(await consentsOf(enforcing, offering)).toHaveLength(1)
    const told = await enforcing.current.db
      .selectFrom('event')
      .select('id')
      .where('event_type', '=', 'terms_of_service_consent_granted')
      .where('context', '@>', JSON.stringify({ offering_uuid: offering.uuid }) as never)
      .execute()
    expect(told).toHaveLength(1)
  })

  it('orders §5.5: resources of offerings that keep accounts are changed by who has agreed', async () => {
    const { offering, plan } = await sold(enforcing, strict, { service_provider_can_create_offering_user: true })
    const other = await enforcing.current.plan(offering)
    const bought = await enforcing.current.resource(offering, strict.project, { plan_id: plan.id })
    await makeTerms(offering, {}, enforcing, strict.providerOwner)
    const change = (person: Person, verb: string, body: object) =>
      enforcing.current.as(person).post(`/api/marketplace-resources/${bought.uuid}/${verb}/`, body)
    const switched = { plan: urls.plan(offering, other) }

    const verbs = {
      switch_plan: switched,
      update_limits: { limits: {} },
      update_options: { options: {} },
      reallocate_limits: {},
      renew: { extension_months: 1 },
    }
    for (const [verb, body] of Object.entries(verbs)) {
      expect(await change(strict.customerOwner, verb, body)).toMatchObject({
        status: 403,
        body: { detail: expect.stringContaining("Terms of Service consent required for offering 'Compute'.") },
      })
    }
    await enforcing.current.as(strict.customerOwner).post(CONSENTS, { offering: offering.uuid })
    expect((await change(strict.customerOwner, 'switch_plan', switched)).status).toBe(200)
  })
})
