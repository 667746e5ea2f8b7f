import { describe, expect, it } from 'vitest'
import { neighbourhoodOf } from './networks.ts'

describe('a caller without a token', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:db8:1:2::1', '2001:db8:1:2'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['fe80::1:2:3:4', 'fe80:0:0:0'],
  ])('is one IPv4 address, or 64 bits of IPv6: %s', (address, expected) => {
    expect(neighbourhoodOf(address)).toBe(expected)
  })
})
