// Where this server may be sent by those who choose an address for it, and where not, however the address is written.
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { hostname } from 'node:os'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { callOut, mayConnect, OutgoingRefused, type OutgoingRules, type Resolve } from '../../src/platform/outgoing.ts'
import { UpstreamError } from '../../src/platform/upstream.ts'

const rules = (given: Partial<OutgoingRules> = {}): OutgoingRules => ({
  OUTGOING_HTTP: true,
  OUTGOING_ALLOWED_NETWORKS: [],
  OUTGOING_DENIED_NETWORKS: [],
  ...given,
})
const LOOPBACK = rules({ OUTGOING_ALLOWED_NETWORKS: ['127.0.0.0/8', '::1'] })

let asked: { method?: string | undefined; url?: string | undefined }[] = []
let server: Server
let port = 0
const at = (path = '/') => `http://127.0.0.1:${port}${path}`

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push({ method: request.method, url: request.url })
    if (request.url === '/away') return void response.writeHead(302, { location: 'http://169.254.169.254/latest/' }).end()
    if (request.url === '/long') return void response.end('x'.repeat(3_000_000))
    if (request.url === '/hangs') return
    if (request.url === '/cut') return void request.socket.destroy()
    response.end('well')
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  port = (server.address() as AddressInfo).port
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const refused = async (address: string, given = rules(), resolve?: Resolve) => {
  const error = await callOut('It', given, address, { maxMs: 1000, ...(resolve ? { resolve } : {}) }).catch((thrown: unknown) => thrown)
  return error instanceof OutgoingRefused ? error.message : error
}
const NOT_HERE = 'This address may not be called.'

/** Every way to write an address that lies inside, or that leads inside by a translation. */
const INSIDE = [
  'http://127.0.0.1/',
  'http://127.1/',
  'http://127.0.0.1:22/',
  'http://127.255.255.254/',
  'http://2130706433/',
  'http://0x7f000001/',
  'http://0x7f.0.0.1/',
  'http://0177.0.0.1/',
  'http://017700000001/',
  'http://127.0.0.1./',
  'http://①②⑦.⓪.⓪.①/',
  'http://%31%32%37.0.0.1/',
  'http://localhost/',
  'http://LOCALHOST/',
  'http://0.0.0.0/',
  'http://0/',
  'http://10.0.0.1/',
  'http://10.255.255.255/',
  'http://172.16.0.1/',
  'http://172.31.255.255/',
  'http://192.168.0.1/',
  'http://192.168.255.255/',
  'http://169.254.169.254/latest/meta-data/',
  'http://2852039166/',
  'http://100.64.0.1/',
  'http://100.100.100.200/',
  'http://192.0.0.1/',
  'http://192.0.2.1/',
  'http://198.18.0.1/',
  'http://198.51.100.1/',
  'http://203.0.113.1/',
  'http://224.0.0.1/',
  'http://239.255.255.255/',
  'http://240.0.0.1/',
  'http://255.255.255.255/',
  'http://[::1]/',
  'http://[0:0:0:0:0:0:0:1]/',
  'http://[::]/',
  'http://[::ffff:127.0.0.1]/',
  'http://[::ffff:7f00:1]/',
  'http://[::127.0.0.1]/',
  'http://[::a9fe:a9fe]/',
  'http://[::ffff:169.254.169.254]/',
  'http://[::ffff:0:127.0.0.1]/',
  'http://[64:ff9b::7f00:1]/',
  'http://[64:ff9b:1::a00:1]/',
  'http://[2002:7f00:1::]/',
  'http://[2001:0:1::1]/',
  'http://[fe80::1]/',
  'http://[fc00::1]/',
  'http://[fd00:ec2::254]/',
  'http://[fec0::1]/',
  'http://[ff02::1]/',
  'http://[100::1]/',
  'http://[2001:db8::1]/',
  'http://[3fff::1]/',
]

/** What is not called at all, whoever is reached by it. */
const OTHERWISE: [string, string][] = [
  ['ftp://example.com/', 'Enter a URL that begins with https:// or http://.'],
  ['file:///etc/passwd', 'Enter a URL that begins with https:// or http://.'],
  ['gopher://example.com/', 'Enter a URL that begins with https:// or http://.'],
  ['http://user:secret@example.com/', 'A URL that is called holds no name or password.'],
  ['http://user@example.com/', 'A URL that is called holds no name or password.'],
  ['nothing', 'Enter a valid URL.'],
  ['http://', 'Enter a valid URL.'],
  ['http://[::1', 'Enter a valid URL.'],
]

describe('an address inside', () => {
  it.each(INSIDE)('%s is not called', async (address) => {
    expect(await refused(address)).toBe(NOT_HERE)
  })

  it.each(OTHERWISE)('%s is no address to be called', async (address, text) => {
    expect(await refused(address)).toBe(text)
  })

  it('is refused without TLS unless the operator allows that', async () => {
    expect(await refused('http://example.com/', rules({ OUTGOING_HTTP: false }))).toBe('Enter a URL that begins with https://.')
  })

  it('is not reached by a name: its own, one of several, or one that changes once it was looked at', async () => {
    const leadingTo =
      (...answers: string[][]): Resolve =>
      (_name, done) => {
        const addresses = answers.length > 1 ? (answers.shift() as string[]) : (answers[0] as string[])
        done(
          null,
          addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
        )
      }
    asked = []
    const address = `http://evil.example:${port}/`

    expect(await refused(`http://${hostname()}:${port}/`)).toSatisfy((said: unknown) => said === NOT_HERE || said instanceof UpstreamError)
    expect(await refused(address, rules(), leadingTo(['127.0.0.1']))).toBe(NOT_HERE)
    expect(await refused(address, rules(), leadingTo(['93.184.215.14', '127.0.0.1']))).toBe(NOT_HERE)
    expect(await refused(address, rules(), leadingTo(['::ffff:127.0.0.1']))).toBe(NOT_HERE)
    expect(await refused(address, rules(), leadingTo([]))).toBe(NOT_HERE)
    // What was looked at is connected to: nothing asks for the name again.
    expect(await callOut('It', LOOPBACK, address, { resolve: leadingTo(['127.0.0.1'], ['10.0.0.1']) })).toMatchObject({ status: 200 })
    expect(asked).toHaveLength(1)
  })
})

describe('an address that may be called', () => {
  it('is public, or lies where the operator said; what is denied is denied', () => {
    expect(mayConnect(rules(), '93.184.215.14')).toBe(true)
    expect(mayConnect(rules(), '2606:2800:21f:cb07:6820:80da:af6b:8b2c')).toBe(true)
    expect(mayConnect(rules({ OUTGOING_ALLOWED_NETWORKS: ['10.1.0.0/16'] }), '10.1.2.3')).toBe(true)
    expect(mayConnect(rules({ OUTGOING_ALLOWED_NETWORKS: ['10.1.0.0/16'] }), '10.2.0.1')).toBe(false)
    expect(mayConnect(rules({ OUTGOING_ALLOWED_NETWORKS: ['10.1.0.0/16'] }), '::ffff:10.1.2.3')).toBe(true)
    expect(mayConnect(rules({ OUTGOING_ALLOWED_NETWORKS: ['fd00::/8'] }), 'fd12::1')).toBe(true)
    expect(mayConnect(rules({ OUTGOING_DENIED_NETWORKS: ['93.184.0.0/16'] }), '93.184.215.14')).toBe(false)
    const both = rules({ OUTGOING_ALLOWED_NETWORKS: ['10.0.0.0/8'], OUTGOING_DENIED_NETWORKS: ['10.0.0.1'] })
    expect([mayConnect(both, '10.0.0.1'), mayConnect(both, '10.0.0.2')]).toEqual([false, true])
    expect(mayConnect(LOOPBACK, 'localhost')).toBe(false)
  })

  it('answers, and its answer is read as far as was asked', async () => {
    expect(await callOut('It', LOOPBACK, at(), { method: 'POST', body: '{}' })).toMatchObject({ status: 200, text: 'well' })
    expect((await callOut('It', LOOPBACK, at('/long'), { maxBytes: 1024 })).text).toBe('x'.repeat(1024))
  })

  it('leads nowhere else: a redirect is an answer', async () => {
    asked = []
    expect(await callOut('It', LOOPBACK, at('/away'))).toMatchObject({ status: 302 })
    expect(asked).toHaveLength(1)
  })

  it('that hangs up or says nothing is away or late', async () => {
    const reason = async (path: string) => {
      const error = await callOut('It', LOOPBACK, at(path), { maxMs: 200 }).catch((thrown: unknown) => thrown)
      return (error as UpstreamError).reason
    }
    expect([await reason('/hangs'), await reason('/cut')]).toEqual(['late', 'away'])
  })
})
