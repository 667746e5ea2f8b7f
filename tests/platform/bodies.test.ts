// What is sent: types of bodies, the catalogue of field texts (platform.md §2.8, §4).
import { describe, expect, it } from 'vitest'
import { lampWorld } from '../support/lamps.ts'
import { urls } from '../support/world.ts'

const LAMPS = '/api/lamps/'

describe('the fields of a body', () => {
  const w = lampWorld()
  const lampWith = (fields: object) => ({ name: 'Lamp', customer: urls.customer(w.current.home), ...fields })
  const texts = async (fields: object) => {
    const answer = await w.current.lampsAs(w.current.owner).post(LAMPS, lampWith(fields))
    return answer.status === 400 ? answer.body : answer.status
  }
  const INTEGER = 'A valid integer is required.'
  const NUMBER = 'A valid number is required.'
  const DAY = 'Date has wrong format. Use one of these formats instead: YYYY-MM-DD.'
  const MOMENT = 'Datetime has wrong format. Use one of these formats instead: YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z].'
  const SLUG = 'Enter a valid "slug" consisting of letters, numbers, underscores or hyphens.'
  const FEWER = (max: number) => `Ensure this field has no more than ${max} characters.`
  const dictionary = (type: string) => `Expected a dictionary of items but got type "${type}".`
  const listText = (type: string) => `Expected a list of items but got type "${type}".`
  const linkText = (type: string) => `Incorrect type. Expected URL string, received ${type}.`

  it('are named all at once when they are missing', async () => {
    const { lampsAs, owner } = w.current

    expect(await lampsAs(owner).post(LAMPS, {})).toMatchObject({
      status: 400,
      body: { name: ['This field is required.'], customer: ['This field is required.'] },
    })
  })

  it.each([
    ['name', null, 'This field may not be null.'],
    ['name', '', 'This field may not be blank.'],
    ['name', ' \t\n', 'This field may not be blank.'],
    ['name', 'x'.repeat(21), FEWER(20)],
    ['name', '💡'.repeat(21), FEWER(20)],
    ['name', true, 'Not a valid string.'],
    ['name', ['x'], 'Not a valid string.'],
    ['name', { x: 1 }, 'Not a valid string.'],
    ['brightness', null, 'This field may not be null.'],
    ['brightness', 'x', INTEGER],
    ['brightness', '', INTEGER],
    ['brightness', 1.5, INTEGER],
    ['brightness', '1.5', INTEGER],
    ['brightness', true, INTEGER],
    ['brightness', [1], INTEGER],
    ['brightness', 1e300, INTEGER],
    ['brightness', 11, 'Ensure this value is less than or equal to 10.'],
    ['brightness', -1, 'Ensure this value is greater than or equal to 0.'],
    ['brightness', '9'.repeat(30), 'Ensure this value is less than or equal to 10.'],
    ['price', 'x', NUMBER],
    ['price', 'NaN', NUMBER],
    ['price', true, NUMBER],
    ['price', {}, NUMBER],
    ['price', '1.234', 'Ensure that there are no more than 2 decimal places.'],
    ['price', '12345678901', 'Ensure that there are no more than 10 digits in total.'],
    ['price', '123456789', 'Ensure that there are no more than 8 digits before the decimal point.'],
    ['price', '-1', 'Ensure this value is greater than or equal to 0.'],
    ['is_dim', 'perhaps', 'Must be a valid boolean.'],
    ['is_dim', 2, 'Must be a valid boolean.'],
    ['is_dim', [], 'Must be a valid boolean.'],
    ['bought', '2026-02-30', DAY],
    ['bought', '2026-01-01T00:00', DAY],
    ['bought', 20260101, DAY],
    ['bought', '0000-01-01', DAY],
    ['lit', 'yesterday', MOMENT],
    ['lit', '2026-01-01T24:00:00Z', MOMENT],
    ['lit', 1767225600, MOMENT],
    ['lit', '0001-01-01T00:00+14:00', MOMENT],
    ['lit', '9999-12-31T23:59-14:00', MOMENT],
    ['colour', 'nope', '"nope" is not a valid choice.'],
    ['colour', 'Red', '"Red" is not a valid choice.'],
    ['colour', '', '"" is not a valid choice.'],
    ['ratio', 'x', NUMBER],
    ['ratio', 'Infinity', NUMBER],
    ['ratio', 2, 'Ensure this value is less than or equal to 1.'],
    ['serial', 'x', 'Must be a valid UUID.'],
    ['serial', 1, 'Must be a valid UUID.'],
    ['page', 'x', 'Enter a valid URL.'],
    ['page', 'javascript:alert(1)', 'Enter a valid URL.'],
    ['page', 'http://', 'Enter a valid URL.'],
    ['page', `http://example.com/${'x'.repeat(200)}`, FEWER(200)],
    ['contact', 'x', 'Enter a valid email address.'],
    ['contact', 'a@b', 'Enter a valid email address.'],
    ['contact', 'a b@example.com', 'Enter a valid email address.'],
    ['word', 'two words', SLUG],
    ['codes', 'x', listText('str')],
    ['codes', { a: 1 }, listText('dict')],
    ['codes', 1, listText('int')],
    ['codes', [], 'This list may not be empty.'],
    ['limits', 'x', dictionary('str')],
    ['limits', [], dictionary('list')],
    ['limits', 1.5, dictionary('float')],
    ['limits', true, dictionary('bool')],
    ['notes', [], dictionary('list')],
    ['customer', 'junk', 'Invalid hyperlink - No URL match.'],
    ['customer', '0'.repeat(32), 'Invalid hyperlink - No URL match.'],
    ['customer', '', 'This field may not be null.'],
    ['customer', null, 'This field may not be null.'],
    ['customer', 7, linkText('int')],
    ['customer', [], linkText('list')],
    ['customer', `http://testserver${LAMPS}${'0'.repeat(32)}/`, 'Invalid hyperlink - Incorrect URL match.'],
    ['customer', `http://testserver/api/customers/${'0'.repeat(32)}/`, 'Invalid hyperlink - Object does not exist.'],
  ])('%s: %j is refused with its text', async (field, value, text) => {
    expect(await texts({ [field]: value })).toEqual({ [field]: [text] })
  })

  it('that lie deeper name where', async () => {
    expect(await texts({ limits: { cpu: 1, ram: 'x' } })).toEqual({ limits: { ram: [INTEGER] } })
    expect(await texts({ codes: [1, 'x', 2, null] })).toEqual({ codes: { 1: [INTEGER], 3: ['This field may not be null.'] } })
    expect(await texts({ parts: [{ amount: 1 }, { amount: 0, label: 'too long' }, {}] })).toEqual({
      parts: [
        {},
        { amount: ['Ensure this value is greater than or equal to 1.'], label: [FEWER(5)] },
        { amount: ['This field is required.'] },
      ],
    })
    expect(await texts({ parts: [{ amount: 1 }, 'x'] })).toEqual({
      parts: [{}, { non_field_errors: ['Invalid data. Expected a dictionary, but got str.'] }],
    })
  })

  it('are named together, links too', async () => {
    expect(await texts({ name: '', customer: `/api/customers/${'0'.repeat(32)}/`, brightness: 'x' })).toEqual({
      name: ['This field may not be blank.'],
      customer: ['Invalid hyperlink - Object does not exist.'],
      brightness: [INTEGER],
    })
  })

  it('platform 39: say the same of what the caller does not see and of what does not exist', async () => {
    const { customer, lamp } = w.current
    const hidden = await customer()
    const elsewhere = await lamp({ customer_id: hidden.id })

    expect(await texts({ customer: urls.customer(hidden) })).toEqual({ customer: ['Invalid hyperlink - Object does not exist.'] })
    expect(await texts({ twins: [`${LAMPS}${elsewhere.uuid}/`] })).toEqual({ twins: ['Invalid hyperlink - Object does not exist.'] })
  })

  it.each([
    { name: '  Trimmed ' },
    { name: 12 },
    { name: '💡'.repeat(20) },
    { brightness: '4', ratio: '0.5', price: 1.5 },
    { brightness: 4.0, price: '00012.50' },
    { is_dim: 'yes' },
    { is_dim: 0 },
    { is_dim: null, price: null, bought: null },
    { bought: '2026-02-28', lit: '2026-02-28 10:00' },
    { lit: '2026-02-28T10:00:00.1234567+02:00' },
    { page: 'https://example.com/x?y=z', contact: 'a.b+c@example.com', word: 'a_b-1' },
    { limits: { cpu: '4', ram: 0 }, notes: { free: [1, { deep: null }] }, anything: [null, 'x', 1] },
    { parts: [{ amount: 1 }], codes: ['1'], twins: [] },
  ])('are taken as %j', async (fields) => {
    expect(await texts(fields)).toBe(201)
  })

  it('may be links of any host, or rooted', async () => {
    const { home } = w.current

    for (const customer of [`/api/customers/${home.uuid}/`, `https://elsewhere.example/api/customers/${home.uuid}/`]) {
      expect(await texts({ customer })).toBe(201)
    }
  })

  it('platform 40: that are unknown or read-only are ignored and never written', async () => {
    const { lampsAs, owner } = w.current

    const made = await lampsAs(owner).post(
      LAMPS,
      lampWith({ uuid: '0'.repeat(32), id: 1, state: 'Broken', nope: 1, constructor: 1, __proto__: 2 }),
    )

    expect(made.status).toBe(201)
    expect(made.body).toMatchObject({ state: 'Off' })
    expect(made.body.uuid).not.toBe('0'.repeat(32))
  })

  it('are all needed with PUT and none with PATCH', async () => {
    const { lampsAs, owner, lamp } = w.current
    const one = `${LAMPS}${(await lamp({ name: 'Kept', brightness: 3 })).uuid}/`

    expect((await lampsAs(owner).put(one, { brightness: 4 })).body).toMatchObject({ name: ['This field is required.'] })
    expect((await lampsAs(owner).patch(one, { brightness: 4 })).body).toMatchObject({ name: 'Kept', brightness: 4 })
    expect((await lampsAs(owner).patch(one, {})).body).toMatchObject({ name: 'Kept', brightness: 4 })
    expect((await lampsAs(owner).patch(one, { name: '' })).body).toEqual({ name: ['This field may not be blank.'] })
  })
})

describe('a body', () => {
  const w = lampWorld()
  const send = (payload: string | Buffer, type?: string) =>
    w.current.lampsAs(w.current.owner).send('POST', LAMPS, payload, type === undefined ? {} : { headers: { 'content-type': type } })

  it.each([
    ['[]', 'Invalid data. Expected a dictionary, but got list.'],
    ['"x"', 'Invalid data. Expected a dictionary, but got str.'],
    ['1', 'Invalid data. Expected a dictionary, but got int.'],
    ['1.5', 'Invalid data. Expected a dictionary, but got float.'],
    ['true', 'Invalid data. Expected a dictionary, but got bool.'],
    ['null', 'No data provided'],
  ])('platform 35: of %s is refused', async (payload, text) => {
    expect(await send(payload, 'application/json')).toMatchObject({ status: 400, body: { non_field_errors: [text] } })
  })

  it.each(['{', '{"name":}', 'nope', '{"name":"x",}', "{'name':1}", '\u0000', '"\u0001"', '{"name": tru}', '{"a":1}{', '\ufeff{}x'])(
    'platform 36: of broken JSON is refused: %j',
    async (payload) => {
      const answer = await send(payload, 'application/json')

      expect(answer.status).toBe(400)
      expect(answer.body.detail).toMatch(/^JSON parse error - /)
    },
  )

  it.each(['NaN', 'Infinity', '-Infinity'])('platform 36: with %s is refused by its name', async (word) => {
    const answer = await send(`{"name": ${word}}`, 'application/json')

    expect(answer).toMatchObject({
      status: 400,
      body: { detail: `JSON parse error - Out of range float values are not JSON compliant: '${word}'` },
    })
  })

  it.each([
    'text/plain',
    'application/xml',
    'application/json-patch+json',
    'text',
    '/',
    'constructor',
    '__proto__',
    'application/',
    'x/y; a',
  ])('platform 37: of type %s is refused', async (type) => {
    const answer = await send('{}', type)

    expect(answer).toMatchObject({ status: 415, body: { detail: `Unsupported media type "${type}" in request.` } })
  })

  it('platform 37: without a type is refused, unless it is empty', async () => {
    const { lampsAs, owner } = w.current

    expect(await send('{}')).toMatchObject({ status: 415, body: { detail: 'Unsupported media type "" in request.' } })
    expect((await lampsAs(owner).post(LAMPS)).body).toMatchObject({ name: ['This field is required.'] })
    expect((await send('', 'application/json')).body).toMatchObject({ name: ['This field is required.'] })
  })

  it('may name its character set', async () => {
    const answer = await send('{"name": ""}', 'application/json; charset=utf-8')

    expect(answer.body).toMatchObject({ name: ['This field may not be blank.'] })
  })

  it('with a key twice counts the last', async () => {
    const customer = urls.customer(w.current.home)

    expect((await send(`{"name":"first","customer":"${customer}","name":"second"}`, 'application/json')).body.name).toBe('second')
  })

  it('platform 38: may be a form or multipart instead, with the same result', async () => {
    const { lampsAs, owner, home } = w.current
    const fields = { name: ' Formed ', customer: urls.customer(home), brightness: '4', is_dim: 'on', limits: '{"cpu": 1}', codes: '[1, 2]' }

    const answers = [
      await lampsAs(owner).post(LAMPS, { ...fields, limits: { cpu: 1 }, codes: [1, 2] }),
      await send(String(new URLSearchParams(fields)), 'application/x-www-form-urlencoded'),
      await lampsAs(owner).upload(LAMPS, fields),
    ]

    for (const answer of answers) {
      expect(answer.status).toBe(201)
      expect(answer.body).toMatchObject({ name: 'Formed', brightness: 4, is_dim: true })
    }
  })

  it('platform 38: as a form is refused with the same texts', async () => {
    const { lampsAs, owner } = w.current
    const fields = { name: '', customer: 'junk', brightness: 'x', codes: '[]', limits: '{"cpu": "x"}' }

    const [json, form, multipart] = [
      await lampsAs(owner).post(LAMPS, { ...fields, codes: [], limits: { cpu: 'x' } }),
      await send(String(new URLSearchParams(fields)), 'application/x-www-form-urlencoded'),
      await lampsAs(owner).upload(LAMPS, fields),
    ]

    expect(json?.status).toBe(400)
    expect(form?.body).toEqual(json?.body)
    expect(multipart?.body).toEqual(json?.body)
  })

  it('may not be a file where text is wanted', async () => {
    const { lampsAs, owner, home } = w.current

    const answer = await lampsAs(owner).upload(LAMPS, { name: new File(['x'], 'x.txt'), customer: urls.customer(home) })

    expect(answer).toMatchObject({ status: 400, body: { name: ['Not a valid string.'] } })
  })
})
