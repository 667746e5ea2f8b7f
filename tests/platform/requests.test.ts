// What holds for every request whatever it asks for: paths, methods, Accept, headers, other origins (platform.md §2, §3.5).
import { connect } from 'node:net'
import { describe, expect, it } from 'vitest'
import { lampWorld } from '../support/lamps.ts'

const GROUPS = '/api/organization-groups/'
const LAMPS = '/api/lamps/'

describe('a path', () => {
  const w = lampWorld()

  it('platform 33: without its last slash is sent on to the one with it, whatever the method', async () => {
    const { as, staff } = w.current

    const got = await as(staff).get('/api/organization-groups', { query: { name: 'x', field: 'uuid' } })
    const posted = await as(staff).post('/api/organization-groups', { name: 'x' })
    const single = await as().get(`${GROUPS}00000000000000000000000000000000`)

    expect(got).toMatchObject({ status: 301, text: '' })
    expect(got.headers.location).toBe(`${GROUPS}?name=x&field=uuid`)
    expect(posted).toMatchObject({ status: 301, text: '' })
    expect(posted.headers.location).toBe(GROUPS)
    expect(single).toMatchObject({ status: 301 })
  })

  it.each([
    '/api/no-such-thing/',
    '/api/no-such-thing',
    '/api//organization-groups/',
    '/apix/',
    '/nowhere',
    '/api/organization-groups/%ZZ/x/',
    '/api/organization-groups/00000000000000000000000000000000/no-such-verb/',
  ])('that nobody serves is not found: %s', async (path) => {
    const { as, staff } = w.current

    for (const client of [as(staff), as()]) {
      const answer = await client.get(path)
      expect(answer).toMatchObject({ status: 404, body: { detail: 'Not found.' } })
    }
  })

  it('with a doubled slash is not found', async () => {
    const { as, staff } = w.current

    for (const path of [`${GROUPS}/`, `/api/${GROUPS}`, `/${GROUPS}`]) expect((await as(staff).get(path)).status).toBe(404)
  })

  it('platform 17: takes a uuid in any spelling; a malformed one is as unknown as an absent one', async () => {
    const { as, staff, insert } = w.current
    const { uuid } = await insert('organization_group', { name: 'Spelled' })
    const dashed = uuid.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')

    for (const spelling of [uuid, dashed, uuid.toUpperCase(), dashed.toUpperCase()]) {
      expect((await as(staff).get(`${GROUPS}${spelling}/`)).body.uuid).toBe(uuid)
    }
    for (const bad of ['0'.repeat(32), 'junk', uuid.slice(1), `${uuid}0`, `{${uuid}}`, '%00', "'", '..%2f', 'x'.repeat(600)]) {
      const answer = await as(staff).get(`${GROUPS}${bad}/`)
      expect([bad, answer.status, answer.body]).toEqual([bad, 404, { detail: 'No OrganizationGroup matches the given query.' }])
    }
  })

  it('takes no other format than JSON', async () => {
    const { as, staff } = w.current

    expect((await as(staff).get(GROUPS, { query: { format: 'json' } })).status).toBe(200)
    for (const format of ['xml', 'api', '']) {
      expect(await as(staff).get(GROUPS, { query: { format } })).toMatchObject({ status: 404, body: { detail: 'Not found.' } })
    }
  })
})

describe('a method', () => {
  const w = lampWorld()

  it('that the path does not take is refused, naming those that it does', async () => {
    const { as, staff } = w.current

    const onList = await as(staff).patch(GROUPS, { name: 'x' })
    const onItem = await as(staff).post(`${GROUPS}00000000000000000000000000000000/`, {})

    expect(onList).toMatchObject({ status: 405, body: { detail: 'Method "PATCH" not allowed.' } })
    expect(new Set(onList.headers.allow?.split(', '))).toEqual(new Set(['GET', 'HEAD', 'POST', 'OPTIONS']))
    expect(onItem).toMatchObject({ status: 405, body: { detail: 'Method "POST" not allowed.' } })
    expect(new Set(onItem.headers.allow?.split(', '))).toEqual(new Set(['GET', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']))
  })

  it('that nobody knows is refused by its name', async () => {
    const { app, staff } = w.current
    const headers = { authorization: `Token ${staff.token}` }

    for (const method of ['TRACE', 'PURGE', 'QUERY']) {
      const answer = await app.inject({ method: method as 'GET', url: GROUPS, headers })
      expect(answer.statusCode).toBe(405)
      expect(answer.json()).toEqual({ detail: `Method "${method}" not allowed.` })
    }
  })

  it('is the one that was sent, whatever an overriding header says', async () => {
    const { as, staff } = w.current

    const answer = await as(staff).post(GROUPS, { name: 'Overridden' }, { headers: { 'X-HTTP-Method-Override': 'DELETE' } })

    expect(answer.status).toBe(201)
  })

  it('platform 31: HEAD of a list has the headers of GET and no body', async () => {
    const { as, staff, insert } = w.current
    for (let i = 0; i < 12; i++) await insert('organization_group', { name: `Headed ${i}` })
    const asked = { query: { name: 'headed', page: 2, page_size: 5 } }

    const got = await as(staff).get(GROUPS, asked)
    const headed = await as(staff).head(GROUPS, asked)
    const bad = await as(staff).head(GROUPS, { query: { parent: 'nope' } })

    expect(headed).toMatchObject({ status: 200, text: '' })
    expect(bad).toMatchObject({ status: 400 })
    for (const name of ['x-result-count', 'link', 'content-type', 'vary', 'x-frame-options', 'allow']) {
      expect([name, headed.headers[name]]).toEqual([name, got.headers[name]])
    }
    expect(headed.headers['x-result-count']).toBe('12')
  })

  it('platform 32: OPTIONS says what may be sent', async () => {
    const { as, staff } = w.current

    const answer = await as(staff).options(GROUPS)

    expect(answer.status).toBe(200)
    expect(answer.body).toMatchObject({
      renders: ['application/json'],
      parses: ['application/json', 'application/x-www-form-urlencoded', 'multipart/form-data'],
    })
    expect(answer.headers.allow).toBe('GET, HEAD, POST, OPTIONS')
    expect((await as(staff).options('/api/no-such-thing/')).status).toBe(404)
  })
})

describe('what the caller accepts', () => {
  const w = lampWorld()

  it.each(['text/html', 'application/xml', 'text/plain, image/png'])('platform 34: %s is refused', async (accept) => {
    const { as, staff } = w.current

    const answer = await as(staff).get(GROUPS, { headers: { accept } })

    expect(answer).toMatchObject({ status: 406, body: { detail: 'Could not satisfy the request Accept header.' } })
  })

  it.each([
    '*/*',
    'application/json',
    'application/*',
    'APPLICATION/JSON; charset=utf-8',
    'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
    '',
  ])('platform 34: %j is answered with JSON', async (accept) => {
    const { as, staff } = w.current

    const answer = await as(staff).get(GROUPS, { headers: { accept } })

    expect(answer.status).toBe(200)
    expect(answer.headers['content-type']).toBe('application/json')
  })
})

describe('the headers of an answer', () => {
  const w = lampWorld()

  it('are the same everywhere', async () => {
    const { as, staff } = w.current

    for (const answer of [await as(staff).get(GROUPS), await as().get(GROUPS), await as(staff).get('/api/no-such-thing/')]) {
      expect(answer.headers).toMatchObject({
        'content-type': 'application/json',
        vary: 'Accept-Language, Cookie',
        'content-language': 'en',
        'x-frame-options': 'DENY',
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-store',
      })
      expect(answer.headers['x-request-id']).toMatch(/^[0-9a-f]{32}$/)
      expect(answer.headers).not.toHaveProperty('etag')
    }
  })

  it('name the methods that the path takes', async () => {
    const { lampsAs, staff, lamp } = w.current
    const { uuid } = await lamp()

    expect((await lampsAs(staff).get(LAMPS)).headers.allow).toBe('GET, HEAD, POST, OPTIONS')
    expect((await lampsAs(staff).get(`${LAMPS}${uuid}/`)).headers.allow).toBe('GET, PUT, PATCH, DELETE, OPTIONS')
  })

  it('give each request another id', async () => {
    const { as, staff } = w.current

    const ids = [await as(staff).get(GROUPS), await as(staff).get(GROUPS)].map((answer) => answer.headers['x-request-id'])

    expect(ids[0]).not.toBe(ids[1])
  })

  it('name the new object of a 201', async () => {
    const { as, staff } = w.current

    const made = await as(staff).post(GROUPS, { name: 'Located' })

    expect(made.headers.location).toBe(made.body.url)
    expect((await as(staff).get(made.headers.location as string)).body.uuid).toBe(made.body.uuid)
  })

  it('are not changed by conditions and ranges', async () => {
    const { as, staff } = w.current

    const answer = await as(staff).get(GROUPS, { headers: { 'if-none-match': '*', range: 'bytes=0-0', 'accept-language': 'et' } })

    expect(answer.status).toBe(200)
    expect(answer.headers['content-language']).toBe('en')
  })
})

describe('the address of the server', () => {
  const w = lampWorld()

  it('platform 45: is never taken from a Host that is not its own', async () => {
    const { as, staff, insert } = w.current
    const { uuid } = await insert('organization_group', { name: 'Hosted' })

    for (const host of ['evil.example', 'evil.example:80', 'testserver.evil.example', 'a/b', '[::1', ' ', 'x'.repeat(4000)]) {
      const answer = await as(staff).get(`${GROUPS}${uuid}/`, { headers: { host, 'x-forwarded-host': host, 'x-forwarded-proto': 'ftp' } })
      expect([host, answer.status, answer.body?.url]).toEqual([host, 200, `http://testserver${GROUPS}${uuid}/`])
    }
  })

  it('stands in links as the caller used it when it is its own', async () => {
    const { as, staff } = w.current

    const answer = await as(staff).get(GROUPS, { headers: { host: 'testserver' } })

    expect(answer.headers.link).toContain('<http://testserver/api/organization-groups/>; rel="first"')
  })
})

describe('a page of another origin', () => {
  const w = lampWorld()
  const preflight = (origin: string) => ({
    headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' },
  })

  it('platform 32: asks first, without a token, and is told what it may send', async () => {
    const answer = await w.current.lampsAs().options(LAMPS, preflight('https://console.example.org'))

    expect(answer).toMatchObject({ status: 200, text: '' })
    expect(answer.headers['access-control-allow-origin']).toBe('https://console.example.org')
    expect(answer.headers['access-control-allow-methods']).toContain('PATCH')
    for (const name of ['Authorization', 'Content-Type', 'X-Impersonated-User-Uuid', 'Idempotency-Key']) {
      expect(answer.headers['access-control-allow-headers']).toContain(name)
    }
  })

  it('platform 32: may read the count and the links', async () => {
    const { lampsAs, staff } = w.current

    const answer = await lampsAs(staff).get(LAMPS, { headers: { origin: 'https://console.example.org' } })

    expect(answer.status).toBe(200)
    for (const name of ['Link', 'X-Result-Count', 'X-Impersonator-Uuid']) {
      expect(answer.headers['access-control-expose-headers']).toContain(name)
    }
    expect(answer.headers.vary).toContain('Origin')
  })

  it('may read refusals too', async () => {
    const answer = await w.current.lampsAs().get(LAMPS, { headers: { origin: 'https://console.example.org' } })

    expect(answer.status).toBe(401)
    expect(answer.headers['access-control-allow-origin']).toBe('https://console.example.org')
  })

  it('is told nothing when its origin is not listed', async () => {
    const { lampsAs } = w.current

    const answer = await lampsAs().options(LAMPS, preflight('https://evil.example'))

    expect(answer).toMatchObject({ status: 200, text: '' })
    expect(answer.headers).not.toHaveProperty('access-control-allow-origin')
  })
})

describe('a failure', () => {
  const w = lampWorld()

  it('of ours says nothing but its id, which finds it in the log', async () => {
    const { lampsAs, owner } = w.current

    const answer = await lampsAs(owner).post('/api/lamp-fault/')

    expect(answer.status).toBe(500)
    expect(answer.body).toEqual({ detail: 'Internal server error.', request_id: answer.headers['x-request-id'] })
  })

  it('and every request are logged as a line of JSON under the same id, without anybody’s token', async () => {
    const { lampsAs, owner, logged } = w.current
    const before = logged.length

    const answer = await lampsAs(owner).post('/api/lamp-fault/', { password: 'hidden' }, { headers: { cookie: 'hidden' } })
    const lines = logged.slice(before).map((line) => JSON.parse(line))

    expect(lines).toMatchObject([
      { level: 50, request_id: answer.body.request_id, url: '/api/lamp-fault/', user: owner.uuid, err: { message: 'division by zero' } },
      { level: 30, request_id: answer.body.request_id, method: 'POST', url: '/api/lamp-fault/', status: 500 },
    ])
    expect(logged.join()).not.toContain(owner.token)
    expect(logged.join()).not.toContain('hidden')
  })

  it('of what is stored is told as the rule that it breaks', async () => {
    const { lampsAs, owner, lamp } = w.current
    await lamp()

    expect(await lampsAs(owner).post('/api/lamp-twice/')).toMatchObject({ status: 400, body: { uuid: ['This field must be unique.'] } })
    expect(await lampsAs(owner).post('/api/lamp-overflow/')).toMatchObject({
      status: 400,
      body: { non_field_errors: ['A number is out of range.'] },
    })
  })
})

describe('what is hardly a request', () => {
  const w = lampWorld()
  let port = 0
  /** The status and body of the answer to bytes sent as they are. */
  const raw = async (bytes: string): Promise<{ status: number; body: string }> => {
    if (port === 0) port = Number(new URL(await w.current.app.listen({ port: 0, host: '127.0.0.1' })).port)
    return new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => socket.write(bytes))
      let text = ''
      socket.on('data', (chunk) => {
        text += chunk
      })
      socket.on('error', reject)
      socket.on('close', () => resolve({ status: Number(text.split(' ')[1]), body: text.split('\r\n\r\n')[1] ?? '' }))
    })
  }

  it('is refused as one: a method that nobody knows', async () => {
    expect(await raw('FOO /api/keys/ HTTP/1.1\r\nHost: testserver\r\n\r\n')).toEqual({
      status: 405,
      body: JSON.stringify({ detail: 'Method "FOO" not allowed.' }),
    })
  })

  it.each([
    ['nonsense', 'nonsense\r\n\r\n', 400],
    ['no Host', 'GET /api/keys/ HTTP/1.1\r\n\r\n', 400],
    ['two lengths', 'POST /api/keys/ HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx', 400],
    ['a length and chunks', 'POST /api/keys/ HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n', 400],
    ['NUL in a header', 'GET /api/keys/ HTTP/1.1\r\nHost: a\r\nX-Y: a\0b\r\n\r\n', 400],
    ['100 KB of headers', `GET /api/keys/ HTTP/1.1\r\nHost: a\r\nX-Y: ${'x'.repeat(100_000)}\r\n\r\n`, 431],
    ['an address of 100 KB', `GET /api/keys/?${'x'.repeat(100_000)} HTTP/1.1\r\nHost: a\r\n\r\n`, 431],
  ])('is refused: %s', async (_name, bytes, status) => {
    expect((await raw(bytes)).status).toBe(status)
  })
})
