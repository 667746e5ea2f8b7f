// Filters of lists and of single objects (platform.md §3.4).
import { beforeAll, describe, expect, it } from 'vitest'
import { lampWorld } from '../support/lamps.ts'
import { type Row, urls } from '../support/world.ts'

const LAMPS = '/api/lamps/'

describe('filters', () => {
  const w = lampWorld()
  let [alpha, beta, gamma]: (Row | undefined)[] = []
  beforeAll(async () => {
    const { lamp } = w.current
    alpha = await lamp({
      name: 'alpha 100%',
      state: 'On',
      brightness: 5,
      is_dim: true,
      bought: '2026-01-10',
      created: '2026-01-10T10:00:00Z',
    })
    beta = await lamp({ name: 'beta_X', state: 'Off', brightness: 3, is_dim: false, bought: '2026-01-11', created: '2026-01-11T10:00:00Z' })
    gamma = await lamp({ name: 'gamma\\', state: 'Broken', brightness: 0, created: '2026-01-12T10:00:00.5Z' })
  })
  const found = async (query: string) => {
    const { lampsAs, staff, viewer } = w.current
    const answers = [await lampsAs(staff).get(`${LAMPS}?${query}&o=name`), await lampsAs(viewer).get(`${LAMPS}?${query}&o=name`)]
    for (const answer of answers) expect([query, answer.status, answer.text.slice(0, 200)]).toEqual([query, 200, expect.anything()])
    const [all, some] = answers.map((answer) => answer.body.map(({ name }: { name: string }) => name[0]).join(''))
    expect([query, some]).toEqual([query, all])
    return all
  }
  const refused = async (query: string) => {
    const { lampsAs, viewer } = w.current
    const { status, body } = await lampsAs(viewer).get(`${LAMPS}?${query}`)
    expect([query, status]).toEqual([query, 400])
    return body
  }

  it('by text find any part of it, whatever its case, and take no character for a joker', async () => {
    expect(await found('name=ALPHA')).toBe('a')
    expect(await found('name=%25')).toBe('a')
    expect(await found('name=_')).toBe('b')
    expect(await found('name=%5C')).toBe('g')
    expect(await found('name=a')).toBe('abg')
    expect(await found('name_exact=beta_X')).toBe('b')
    expect(await found('name_exact=beta_x')).toBe('')
    expect(await found('names=beta_X&names=nope')).toBe('b')
    expect(await found(`name=${'x'.repeat(400)}`)).toBe('')
  })

  it('by uuid take any spelling, several where several are meant', async () => {
    const dashed = alpha?.uuid.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-').toUpperCase()

    expect(await found(`uuid=${dashed}`)).toBe('a')
    expect(await found(`uuid=${beta?.uuid}&uuid=${alpha?.uuid}`)).toBe('a')
    expect(await found(`uuids=${beta?.uuid},${alpha?.uuid}`)).toBe('ab')
    expect(await found(`uuids=${beta?.uuid}&uuids=${gamma?.uuid},`)).toBe('bg')
    expect(await refused('uuid=nope')).toEqual({ uuid: ['Enter a valid UUID.'] })
    expect(await refused(`uuids=${beta?.uuid},nope`)).toEqual({ uuids: ['Enter a valid UUID.'] })
  })

  it('by choice take display names as they are written', async () => {
    expect(await found('state=On')).toBe('a')
    expect(await found('state=On&state=Off')).toBe('ab')
    expect(await found('one_state=Off')).toBe('b')
    for (const bad of ['on', '3', 'On,Off', 'constructor']) {
      const text = `Select a valid choice. ${bad} is not one of the available choices.`
      expect(await refused(`state=${bad}`)).toEqual({ state: [text] })
      expect(await refused(`one_state=${bad}`)).toEqual({ one_state: [text] })
    }
  })

  it('that are empty do not filter, except a multiple choice, which refuses it', async () => {
    expect(await found('name=&uuid=&uuids=&one_state=&brightness=&is_dim=&bought=&created=&customer=&customer_uuid=')).toBe('abg')
    expect(await refused('state=')).toEqual({ state: ['Select a valid choice.  is not one of the available choices.'] })
  })

  it('platform 28: by yes or no take several words and ignore others; false is no absence', async () => {
    for (const yes of ['true', 'True', '1']) expect(await found(`is_dim=${yes}`)).toBe('a')
    for (const no of ['false', 'False', '0']) expect(await found(`is_dim=${no}`)).toBe('bg')
    for (const other of ['nope', '2', 'null']) expect(await found(`is_dim=${other}`)).toBe('abg')
  })

  it('by number take numbers', async () => {
    expect(await found('brightness=5')).toBe('a')
    expect(await found('brightness=5.0')).toBe('a')
    expect(await found(`brightness=${'9'.repeat(39)}`)).toBe('')
    for (const bad of ['five', '5x', '1e5', 'NaN', 'Infinity', '0x10', '9'.repeat(400), '5;drop table lamp']) {
      expect(await refused(`brightness=${encodeURIComponent(bad)}`)).toEqual({ brightness: ['Enter a number.'] })
    }
  })

  it('by moment take moments in any offset and days', async () => {
    expect(await found('created=2026-01-11')).toBe('bg')
    expect(await found('created=2026-01-11T10:00:00Z')).toBe('bg')
    expect(await found('created=2026-01-11T10:00:01')).toBe('g')
    expect(await found('created=2026-01-11T12:00:00%2B02:00')).toBe('bg')
    expect(await found('created=2026-01-11T12:00:00+02:00')).toBe('bg')
    expect(await found('created=2026-01-11%2009:00')).toBe('bg')
    expect(await found('created=2026-01-12T10:00:00.4999999Z')).toBe('g')
    expect(await found('created=2026-01-12T10:00:00.5000014Z')).toBe('')
    expect(await found('created_before=2026-01-11T10:00:00Z')).toBe('a')
    const bad = [
      'nope',
      '2026',
      '2026-13-01',
      '2026-02-30',
      '2026-01-11T24:00',
      '2026-01-11T10:00+99:00',
      '0000-01-01',
      '12:00',
      '1767225600',
    ]
    for (const value of [...bad, '2026-01-11T10:61', '0001-01-01T00:00%2B14:00', '9999-12-31T23:59-14:00']) {
      expect([value, await refused(`created=${value}`)]).toEqual([value, { created: ['Enter a valid date/time.'] }])
    }
  })

  it('by day take days', async () => {
    expect(await found('bought=2026-01-10')).toBe('a')
    expect(await found('bought_from=2026-01-10')).toBe('ab')
    for (const value of ['nope', '2026-02-30', '2026-1-1', '0000-01-01', '2026-01-10T00:00', '10000-01-01']) {
      expect([value, await refused(`bought=${value}`)]).toEqual([value, { bought: ['Enter a valid date.'] }])
    }
  })

  it('platform 29: by URL find nothing for one of another kind', async () => {
    const { home } = w.current

    expect(await found(`customer=${urls.customer(home)}`)).toBe('abg')
    expect(await found(`customer=https://elsewhere.example/api/customers/${home.uuid}/`)).toBe('abg')
    expect(await found(`customer=/api/customers/${home.uuid}/`)).toBe('abg')
    for (const other of [urls.project(home), home.uuid, 'nope', `http://testserver/api/customers/${home.uuid}`]) {
      expect(await found(`customer=${other}`)).toBe('')
    }
  })

  it('have a greatest length and a greatest number of values', async () => {
    const { lampsAs, viewer } = w.current
    const long = (length: number) => `Ensure this value has at most 400 characters (it has ${length}).`
    const many = Array.from({ length: 201 }, () => alpha?.uuid)

    expect(await refused(`name=${'x'.repeat(401)}`)).toEqual({ name: [long(401)] })
    expect(await refused(`names=a,${'x'.repeat(5000)}`)).toEqual({ names: [long(5000)] })
    expect(await refused(`state=On&state=${'x'.repeat(401)}`)).toEqual({ state: [long(401)] })
    expect(await refused(`uuids=${many.join()}`)).toEqual({ uuids: ['Ensure this parameter has at most 200 values (it has 201).'] })
    expect((await lampsAs(viewer).get(`${LAMPS}?uuids=${many.slice(1).join()}`)).status).toBe(200)
  })

  it('that give "this or that" narrow and never open, wherever the condition stands', async () => {
    const { lampsAs, viewer, stranger, lamp, customer, home, database } = w.current
    const elsewhere = await customer()
    const far = await lamp({ name: 'far', customer_id: elsewhere.id })

    expect(await found('lit_or_bright=true')).toBe('a')
    expect(await found('lit_or_bright=true&name=beta')).toBe('')
    expect((await lampsAs(stranger).get(LAMPS, { query: { lit_or_bright: 'true' } })).body).toEqual([])
    // The list of dim or bright lamps under an organization: its visibility, its own condition and the parent's each say "or".
    const under = await lampsAs(viewer).get(`/api/customers/${home.uuid}/odd_lamps/`, { query: { name: 'a' } })
    expect(under.body.map(({ name }: { name: string }) => name[0]).join('')).toBe('a')
    expect((await lampsAs(viewer).get(`/api/odd-lamps/${far.uuid}/`)).status).toBe(404)
    expect((await lampsAs(viewer).get(`/api/odd-lamps/${beta?.uuid}/`, { query: { lit_or_bright: 'true' } })).status).toBe(404)
    await database.pool.query('delete from lamp where id = $1', [far.id])
  })

  it('platform 26: that are bad are named together, and a bad order with them', async () => {
    expect(await refused('uuid=x&state=y&created=z&brightness=q&name=ok&o=nope')).toEqual({
      uuid: ['Enter a valid UUID.'],
      state: ['Select a valid choice. y is not one of the available choices.'],
      created: ['Enter a valid date/time.'],
      brightness: ['Enter a number.'],
      o: ['Select a valid choice. nope is not one of the available choices.'],
    })
  })

  it('refuse characters that nothing can hold', async () => {
    for (const name of ['name', 'name_exact', 'names', 'uuid', 'state', 'created', 'customer', 'is_dim']) {
      expect(await refused(`${name}=%00`)).toEqual({ [name]: ['Null characters are not allowed.'] })
    }
    expect(await found('name=%ED%A0%80')).toBe('')
    expect(await found('name=%FF')).toBe('')
    expect(await found('x=%00&%00=x')).toBe('abg')
  })

  it('platform 27: that nobody knows are ignored', async () => {
    expect(await found('nope=1&constructor=1&__proto__=1&hasOwnProperty=1&ghost=anything')).toBe('abg')
  })

  it('must all hold', async () => {
    expect(await found('state=On&state=Off&is_dim=true')).toBe('a')
    expect(await found('state=Off&is_dim=true')).toBe('')
  })

  it('platform 30: hold for a single object too', async () => {
    const { lampsAs, viewer } = w.current
    const one = `${LAMPS}${alpha?.uuid}/`

    expect((await lampsAs(viewer).get(one, { query: { state: 'On' } })).status).toBe(200)
    expect(await lampsAs(viewer).get(one, { query: { state: 'Off' } })).toMatchObject({
      status: 404,
      body: { detail: 'No Lamp matches the given query.' },
    })
    expect(await lampsAs(viewer).get(one, { query: { state: 'nope' } })).toMatchObject({
      status: 400,
      body: { state: [expect.any(String)] },
    })
  })

  it('hold for operations on a single object too', async () => {
    const { lampsAs, owner } = w.current
    const one = `${LAMPS}${beta?.uuid}/switch_on/`

    expect((await lampsAs(owner).post(one, undefined, { query: { state: 'On' } })).status).toBe(404)
    expect((await lampsAs(owner).post(one, undefined, { query: { state: 'nope' } })).status).toBe(400)
  })
})
