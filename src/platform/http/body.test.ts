import { describe, expect, it } from 'vitest'
import { isForm, parseJson, readBody } from './body.ts'

const read = (body: string | Buffer, type?: string) =>
  readBody({ headers: type === undefined ? {} : { 'content-type': type }, rawBody: Buffer.from(body) })
const json = (body: string | Buffer) => read(body, 'application/json')
const form = (body: string) => read(body, 'application/x-www-form-urlencoded')
const multipart = (...parts: (string | Buffer)[]) =>
  read(Buffer.concat(parts.map((part) => Buffer.from(part))), 'multipart/form-data; boundary=edge')
const field = (name: string, value: string) => `--edge\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
const fileHead = (name: string, filename: string, type = 'image/png') =>
  `--edge\r\nContent-Disposition: form-data; name="${name}"; filename="${filename}"\r\nContent-Type: ${type}\r\n\r\n`
const END = '--edge--\r\n'

const refusal = (status: number, body: unknown) => expect.objectContaining({ status, body })
const parseError = (tail: string) => refusal(400, { detail: expect.stringMatching(new RegExp(`^JSON parse error - .*${tail}`, 's')) })

describe('a body', () => {
  it('without content and type is an empty object', async () => {
    expect(await readBody({ headers: {}, rawBody: undefined })).toEqual({})
    expect(await read('', 'application/json')).toEqual({})
  })

  it('platform 37: of another type, or of none, is refused with the type that was sent', async () => {
    await expect(read('{}', 'text/plain')).rejects.toEqual(refusal(415, { detail: 'Unsupported media type "text/plain" in request.' }))
    await expect(read('{}')).rejects.toEqual(refusal(415, { detail: 'Unsupported media type "" in request.' }))
    await expect(read('{}', 'constructor')).rejects.toEqual(refusal(415, { detail: 'Unsupported media type "constructor" in request.' }))
  })
})

describe('JSON', () => {
  it('may name a charset', async () => {
    expect(await read('{"a":"õ"}', 'application/json; charset=utf-8')).toEqual({ a: 'õ' })
    expect(await read('{"a":1}', 'Application/JSON;charset="latin1"')).toEqual({ a: 1 })
  })

  it('platform 36: that is broken, not UTF-8 or no number is refused with the prefix', async () => {
    await expect(json('{"offering": }')).rejects.toEqual(parseError(''))
    await expect(json(Buffer.from([0x22, 0xff, 0x22]))).rejects.toEqual(parseError('UTF-8'))
    for (const [sent, word] of [
      ['{"a":NaN}', 'NaN'],
      ['[Infinity]', 'Infinity'],
      ['{"a":-Infinity}', '-Infinity'],
      ['{"a":1e400}', '1e400'],
    ] as const) {
      const detail = `JSON parse error - Out of range float values are not JSON compliant: '${word}'`
      await expect(json(sent)).rejects.toEqual(refusal(400, { detail }))
    }
  })

  it('keeps the last of keys that are there twice, and no key that would change an object', async () => {
    const read = (await json('{"a":1,"a":2,"__proto__":{"b":3},"\\u005f_proto__":{"c":4}}')) as object
    expect(Object.getOwnPropertyNames(read)).toEqual(['a'])
    expect(read).toEqual({ a: 2 })
  })

  it('platform 45: keeps integers of 30 digits exact, refuses those of thousands', async () => {
    expect(await json('{"a":123456789012345678901234567890,"b":-9007199254740993,"c":9007199254740991}')).toEqual({
      a: 123456789012345678901234567890n,
      b: -9007199254740993n,
      c: 9007199254740991,
    })
    await expect(json(`[${'9'.repeat(1_000_000)}]`)).rejects.toEqual(parseError('more than 1000 digits'))
  })

  it('platform 45: 10,000 deep is refused, 64 deep is not, and brackets in texts do not count', async () => {
    await expect(json('['.repeat(10_000) + ']'.repeat(10_000))).rejects.toEqual(parseError('nesting deeper than 64 levels'))
    await expect(json('{"a":'.repeat(65))).rejects.toEqual(parseError('nesting'))
    expect(await json('['.repeat(64) + ']'.repeat(64))).toHaveLength(1)
    expect(await json(`{"a":"${'[\\"{'.repeat(100)}"}`)).toEqual({ a: '["{'.repeat(100) })
  })

  it('may hold a text of megabytes but not masses of values', async () => {
    expect(await json(JSON.stringify({ a: 'x'.repeat(3_000_000) }))).toHaveProperty('a.length', 3_000_000)
    await expect(json(`[${'1,'.repeat(50_001)}1]`)).rejects.toHaveProperty('status', 413)
  })

  it('with a key that would change an object once its null character is taken out is refused', async () => {
    await expect(json('{"\\u0000__proto__": 1}')).rejects.toEqual(refusal(400, { ['__proto__']: ['Null characters are not allowed.'] }))
  })

  it('platform 45: with null characters or half surrogates is refused under the field', async () => {
    const nul = ['Null characters are not allowed.']
    const half = ['Text holds half of a surrogate pair.']
    await expect(json('{"a":"x\\u0000","b":{"c":[{"\\u0000":1}]},"d":"x","e\\u0000":1}')).rejects.toEqual(
      refusal(400, { a: nul, b: nul, e: nul }),
    )
    await expect(json('{"a":["\\ud800"],"b":"\\ud83d\\ude00","\\udc00":1}')).rejects.toEqual(refusal(400, { a: half, '\ufffd': half }))
  })
})

describe('a form', () => {
  it('gives texts, lists for names that are there twice, and says that it is one', async () => {
    const read = await form('a=1&b=x+%C3%B5&c=1&c=2&c=3&d=')
    expect(read).toEqual({ a: '1', b: 'x õ', c: ['1', '2', '3'], d: '' })
    expect(isForm(read)).toBe(true)
    expect(isForm(parseJson('{}'))).toBe(false)
  })

  it('with null characters, masses of fields or a key that would change an object is refused or loses it', async () => {
    await expect(form('a=%00')).rejects.toEqual(refusal(400, { a: ['Null characters are not allowed.'] }))
    await expect(form('a&'.repeat(1001))).rejects.toHaveProperty('status', 413)
    expect(Object.getOwnPropertyNames(await form('__proto__=1&constructor=2'))).toEqual(['constructor'])
  })
})

describe('multipart', () => {
  it('gives texts and files', async () => {
    const data = Buffer.from([0x89, 0x50, 0, 0xff, 0x0d, 0x0a])
    const read = await multipart(
      field('name', 'Õ'),
      field('tag', 'a'),
      field('tag', 'b'),
      fileHead('image', 'pilt õ.png'),
      data,
      '\r\n',
      END,
    )
    expect(read).toEqual({ name: 'Õ', tag: ['a', 'b'], image: { filename: 'pilt õ.png', mimetype: 'image/png', data } })
    expect(isForm(read)).toBe(true)
  })

  it('leaves out a file input in which no file was chosen, and keeps an empty file', async () => {
    expect(await multipart(fileHead('image', ''), '\r\n', fileHead('other', 'x.png'), '\r\n', END)).toEqual({
      other: { filename: 'x.png', mimetype: 'image/png', data: Buffer.alloc(0) },
    })
  })

  it('keeps only the last part of a file name', async () => {
    const read = await multipart(fileHead('image', '../../etc/x.png'), 'x\r\n', END)
    expect(read).toHaveProperty('image.filename', 'x.png')
  })

  it('that is cut off, has no boundary or is empty is refused', async () => {
    const broken = refusal(400, { detail: 'JSON parse error - Multipart form parse error' })
    await expect(multipart(fileHead('image', 'x.png'), 'half')).rejects.toEqual(broken)
    await expect(multipart('--edge\r\nContent-Disposition: form-data; name="a"\r\n\r\nhalf')).rejects.toEqual(broken)
    await expect(multipart('--edge\r\nContent-Disp')).rejects.toEqual(broken)
    await expect(multipart('')).rejects.toEqual(broken)
    await expect(multipart('nothing of the kind')).rejects.toEqual(broken)
    await expect(read('x', 'multipart/form-data')).rejects.toEqual(broken)
  })

  it('of too many parts is refused', async () => {
    await expect(multipart(...Array.from({ length: 1001 }, () => field('a', '')), END)).rejects.toHaveProperty('status', 413)
  })
})
