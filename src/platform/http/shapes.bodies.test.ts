import { describe, expect, it } from 'vitest'
import { GIF, ICO, PNG } from '../../../tests/support/pictures.ts'
import { readBody } from './body.ts'
import * as s from './shapes.ts'

const refused = (body: unknown) => expect.objectContaining({ status: 400, body })
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

describe('a body', () => {
  const shape = s.body({ name: s.text({ max: 150 }), size: s.optional(s.integer()) })

  it('platform 35: that is no object is refused with its type', async () => {
    for (const [sent, name] of [
      [[], 'list'],
      ['x', 'str'],
      [1, 'int'],
      [1.5, 'float'],
      [true, 'bool'],
    ] as const) {
      const body = { non_field_errors: [`Invalid data. Expected a dictionary, but got ${name}.`] }
      await expect(parse(shape, sent)).rejects.toEqual(refused(body))
    }
    await expect(parse(shape, null)).rejects.toEqual(refused({ non_field_errors: ['No data provided'] }))
  })

  it('platform 40: loses keys that it does not have', async () => {
    expect(await parse(shape, { name: 'x', nope: 1, uuid: 'x', toString: 'x' })).toEqual({ name: 'x' })
  })

  it('names all bad fields at once', async () => {
    await expect(parse(shape, { size: 'x' })).rejects.toEqual(
      refused({ name: ['This field is required.'], size: ['A valid integer is required.'] }),
    )
  })

  it('asks for nothing when it is partial, and has no defaults then', async () => {
    const some = s.partial(s.body({ name: s.text(), kind: s.withDefault(s.text(), 'a'), end: s.nullable(s.date()) }))
    expect(await parse(some, {})).toEqual({})
    expect(await parse(some, { end: null })).toEqual({ end: null })
    await expect(parse(some, { name: '' })).rejects.toEqual(refused({ name: ['This field may not be blank.'] }))
    await expect(parse(some, [])).rejects.toEqual(refused({ non_field_errors: ['Invalid data. Expected a dictionary, but got list.'] }))
  })

  it('may be free as a whole', async () => {
    expect(await parse(s.dictionary(), { a: 1 })).toEqual({ a: 1 })
    await expect(parse(s.dictionary(), [])).rejects.toEqual(
      refused({ non_field_errors: ['Expected a dictionary of items but got type "list".'] }),
    )
  })
})

describe('a field that staff alone writes', () => {
  const shape = s.body({ name: s.optional(s.text()), slug: s.staffOnly(s.slug()), level: s.staffOnly(s.nullable(s.integer())) })
  const by = (is_staff: boolean, raw: unknown, whole: s.Shape = shape) =>
    parse(whole, raw, { viewer: { actor: { is_staff } as s.ReadingContext['viewer']['actor'] } })

  it('is read from staff, and ignored unread from everybody else, in a form, in part and in whole', async () => {
    const bad = { name: 'x', slug: 'no slug', level: 'high' }

    const texts = { slug: [expect.stringMatching(/^Enter a valid/)], level: ['A valid integer is required.'] }
    await expect(by(true, bad)).rejects.toEqual(refused(texts))
    await expect(by(true, bad, s.partial(shape))).rejects.toEqual(refused(texts))
    expect(await by(true, { slug: 'fine', level: null })).toEqual({ slug: 'fine', level: null })
    for (const whole of [shape, s.partial(shape)]) {
      expect(await by(false, bad, whole)).toEqual({ name: 'x' })
      expect(await parse(whole, bad)).toEqual({ name: 'x' })
      expect(await parse(whole, { slug: ['fine'] })).toEqual({})
    }
    await expect(by(false, [])).rejects.toHaveProperty('status', 400)
  })
})

describe('a link', () => {
  const A = 'a'.repeat(32)
  const B = 'b'.repeat(32)
  type Project = { id: number; of: unknown }
  const project = s.link({
    path: '/api/projects/',
    find: async (uuid, context): Promise<Project | undefined> => (uuid === A ? { id: 1, of: context } : undefined),
  })
  const plan = s.link({
    path: '/api/marketplace-public-offerings/{uuid}/plans/{plan_uuid}/',
    find: async (uuid, _, uuids) => ({ uuid, uuids }),
  })
  const url = `https://any.example/api/projects/${A}/`

  it('becomes the row it names, found as the caller would', async () => {
    const context = { viewer: { actor: undefined } }
    const read = await parse(s.body({ project }), { project: url }, context)
    const id: number = read.project.id
    expect(id).toBe(1)
    expect(read).toEqual({ project: { id: 1, of: context } })
    for (const sent of [`/api/projects/${A}/`, ` ${url} `, `${url}?x=1#y`, url.replace(A, 'AAAAAAAA-aaaa-aaaa-aaaa-aaaaaaaaaaaa')]) {
      expect(await value(project, sent)).toMatchObject({ id: 1 })
    }
    expect(await value(plan, `/api/marketplace-public-offerings/${A}/plans/${B}/`)).toEqual({ uuid: B, uuids: [A, B] })
  })

  it('platform 39: is refused when it is junk, of another kind, unknown or no text', async () => {
    for (const sent of [
      'junk',
      A,
      '/api/nope/x/',
      `/api/projects/${A}`,
      '/api/projects/nope/',
      `ftp://a.example/api/projects/${A}/`,
      '/',
    ]) {
      expect(await texts(project, sent)).toEqual(['Invalid hyperlink - No URL match.'])
    }
    expect(await texts(plan, url)).toEqual(['Invalid hyperlink - Incorrect URL match.'])
    expect(await texts(project, `/api/projects/${B}/`)).toEqual(['Invalid hyperlink - Object does not exist.'])
    expect(await texts(project, 1)).toEqual(['Incorrect type. Expected URL string, received int.'])
    expect(await texts(project, [])).toEqual(['Incorrect type. Expected URL string, received list.'])
    for (const sent of [null, '']) expect(await texts(project, sent)).toEqual(['This field may not be null.'])
    expect(await value(s.nullable(project), '')).toBe(null)
  })

  it('to nothing is told together with the other bad fields, at any depth', async () => {
    const shape = s.body({ project, size: s.integer(), parts: s.list(s.body({ project, amount: s.integer() })) })
    const gone = `/api/projects/${B}/`
    const parts = [
      { project: url, amount: 1 },
      { project: gone, amount: 'x' },
      { project: gone, amount: 1 },
    ]
    const none = ['Invalid hyperlink - Object does not exist.']
    await expect(parse(shape, { project: gone, size: 'x', parts })).rejects.toEqual(
      refused({
        project: none,
        size: ['A valid integer is required.'],
        parts: [{}, { amount: ['A valid integer is required.'], project: none }, { project: none }],
      }),
    )
    expect(await parse(s.body({ parts: s.list(s.body({ project })) }), { parts: [{ project: url }] })).toMatchObject({
      parts: [{ project: { id: 1 } }],
    })
  })

  it('may stand in a list, which has one text', async () => {
    const projects = s.linkList({ path: '/api/projects/', find: async (uuid) => (uuid === A ? { id: 1 } : undefined) })
    const read = await parse(s.body({ projects }), { projects: [url, url] })
    const ids: number[] = read.projects.map(({ id }) => id)
    expect(ids).toEqual([1, 1])
    expect(await texts(projects, 'x')).toEqual(['Expected a list of items but got type "str".'])
    expect(await texts(projects, [url, 'x'])).toEqual(['Invalid hyperlink - No URL match.'])
    expect(await texts(projects, [url, `/api/projects/${B}/`])).toEqual(['Invalid hyperlink - Object does not exist.'])
    expect(await texts(projects, Array(1001).fill(url))).toEqual(['Ensure this field has no more than 1000 elements.'])
    const many = s.body({ parts: s.list(project) })
    await expect(parse(many, { parts: Array(1001).fill(url) })).rejects.toHaveProperty('status', 413)
  })

  it('is not mistaken for free JSON, whatever that looks like', async () => {
    const free = { link: { find: 'x' }, keys: [A], path: '/api/projects/' }
    expect(await value(s.dictionary(), free)).toEqual(free)
  })
})

const DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><circle r="4"/></svg>'
const upload = (filename: string, data: Buffer | string) => ({ filename, mimetype: 'image/png', data: Buffer.from(data) })

describe('a picture', () => {
  const image = s.file('image')
  const text = ['Upload a valid image. The file you uploaded was either not an image or a corrupted image.']
  const script = '<script>alert(1)</script>'.repeat(20)
  const icon = (change: (data: Buffer) => void) => {
    const data = Buffer.from(ICO)
    change(data)
    return data
  }

  it('is taken in every format there is, under any name of a picture or one without an ending', async () => {
    for (const data of [PNG, GIF, ICO, DRAWING, bitmapIcon(16, 16)]) {
      for (const name of ['logo', 'logo.PNG', 'my.logo.svg', 'x.jpeg'])
        expect(await value(image, upload(name, data))).toHaveProperty('filename', name)
    }
  })

  it('whose name says that it is something else is refused', async () => {
    for (const name of ['x.js', 'x.png.html', 'x.svgz', 'x.', '.js', 'x.png ', 'x.png/y.exe']) {
      expect(await texts(image, upload(name, PNG)), name).toEqual(text)
    }
  })

  it('that only begins like one is refused', async () => {
    const jpeg = Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex')
    const webp = Buffer.from('52494646ff000000574542505650384c', 'hex')
    for (const data of [
      `GIF89a/*${script}*/=1`,
      Buffer.concat([GIF.subarray(0, 20), Buffer.from(script)]),
      Buffer.concat([PNG.subarray(0, 33), Buffer.from(script)]),
      PNG.subarray(0, 16),
      jpeg,
      Buffer.concat([jpeg, Buffer.from(script)]),
      Buffer.concat([webp, Buffer.from(script)]),
      `<svg ${script}`,
      '<svg xmlns="http://www.w3.org/2000/svg" width="900000" height="900000"/>',
      ICO.subarray(0, 22),
      icon((data) => data.writeUInt16LE(0, 4)),
      icon((data) => data.writeUInt16LE(900, 4)),
      icon((data) => data.writeUInt32LE(0, 18)),
      icon((data) => data.writeUInt32LE(9999, 14)),
      icon((data) => data.fill(60, 30)),
      icon((data) => data.fill(60, 22)),
      bitmapIcon(15, 16),
      bitmapIcon(16, 9999),
      bitmapIcon(16, -16),
    ]) {
      expect(await texts(image, upload('x.gif', data)), data.toString().slice(0, 30)).toEqual(text)
    }
  })
})

/** An icon of one bitmap of `width` by 16 points, a bit each; `height` is what it says of itself. */
function bitmapIcon(width: number, height: number): Buffer {
  const image = Buffer.alloc(40 + 32)
  image.writeUInt32LE(40, 0)
  image.writeInt32LE(width, 4)
  image.writeInt32LE(height * 2, 8)
  image.writeUInt16LE(1, 12)
  image.writeUInt16LE(1, 14)
  const directory = Buffer.from([0, 0, 1, 0, 1, 0, 16, 16, 0, 0, 1, 0, 1, 0, image.length, 0, 0, 0, 22, 0, 0, 0])
  return Buffer.concat([directory, image])
}

describe('a file', () => {
  it('platform 79: is judged by its content', async () => {
    const image = 'Upload a valid image. The file you uploaded was either not an image or a corrupted image.'
    expect(await value(s.file('image'), upload('x.gif', PNG))).toEqual(upload('x.gif', PNG))
    expect(await value(s.file('image'), upload('x.svg', DRAWING))).toHaveProperty('filename', 'x.svg')
    expect(await texts(s.file('image'), upload('x.png', 'hello'))).toEqual([image])
    expect(await texts(s.file('image'), upload('x.png', '%PDF-1.7'))).toEqual([image])
    expect(await value(s.file('pdf'), upload('x.PDF', '%PDF-1.7'))).toHaveProperty('filename', 'x.PDF')
    expect(await texts(s.file('pdf'), upload('x.pdf', PNG))).toEqual(['Upload a valid PDF file.'])
    expect(await texts(s.file('pdf'), upload('x.png', '%PDF-1.7'))).toEqual(['Upload a valid PDF file.'])
    expect(await value(s.file('document'), upload('x.csv', 'a,b'))).toHaveProperty('filename', 'x.csv')
    expect(await texts(s.file('document'), upload('x.exe', 'MZ'))).toEqual(['File type is not allowed.'])
    expect(await texts(s.file('document'), upload('x.pdf', PNG))).toEqual(['File type is not allowed.'])
  })

  it('is there, holds something, and not too much', async () => {
    expect(await texts(s.file('image'), undefined)).toEqual(['No file was submitted.'])
    expect(await texts(s.file('image'), upload('x.png', ''))).toEqual(['The submitted file is empty.'])
    expect(await value(s.nullable(s.file('image')), null)).toBe(null)
    for (const sent of ['x', 1, { filename: 'x', data: 'x' }]) {
      expect(await texts(s.file('image'), sent)).toEqual(['The submitted data was not a file. Check the encoding type on the form.'])
    }
    await expect(value(s.file('image'), upload('x.png', Buffer.alloc(10 * 1024 * 1024 + 1)))).rejects.toHaveProperty('status', 413)
  })

  it('is nothing else', async () => {
    const sent = upload('x', '{}')
    expect(await texts(s.text(), sent)).toEqual(['Not a valid string.'])
    expect(await texts(s.dictionary(), sent)).toEqual(['Expected a dictionary of items but got type "dict".'])
    expect(await texts(s.json(), sent)).toEqual(['Value must be valid JSON.'])
  })
})

describe('a form', () => {
  const shape = s.body({
    name: s.text(),
    note: s.optional(s.text({ blank: true })),
    end: s.optional(s.nullable(s.date())),
    size: s.optional(s.integer()),
    on: s.optional(s.boolean()),
    attributes: s.optional(s.dictionary()),
    limits: s.optional(s.dictionaryOf(s.integer())),
    extra: s.optional(s.nullable(s.json())),
    tags: s.optional(s.list(s.text())),
    parts: s.optional(s.list(s.body({ amount: s.integer() }))),
    image: s.optional(s.nullable(s.file('image'))),
    projects: s.optional(s.linkList({ path: '/api/projects/', find: async (uuid) => uuid })),
  })
  const form = async (fields: [string, string][]) =>
    parse(
      shape,
      await readBody({
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        rawBody: Buffer.from(String(new URLSearchParams(fields))),
      }),
    )

  it('platform 38: says the same as JSON, nested values as JSON text', async () => {
    const json = {
      name: 'x',
      size: 4,
      on: true,
      attributes: { a: [1, null] },
      limits: { cpu: 4 },
      extra: [1],
      tags: ['a', '[b'],
      parts: [{ amount: 1 }, { amount: 2 }],
      projects: [`/api/projects/${'a'.repeat(32)}/`],
    }
    const sent: [string, string][] = [
      ['name', 'x'],
      ['size', '4'],
      ['on', 'true'],
      ['attributes', '{"a":[1,null]}'],
      ['limits', '{"cpu":"4"}'],
      ['extra', '[1]'],
      ['tags', 'a'],
      ['tags', '[b'],
      ['parts', '{"amount":1}'],
      ['parts', '{"amount":2}'],
      ['projects', json.projects[0] as string],
    ]
    expect(await form(sent)).toEqual(await parse(shape, json))
    expect(
      await form([
        ['name', 'x'],
        ['parts', '[{"amount":1}]'],
        ['tags', 'a'],
      ]),
    ).toEqual({ name: 'x', parts: [{ amount: 1 }], tags: ['a'] })
  })

  it('says null with an empty text, or nothing where null is not allowed', async () => {
    const empty = ['note', 'end', 'size', 'on', 'attributes', 'limits', 'extra', 'tags', 'image', 'projects']
    const read = await form([['name', 'x'], ...empty.map((name): [string, string] => [name, ''])])
    expect(read).toEqual({ name: 'x', note: '', end: null, extra: null, image: null })
    await expect(form([['name', '']])).rejects.toEqual(refused({ name: ['This field may not be blank.'] }))
  })

  it('with bad nested values is refused as JSON would be', async () => {
    const fields: [string, string][] = [
      ['name', 'x'],
      ['attributes', '{"a":'],
      ['limits', '{"cpu":"x"}'],
      ['parts', '{"amount":"x"}'],
      ['extra', '['.repeat(10_000)],
    ]
    await expect(form(fields)).rejects.toEqual(
      refused({
        attributes: ['Expected a dictionary of items but got type "str".'],
        limits: { cpu: ['A valid integer is required.'] },
        parts: [{ amount: ['A valid integer is required.'] }],
      }),
    )
    await expect(
      form([
        ['name', 'x'],
        ['attributes', '{"a":"\\u0000"}'],
      ]),
    ).rejects.toEqual(refused({ attributes: ['Null characters are not allowed.'] }))
  })

  it('text is not taken for a dictionary in JSON', async () => {
    await expect(parse(shape, { name: 'x', limits: '{"cpu":4}' })).rejects.toEqual(
      refused({ limits: ['Expected a dictionary of items but got type "str".'] }),
    )
  })
})

describe('a shape', () => {
  it('describes itself as JSON Schema', () => {
    const shape = s.body({
      name: s.text({ max: 150 }),
      end: s.nullable(s.date()),
      kind: s.withDefault(s.choice(['a', 'b']), 'a'),
      size: s.optional(s.integer({ min: 1, max: 9 })),
      price: s.decimal({ digits: 22, places: 10 }),
      limits: s.dictionaryOf(s.integer()),
      attributes: s.optional(s.dictionary()),
      project: s.optional(s.nullable(s.link({ path: '/api/projects/', find: async () => undefined }))),
      projects: s.optional(s.linkList({ path: '/api/projects/', find: async () => undefined })),
      image: s.optional(s.file('image')),
      parts: s.list(s.body({ on: s.boolean() }), { empty: false }),
    })

    const uri = { type: 'string', format: 'uri' }
    expect(s.describeShape(shape)).toEqual({
      type: 'object',
      properties: {
        name: { type: 'string', minLength: 1, maxLength: 150 },
        end: { anyOf: [{ type: 'string', format: 'date' }, { type: 'null' }] },
        kind: { type: 'string', enum: ['a', 'b'], default: 'a' },
        size: { type: 'integer', minimum: 1, maximum: 9 },
        price: { type: 'string', format: 'decimal' },
        limits: { type: 'object', additionalProperties: { type: 'integer' } },
        attributes: { type: 'object', additionalProperties: true },
        project: { anyOf: [uri, { type: 'null' }] },
        projects: { type: 'array', items: uri },
        image: { type: 'string', format: 'binary' },
        parts: {
          type: 'array',
          minItems: 1,
          items: { type: 'object', properties: { on: { type: 'boolean' } }, required: ['on'] },
        },
      },
      required: ['name', 'end', 'price', 'limits', 'parts'],
    })
    expect(s.describeShape(s.partial(shape))).not.toHaveProperty('required')
  })
})
