// Lists of IP networks in CIDR notation, comma separated: from where an organization may be reached (platform.md §1.9), who counts as
// a proxy, what may be called.
import { BlockList, isIP } from 'node:net'

/** The networks of a list, or undefined when one of them is none. A single address is a network of its own. */
export function readNetworks(text: string): BlockList | undefined {
  const networks = new BlockList()
  for (const part of text.split(',').map((item) => item.trim())) {
    if (part === '') continue
    const [address = '', bits, ...rest] = part.split('/')
    const family = isIP(address)
    const most = family === 6 ? 128 : 32
    const length = bits === undefined ? most : /^\d{1,3}$/.test(bits) ? Number(bits) : -1
    if (family === 0 || rest.length > 0 || length < 0 || length > most) return undefined
    networks.addSubnet(address, length, family === 6 ? 'ipv6' : 'ipv4')
  }
  return networks
}

// A server that listens on IPv6 sees IPv4 callers as ::ffff:1.2.3.4.
const plainOf = (address: string) => address.replace(/^::ffff:(?=\d+\.)/i, '')

/** Who counts as one caller: an IPv4 address, or the 64 bits of an IPv6 address that a household or a machine is given whole. */
export function neighbourhoodOf(address: string): string {
  const plain = plainOf(address)
  if (isIP(plain) !== 6) return plain
  const [before = '', after] = plain.split('::')
  const groups = before.split(':')
  const missing = after === undefined ? 0 : 8 - groups.length - after.split(':').length
  return [...groups, ...Array.from({ length: missing }, () => '0'), ...(after ?? '').split(':')].slice(0, 4).join(':')
}

const READ_MAX = 1000
const read = new Map<string, BlockList | undefined>()

/** Whether an address lies in one of the networks of a list; a list that is empty or cannot be read holds none. */
export function lies(networks: string, address: string): boolean {
  if (!read.has(networks)) {
    if (read.size >= READ_MAX) read.clear()
    read.set(networks, readNetworks(networks))
  }
  const plain = plainOf(address)
  const family = isIP(plain)
  return family !== 0 && read.get(networks)?.check(plain, family === 6 ? 'ipv6' : 'ipv4') === true
}

/** As `lies`, but an empty list admits everybody. */
export const admits = (networks: string, address: string): boolean => networks.trim() === '' || lies(networks, address)
