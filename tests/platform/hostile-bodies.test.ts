// Bodies that mean harm or make no sense: refused with a text, never a failure, and nothing is changed (platform 45).
import { beforeAll, describe, expect, it } from 'vitest'
import type { Answer } from '../support/client.ts'
import { lampWorld } from '../support/lamps.ts'

const LAMPS = '/api/lamps/'
const JSON_TYPE = { headers: { 'content-type': 'application/json' } }

describe('hostile bodies', () => {
  const w = lampWorld()
  let one = ''
  let before: Answer
  beforeAll(async () => {
    one = `${LAMPS}${(await w.current.lamp({ name: 'Kept', brightness: 3 })).uuid}/`
    before = await w.current.lampsAs(w.current.staff).get(LAMPS)
  })
  const unchanged = async () => {
    const after = await w.current.lampsAs(w.current.staff).get(LAMPS)
    expect(after.body).toEqual(before.body)
    expect(after.headers['x-result-count']).toBe(before.headers['x-result-count'])
  }

  const deep = (open: string, close: string, depth: number, inner = '1') => `${open.repeat(depth)}${inner}${close.repeat(depth)}`
  const big = 1024 * 1024
  const HOSTILE: [string, string | Buffer, number[]][] = [
    ['lists 10,000 deep', `{"anything": ${deep('[', ']', 10_000)}}`, [400]],
    ['lists 10,000 deep as the body', deep('[', ']', 10_000), [400]],
    ['objects 10,000 deep', `{"notes": ${deep('{"a":', '}', 10_000)}}`, [400]],
    ['open lists 100,000 deep', '['.repeat(100_000), [400]],
    ['an integer of 30 digits', `{"brightness": ${'9'.repeat(30)}}`, [400]],
    ['a negative one', `{"brightness": -${'9'.repeat(30)}}`, [400]],
    ['one of 100,000 digits', `{"brightness": ${'9'.repeat(100_000)}}`, [400]],
    ['one as text', `{"brightness": "${'9'.repeat(100_000)}"}`, [400]],
    ['one in free JSON', `{"notes": {"a": [${'9'.repeat(30)}]}}`, [400]],
    ['one within a choice', `{"colour": {"a": ${'9'.repeat(30)}}}`, [400]],
    ['one within text', `{"name": [${'9'.repeat(30)}]}`, [400]],
    ['one within a link', `{"customer": {"a": ${'9'.repeat(30)}}}`, [400]],
    ['a decimal of 30 digits', `{"price": ${'9'.repeat(30)}.5}`, [400]],
    ['a number beyond all', '{"ratio": 1e400}', [400]],
    ['a number beyond all as text', '{"ratio": "1e400", "price": "1e400"}', [400]],
    ['1 MB of text', `{"name": "${'x'.repeat(big)}"}`, [400]],
    ['1 MB of text where it may be long', `{"story": "${'x'.repeat(big)}"}`, [400]],
    ['1 MB of free JSON', `{"notes": {"a": "${'x'.repeat(big)}"}}`, [400]],
    ['1 MB of an unknown key', `{"${'x'.repeat(big)}": 1, "brightness": "x"}`, [400]],
    ['1 MB of tags', `{"story": "${'<b>'.repeat(big / 3)}"}`, [400]],
    ['9 MB', `{"name": "${'x'.repeat(9 * big)}"}`, [413]],
    ['a hundred thousand keys', `{"limits": {${Array.from({ length: 100_000 }, (_, i) => `"k${i}":"x"`).join()}}}`, [400, 413]],
    ['a million values', `{"codes": [${'1,'.repeat(1_000_000)}1]}`, [400, 413]],
    ['NUL', '{"name": "a\\u0000b"}', [400]],
    ['NUL in a key', '{"notes": {"a\\u0000": 1}}', [400]],
    ['NUL deep inside', '{"notes": {"a": [{"b": "\\u0000"}]}}', [400]],
    ['half a surrogate pair', '{"name": "a\\ud800b"}', [400]],
    ['half a surrogate pair deep inside', '{"notes": {"a": ["\\udc00"]}}', [400]],
    ['invalid UTF-8', Buffer.from([0x7b, 0x22, 0x6e, 0xff, 0xfe, 0x22, 0x7d]), [400]],
    ['UTF-16', Buffer.from('{"name": "x"}', 'utf16le'), [400]],
    ['a prototype', '{"__proto__": {"name": "x"}, "brightness": "x"}', [400]],
    ['a prototype deep inside', '{"limits": {"__proto__": "x", "constructor": "x"}}', [400]],
    ['a constructor', '{"constructor": {"prototype": {"name": "x"}}, "brightness": "x"}', [400]],
    ['a link that is an object', '{"customer": {"link": {"path": "/"}, "keys": ["x"]}}', [400]],
    ['a link with a query', `{"customer": "http://testserver/api/customers/${'0'.repeat(32)}/?a='"}`, [400]],
    ['a link of 1 MB', `{"customer": "http://${'a/'.repeat(big / 2)}"}`, [400]],
    ['an e-mail of 100 KB', `{"contact": "${'a.'.repeat(50_000)}@${'a.'.repeat(50_000)}"}`, [400]],
    ['a moment of 100 KB', `{"lit": "2026-01-01T00:00:00.${'9'.repeat(100_000)}x"}`, [400]],
    ['a quote', `{"name": "'; drop table lamp; --", "brightness": "'"}`, [400]],
  ]

  it.each(HOSTILE)('of %s are refused and change nothing', async (_name, payload, statuses) => {
    const { lampsAs, owner } = w.current

    const started = performance.now()
    const created = await lampsAs(owner).send('POST', LAMPS, payload, JSON_TYPE)
    const changed = await lampsAs(owner).send('PATCH', one, payload, JSON_TYPE)

    expect(statuses).toContain(created.status)
    expect(statuses).toContain(changed.status)
    expect(performance.now() - started).toBeLessThan(3000)
    await unchanged()
  })

  const boundary = 'multipart/form-data; boundary=x'
  const part = (headers: string, content: string) => `--x\r\n${headers}\r\n\r\n${content}\r\n`
  const name = (text: string) => `Content-Disposition: form-data; name="${text}"`
  const FORMS: [string, string, string | Buffer][] = [
    ['multipart without a boundary', 'multipart/form-data', 'x'],
    ['multipart that is empty', boundary, ''],
    ['multipart that is none', boundary, 'nonsense'],
    ['multipart cut off in a field', boundary, '--x\r\nContent-Disposition: form-data; name="name"\r\n\r\nhalf'],
    ['multipart cut off in a file', boundary, `--x\r\n${name('name')}; filename="a.txt"\r\n\r\nhalf`],
    ['multipart cut off in a header', boundary, '--x\r\nContent-Disposition: form-da'],
    ['multipart of parts without names', boundary, `${part('X-Y: z', 'v')}--x--`],
    ['multipart of a prototype', boundary, `${part(name('__proto__'), 'v')}${part(name('constructor'), 'v')}--x--`],
    ['multipart of NUL', boundary, `${part(name('name'), 'a\0b')}--x--`],
    ['multipart of a name with NUL', boundary, `${part(name('na\0me'), 'a')}--x--`],
    ['multipart of 5,000 fields', boundary, `${part(name('name'), 'v').repeat(5000)}--x--`],
    ['a form of NUL', 'application/x-www-form-urlencoded', 'name=%00'],
    ['a form of broken escapes', 'application/x-www-form-urlencoded', 'name=%ZZ%&=&&%'],
    ['a form of a prototype', 'application/x-www-form-urlencoded', '__proto__=1&__proto__[x]=1&constructor=2'],
    ['a form of nested JSON', 'application/x-www-form-urlencoded', `limits=${deep('[', ']', 10_000)}`],
    ['a form of broken JSON', 'application/x-www-form-urlencoded', 'limits={"a":&notes=[&codes=[1'],
    ['a form of a huge number', 'application/x-www-form-urlencoded', `brightness=${'9'.repeat(30)}&limits={"a":${'9'.repeat(30)}}`],
    ['a form of invalid UTF-8', 'application/x-www-form-urlencoded', Buffer.from([0x6e, 0x3d, 0xff, 0xfe])],
    ['a form of 100,000 fields', 'application/x-www-form-urlencoded', 'codes=1&'.repeat(100_000)],
  ]

  it.each(FORMS)('as %s are refused and change nothing', async (_name, type, payload) => {
    const { lampsAs, owner } = w.current

    const answer = await lampsAs(owner).send('POST', LAMPS, payload, { headers: { 'content-type': type } })

    expect([400, 413]).toContain(answer.status)
    await unchanged()
  })

  it('platform 43: do not matter to an action that takes none', async () => {
    const { lampsAs, owner, lamp, db } = w.current
    const { id, uuid } = await lamp({ state: 'Off' })
    const bodies: [string, string][] = [
      ['{', 'application/json'],
      ['x', 'text/plain'],
      [deep('[', ']', 10_000), 'application/json'],
    ]

    for (const [payload, type] of bodies) {
      await db
        .updateTable('lamp' as 'customer')
        .set({ state: 'Off' } as never)
        .where('id', '=', id)
        .execute()
      const answer = await lampsAs(owner).send('POST', `${LAMPS}${uuid}/switch_on/`, payload, { headers: { 'content-type': type } })
      expect(answer.status).toBe(200)
    }
  })
})
