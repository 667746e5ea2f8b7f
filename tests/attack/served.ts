// The product in a process of its own, which tells how long it stood still and how much memory it took. Started by attack.ts; told by
// environment, asked by messages.
import { buildApp } from '../../src/app.ts'
import { databaseLimits, readConfig } from '../../src/platform/config.ts'
import { openDatabase } from '../../src/platform/db/database.ts'

/** Since it was asked the last time. */
export type Borne = { stallMs: number; rssBytes: number }

const config = readConfig(process.env)
const database = openDatabase(config.DATABASE_URL, databaseLimits(config))
const app = await buildApp({ config, database, log: process.env.TEST_LOG === '1' })
await app.listen({ port: config.PORT, host: '127.0.0.1' })

// In time that the thread itself worked: what else runs on the machine is none of its stalls.
const workedMs = () => {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}
let borne: Borne = { stallMs: 0, rssBytes: 0 }
let before = workedMs()
const look = () => {
  const now = workedMs()
  borne = { stallMs: Math.max(borne.stallMs, now - before), rssBytes: Math.max(borne.rssBytes, process.memoryUsage.rss()) }
  before = now
}
// As often as the loop comes round.
const turn = () => {
  look()
  setTimeout(turn, 5)
}
turn()

process.on('message', () => {
  look()
  process.send?.(borne)
  borne = { stallMs: 0, rssBytes: 0 }
})
process.send?.('ready')

// However the test ends, nothing of it stays.
process.on('disconnect', () => process.exit())
