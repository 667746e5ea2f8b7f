import { describe, expect, it } from 'vitest'
import * as s from './shapes.ts'

const parse = <S extends s.Shape>(shape: S, raw: unknown, context: s.ReadingContext = { viewer: { actor: undefined } }) =>
  s.parseBody(shape, raw, context)

/** What a field of this shape makes of a value. */
const value = async (shape: s.Shape, sent: unknown) => (await parse(s.body({ it: shape }), sent === undefined ? {} : { it: sent })).it
/** The texts with which it refuses one. */
const texts = async (shape: s.Shape, sent: unknown) => {
  const error = await value(shape, sent).then(
    (read) => ({ status: 200, body: { it: read } }),
    (thrown) => thrown,
  )
  expect(error).toHaveProperty('status', 400)
  return error.body.it
}

describe('a field', () => {
  it('that is missing, null or blank is told so', async () => {
    for (const shape of [
      s.text(),
      s.integer(),
      s.boolean(),
      s.date(),
      s.dictionary(),
      s.list(s.text()),
      s.dictionaryOf(s.text()),
      s.body({}),
    ]) {
      expect(await texts(shape, undefined)).toEqual(['This field is required.'])
      expect(await texts(shape, null)).toEqual(['This field may not be null.'])
    }
    for (const shape of [s.text(), s.url(), s.email(), s.slug()]) {
      expect(await texts(shape, ' ')).toEqual(['This field may not be blank.'])
    }
  })

  it('may be optional, null, or have a default', async () => {
    const shape = s.body({ a: s.optional(s.text()), b: s.nullable(s.date()), c: s.withDefault(s.nullable(s.integer()), 4) })
    expect(await parse(shape, { b: null })).toEqual({ b: null, c: 4 })
    expect(await parse(shape, { a: 'x', b: '2026-01-31', c: null })).toEqual({ a: 'x', b: '2026-01-31', c: null })
    expect('a' in (await parse(shape, { b: null }))).toBe(false)
  })
})

describe('text', () => {
  it('is trimmed, and measured in characters', async () => {
    expect(await value(s.text(), ' õ ')).toBe('õ')
    expect(await value(s.text({ trim: false }), ' õ ')).toBe(' õ ')
    expect(await value(s.text({ blank: true }), '  ')).toBe('')
    expect(await value(s.text(), 4)).toBe('4')
    expect(await value(s.text({ max: 2 }), '😀😀')).toBe('😀😀')
    expect(await texts(s.text({ max: 150 }), 'x'.repeat(1_000_000))).toEqual(['Ensure this field has no more than 150 characters.'])
    expect(await texts(s.text({ max: 2 }), '😀😀😀')).toEqual(['Ensure this field has no more than 2 characters.'])
    expect(await texts(s.text({ min: 3 }), 'xx')).toEqual(['Ensure this field has at least 3 characters.'])
  })

  it('is not a boolean, a list or a dictionary', async () => {
    for (const sent of [true, [], {}]) expect(await texts(s.text(), sent)).toEqual(['Not a valid string.'])
  })

  it('with markup loses what could run, and stays as it is without', async () => {
    const dirty = '<p onclick="x()">A<script>x()</script> <a href="javascript:x()">b</a> <a href="https://c.example/">d</a></p>'
    expect(await value(s.html(), dirty)).toBe('<p>A <a>b</a> <a href="https://c.example/">d</a></p>')
    expect(await value(s.html(), 'R&D "x" > y')).toBe('R&D "x" > y')
    expect(await texts(s.html({ blank: false }), '<script>x()</script>')).toEqual(['This field may not be blank.'])
    expect(await texts(s.html({ max: 10 }), '<b>&&&</b>')).toEqual(['Ensure this field has no more than 10 characters.'])
    expect(await texts(s.html(), '<'.repeat(1_000_000))).toEqual(['Ensure this field has no more than 262144 characters.'])
  })

  it('follows its pattern', async () => {
    expect(await value(s.slug(), 'a-B_9')).toBe('a-B_9')
    const slug = 'Enter a valid "slug" consisting of letters, numbers, underscores or hyphens.'
    expect(await texts(s.slug(), 'a b')).toEqual([slug])
    expect(await texts(s.text({ pattern: /^[a-z]+$/, patternText: 'Enter a valid username.' }), 'A')).toEqual(['Enter a valid username.'])
  })
})

describe('numbers', () => {
  it('are integers also as text or with a zero fraction', async () => {
    for (const sent of [4, '4', ' 4 ', 4.0, '4.0', '+4', '4.']) expect(await value(s.integer(), sent)).toBe(4)
    expect(await value(s.integer(), '-0')).toBe(0)
    for (const sent of [1.5, '1.5', true, 'x', '', [], {}, '1e3', '0x10']) {
      expect(await texts(s.integer(), sent)).toEqual(['A valid integer is required.'])
    }
  })

  it('stand within their bounds, however many digits they have', async () => {
    expect(await texts(s.integer({ max: 10 }), 11)).toEqual(['Ensure this value is less than or equal to 10.'])
    expect(await texts(s.integer({ min: 60 }), '59')).toEqual(['Ensure this value is greater than or equal to 60.'])
    expect(await texts(s.integer(), 123456789012345678901234567890n)).toEqual(['Ensure this value is less than or equal to 2147483647.'])
    expect(await texts(s.integer(), '-9'.padEnd(500, '9'))).toEqual(['Ensure this value is greater than or equal to -2147483648.'])
    expect(await texts(s.integer(), '9'.repeat(1_000_000))).toEqual(['String value too large.'])
    expect(await value(s.integer({ max: Number.MAX_SAFE_INTEGER }), '9007199254740991')).toBe(9007199254740991)
    expect(await texts(s.integer({ max: Number.MAX_SAFE_INTEGER }), '9007199254740992')).toEqual([
      'Ensure this value is less than or equal to 9007199254740991.',
    ])
  })

  it('are decimals as digits', async () => {
    const price = s.decimal({ digits: 22, places: 10 })
    const good = {
      '38.0000000000': '38',
      '.5': '0.5',
      '5.': '5',
      '-1.50': '-1.5',
      '1e3': '1000',
      '1E-7': '0.0000001',
      '-0.0': '0',
      '007': '7',
    }
    for (const [sent, read] of Object.entries(good)) expect(await value(price, sent)).toBe(read)
    expect(await value(price, 0.1)).toBe('0.1')
    expect(await value(price, 1e-7)).toBe('0.0000001')
    expect(await value(price, '123456789012.1234567891')).toBe('123456789012.1234567891')
    for (const sent of ['', 'x', 'NaN', 'Infinity', '0x1', '1_0', true, [], {}]) {
      expect(await texts(price, sent)).toEqual(['A valid number is required.'])
    }
  })

  it('are decimals of so many digits', async () => {
    const rate = s.decimal({ digits: 10, places: 2, min: 0, max: '99999.5' })
    expect(await texts(rate, '1.234')).toEqual(['Ensure that there are no more than 2 decimal places.'])
    expect(await texts(rate, '1234567890.12')).toEqual(['Ensure that there are no more than 10 digits in total.'])
    expect(await texts(rate, '1e999')).toEqual(['Ensure that there are no more than 10 digits in total.'])
    expect(await texts(rate, '123456789')).toEqual(['Ensure that there are no more than 8 digits before the decimal point.'])
    expect(await texts(rate, '99999.51')).toEqual(['Ensure this value is less than or equal to 99999.5.'])
    expect(await texts(rate, -1)).toEqual(['Ensure this value is greater than or equal to 0.'])
    expect(await texts(rate, 123456789012345678901234567890n)).toEqual(['Ensure that there are no more than 10 digits in total.'])
  })

  it('may be inexact, such as a latitude', async () => {
    expect(await value(s.number(), '58.4')).toBe(58.4)
    expect(await texts(s.number(), 'x')).toEqual(['A valid number is required.'])
    expect(await texts(s.number(), '1e999')).toEqual(['A valid number is required.'])
    expect(await texts(s.number({ max: 90 }), 91)).toEqual(['Ensure this value is less than or equal to 90.'])
  })

  it('are booleans by several words', async () => {
    for (const sent of [true, 1, '1', 'yes', 'on', 'True', 'TRUE', 't']) expect(await value(s.boolean(), sent)).toBe(true)
    for (const sent of [false, 0, '0', 'no', 'off', 'False', 'n']) expect(await value(s.boolean(), sent)).toBe(false)
    for (const sent of ['nope', '', 2, [], {}]) expect(await texts(s.boolean(), sent)).toEqual(['Must be a valid boolean.'])
    expect(await value(s.nullable(s.boolean()), '')).toBe(null)
  })
})

describe('days and moments', () => {
  it('are real ones', async () => {
    expect(await value(s.date(), '2024-02-29')).toBe('2024-02-29')
    for (const sent of ['2026-02-29', '2026-1-1', '31.01.2026', '0000-01-01', '2026-01-01T00:00:00Z', 20260101, '', {}]) {
      expect(await texts(s.date(), sent)).toEqual(['Date has wrong format. Use one of these formats instead: YYYY-MM-DD.'])
    }
  })

  it('come to UTC with their microseconds', async () => {
    const read = {
      '2026-11-20T21:13:11.032079Z': '2026-11-20T21:13:11.032079Z',
      '2026-11-20T21:13:11.5+02:00': '2026-11-20T19:13:11.500000Z',
      '2026-11-20 21:13:11.0000009-0330': '2026-11-21T00:43:11Z',
      '2026-11-20t21:13z': '2026-11-20T21:13:00Z',
      '2026-11-20T21:13+02': '2026-11-20T19:13:00Z',
      '2026-11-20T21:13:11': '2026-11-20T21:13:11Z',
      '2026-11-20': '2026-11-20T00:00:00Z',
    }
    for (const [sent, moment] of Object.entries(read)) expect(await value(s.datetime(), sent)).toBe(moment)
  })

  it('that are none are refused', async () => {
    const text = 'Datetime has wrong format. Use one of these formats instead: YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z].'
    const none = ['nope', '2026-11-20T24:00:00Z', '2026-11-20T23:60Z', '2026-02-30T10:00', '2026-11-20T10', '2026-11-20Z', 1, '', []]
    const outside = ['0001-01-01T00:00:00+05:00', '9999-12-31T23:59:59-10:00', '2026-11-20T10:00+99:00']
    for (const sent of [...none, ...outside]) expect(await texts(s.datetime(), sent)).toEqual([text])
  })
})

describe('names of things', () => {
  it('are uuids in any spelling', async () => {
    const hex = '0123456789abcdef0123456789abcdef'
    for (const sent of [hex, hex.toUpperCase(), '01234567-89ab-cdef-0123-456789abcdef']) expect(await value(s.uuid(), sent)).toBe(hex)
    for (const sent of ['nope', '', 1, hex.slice(1)]) expect(await texts(s.uuid(), sent)).toEqual(['Must be a valid UUID.'])
  })

  it('are URLs', async () => {
    for (const sent of ['http://localhost:8000/', 'https://a.example/b?c#d', 'http://[::1]/', 'http://127.0.0.1/', 'ftp://u:p@a.example']) {
      expect(await value(s.url(), sent)).toBe(sent)
    }
    for (const sent of [
      'nope',
      'javascript:alert(1)',
      'http://',
      'http://a',
      'http://a b.example',
      '//a.example',
      'http://a..example/',
      4,
    ]) {
      expect(await texts(s.url(), sent)).toEqual(['Enter a valid URL.'])
    }
    expect(await texts(s.url(), `http://a.example/${'x'.repeat(1_000_000)}`)).toEqual([
      'Ensure this field has no more than 200 characters.',
    ])
  })

  it('are addresses', async () => {
    for (const sent of ['a.b+c@d-e.example', "o'n@localhost"]) expect(await value(s.email(), sent)).toBe(sent)
    for (const sent of [
      'a',
      'a@',
      '@a.example',
      'a@b',
      'a b@c.example',
      'a..b@c.example',
      'a@-b.example',
      'a@b.example\nc',
      `a@${'b'.repeat(70)}.ee`,
    ]) {
      expect(await texts(s.email(), sent)).toEqual(['Enter a valid email address.'])
    }
  })

  it('are among the choices', async () => {
    const unit = s.choice(['month', '770'])
    expect(await value(unit, 'month')).toBe('month')
    expect(await value(unit, 770)).toBe('770')
    expect(await value(s.choice(['month'], { blank: true }), '')).toBe('')
    expect(await texts(unit, 'nope')).toEqual(['"nope" is not a valid choice.'])
    expect(await texts(unit, 'Month')).toEqual(['"Month" is not a valid choice.'])
    expect(await texts(unit, '')).toEqual(['"" is not a valid choice.'])
    expect(await texts(unit, true)).toEqual(['"True" is not a valid choice.'])
    expect(await texts(unit, [10n ** 30n])).toEqual(['"[1e+30]" is not a valid choice.'])
    expect((await texts(unit, 'x'.repeat(1_000_000)))[0]).toHaveLength(226)
  })
})

describe('lists and dictionaries', () => {
  it('are told from other types by their name', async () => {
    for (const [sent, name] of [
      ['x', 'str'],
      [1, 'int'],
      [1.5, 'float'],
      [true, 'bool'],
      [10n ** 30n, 'int'],
    ] as const) {
      expect(await texts(s.list(s.text()), sent)).toEqual([`Expected a list of items but got type "${name}".`])
      expect(await texts(s.dictionary(), sent)).toEqual([`Expected a dictionary of items but got type "${name}".`])
    }
    expect(await texts(s.list(s.text()), {})).toEqual(['Expected a list of items but got type "dict".'])
    expect(await texts(s.dictionary(), [])).toEqual(['Expected a dictionary of items but got type "list".'])
    expect(await texts(s.dictionaryOf(s.integer()), '{}')).toEqual(['Expected a dictionary of items but got type "str".'])
  })

  it('may have to hold something, and not too much', async () => {
    expect(await value(s.list(s.text()), [])).toEqual([])
    expect(await texts(s.list(s.text(), { empty: false }), [])).toEqual(['This list may not be empty.'])
    expect(await texts(s.list(s.text(), { max: 1 }), ['a', 'b'])).toEqual(['Ensure this field has no more than 1 elements.'])
    expect(await texts(s.dictionary(), { a: 'x'.repeat(70_000) })).toEqual(['Ensure this field has no more than 65536 bytes.'])
  })

  it('name their errors by key or place', async () => {
    expect(await texts(s.dictionaryOf(s.integer()), { cpu: 'x', ram: 1, disk: null })).toEqual({
      cpu: ['A valid integer is required.'],
      disk: ['This field may not be null.'],
    })
    expect(await texts(s.list(s.integer()), [1, 'x', 3])).toEqual({ 1: ['A valid integer is required.'] })
    const price = s.body({ amount: s.integer() })
    expect(await texts(s.list(price), [{ amount: 1 }, { amount: 'x' }, {}, 'x', null])).toEqual([
      {},
      { amount: ['A valid integer is required.'] },
      { amount: ['This field is required.'] },
      { non_field_errors: ['Invalid data. Expected a dictionary, but got str.'] },
      { non_field_errors: ['This field may not be null.'] },
    ])
    expect(await texts(price, [])).toEqual({ non_field_errors: ['Invalid data. Expected a dictionary, but got list.'] })
    expect(await texts(s.dictionaryOf(s.list(price)), { a: [{}] })).toEqual({ a: [{ amount: ['This field is required.'] }] })
  })

  it('of anything keep it as it is, but round no number', async () => {
    const free = { a: [1, 'x', null, { b: true }], 'c d': 1.5 }
    expect(await value(s.dictionary(), free)).toEqual(free)
    expect(await value(s.json(), 'x')).toBe('x')
    const huge = ['Ensure this value is less than or equal to 9007199254740991.']
    expect(await texts(s.dictionary(), { a: [{ b: 10n ** 30n }] })).toEqual(huge)
    expect(await texts(s.json(), -(10n ** 30n))).toEqual(['Ensure this value is greater than or equal to -9007199254740991.'])
  })
})
