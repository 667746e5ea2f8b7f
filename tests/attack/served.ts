// The product in a process of its own, which tells how long it stood still and how much memory it took. Started by attack.ts; told by
// environment, asked by messages.
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { buildApp } from '../../src/app.ts'
import { databaseLimits, readConfig } from '../../src/platform/config.ts'
import { openDatabase } from '../../src/platform/db/database.ts'

/** Since it was asked the last time. */
export type Borne = { stallMs: number; rssBytes: number }

const config = readConfig(process.env)
const database = openDatabase(config.DATABASE_URL, databaseLimits(config))
const app = await buildApp({ config, database, log: process.env.TEST_LOG === '1' })
await app.listen({ port: config.PORT, host: '127.0.0.1' })

const delay = monitorEventLoopDelay({ resolution: 10 })
delay.enable()
let rssBytes = 0
const look = () => {
  rssBytes = Math.max(rssBytes, process.memoryUsage.rss())
}
setInterval(look, 20).unref()

process.on('message', () => {
  look()
  process.send?.({ stallMs: delay.max / 1e6, rssBytes } satisfies Borne)
  delay.reset()
  rssBytes = 0
})
process.send?.('ready')

// However the test ends, nothing of it stays.
process.on('disconnect', () => process.exit())
