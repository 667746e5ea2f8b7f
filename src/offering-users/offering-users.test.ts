import { beforeAll, describe, expect, it } from 'vitest'
import { accountOf } from '../../tests/support/populate.offering-users.ts'
import { type Person, type Row, urls, world } from '../../tests/support/world.ts'
import { OFFERING_USER_STATES, offeringUserStates, VERBS } from './states.ts'

const w = world()
type Cast = Awaited<ReturnType<(typeof w)['current']['cast']>>
let people: Cast
beforeAll(async () => {
  people = await w.current.cast()
})

const PATH = '/api/marketplace-offering-users/'
const as = (person?: Person) => w.current.as(person)

/** An offering that keeps accounts. */
const keeping = (settings: object = {}, provider: Row = people.provider, values = {}) =>
  w.current.offering(provider, {
    plugin_options: JSON.stringify({ service_provider_can_create_offering_user: true, ...settings }),
    ...values,
  })
const open = (offering: Row, user: Person, more = {}, by = people.providerOwner) =>
  as(by).post(PATH, { offering_uuid: offering.uuid, user_uuid: user.uuid, ...more })
/** Somebody in a project that uses the offering. */
const member = async (offering: Row, values = {}) => {
  const person = await w.current.user(values)
  const project = await w.current.project(people.consumer)
  await w.current.grant(person, 'PROJECT.MEMBER', project)
  await w.current.resource(offering, project)
  return person
}
const inState = async (state: string, values = {}) => {
  const offering = await keeping()
  const person = await w.current.user()
  return { offering, person, account: await accountOf(w.current, offering, person, { state, ...values }) }
}
const stateOf = async ({ uuid }: Row) => (await as(people.staff).get(`${PATH}${uuid}/`)).body.state

describe('an account', () => {
  it('providers §5.1: is made by the provider, with a name it is usable at once', async () => {
    const offering = await keeping()
    const [ann, bob] = [await member(offering), await member(offering)]

    const named = await open(offering, ann, { username: 'ann1' })
    const bare = await as(people.providerManager).post(PATH, { offering: urls.providerOffering(offering), user: urls.user(bob) })

    expect([named.status, bare.status]).toEqual([201, 201])
    expect(named.body).toMatchObject({
      url: `http://testserver${PATH}${named.body.uuid}/`,
      user: urls.user(ann),
      user_uuid: ann.uuid,
      offering: urls.providerOffering(offering),
      customer_uuid: people.provider.uuid,
      username: 'ann1',
      state: 'OK',
      user_username: ann.username,
      user_email: `${ann.username}@example.com`,
      is_restricted: false,
      has_consent: false,
      consent_data: null,
    })
    expect(bare.body).toMatchObject({ username: null, state: 'Requested' })
  })

  it('providers 95: is not made where the offering keeps none', async () => {
    const offering = await w.current.offering(people.provider)

    const { status, body } = await open(offering, await member(offering))

    expect([status, body]).toEqual([400, ['It is not allowed to create users for current offering.']])
  })

  it('providers §5.1: names one offering and one person, and is one of the two', async () => {
    const offering = await keeping()
    const ann = await member(offering)
    const said = async (body: object) => (await as(people.providerOwner).post(PATH, body)).body
    const both = { offering: urls.providerOffering(offering), offering_uuid: offering.uuid }

    expect(await said({ ...both, user_uuid: ann.uuid })).toEqual({
      non_field_errors: ["Cannot specify both 'offering' URL and 'offering_uuid'. Use one or the other."],
    })
    expect(await said({ user_uuid: ann.uuid })).toEqual({ non_field_errors: ["Either 'offering' URL or 'offering_uuid' is required."] })
    expect(await said({ offering_uuid: offering.uuid })).toEqual({ non_field_errors: ["Either 'user' URL or 'user_uuid' is required."] })
    expect(await said({ offering_uuid: offering.uuid, user: urls.user(ann), user_uuid: ann.uuid })).toEqual({
      non_field_errors: ["Cannot specify both 'user' URL and 'user_uuid'. Use one or the other."],
    })
    await open(offering, ann)
    expect((await open(offering, ann)).body).toEqual({ non_field_errors: ['The fields offering, user must make a unique set.'] })
  })

  it('is made by who may, of people that they know of', async () => {
    const offering = await keeping()
    const ann = await member(offering)
    const stranger = await w.current.user()
    const refusal = { user_uuid: [`Object with uuid=${stranger.uuid} does not exist.`] }

    expect((await open(offering, stranger)).body).toEqual(refusal)
    expect((await open(offering, { ...stranger, uuid: 'f'.repeat(32) })).body).toEqual({
      user_uuid: [`Object with uuid=${'f'.repeat(32)} does not exist.`],
    })
    expect((await as(people.providerOwner).post(PATH, { offering_uuid: offering.uuid, user: urls.user(stranger) })).body).toEqual({
      user: ['Invalid hyperlink - Object does not exist.'],
    })
    expect((await open(offering, ann, {}, people.outsider)).body).toEqual({
      offering_uuid: [`Object with uuid=${offering.uuid} does not exist.`],
    })
    expect((await open(offering, ann, {}, people.support)).status).toBe(403)
    expect((await open(offering, stranger, {}, people.staff)).status).toBe(201)
    expect((await as().post(PATH, {})).status).toBe(401)
  })

  it('providers §5.1: is forgotten by who may', async () => {
    const { account } = await inState('OK')

    const refused = await as(people.support).delete(`${PATH}${account.uuid}/`)

    expect([refused.status, refused.body]).toEqual([403, { detail: 'You do not have permission to delete this user.' }])
    expect((await as(people.outsider).delete(`${PATH}${account.uuid}/`)).status).toBe(404)
    expect((await as(people.providerOwner).delete(`${PATH}${account.uuid}/`)).status).toBe(204)
    expect((await as(people.staff).get(`${PATH}${account.uuid}/`)).status).toBe(404)
  })
})

describe('the name of an account', () => {
  const name = (account: Row, username: unknown, by = people.providerOwner) => as(by).patch(`${PATH}${account.uuid}/`, { username })

  it('clients §4: makes usable what was on its way, and nothing else', async () => {
    const outcomes = []
    for (const state of OFFERING_USER_STATES) {
      const { account } = await inState(state, { username: null })
      const { body } = await name(account, 'ann')
      outcomes.push([state, body.username, body.state])
    }

    expect(outcomes).toEqual(
      OFFERING_USER_STATES.map((state) => [state, 'ann', /^(OK|Requested deletion|Delet.*|Error deleting)$/.test(state) ? state : 'OK']),
    )
  })

  it('taken away it leaves the state as it is; a person and an offering that are sent along change nothing', async () => {
    const { account, offering } = await inState('OK')
    const other = await keeping()

    const blank = await name(account, '')
    const sent = { username: 'new', user: 'whoever', offering: urls.providerOffering(other), user_uuid: 7, offering_uuid: other.uuid }
    const put = await as(people.providerOwner).put(`${PATH}${account.uuid}/`, sent)

    expect(blank.body).toMatchObject({ username: null, state: 'OK' })
    expect(put.body).toMatchObject({ username: 'new', offering_uuid: offering.uuid })
    expect((await name(account, null)).body.username).toBeNull()
    expect((await name(account, 'x'.repeat(101))).body).toEqual({ username: ['Ensure this field has no more than 100 characters.'] })
  })

  it('providers 46: is one account’s at an offering, and may be another’s at the next', async () => {
    const { account, offering } = await inState('Requested', { username: null })
    const other = await accountOf(w.current, offering, await w.current.user(), { state: 'Deleted', username: 'taken' })
    const { account: elsewhere } = await inState('OK', { username: 'taken-elsewhere' })

    const refused = await name(account, 'taken')

    const { name: called } = (await as(people.staff).get(`/api/marketplace-provider-offerings/${offering.uuid}/`)).body
    expect([refused.status, refused.body]).toEqual([400, { username: [`Username is already taken in offering ${called}.`] }])
    expect(await stateOf(account)).toBe('Requested')
    expect((await open(offering, await member(offering), { username: 'taken' })).body).toEqual(refused.body)
    expect((await name(elsewhere, 'taken')).status).toBe(200)
    expect((await name(other, 'taken')).status).toBe(200)
  })

  it('goes to one of sixteen who are given it at once', async () => {
    const offering = await keeping()
    const accounts = []
    for (let i = 0; i < 16; i++) accounts.push(await accountOf(w.current, offering, await w.current.user(), { state: 'OK' }))

    const answers = await Promise.all(accounts.map((account) => name(account, 'wanted')))

    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(15).fill(400)])
  })
})

describe('the steps of an account', () => {
  const step = (account: Row, verb: string, body?: object, by = people.providerOwner) =>
    as(by).post(`${PATH}${account.uuid}/${verb}/`, body)
  const WORDS: { [verb: string]: string } = {
    begin_creating: 'CREATING',
    set_pending_additional_validation: 'PENDING_ADDITIONAL_VALIDATION',
    set_pending_account_linking: 'PENDING_ACCOUNT_LINKING',
    set_validation_complete: 'VALIDATION_COMPLETE',
    set_ok: 'OK',
    set_error_creating: 'ERROR_CREATING',
    request_deletion: 'DELETION_REQUESTED',
    set_deleting: 'DELETING',
    set_deleted: 'DELETED',
    set_error_deleting: 'ERROR_DELETING',
  }

  it.each(VERBS)('providers §1.4.2, 98: %s leads from its states, and is refused in all others in the words of the field', async (verb) => {
    const { from, to } = offeringUserStates.actions[verb]
    for (const [i, state] of OFFERING_USER_STATES.entries()) {
      const { account } = await inState(state)
      const { status, body } = await step(account, verb)
      const again = verb === 'set_ok' && state === 'OK'
      const after = from.includes(state) ? to[0] : state
      expect([state, await stateOf(account)]).toEqual([state, after])
      if (from.includes(state) || again) expect([state, status, body]).toEqual([state, 200, undefined])
      else {
        const valid = `Valid states for operation: ${from.join(', ')}.`
        expect([state, status, body]).toEqual([
          state,
          400,
          { detail: `Cannot transition to ${WORDS[verb]} from current state: ${i + 1}. ${valid}` },
        ])
      }
    }
  })

  it('providers 98: an account in order cannot be begun', async () => {
    const { account } = await inState('OK')

    expect((await step(account, 'begin_creating')).body).toEqual({
      detail: 'Cannot transition to CREATING from current state: 5. Valid states for operation: Requested, Error creating.',
    })
  })

  it('providers 99: what the provider waits for is said with the step, cleaned, and taken back with the end of it', async () => {
    const { account } = await inState('Creating')
    const said = { comment: 'Link it <script>alert(1)</script><b>here</b>', comment_url: 'https://link.example.com/' }

    expect((await step(account, 'set_pending_account_linking', said)).status).toBe(200)
    const waiting = (await as(people.staff).get(`${PATH}${account.uuid}/`)).body
    await step(account, 'set_validation_complete')

    expect(waiting).toMatchObject({
      state: 'Pending account linking',
      service_provider_comment: 'Link it <b>here</b>',
      service_provider_comment_url: 'https://link.example.com/',
    })
    expect((await as(people.staff).get(`${PATH}${account.uuid}/`)).body).toMatchObject({
      state: 'OK',
      service_provider_comment: '',
      service_provider_comment_url: '',
    })
    expect((await step((await inState('Creating')).account, 'set_pending_account_linking', { comment_url: 'here' })).body).toEqual({
      comment_url: ['Enter a valid URL.'],
    })
  })

  it('providers 100: are the provider’s alone, also on the own account', async () => {
    const offering = await keeping()
    const ann = await member(offering)
    const account = await accountOf(w.current, offering, ann, { state: 'Requested' })

    for (const verb of VERBS) expect([verb, (await step(account, verb, undefined, ann)).status]).toEqual([verb, 403])
    expect((await as(ann).patch(`${PATH}${account.uuid}/update_comments/`, { service_provider_comment: 'Mine' })).status).toBe(403)
    expect((await step(account, 'update_restricted', { is_restricted: true }, ann)).status).toBe(403)
    expect((await as(ann).patch(`${PATH}${account.uuid}/`, { username: 'root' })).status).toBe(403)
    for (const verb of VERBS) expect([verb, (await step(account, verb, undefined, people.outsider)).status]).toEqual([verb, 404])
  })

  it('providers 101: an account is removed in three steps, and is not usable then', async () => {
    const { account } = await inState('OK')

    for (const verb of ['request_deletion', 'set_deleting', 'set_deleted']) expect((await step(account, verb)).status).toBe(200)

    expect((await step(account, 'set_ok')).status).toBe(400)
    expect(await stateOf(account)).toBe('Deleted')
  })

  it('of twenty who take one at once one succeeds, and every step is told once', async () => {
    const { account } = await inState('Requested')

    const answers = await Promise.all(Array.from({ length: 20 }, () => step(account, 'begin_creating')))

    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(answers.filter(({ status }) => status === 400)).toHaveLength(19)
    const told = await w.current.db
      .selectFrom('event')
      .select('message')
      .where('event_type', '=', 'marketplace_offering_user_updated')
      .where('context', '@>', JSON.stringify({ offering_user_uuid: account.uuid }) as never)
      .execute()
    expect(told).toMatchObject([{ message: expect.stringContaining('state: from Requested to Creating') }])
  })

  it('providers §5.1: comments are changed while the account is there, the restriction at any time', async () => {
    const { account } = await inState('OK')
    const { account: gone } = await inState('Deleted')
    const comment = (on: Row, body: object) => as(people.providerOwner).patch(`${PATH}${on.uuid}/update_comments/`, body)

    const said = await comment(account, { service_provider_comment: 'Call us', service_provider_comment_url: 'https://example.com/' })

    expect(said.body).toEqual({ service_provider_comment: 'Call us', service_provider_comment_url: 'https://example.com/' })
    expect((await comment(account, {})).body).toEqual(said.body)
    expect((await comment(gone, { service_provider_comment: 'Call us' })).status).toBe(403)
    expect((await step(account, 'update_restricted', {})).body).toEqual({ is_restricted: ['This field is required.'] })
    const restricted = await step(account, 'update_restricted', { is_restricted: true })
    expect([restricted.status, restricted.body]).toEqual([200, undefined])
    expect((await as(people.staff).get(`${PATH}${account.uuid}/`)).body).toMatchObject({ is_restricted: true, state: 'OK' })
  })
})

describe('accounts are seen', () => {
  const seen = async (person: Person, offering: Row, query = {}) =>
    (await as(person).get(PATH, { query: { offering_uuid: offering.uuid, ...query } })).body.map(
      ({ user_uuid }: { user_uuid: string }) => user_uuid,
    )

  it('providers §4.4: by their person, by the provider, by colleagues where the offering is meant for them, by nobody else', async () => {
    const offering = await keeping()
    await w.current.resource(offering, people.project)
    await accountOf(w.current, offering, people.projectMember, { state: 'OK' })
    const stranger = await w.current.user()
    await accountOf(w.current, offering, stranger, { state: 'OK' })
    const other = await w.current.cast()
    const who = (answer: string[]) => answer.length

    expect(who(await seen(people.staff, offering))).toBe(2)
    expect(who(await seen(people.support, offering))).toBe(2)
    expect(who(await seen(people.providerOwner, offering))).toBe(2)
    expect(who(await seen(people.providerManager, offering))).toBe(2)
    expect(await seen(people.projectMember, offering)).toEqual([people.projectMember.uuid])
    expect(await seen(stranger, offering)).toEqual([stranger.uuid])
    expect(await seen(people.customerOwner, offering)).toEqual([])
    expect(await seen(other.providerOwner, offering)).toEqual([])
    expect(await seen(people.outsider, offering)).toEqual([])
    const group = await w.current.insert('organization_group', { name: 'Universities' })
    const tied = { organization_group_id: group.id }
    await w.current.db
      .insertInto('offering_organization_group')
      .values({ offering_id: offering.id, ...tied })
      .execute()
    await w.current.db
      .insertInto('customer_organization_group')
      .values({ customer_id: people.consumer.id, ...tied })
      .execute()
    expect(await seen(people.customerOwner, offering)).toEqual([people.projectMember.uuid])
    expect(await seen(other.customerOwner, offering)).toEqual([])
    expect((await as().get(PATH)).status).toBe(401)
  })

  it('providers §4.4: nowhere but by those who run the site while the offering keeps none', async () => {
    const offering = await w.current.offering(people.provider)
    await accountOf(w.current, offering, people.projectMember, { state: 'OK' })

    expect(await seen(people.projectMember, offering)).toEqual([])
    expect(await seen(people.providerOwner, offering)).toEqual([])
    expect(await seen(people.staff, offering)).toHaveLength(1)
  })

  it('a second provider is told of nobody: not by a list, a filter, a count, a row or the text of a refusal', async () => {
    const offering = await keeping()
    const ann = await member(offering, { first_name: 'Annabel' })
    const account = await accountOf(w.current, offering, ann, { state: 'OK', username: 'annabel-hpc' })
    const rival = await w.current.cast()
    const theirs = await keeping({}, rival.provider)
    const count = async (query: { [name: string]: string }) =>
      Number((await as(rival.providerOwner).head(PATH, { query })).headers['x-result-count'])

    const asked: { [name: string]: string }[] = [
      { user_uuid: ann.uuid },
      { user_username: ann.username },
      { query: 'Annabel' },
      { query: 'annabel-hpc' },
      { offering_uuid: offering.uuid },
      { offering: urls.providerOffering(offering) },
      { provider_uuid: people.provider.uuid },
      { provider_uuid: people.serviceProvider.uuid },
    ]
    for (const query of asked) expect([query, await count(query)]).toEqual([query, 0])
    expect((await as(rival.providerOwner).get(`${PATH}${account.uuid}/`)).status).toBe(404)
    expect((await as(rival.providerOwner).patch(`${PATH}${account.uuid}/`, { username: 'x' })).status).toBe(404)
    const known = await open(theirs, ann, {}, rival.providerOwner)
    const unknown = await open(theirs, { ...ann, uuid: 'e'.repeat(32) }, {}, rival.providerOwner)
    expect(JSON.stringify(known.body).replaceAll(ann.uuid, '')).toBe(JSON.stringify(unknown.body).replaceAll('e'.repeat(32), ''))
    expect((await as(rival.providerOwner).post(PATH, { offering_uuid: offering.uuid, user_uuid: ann.uuid })).body).toEqual({
      offering_uuid: [`Object with uuid=${offering.uuid} does not exist.`],
    })
    // A name that is taken there is free here.
    const mine = await member(theirs)
    expect((await open(theirs, mine, { username: 'annabel-hpc' }, rival.providerOwner)).status).toBe(201)
  })

  it('with as much of the person as the offering asks for, and are found by no more', async () => {
    const offering = await keeping()
    const person = { first_name: 'Karl', last_name: 'Krone', phone_number: '+372 555', civil_number: '38001010000' }
    const karl = await member(offering, person)
    const account = await accountOf(w.current, offering, karl, { state: 'OK' })
    const shown = async (by: Person) => (await as(by).get(`${PATH}${account.uuid}/`)).body
    const found = async (query: { [name: string]: string }) => (await seen(people.providerOwner, offering, query)).length
    const expose = (...exposed: string[]) =>
      w.current.db
        .insertInto('offering_user_attributes')
        .values({ offering_id: offering.id, exposed })
        .onConflict((conflict) => conflict.column('offering_id').doUpdateSet({ exposed }))
        .execute()

    expect(await shown(people.providerOwner)).toMatchObject({ user_full_name: 'Karl Krone', user_email: expect.any(String) })
    expect(await shown(people.providerOwner)).not.toHaveProperty('user_phone_number')
    expect(await shown(people.providerOwner)).not.toHaveProperty('user_civil_number')
    expect(await shown(karl)).toMatchObject({ user_phone_number: '+372 555', user_civil_number: '38001010000' })
    expect(await shown(people.staff)).toMatchObject({ user_civil_number: '38001010000' })
    expect([await found({ query: 'Krone' }), await found({ user_username: karl.username.toUpperCase() })]).toEqual([1, 1])

    await expose('phone_number')

    const concealed = await shown(people.providerOwner)
    expect(concealed.user_phone_number).toBe('+372 555')
    for (const key of ['user_full_name', 'user_first_name', 'user_username', 'user_email']) expect(concealed).not.toHaveProperty(key)
    expect([await found({ query: 'Krone' }), await found({ query: karl.username }), await found({ user_username: karl.username })]).toEqual(
      [0, 0, 0],
    )
    expect(concealed).toMatchObject({ user_uuid: karl.uuid })
  })
})

describe('accounts on a site that enforces consent', () => {
  const strict = world({ ENFORCE_USER_CONSENT_FOR_OFFERINGS: 'true' })

  it('providers §4.4: are shown to others once their person has agreed to the terms', async () => {
    const cast = await strict.current.cast()
    const { as, offering, insert } = strict.current
    const settings = { plugin_options: JSON.stringify({ service_provider_can_create_offering_user: true }) }
    const [withTerms, without] = [await offering(cast.provider, settings), await offering(cast.provider, settings)]
    await insert('offering_terms_of_service', { offering_id: withTerms.id, version: '1', is_active: true, active_since: '2025-01-01' })
    for (const at of [withTerms, without]) await accountOf(strict.current, at, cast.projectMember, { state: 'OK' })
    const counts = async () => {
      const of = async (person: Person) => (await as(person).get(PATH)).body.length
      return Promise.all([cast.providerOwner, cast.projectMember, cast.staff].map(of))
    }

    expect(await counts()).toEqual([1, 2, 2])
    const consent = await as(cast.projectMember).post('/api/marketplace-user-offering-consents/', { offering: withTerms.uuid })
    expect(await counts()).toEqual([2, 2, 2])
    const rows = (await as(cast.providerOwner).get(PATH, { query: { has_consent: true } })).body
    expect(rows).toMatchObject([{ has_consent: true, requires_reconsent: false, consent_data: { uuid: consent.body.uuid, version: '1' } }])
    await as(cast.projectMember).post(`/api/marketplace-user-offering-consents/${consent.body.uuid}/revoke/`)
    expect(await counts()).toEqual([1, 2, 2])
  })
})

describe('the list of accounts', () => {
  it('providers §5.1: is filtered and ordered', async () => {
    const parent = await w.current.offering(people.provider)
    const offering = await keeping({}, people.provider, { parent_id: parent.id, slug: 'hpc', name: 'Supercomputer' })
    const other = await keeping({}, people.provider, { slug: 'cloud' })
    const ann = await w.current.user({ first_name: 'Annika' })
    const b = await accountOf(w.current, offering, ann, { state: 'OK', username: 'beta', created: '2025-02-01T00:00:00Z' })
    const a = await accountOf(w.current, other, ann, { state: 'Creating', username: 'alfa', is_restricted: true })
    const found = async (query: object) =>
      (await as(people.providerOwner).get(PATH, { query: { user_uuid: ann.uuid, ...query } })).body.map(({ uuid }: Row) => uuid)

    expect(await found({})).toEqual([a.uuid, b.uuid])
    expect(await found({ o: '-username' })).toEqual([b.uuid, a.uuid])
    expect(await found({ o: 'created' })).toEqual([b.uuid, a.uuid])
    for (const query of [
      { offering_uuid: offering.uuid },
      { offering_slug: 'hpc' },
      { offering: urls.providerOffering(offering) },
      { parent_offering_uuid: parent.uuid },
      { state: 'OK' },
      { is_restricted: false },
      { query: 'supercomp' },
      { query: 'beta' },
    ])
      expect([query, await found(query)]).toEqual([query, [b.uuid]])
    expect(await found({ offering_uuid: `${offering.uuid},${other.uuid}`, state: ['OK', 'Creating'] })).toHaveLength(2)
    expect(await found({ provider_uuid: people.provider.uuid })).toHaveLength(2)
    expect(await found({ provider_uuid: people.serviceProvider.uuid, offering_slug: 'hpc,cloud' })).toHaveLength(2)
    expect(await found({ query: 'annika', created: '2025-06-01' })).toEqual([a.uuid])
    expect((await as(people.providerOwner).get(PATH, { query: { state: 'Fine' } })).body).toEqual({
      state: ['Select a valid choice. Fine is not one of the available choices.'],
    })
  })

  it('is asked by offerings too: those where one has an account', async () => {
    const offering = await keeping()
    await accountOf(w.current, offering, people.projectMember, { state: 'OK' })
    const found = async (person: Person) =>
      (await as(person).get('/api/marketplace-public-offerings/', { query: { uuid_list: offering.uuid, user_has_offering_user: true } }))
        .body

    expect(await found(people.projectMember)).toHaveLength(1)
    expect(await found(people.customerOwner)).toHaveLength(0)
  })
})
