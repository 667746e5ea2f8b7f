// Hostile input of every kind beside ordinary requests, on a server in a process of its own: nobody waits for it, nothing grows from
// it, and it is told no with the status that it deserves. ATTACK_LOG=1 tells what each cost, ATTACK_ONLY=form sends those so named.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Besieged, besiege, departuresOf, ordinaryUsers, p99 } from '../attack/attack.ts'
import { ATTACKS } from '../attack/attacks.ts'
import { linger } from '../attack/lingering.ts'
import type { Target } from '../attack/wire.ts'
import { freePort } from '../process/server-process.ts'
import { wholeWorld } from '../support/whole-world.ts'

const MEBIBYTE = 1024 * 1024
const GROWTH_MAX = 500 * MEBIBYTE
const WAIT_MAX_MS = 1000

describe('a server under attack', () => {
  const w = wholeWorld()
  let server: Besieged
  let target: Target
  beforeAll(async () => {
    const { config, url, people } = w.current
    const port = await freePort()
    server = await besiege(port, {
      DATABASE_URL: url,
      SECRET_KEY: config.SECRET_KEY,
      WORKER: 'off',
      LOG_LEVEL: 'fatal',
      HEADERS_TIMEOUT_SECONDS: '5',
      REQUEST_TIMEOUT_SECONDS: '15',
      DATA_DIR: config.DATA_DIR,
    })
    target = { host: '127.0.0.1', port, token: people.customerOwner.token }
  })
  afterAll(() => server?.stop())

  it('serves ordinary users, stands still for nothing and stays small', { timeout: 180_000 }, async () => {
    const { people } = w.current
    const [owner, provider] = [people.customerOwner.token, people.providerOwner.token]
    const users = ordinaryUsers({
      port: server.port,
      atOnce: 4,
      asking: [
        { method: 'GET', path: '/api/marketplace-orders/', token: owner },
        { method: 'GET', path: '/api/marketplace-provider-offerings/', token: provider },
        { method: 'GET', path: '/api/projects/?field=uuid&field=name', token: owner },
        { method: 'HEAD', path: '/api/marketplace-resources/', token: owner },
        { method: 'GET', path: `/api/users/${people.customerOwner.uuid}/`, token: owner },
      ],
    })
    const { rssBytes: before } = await server.borne()
    const held = linger(target)

    const found: string[] = []
    let most = 0
    for (const attack of ATTACKS.filter(
      ({ heavy, name }) => !heavy && (!process.env.ATTACK_ONLY || name.includes(process.env.ATTACK_ONLY)),
    )) {
      const from = performance.now()
      const { departures, borne } = await departuresOf(attack, target, server)
      if (process.env.ATTACK_LOG)
        process.stdout.write(
          `${attack.name}: ${Math.round(performance.now() - from)} ms, stall ${Math.round(borne.stallMs)}, rss ${Math.round(borne.rssBytes / MEBIBYTE)}\n`,
        )
      found.push(...departures)
      most = Math.max(most, borne.rssBytes)
    }
    held.stop()
    const { took, failures } = await users.stop()

    if (process.env.ATTACK_LOG)
      process.stdout.write(
        `${took.length} answers, p99 ${Math.round(p99(took))} ms, grown by ${Math.round((most - before) / MEBIBYTE)} MiB\n`,
      )
    expect([...found, ...failures]).toEqual([])
    expect(took.length).toBeGreaterThan(process.env.ATTACK_ONLY ? 0 : 100)
    expect(p99(took)).toBeLessThan(WAIT_MAX_MS)
    expect(most - before).toBeLessThan(GROWTH_MAX)
  })
})
