// The one way out: whatever this server calls at an address that somebody else chose (callbacks, hooks, other systems) is called
// here. What lies inside the operator's networks is not to be reached through us, however it is written: the address is checked when
// the connection is made, and that very address is connected to (orders.md §2.9; docs/decisions/0044).
import { type LookupAddress, lookup as lookUp } from 'node:dns'
import { type IncomingHttpHeaders, request as requestPlain } from 'node:http'
import { request as requestSecure } from 'node:https'
import type { LookupFunction } from 'node:net'
import ipaddr from 'ipaddr.js'
import { lies } from './auth/networks.ts'
import type { Config } from './config.ts'
import { askUpstream } from './upstream.ts'

/** What the operator lets be called. */
export type OutgoingRules = Pick<Config, 'OUTGOING_HTTP' | 'OUTGOING_ALLOWED_NETWORKS' | 'OUTGOING_DENIED_NETWORKS'>

/** The address may not be called, now or later; its message says why to whoever chose it. */
export class OutgoingRefused extends Error {}

/** All of IPv6 that is given out to the public; what lies beside it may be IPv4 in another dress. */
const PUBLIC_IPV6 = '2000::/3'

/** Whether a connection to the address, an IP in any notation, may be made: to the public internet, or where the operator said. */
export function mayConnect(rules: OutgoingRules, text: string): boolean {
  if (!ipaddr.isValid(text)) return false
  // An IPv4 address inside IPv6 is judged as what is reached by it.
  const address = ipaddr.process(text)
  const within = (networks: string) => lies(networks, address.toString())
  if (within(rules.OUTGOING_DENIED_NETWORKS.join())) return false
  const isPublic = address.range() === 'unicast' && (address.kind() === 'ipv4' || within(PUBLIC_IPV6))
  return isPublic || within(rules.OUTGOING_ALLOWED_NETWORKS.join())
}

const NOT_HERE = 'This address may not be called.'

const hostOf = ({ hostname }: URL) => hostname.replace(/^\[|\]$/g, '')

/** What is wrong with a URL that is to be called, as far as it shows without asking anybody; undefined when nothing is. */
export function faultOfUrl(rules: OutgoingRules, text: string): string | undefined {
  if (!URL.canParse(text)) return 'Enter a valid URL.'
  const url = new URL(text)
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && rules.OUTGOING_HTTP)) {
    return rules.OUTGOING_HTTP ? 'Enter a URL that begins with https:// or http://.' : 'Enter a URL that begins with https://.'
  }
  if (url.username !== '' || url.password !== '') return 'A URL that is called holds no name or password.'
  // A name is asked for when it is called: what it stands for may change.
  return ipaddr.isValid(hostOf(url)) && !mayConnect(rules, hostOf(url)) ? NOT_HERE : undefined
}

export type Resolve = (name: string, done: (error: Error | null, addresses: LookupAddress[]) => void) => void

const byName: Resolve = (name, done) => lookUp(name, { all: true, verbatim: true }, (error, addresses) => done(error, addresses))

/** Finds addresses for a connection, which is made to none but those that were looked at here. */
const guarded =
  (rules: OutgoingRules, resolve: Resolve): LookupFunction =>
  (name, options, done) => {
    resolve(name, (error, addresses) => {
      if (error) return done(error, [])
      // One that lies inside tells of a name made for that: none of its addresses is taken.
      const refused = addresses.length === 0 || addresses.some(({ address }) => !mayConnect(rules, address))
      if (refused) return done(new OutgoingRefused(NOT_HERE), [])
      const [first] = addresses as [LookupAddress]
      if (options.all) done(null, addresses)
      else done(null, first.address, first.family)
    })
  }

export type Outgoing = {
  method?: string
  headers?: { [name: string]: string }
  body?: string
  /** Milliseconds from the first look at the name to the last byte that is read. */
  maxMs?: number
  /** Bytes of the answer that are read; what follows is not waited for. */
  maxBytes?: number
  signal?: AbortSignal
  resolve?: Resolve
}

export type OutgoingAnswer = { status: number; headers: IncomingHttpHeaders; text: string }

const MAX_MS = 5000
const MAX_BYTES = 1024 * 1024

/**
 * Calls a URL that somebody else chose. No redirect is followed: its answer is the answer. Throws OutgoingRefused for what may
 * not be called, UpstreamError for who is away, late or speaks no HTTP.
 */
export async function callOut(system: string, rules: OutgoingRules, address: string, asked: Outgoing = {}): Promise<OutgoingAnswer> {
  const fault = faultOfUrl(rules, address)
  if (fault) throw new OutgoingRefused(fault)
  let refused: OutgoingRefused | undefined
  try {
    return await askUpstream(
      system,
      async (late) => {
        const signal = asked.signal ? AbortSignal.any([late, asked.signal]) : late
        return await sent(new URL(address), rules, { ...asked, signal }).catch((error: unknown) => {
          if (error instanceof OutgoingRefused) refused = error
          throw error
        })
      },
      asked.maxMs ?? MAX_MS,
    )
  } catch (error) {
    throw refused ?? error
  }
}

function sent(url: URL, rules: OutgoingRules, asked: Outgoing & { signal: AbortSignal }): Promise<OutgoingAnswer> {
  const { method = 'GET', headers = {}, body, maxBytes = MAX_BYTES, signal, resolve = byName } = asked
  const request = url.protocol === 'https:' ? requestSecure : requestPlain
  return new Promise((done, fail) => {
    // No agent keeps the connection: the next call is looked at anew.
    const call = request(url, { method, headers, signal, agent: false, lookup: guarded(rules, resolve) }, (answer) => {
      const parts: Buffer[] = []
      let length = 0
      const end = () => {
        done({ status: answer.statusCode ?? 0, headers: answer.headers, text: Buffer.concat(parts).subarray(0, maxBytes).toString() })
        call.destroy()
      }
      answer.on('data', (part: Buffer) => {
        parts.push(part)
        length += part.length
        if (length >= maxBytes) end()
      })
      answer.on('end', end)
      answer.on('error', fail)
    })
    call.on('error', fail)
    call.end(body)
  })
}
